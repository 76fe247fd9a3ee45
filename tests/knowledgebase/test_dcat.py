"""The catalogue: one dataset as DCAT-AP.de 3.0 wants it, and each solution as an asset of ADMS."""

import json
import re

import pytest
from django.urls import reverse

from knowledgebase.models import Solution
from knowledgebase.open_data import dcat
from knowledgebase.open_data.dcat_words import CONTEXT, TOPIC_THEMES
from knowledgebase.open_data.freshness import stamp
from ogl_portal.directory.models import Topic
from ogl_portal.lib.registry import DataSet, data_sets
from tests.factories.knowledgebase import make_published

from .whole import REPOSITORY, make_published_whole

pytestmark = pytest.mark.django_db
IRI = re.compile(r"(https?://|mailto:|urn:)[^\s<>\"{}|\\^`]+")
# 03_overview_table.md of DCAT-AP.de 3.0: what each class must have, and what of the rest the portal always says
NEEDED = {
    "dcat:Catalog": {"title", "description", "publisher", "dataset", "license", "language", "homepage",
                     "themeTaxonomy"},
    "dcat:Dataset": {"title", "description", "publisher", "contactPoint", "distribution", "keyword", "theme",
                     "availability", "accessRights", "landingPage"},
    "dcat:Distribution": {"accessURL", "license", "title"},
    "foaf:Agent": {"name"},
    "spdx:Checksum": {"algorithm", "checksumValue"},
    "skos:Concept": {"prefLabel"},
    "dct:LicenseDocument": {"label"},
    "adms:Asset": {"title", "description", "identifier", "issued", "modified", "version", "publisher", "status",
                   "type", "license", "landingPage"},
}  # fmt: skip


def document() -> dict:
    return json.loads("".join(dcat.write()))


def nodes(value) -> list[dict]:
    """Every thing that is described, those within others included."""
    if isinstance(value, list):
        return [node for each in value for node in nodes(each)]
    if not isinstance(value, dict):
        return []
    return ([value] if "@type" in value else []) + [node for each in value.values() for node in nodes(each)]


def of_type(name: str) -> list[dict]:
    return [node for node in nodes(document()["@graph"]) if node["@type"] == name]


def asset_of(solution: Solution) -> dict:
    return next(each for each in dcat.Assets() if each["identifier"] == f"urn:uuid:{solution.uuid}")


def test_catalogue_has_what_the_profile_demands():
    make_published_whole()
    found = nodes(document()["@graph"])
    assert {node["@type"] for node in found} >= set(NEEDED) - {"dct:LicenseDocument"}
    lacking = [(node["@type"], NEEDED[node["@type"]] - set(node)) for node in found if node["@type"] in NEEDED]
    assert [each for each in lacking if each[1]] == []
    assert all({"hasURL", "hasEmail"} & set(node) for node in found if node["@type"] == "vcard:Kind")


def test_catalogue_uses_terms_of_its_context_only():
    make_published_whole()
    terms = {name for node in nodes(document()["@graph"]) for name in node if not name.startswith("@")}
    assert terms <= set(CONTEXT)


def test_catalogue_links_are_addresses():
    make_published_whole()
    linked = {name for name, term in CONTEXT.items() if isinstance(term, dict) and term.get("@type") == "@id"}
    values = [
        value for node in nodes(document()["@graph"]) for name in linked & set(node) for value in as_list(node[name])
    ]
    assert [value for value in values if isinstance(value, str) and not IRI.fullmatch(value)] == []
    assert len(values) > 30


def as_list(value) -> list:
    return value if isinstance(value, list) else [value]


def test_dataset_offers_both_files_under_the_licence_of_the_settings(settings):
    settings.OPEN_DATA_LICENCE = "DL-DE-BY-2.0"
    make_published()
    dataset = of_type("dcat:Dataset")[0]
    files = {each["format"].rpartition("/")[2]: each for each in dataset["distribution"]}
    assert set(files) == {"CSV", "JSON"}
    assert files["CSV"]["downloadURL"] == settings.SITE_URL + reverse("open_data:solutions-csv")
    assert {each["license"] for each in files.values()} == {"http://dcat-ap.de/def/licenses/dl-by-de/2.0"}
    assert of_type("dcat:Catalog")[0]["dataset"] == [each["@id"] for each in of_type("dcat:Dataset")]


def test_datasets_of_other_apps_stand_in_the_catalogue(settings, monkeypatch):
    fields = {"title": "Sonstiges", "description": "Anderes.", "keywords": ("Wort",), "changed_at": None}
    monkeypatch.setattr(data_sets, "functions", [lambda: [DataSet(key="anderes", path="/daten/anderes.csv", **fields)]])
    dataset = of_type("dcat:Dataset")[1]
    assert (dataset["title"], dataset["keyword"]) == ("Sonstiges", ["Wort"])
    assert dataset["distribution"][0]["downloadURL"] == f"{settings.SITE_URL}/daten/anderes.csv"
    before = stamp()
    monkeypatch.setattr(data_sets, "functions", [])
    assert stamp() != before


def test_dataset_names_place_and_contributor_only_where_they_are_set(settings):
    dataset = of_type("dcat:Dataset")[0]
    assert not {"politicalGeocodingURI", "spatial", "contributorID", "modified"} & set(dataset)
    settings.OPEN_DATA_GEOCODING = "http://dcat-ap.de/def/politicalGeocoding/districtKey/15088"
    settings.OPEN_DATA_CONTRIBUTOR = "http://dcat-ap.de/def/contributors/beispiel"
    dataset = of_type("dcat:Dataset")[0]
    assert dataset["politicalGeocodingURI"] == dataset["spatial"] == settings.OPEN_DATA_GEOCODING
    assert dataset["contributorID"] == settings.OPEN_DATA_CONTRIBUTOR


def test_asset_of_a_whole_solution_says_what_adms_has_words_for(settings):
    solution = make_published_whole(stage="pilot", topic="digitale-verwaltungsleistungen")
    asset = asset_of(solution)
    assert asset["@id"] == settings.SITE_URL + solution.get_absolute_url()
    assert asset["status"] == "http://purl.org/adms/status/UnderDevelopment"
    assert asset["theme"] == ["http://publications.europa.eu/resource/authority/data-theme/GOVE"]
    assert asset["license"] == "http://spdx.org/licenses/EUPL-1.2"
    assert asset["subject"][0]["notation"] == "9" * 14
    assert asset["contactPoint"][0]["hasEmail"] == "mailto:karla@example.org"
    needed = solution.relations.get(kind="needs").other
    assert asset["requires"] == [settings.SITE_URL + needed.get_absolute_url()]
    assert "isVersionOf" not in asset  # the other one is a draft
    attachment, repository = asset["distribution"]
    file = solution.attachments.get()
    assert attachment["checksum"]["checksumValue"] == file.sha256
    assert attachment["byteSize"] == file.size
    assert repository["accessURL"] == REPOSITORY


def test_asset_with_a_licence_unknown_to_spdx_names_it():
    assert asset_of(make_published(licence="LicenseRef-amtliches-Werk"))["license"] == {
        "@type": "dct:LicenseDocument", "label": "amtliches Werk (§ 5 UrhG)",
    }  # fmt: skip


def test_topics_with_a_theme_exist():
    assert set(TOPIC_THEMES) | {"sonstiges"} == set(Topic.objects.values_list("slug", flat=True))


def test_stages_all_have_a_status():
    assert set(dcat.STATUS) == set(Solution.Stage.values)
