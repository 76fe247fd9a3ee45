"""publiccode.yml: what is written keeps the rules of the standard, and reading it back gives the same."""

from datetime import date

import pytest
import yaml
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledgebase.models import Solution
from knowledgebase.open_data import documents, publiccode, publiccode_file, publiccode_rules
from knowledgebase.open_data.entries import FileRefused
from knowledgebase.open_data.publiccode_words import CATEGORIES, SCOPES
from ogl_portal.directory.models import TargetGroup, Topic
from ogl_portal.lib.text import plain
from tests.factories.directory import make_organisation
from tests.factories.knowledgebase import make_published, make_reuse

from . import publiccode_standard
from .whole import REPOSITORY, make_published_whole

MINIMAL = f"""
publiccodeYmlVersion: "0.5"
name: Medusa
url: https://git.example.org/medusa
platforms: [web]
developmentStatus: stable
softwareType: standalone/web
description:
  de:
    shortDescription: Kurz gesagt.
    longDescription: {"Lang gesagt. " * 12}
    features:
      - Eine Funktion
legal:
  license: EUPL-1.2
maintenance:
  type: none
localisation:
  localisationReady: yes
  availableLanguages: [de]
""".replace("yes", "true")


def url(solution: Solution) -> str:
    return reverse("knowledgebase:publiccode", args=[solution.slug])


def written(solution: Solution) -> str:
    return publiccode.write(documents.with_use(Solution.objects.all()).get(pk=solution.pk))


def with_lines(**changes: str) -> bytes:
    """The minimal file with some of its top lines replaced: {"name": "name: Anders"}; an empty text drops the line."""
    lines = [next((new for key, new in changes.items() if line.startswith(f"{key}:")), line)
             for line in MINIMAL.strip().splitlines()]  # fmt: skip
    return "\n".join(line for line in lines if line).encode()


# Writing


@pytest.mark.django_db
def test_publiccode_of_a_whole_entry_keeps_the_rules(visitor):
    solution = make_published_whole(title="Vertrag online", topic="digitale-verwaltungsleistungen")
    response = visitor.client.get(url(solution))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/yaml; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"
    document, _ = publiccode_file.parse(response.content)
    assert publiccode_rules.check(document) == []
    assert yaml.safe_load(response.content)["localisation"] == {
        "localisationReady": True, "availableLanguages": ["de", "en"],
    }  # fmt: skip
    assert document["url"] == REPOSITORY
    assert document["releaseDate"] == "2021-05-27"
    assert document["softwareVersion"] == "1.10"
    assert document["developmentStatus"] == "stable"
    assert document["intendedAudience"] == {"countries": ["DE"], "scope": ["local-authorities"]}
    assert document["maintenance"]["contacts"][0]["name"] == "Karla Kontakt"
    assert document["dependsOn"] == {"open": [{"name": "Die andere"}]}
    assert "Geheim" not in response.content.decode()


@pytest.mark.django_db
def test_publiccode_names_organisations_that_use_the_software():
    solution = make_published_whole()
    make_reuse(solution, organisation_name="Nutzt es")
    make_reuse(solution, organisation_name="Führt es ein", status="introducing")
    make_reuse(solution, organisation_name="Nur interessiert", status="interested")
    make_reuse(solution, organisation_name="Unbestätigt", confirmed_at=None, confirm_again_on=None)
    assert yaml.safe_load(written(solution))["usedBy"] == ["Nutzt es", "Führt es ein"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"maintenance": "contract", "maintained_until": date(2027, 1, 1)},
        {"maintenance": "community"},
        {"maintenance": "none"},
        {"languages": "de"},
        {"software_version": "", "released_on": None},
        {"stage": "concept"},
        {"stage": "superseded"},
        {"summary": "ja: nein # kein Kommentar"},
        {"title": "1.10"},
        {"title": "yes"},
        {"description": "---\n# Überschrift\n- Liste\n\n" + "Text mit „Zeichen“: und {Klammern} \U0001f642\n" * 8},
    ],
)
def test_publiccode_of_each_variant_keeps_the_rules(fields):
    solution = make_published_whole(**fields)
    document, _ = publiccode_file.parse(written(solution).encode())
    assert publiccode_rules.check(document) == []
    assert document["name"] == solution.title
    assert document["description"]["de"]["longDescription"] == solution.description


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "gap"),
    [
        ({"licence": "LicenseRef-proprietaer"}, "eine offene Lizenz"),
        ({"software_type": ""}, "die Art der Software"),
        ({"platforms": " "}, "worauf sie läuft"),
        ({"languages": ""}, "die Sprachen der Oberfläche"),
        ({"maintenance": ""}, "wie sie gepflegt wird"),
        ({"maintenance": "contract", "maintained_until": None}, "bis wann sie gepflegt wird"),
        ({"features": "\n"}, "ihre Funktionen"),
    ],
)
def test_publiccode_with_a_gap_is_a_page_that_names_it(visitor, fields, gap):
    solution = make_published_whole(**fields)
    response = visitor.client.get(url(solution))
    assert response.status_code == 404
    assert f"<li>{gap}</li>" in response.content.decode()


