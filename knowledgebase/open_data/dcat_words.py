"""The words and addresses of DCAT-AP.de 3.0 and ADMS that the catalogue uses."""

AUTHORITY = "http://publications.europa.eu/resource/authority"
PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LINKS = [
    "dct:publisher", "dct:license", "dct:language", "dct:type", "dct:format", "dct:spatial", "dct:accessRights",
    "dct:accrualPeriodicity", "dct:isPartOf", "dct:relation", "dct:replaces", "dct:requires", "dct:isVersionOf",
    "dct:subject", "dcat:theme", "dcat:themeTaxonomy", "dcat:dataset", "dcat:distribution", "dcat:landingPage",
    "dcat:accessURL", "dcat:downloadURL", "dcat:mediaType", "dcat:contactPoint", "dcatap:availability",
    "dcatde:politicalGeocodingURI", "dcatde:contributorID", "adms:status", "foaf:homepage", "vcard:hasURL",
    "vcard:hasEmail", "spdx:checksum", "spdx:algorithm",
]  # fmt: skip
"""Properties whose value is the address of a thing, or the thing itself."""
GERMAN = ["dct:title", "dct:description", "dct:abstract", "dcat:keyword", "skos:prefLabel", "rdfs:label"]
TYPED = {
    "dct:issued": "xsd:dateTime",
    "dct:modified": "xsd:dateTime",
    "dcat:byteSize": "xsd:nonNegativeInteger",
    "spdx:checksumValue": "xsd:hexBinary",
}
PLAIN = ["dct:identifier", "dcat:version", "dcatde:licenseAttributionByText", "foaf:name", "vcard:fn", "skos:notation"]


def term(name: str) -> str:
    """The short name that the file uses: title for dct:title."""
    return name.partition(":")[2]


CONTEXT = (
    PREFIXES
    | {term(name): {"@id": name, "@type": "@id"} for name in LINKS}
    | {term(name): {"@id": name, "@language": "de"} for name in GERMAN}
    | {term(name): {"@id": name, "@type": kind} for name, kind in TYPED.items()}
    | {term(name): name for name in PLAIN}
)
CONVENTIONS = {
    "language": f"{AUTHORITY}/language/DEU",
    "themes": f"{AUTHORITY}/data-theme",
    "public": f"{AUTHORITY}/access-right/PUBLIC",
    "continuous": f"{AUTHORITY}/frequency/UPDATE_CONT",
    "stable": f"{AUTHORITY}/planned-availability/STABLE",
    "file_type": f"{AUTHORITY}/file-type/",
    "media_type": "https://www.iana.org/assignments/media-types/",
    "sha256": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256",
}
STATUS = {
    stage: f"http://purl.org/adms/status/{status}"
    for stage, status in {
        "concept": "UnderDevelopment",
        "development": "UnderDevelopment",
        "pilot": "UnderDevelopment",
        "productive": "Completed",
        "superseded": "Deprecated",
    }.items()
}
"""By the stage of a solution (mappings/status-mapping.csv of Joinup/publiccode.yml-adms-ap)."""
THEMES = {code: f"{AUTHORITY}/data-theme/{code}" for code in ["ECON", "EDUC", "GOVE", "SOCI", "TECH", "TRAN"]}
TOPIC_THEMES = {
    "personalgewinnung-ausbildungsmarketing": ["ECON", "EDUC"],
    "mint-nachwuchs": ["EDUC", "TECH"],
    "weiterbildung-digitale-kompetenzen": ["EDUC"],
    "mobiles-arbeiten-zusammenarbeit": ["ECON", "SOCI"],
    "digitale-verwaltungsleistungen": ["GOVE"],
    "interne-ablaeufe-e-akte": ["GOVE", "ECON"],
    "produktion-handwerk-logistik": ["ECON"],
    "daten-ki-automatisierung": ["TECH"],
    "it-sicherheit-datenschutz": ["TECH"],
    "kundenkontakt-vertrieb-oeffentlichkeitsarbeit": ["ECON"],
    "infrastruktur-cloud": ["TECH"],
    "strategie-fuehrung-beteiligung": ["GOVE", "SOCI"],
}
"""Themes of the EU by the slug of a topic; „Sonstiges“ has none."""
