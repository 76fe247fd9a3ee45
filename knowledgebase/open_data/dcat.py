"""The catalogue of data as JSON-LD: the solutions as one dataset of DCAT-AP.de 3.0, each as an asset of ADMS,
and the datasets of other apps.

Sources: dcat-ap.de/def/dcatde/3.0/spec, semiceu.github.io/ADMS, the mapping of Joinup/publiccode.yml-adms-ap.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse

from ogl_portal.directory.models import Topic
from ogl_portal.lib.markdown import to_text
from ogl_portal.lib.registry import DataSet, data_sets

from ..models import Link, Relation, Solution
from . import about, documents
from .dcat_words import CONTEXT, CONVENTIONS, STATUS, THEMES, TOPIC_THEMES

LICENCE_REF = "LicenseRef-"
RELATIONS = {
    Relation.Kind.REPLACES: "replaces",
    Relation.Kind.NEEDS: "requires",
    Relation.Kind.ALTERNATIVE: "relation",
    Relation.Kind.VARIANT: "isVersionOf",
}
ACCESS = {Link.Kind.REPOSITORY, Link.Kind.API, Link.Kind.DEMO}
"""Links that lead to the thing itself."""


def write() -> Iterator[str]:
    """The text of the file, an entry at a time."""
    yield '{"@context": ' + json.dumps(CONTEXT, ensure_ascii=False) + ',\n"@graph": [\n'
    others = list(data_sets.ask())
    nodes = [publisher(), catalogue(others), dataset(), *map(further, others)]
    yield ",\n".join(json.dumps(node, ensure_ascii=False) for node in nodes)
    for asset in Assets():
        yield ",\n" + json.dumps(asset, ensure_ascii=False)
    yield "\n]}\n"


def here(name: str, part: str = "") -> str:
    return about.address(reverse(f"open_data:{name}")) + part


def publisher() -> dict:
    return {"@id": here("index", "#herausgeber"), "@type": "foaf:Agent", "name": about.PUBLISHER}


def catalogue(others: list[DataSet]) -> dict:
    """The catalogue, with the solutions and what other apps give away."""
    return {
        "@id": here("index", "#katalog"), "@type": "dcat:Catalog", "title": f"Offene Daten – {settings.SITE_NAME}",
        "description": "Was das Portal an offenen Daten bereitstellt.", "publisher": here("index", "#herausgeber"),
        "homepage": here("index"), "language": CONVENTIONS["language"], "license": about.licence().uri,
        "themeTaxonomy": CONVENTIONS["themes"],
        "dataset": [here("index", f"#{key}") for key in ["loesungen", *(each.key for each in others)]],
        **spatial(),
    }  # fmt: skip


def dataset() -> dict:
    """All published solutions, as CSV and JSON."""
    return described("loesungen", modified=newest_change()) | {
        "title": about.TITLE, "description": about.DESCRIPTION, "theme": [THEMES["GOVE"], THEMES["ECON"]],
        "keyword": ["Digitalisierung", "Nachnutzung", "Musterlösung", "Open Government"],
        "distribution": [file("CSV", "text/csv", "solutions-csv"), file("JSON", "application/json", "solutions-json")],
    }  # fmt: skip


def newest_change() -> datetime | None:
    """When a published solution was changed last."""
    return Solution.objects.published().order_by("-changed_at").values_list("changed_at", flat=True).first()


def further(each: DataSet) -> dict:
    """What another app gives away, as one file."""
    csv = distribution(f"{each.key}-csv", f"{each.title} als CSV", "CSV", "text/csv", about.address(each.path))
    return described(each.key, modified=each.changed_at) | {
        "title": each.title, "description": each.description, "theme": [THEMES["GOVE"]],
        "keyword": list(each.keywords), "distribution": [csv],
    }  # fmt: skip


def described(key: str, *, modified: datetime | None) -> dict:
    """What holds for every dataset of ours."""
    node = {
        "@id": here("index", f"#{key}"), "@type": "dcat:Dataset", "publisher": here("index", "#herausgeber"),
        "contactPoint": contact(), "language": CONVENTIONS["language"], "landingPage": here("index"),
        "accessRights": CONVENTIONS["public"], "availability": CONVENTIONS["stable"],
        "accrualPeriodicity": CONVENTIONS["continuous"], "identifier": here("index", f"#{key}"),
        **spatial(), **contributor(),
    }  # fmt: skip
    return node | ({"modified": modified.isoformat(timespec="seconds")} if modified else {})


def file(kind: str, media_type: str, name: str) -> dict:
    """One of the files with all solutions."""
    return distribution(kind.lower(), f"Alle Lösungen als {kind}", kind, media_type, here(name))


def distribution(key: str, title: str, kind: str, media_type: str, url: str) -> dict:
    """A file of a dataset."""
    licence = about.licence()
    return {
        "@id": here("index", f"#{key}"), "@type": "dcat:Distribution", "title": title,
        "accessURL": url, "downloadURL": url, "format": f"{CONVENTIONS['file_type']}{kind}",
        "mediaType": f"{CONVENTIONS['media_type']}{media_type}", "license": licence.uri,
        "licenseAttributionByText": about.PUBLISHER, "availability": CONVENTIONS["stable"],
    }  # fmt: skip


def contact() -> dict:
    """Where to turn to: the imprint, which names the people in charge."""
    return {"@type": "vcard:Kind", "fn": about.PUBLISHER, "hasURL": about.address(reverse("pages:imprint"))}


def spatial() -> dict:
    """The district or municipality that the data are about, where the operator has named it (convention 11)."""
    place = settings.OPEN_DATA_GEOCODING
    return {"politicalGeocodingURI": place, "spatial": place} if place else {}


def contributor() -> dict:
    """The portal's name at GovData, once it delivers there (convention 12)."""
    return {"contributorID": settings.OPEN_DATA_CONTRIBUTOR} if settings.OPEN_DATA_CONTRIBUTOR else {}