@pytest.mark.django_db
def test_publiccode_of_an_entry_that_is_no_software_says_so(visitor):
    response = visitor.client.get(url(make_published()))
    assert response.status_code == 404
    assert "Für diese Lösung gibt es keine publiccode.yml" in response.content.decode()


@pytest.mark.django_db
def test_publiccode_without_a_consent_that_holds_names_nobody(visitor):
    solution = make_published_whole()
    solution.contacts.update(consented_on=None, valid_until=None)
    assert "eine Ansprechperson mit Einwilligung" in visitor.client.get(url(solution)).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["visitor", "member", "lead", "superuser"])
def test_publiccode_of_what_is_not_published_is_not_there(people, role):
    solution = make_published_whole()
    Solution.objects.filter(pk=solution.pk).update(status="archived")
    assert people[role].client.get(url(solution)).status_code == 404


@pytest.mark.django_db
def test_words_of_our_vocabulary_are_those_of_the_standard():
    assert {word for words in CATEGORIES.values() for word in words} <= set(publiccode_standard.CATEGORIES.split())
    assert {word for words in SCOPES.values() for word in words} <= set(publiccode_standard.SCOPES.split())
    topics = set(Topic.objects.values_list("slug", flat=True))
    assert set(CATEGORIES) <= topics
    assert set(SCOPES) <= topics | set(TargetGroup.objects.values_list("slug", flat=True))
    assert set(publiccode.STATUS) == set(Solution.Stage)
    assert set(Solution.SoftwareType.values) <= publiccode_rules.SOFTWARE_TYPES
    assert set(Solution.Maintenance.values) == publiccode_rules.MAINTENANCE


# Reading


@pytest.mark.django_db
def test_read_minimal_file_gives_what_it_says():
    [entry], organisations = publiccode_file.read(MINIMAL.encode())
    assert entry.content["title"] == "Medusa"
    assert entry.content["kind"] == "software"
    assert entry.content["stage"] == "productive"
    assert entry.content["features"] == ["Eine Funktion"]
    assert entry.content["links"] == [{"kind": "repository", "url": "https://git.example.org/medusa"}]
    assert organisations == []


@pytest.mark.django_db
def test_read_knows_the_software_by_its_repository():
    solution = make_published_whole()
    solution.links.create(kind="demo", url="https://demo.example.org")
    [entry], _ = publiccode_file.read(written(solution).encode())
    assert entry.content["uuid"] == str(solution.uuid)
    assert {link["kind"] for link in entry.content["links"]} == {"demo", "repository"}


