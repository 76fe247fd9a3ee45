"""The catalogue read back: what DCAT carries comes back, nothing is fetched, and what is wrong is named."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledgebase import interchange
from knowledgebase.models import Snapshot, Solution
from knowledgebase.open_data import dcat, dcat_file
from knowledgebase.open_data.dcat_words import CONTEXT
from knowledgebase.open_data.entries import FileRefused
from ogl_portal.lib import markdown

from .whole import make_published_whole

pytestmark = pytest.mark.django_db
CARRIED = ["uuid", "title", "slug", "summary", "kind", "stage", "licence", "publisher", "topics", "relations"]
DESCRIPTION = "## Wie es geht\n\nMit **Fett** und\n\n- einem\n- zwei\n\n" + "Wort " * 40


@pytest.fixture
def run(tmp_path, capsys):
    """Run the command on a catalogue; what it printed, also before a refusal."""

    def run_on(content: str, *options, name="katalog.jsonld") -> str:
        path = tmp_path / name
        path.write_text(content)
        try:
            call_command("import_solutions", str(path), *options)
        except CommandError as refusal:
            return capsys.readouterr().out + str(refusal)
        return capsys.readouterr().out

    return run_on


def dumps() -> dict[str, dict]:
    found = interchange.with_content(Solution.objects.all())
    return {str(each.uuid): interchange.dump(each, contacts=True) for each in found}


def test_catalogue_comes_back_as_far_as_it_goes_and_says_where_all_of_it_is(run, settings):
    with transaction.atomic():
        solution = make_published_whole(description=DESCRIPTION)
        before, publisher, text = dumps(), solution.publisher.name, "".join(dcat.write())
        transaction.set_rollback(True)
    said = run(text, "--create-missing", "--dry-run")
    assert not Solution.objects.exists()
    assert f"{settings.SITE_URL}/daten/loesungen.json" in said and "Ein Katalog trägt nur einen Teil" in said
    said = run(text, "--create-missing")
    assert "2 neu als Entwurf" in said and "Anlagen stehen in der JSON-Datei" in said
    after, uuid = dumps(), str(solution.uuid)
    drafts = {row["other"] for row in before[uuid]["relations"]} - set(after)
    before[uuid]["relations"] = [row for row in before[uuid]["relations"] if row["other"] not in drafts]
    imported = Solution.objects.get(uuid=uuid)
    assert imported.publisher.name == publisher
    assert {name: after[uuid][name] for name in CARRIED} == {name: before[uuid][name] for name in CARRIED}
    assert markdown.to_text(imported.description) == markdown.to_text(DESCRIPTION)
    assert [link["kind"] for link in after[uuid]["links"]] == ["repository"]
    assert [(row["name"], row["leika_key"]) for row in after[uuid]["services"]] == [("Eintragung", "9" * 14)]
    assert imported.contacts.get().email == "karla@example.org" and not imported.public_contacts


def test_catalogue_into_the_same_portal_changes_nothing(run):
    solution = make_published_whole(description=DESCRIPTION)
    solution.links.create(kind="landing", url="https://example.org/")
    before = dumps(), Snapshot.objects.count()
    assert "2 unverändert" in run("".join(dcat.write()), "--format", "dcat", name="daten.json")
    assert (dumps(), Snapshot.objects.count()) == before


ASSET = {"@type": "adms:Asset", "@id": "https://anders.example.org/x/neu/", "title": "Neu", "status": "quatsch"}


def catalogue(**changes) -> str:
    return json.dumps({"@context": CONTEXT, "@graph": [ASSET, ASSET | {"title": "Zwei", "@id": "2"} | changes]})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": 7}, "Asset 2: abgelehnt\n  „title“ muss ein Text sein"),
        ({"title": "a\0b"}, "„title“ muss ein Text sein, ohne Steuerzeichen"),
        ({"type": {"prefLabel": "Raumschiff"}}, "Art (type): „Raumschiff“ kennt das Portal nicht"),
        ({"license": "file:///etc/passwd"}, "Lizenz (licence): Wert 'file:///etc/passwd'"),
        ({"keyword": ["Mondfahrt"]}, "Themen (topics): „Mondfahrt“ gibt es hier nicht"),
        ({"publisher": {"name": "Fremde GmbH"}}, "Die Organisation „fremde-gmbh“ gibt es hier nicht"),
        ({"contactPoint": [{"fn": "A", "hasEmail": "mailto:keine"}]}, "Ansprechpersonen, Nr. 1: E-Mail (email)"),
        ({"distribution": [{"title": "Quelltext", "accessURL": "javascript:1"}]}, "Links, Nr. 1: Adresse (url)"),
        ({"identifier": "urn:uuid:quatsch", "title": "Neu"}, "Der Titel „Neu“ steht mehrmals in der Datei"),
    ],
)
def test_asset_that_is_wrong_stops_all_with_the_reason(run, changes, message):
    said = run(catalogue(**changes), "--dry-run")
    assert message in said and "Nichts wurde geändert" in said
    assert not Solution.objects.exists()


def test_relation_to_what_is_not_in_the_catalogue_is_noted(run):
    assert "„https://woanders.example/“ steht nicht im Katalog" in run(catalogue(requires="https://woanders.example/"))
    assert set(Solution.objects.values_list("slug", flat=True)) == {"neu", "2"}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"@context": CONTEXT}, "fehlt die Liste „@graph“"),
        ({"@context": CONTEXT, "@graph": [1]}, "fehlt die Liste „@graph“"),
        ({"@context": "https://woanders.example/context.jsonld", "@graph": []}, "Fremde lädt das Portal nicht"),
        ({"@context": CONTEXT | {"title": "dct:description"}, "@graph": []}, "andere Wörter (@context)"),
        ({"@context": CONTEXT, "@graph": [{"@type": "dcat:Dataset"}]}, "steht keine Lösung"),
    ],
)
def test_file_that_is_no_catalogue_of_ours_is_refused(run, document, message):
    assert message in run(json.dumps(document))


@pytest.mark.parametrize(
    "line", ["# Kein Titel", "1. Kein", "- Kein", "+ Kein", "=== und ---", "***", "a_b_ &amp; <b>"]
)
def test_plain_text_becomes_markdown_that_says_the_same(line):
    assert markdown.to_text(dcat_file.as_markdown(f"Vorher\n{line}\nNachher")) == f"Vorher\n{line}\nNachher"


NAMES = ["@id", "identifier", *dcat_file.TERMS]
ANYTHING = st.recursive(
    st.none() | st.integers() | st.text(max_size=9) | st.just("\ud800"),
    lambda each: st.lists(each, max_size=2) | st.dictionaries(st.sampled_from(NAMES), each, max_size=4),
    max_leaves=8,
)


@settings(max_examples=settings.default.max_examples * 4 // 5)
@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=6))
def test_reading_of_any_asset_is_an_answer(asset):
    try:
        content = json.dumps({"@context": CONTEXT, "@graph": [asset | {"@type": "adms:Asset"}]}).encode()
        [entry], organisations = dcat_file.read(content)
    except FileRefused:
        return
    assert isinstance(interchange.check(entry.content), list) and isinstance(organisations, list)