class Assets:
    """The published solutions as far as ADMS has words for them; what they refer to by name is looked up once."""

    def __init__(self) -> None:
        self.topics = dict(Topic.objects.values_list("slug", "name"))
        self.owners = {each["slug"]: each for each in documents.organisations()}
        slugs = Solution.objects.published().values_list("uuid", "slug")
        self.pages = {str(uuid): page(slug) for uuid, slug in slugs}

    def __iter__(self) -> Iterator[dict]:
        for document in documents.documents():
            yield self.asset(document)

    def asset(self, document: dict) -> dict:
        """One solution; what is empty is left out."""
        here_it_is = document["url"]
        node = {
            "@id": here_it_is, "@type": "adms:Asset", "title": document["title"], "abstract": document["summary"],
            "description": to_text(document["description"]), "type": kind_of(document["kind"]),
            "status": STATUS.get(document["stage"]), "identifier": f"urn:uuid:{document['uuid']}",
            "version": str(document["version"]), "language": CONVENTIONS["language"], "landingPage": here_it_is,
            "isPartOf": here("index", "#loesungen"), "issued": document["published_at"],
            "modified": document["changed_at"], "publisher": self.owner(document["publisher"]),
            "contactPoint": [person(each) for each in document["contacts"]],
            "theme": sorted({THEMES[code] for slug in document["topics"] for code in TOPIC_THEMES.get(slug, [])}),
            "keyword": [self.topics[slug] for slug in document["topics"]],
            "subject": [service(each) for each in document["services"]], "license": licence(document["licence"]),
            "distribution": [attachment(each, document["licence"]) for each in document["attachments"]]
            + accesses(document),
            **self.relations(document["relations"]),
        }  # fmt: skip
        return {name: value for name, value in node.items() if value not in (None, "", [], {})}

    def owner(self, slug: str | None) -> dict:
        """Who publishes the solution."""
        if slug not in self.owners:
            return {}
        website = self.owners[slug]["website"]
        return {"@type": "foaf:Agent", "name": self.owners[slug]["name"]} | ({"homepage": website} if website else {})

    def relations(self, rows: list[dict]) -> dict[str, list[str]]:
        """The pages of the solutions that this one refers to, by the word for it."""
        found = {}
        for row in rows:
            found.setdefault(RELATIONS[row["kind"]], []).append(self.pages[row["other"]])
        return found


def page(slug: str) -> str:
    return about.address(reverse("knowledgebase:solution-detail", args=[slug]))


def kind_of(kind: str) -> dict:
    if not kind:
        return {}
    return {"@id": here("index", f"#art-{kind}"), "@type": "skos:Concept", "prefLabel": Solution.Kind(kind).label}


def person(contact: dict) -> dict:
    return {"@type": "vcard:Kind", "fn": contact["name"], "hasEmail": f"mailto:{quote(contact['email'], safe='@')}"}


def service(row: dict) -> dict:
    """A public service with its LeiKa key, where it has one."""
    key = {"notation": row["leika_key"]} if row["leika_key"] else {}
    return {"@type": "skos:Concept", "prefLabel": row["name"]} | key


def licence(code: str):
    """The address that SPDX gives a licence, or a name for what SPDX does not list."""
    if not code.startswith(LICENCE_REF):
        return f"http://spdx.org/licenses/{code}" if code else None
    return {"@type": "dct:LicenseDocument", "label": Solution.Licence(code).label}


def attachment(row: dict, licence_of_solution: str) -> dict:
    """A file to take over, with its checksum."""
    return {
        "@type": "dcat:Distribution", "title": row["title"], "accessURL": row["url"], "downloadURL": row["url"],
        "mediaType": f"{CONVENTIONS['media_type']}{row['content_type']}", "byteSize": row["size"],
        "license": licence(row["licence"] or licence_of_solution),
        "checksum": {"@type": "spdx:Checksum", "algorithm": CONVENTIONS["sha256"], "checksumValue": row["sha256"]},
    }  # fmt: skip


def accesses(document: dict) -> list[dict]:
    """Where the software itself is."""
    terms = licence(document["licence"])
    found = [row for row in document["links"] if row["kind"] in ACCESS]
    return [{"@type": "dcat:Distribution", "title": Link.Kind(row["kind"]).label, "accessURL": row["url"],
             "license": terms} for row in found]  # fmt: skip