@pytest.mark.django_db
def test_read_takes_the_organisation_that_is_here_already():
    make_organisation(name="Stadt Über", slug="woanders")
    text = MINIMAL + "organisation:\n  name: Stadt Über\n  uri: https://ueber.example.org\n"
    [entry], organisations = publiccode_file.read(text.encode())
    assert entry.content["publisher"] == "woanders"
    assert organisations == [{"slug": "woanders", "name": "Stadt Über", "website": "https://ueber.example.org"}]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Datei: Hier müssen Schlüssel mit Werten stehen"),
        (b"- a\n- b", "Hier müssen Schlüssel"),
        (b"a: [", "Zeile 1: Hier ist das YAML kaputt"),
        (b"a: 1\nb: 2\n  c: 3", "Zeile 3: Hier ist das YAML kaputt"),
        (b"a: 1\na: 2", "Zeile 2: Dieser Schlüssel"),
        (b"? [a]\n: 1", "Zeile 1: Dieser Schlüssel"),
        (b"\xff\xfe", "Zeile 1: Die Datei ist kein Text in UTF-8"),
        (b"a: 1\nb: \xff", "Zeile 2: Die Datei ist kein Text in UTF-8"),
        (b"a: b\0c", "Zeichen, die kein Text sind"),
        (b'a: "b\\0c"', "Zeile 1: Der Text enthält Zeichen"),
        (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "Zeile 2: Verweise"),
        (b"a: &a [*a]", "Zeile 1: Verweise"),
        (b"a: 1\n---\nb: 2", "YAML kaputt"),
        (b"[" * 5000, "verschachtelt"),
        (b"a: !!python/object/apply:os.system [ls]", "a: Diesen Schlüssel kennt der Standard nicht"),
        (b"x" * 1_000_001, "höchstens 1 MB"),
        (with_lines(name=""), "Zeile 1, name: Dieser Schlüssel fehlt"),
        (with_lines(name="name: []"), "Zeile 2, name: Hier muss ein Text stehen"),
        (with_lines(name="name: M\nfremd: 1"), "Zeile 3, fremd: Diesen Schlüssel kennt der Standard nicht"),
        (with_lines(publiccodeYmlVersion="publiccodeYmlVersion: '9'"), "Zeile 1, publiccodeYmlVersion: „9“"),
        (with_lines(url="url: javascript:alert(1)"), "keine Adresse im Netz"),
        (with_lines(url="url: http://[1"), "keine Adresse im Netz"),
        (with_lines(softwareType="softwareType: app"), "softwareType: „app“ ist kein Wert"),
        (with_lines(developmentStatus="developmentStatus: done"), "developmentStatus: „done“"),
        (with_lines(name="name: M\nreleaseDate: 27.05.2021"), "releaseDate: „27.05.2021“ ist kein Tag"),
        (MINIMAL.replace("Kurz gesagt.", "x" * 151).encode(), "shortDescription: Der Text muss 1 bis 150"),
        (MINIMAL.replace("Lang gesagt. ", "x").encode(), "description.de.longDescription: Der Text muss 150"),
        (MINIMAL.replace("  de:", "  Deutsch:").encode(), "kein Kürzel einer Sprache"),
        (MINIMAL.replace("  de:", "  it:").encode(), "Es fehlt eine deutsche Beschreibung"),
        (MINIMAL.replace("type: none", "type: internal").encode(), "maintenance.contacts: Dieser Schlüssel fehlt"),
        (MINIMAL.replace("type: none", "type: contract").encode(), "maintenance.contractors: Dieser Schlüssel fehlt"),
        (MINIMAL.replace("EUPL-1.2", "EUPL 1.2!").encode(), "legal.license: „EUPL 1.2!“ ist keine Lizenz"),
        (MINIMAL.replace("Ready: true", "Ready: ja").encode(), "weder true noch false"),
        (MINIMAL.replace("      - Eine Funktion\n", "        []\n").encode(), "Liste stehen, die nicht leer ist"),
    ],
)  # fmt: skip
def test_read_refuses_a_wrong_file_and_says_where(content, message):
    with pytest.raises(FileRefused) as refusal:
        publiccode_file.read(content)
    assert message in str(refusal.value)


def test_read_names_every_fault_of_a_file():
    with pytest.raises(FileRefused) as refusal:
        publiccode_file.read(with_lines(name="", url="url: x", platforms="platforms: []"))
    assert len(str(refusal.value).splitlines()) == 3


@settings(max_examples=settings.default.max_examples * 2)
@given(st.binary(max_size=300))
def test_read_of_any_bytes_is_an_answer(content):
    with pytest.raises(FileRefused):
        publiccode_file.read(content)


@given(st.text(max_size=300), st.lists(st.text(min_size=1, max_size=60), max_size=5))
def test_texts_of_any_kind_come_back_from_yaml(text, lines):
    document = {"a": plain(text), "b": [plain(line) for line in lines]}
    dumped = yaml.dump(document, Dumper=publiccode.ReadableDumper, allow_unicode=True, sort_keys=False, width=110)
    assert publiccode_file.parse(dumped.encode())[0] == document
