"""Which controlled words of publiccode.yml our vocabulary speaks of (categories-list.rst, scope-list.rst)."""

CATEGORIES = {
    "personalgewinnung-ausbildungsmarketing": ["hr", "talent-management"],
    "weiterbildung-digitale-kompetenzen": ["educational-content", "learning-management-system"],
    "mobiles-arbeiten-zusammenarbeit": ["collaboration", "web-collaboration"],
    "digitale-verwaltungsleistungen": ["digital-citizenship"],
    "interne-ablaeufe-e-akte": ["document-management", "workflow-management"],
    "produktion-handwerk-logistik": ["resource-management"],
    "daten-ki-automatisierung": ["data-analytics"],
    "it-sicherheit-datenschutz": ["it-security"],
    "kundenkontakt-vertrieb-oeffentlichkeitsarbeit": ["customer-service-and-support"],
    "infrastruktur-cloud": ["cloud-management", "it-management"],
    "strategie-fuehrung-beteiligung": ["knowledge-management"],
}
"""Categories by the slug of a topic."""
SCOPES = {
    "kommunalverwaltungen": ["local-authorities"],
    "kleine-unternehmen-handwerk": ["finance-and-economic-development"],
    "mittlere-grosse-unternehmen": ["finance-and-economic-development"],
    "kammern-verbaende-wirtschaftsfoerderung": ["finance-and-economic-development"],
    "schulen-bildungstraeger": ["education"],
    "hochschulen": ["research", "education"],
    "beschaeftigte-interessenvertretungen": ["employment"],
    "auszubildende-nachwuchs": ["education", "employment"],
    "buergerschaft-ehrenamt": ["society"],
    "personalgewinnung-ausbildungsmarketing": ["employment"],
    "mint-nachwuchs": ["education", "science-and-technology"],
    "weiterbildung-digitale-kompetenzen": ["education"],
    "produktion-handwerk-logistik": ["manufacturing"],
    "it-sicherheit-datenschutz": ["security"],
}
"""Scopes by the slug of a target group or a topic."""
