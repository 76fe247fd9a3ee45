"""The portal's vocabulary: lists HF (topics) and ZG (target groups) of the questionnaire, with synonyms."""

from django.db import migrations

TOPICS = [
    (
        "personalgewinnung-ausbildungsmarketing",
        "Personalgewinnung & Ausbildungsmarketing",
        ["Azubimarketing", "Azubi-Marketing", "Recruiting", "Fachkräftegewinnung", "Fachkräftemangel", "Ausbildung",
         "Ausbildungsvertrag", "Bewerbung", "Stellenanzeige", "Arbeitgebermarke"],
    ),
    (
        "mint-nachwuchs",
        "MINT & Nachwuchs",
        ["Mathematik", "Informatik", "Naturwissenschaften", "Technik", "Berufsorientierung", "Nachwuchsförderung",
         "Girls’ Day", "Schülerlabor"],
    ),
    (
        "weiterbildung-digitale-kompetenzen",
        "Weiterbildung & digitale Kompetenzen",
        ["Fortbildung", "Schulung", "Qualifizierung", "Lernen", "E-Learning", "Medienkompetenz", "digitale Bildung"],
    ),
    (
        "mobiles-arbeiten-zusammenarbeit",
        "mobiles Arbeiten & Zusammenarbeit",
        ["Homeoffice", "Telearbeit", "Videokonferenz", "Online-Konferenz", "New Work", "Coworking", "Kollaboration",
         "Teamarbeit"],
    ),
    (
        "digitale-verwaltungsleistungen",
        "digitale Verwaltungsleistungen",
        ["OZG", "Onlinezugangsgesetz", "E-Government", "Online-Antrag", "Bürgerservice", "Rathaus digital",
         "Serviceportal"],
    ),
    (
        "interne-ablaeufe-e-akte",
        "interne Abläufe & E-Akte",
        ["elektronische Akte", "Dokumentenmanagement", "DMS", "Prozesse", "Workflow", "papierloses Büro",
         "digitale Rechnung", "E-Rechnung"],
    ),
    (
        "produktion-handwerk-logistik",
        "Produktion, Handwerk & Logistik",
        ["Fertigung", "Industrie 4.0", "Werkstatt", "Baustelle", "Lager", "Lieferkette", "Maschinen"],
    ),
    (
        "daten-ki-automatisierung",
        "Daten, KI & Automatisierung",
        ["künstliche Intelligenz", "maschinelles Lernen", "Chatbot", "Robotik", "offene Daten", "Open Data",
         "Statistik", "Sensoren"],
    ),
    (
        "it-sicherheit-datenschutz",
        "IT-Sicherheit & Datenschutz",
        ["Informationssicherheit", "Cybersicherheit", "DSGVO", "Verschlüsselung", "Passwörter", "Datensicherung",
         "Backup"],
    ),
    (
        "kundenkontakt-vertrieb-oeffentlichkeitsarbeit",
        "Kundenkontakt, Vertrieb & Öffentlichkeitsarbeit",
        ["Marketing", "Werbung", "soziale Medien", "Social Media", "Internetseite", "Website", "Onlineshop", "Presse"],
    ),
    (
        "infrastruktur-cloud",
        "Infrastruktur & Cloud",
        ["Breitband", "Internetanschluss", "Glasfaser", "WLAN", "Server", "Rechenzentrum", "Hardware", "Software"],
    ),
    (
        "strategie-fuehrung-beteiligung",
        "Strategie, Führung & Beteiligung",
        ["Digitalisierungsstrategie", "Organisation", "Veränderung", "Change Management", "Bürgerbeteiligung",
         "Open Government", "Mitbestimmung", "Unternehmenskultur"],
    ),
    ("sonstiges", "Sonstiges", []),
]  # fmt: skip

TARGET_GROUPS = [
    (
        "kleine-unternehmen-handwerk",
        "kleine Unternehmen & Handwerk",
        ["KMU", "Kleinunternehmen", "Kleinstunternehmen", "Handwerksbetriebe", "Betriebe", "Selbstständige",
         "Gründungen", "Mittelstand"],
    ),
    (
        "mittlere-grosse-unternehmen",
        "mittlere & große Unternehmen",
        ["KMU", "Mittelstand", "Industrie", "Konzerne", "Firmen", "Wirtschaft"],
    ),
    (
        "kommunalverwaltungen",
        "Kommunalverwaltungen",
        ["Gemeinden", "Städte", "Landkreise", "Kommunen", "Verwaltung", "Rathäuser", "öffentlicher Dienst", "Behörden"],
    ),
    (
        "schulen-bildungstraeger",
        "Schulen & Bildungsträger",
        ["Berufsschulen", "Lehrkräfte", "Schülerinnen und Schüler", "Volkshochschule", "Weiterbildungsträger"],
    ),
    (
        "hochschulen",
        "Hochschulen",
        ["Universitäten", "Forschung", "Wissenschaft", "Studierende", "Fachhochschulen"],
    ),
    (
        "kammern-verbaende-wirtschaftsfoerderung",
        "Kammern, Verbände & Wirtschaftsförderung",
        ["IHK", "HWK", "Industrie- und Handelskammer", "Handwerkskammer", "Innungen", "Vereine", "Netzwerke",
         "Initiativen"],
    ),
    (
        "beschaeftigte-interessenvertretungen",
        "Beschäftigte & Interessenvertretungen",
        ["Arbeitnehmende", "Mitarbeitende", "Angestellte", "Betriebsrat", "Personalrat", "Gewerkschaft", "Fachkräfte"],
    ),
    (
        "auszubildende-nachwuchs",
        "Auszubildende & Nachwuchs",
        ["Azubi", "Azubis", "Auszubildender", "Lehrling", "Lehrlinge", "junge Leute", "Jugendliche", "Berufseinstieg",
         "Praktikum"],
    ),
    (
        "buergerschaft-ehrenamt",
        "Bürgerschaft & Ehrenamt",
        ["Bürgerinnen und Bürger", "Bevölkerung", "Einwohnerschaft", "Vereine", "Freiwillige", "Öffentlichkeit"],
    ),
]  # fmt: skip


def load(apps, schema_editor):
    for name, words in [("Topic", TOPICS), ("TargetGroup", TARGET_GROUPS)]:
        rows = apps.get_model("directory", name).objects.using(schema_editor.connection.alias)
        for position, (slug, label, synonyms) in enumerate(words, start=1):
            defaults = {"name": label, "synonyms": "\n".join(synonyms), "position": position * 10}
            rows.get_or_create(slug=slug, defaults=defaults)


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_group_of_the_lead")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
