"""Solutions as documents, and back."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledgebase import interchange
from knowledgebase.models import Solution
from tests.factories.knowledgebase import make_attachment, make_complete, make_contact, make_draft, make_published

from .whole import make_whole

pytestmark = pytest.mark.django_db


def make_related(**overrides) -> Solution:
    solution = make_whole(features="Schnell\nEinfach", **overrides)
    solution.relations.create(kind="needs", other=make_draft())
    return solution


def stored(solution: Solution) -> Solution:
    return interchange.with_content(Solution.objects.all()).get(pk=solution.pk)


def test_dump_of_a_whole_solution_is_json_in_a_stable_order():
    solution = make_related()
    document = interchange.dump(stored(solution))
    assert json.loads(json.dumps(document)) == document == interchange.dump(solution)
    assert document["audiences"] == [{"kind": "association"}, {"kind": "chamber"}]
    assert document["features"] == ["Schnell", "Einfach"]
    assert document["costs_as_of"] == "2021-05-27"
    assert document["publisher"] == solution.publisher.slug
    assert [step["title"] for step in document["steps"]] == ["Anfangen", "Muster ausfüllen"]


def test_dump_holds_every_field_that_people_edit_and_no_state():
    document = interchange.dump(make_related())
    fields = Solution._meta.get_fields()
    editable = {field.name for field in fields if not field.auto_created and field.editable}
    assert editable <= set(document)
    assert not {"status", "proposed_by", "published_by", "revision", "return_note", "id"} & set(document)


def test_dump_without_being_asked_has_no_contacts():
    solution = make_related()
    make_contact(solution, name="Ohne Einwilligung", consented_on=None, valid_until=None)
    assert "Karla" not in json.dumps(interchange.dump(solution))
    contacts = interchange.dump(solution, contacts=True)["contacts"]
    assert [contact["name"] for contact in contacts] == ["Karla Kontakt"]


def test_fill_brings_back_what_was_dumped():
    solution = make_related()
    before = interchange.dump(solution)
    solution.title, solution.features, solution.publisher = "Anders", "", None
    solution.save()
    for rows in [solution.steps, solution.links, solution.audiences, solution.efa_checks, solution.relations]:
        rows.all().delete()
    for words in [solution.topics, solution.target_groups, solution.services, solution.life_situations]:
        words.clear()
    solution.attachments.update(title="Anders")
    assert interchange.fill(stored(solution), json.loads(json.dumps(before))) == []
    assert interchange.dump(stored(solution)) == before
    assert solution.contacts.count() == 1


def test_fill_leaves_identity_state_and_what_is_not_mentioned():
    solution = make_related()
    before = interchange.dump(solution)
    interchange.fill(solution, {"uuid": "0" * 32, "slug": "woanders", "status": "published", "summary": "Neu."})
    assert interchange.dump(stored(solution)) == before | {"summary": "Neu."}
    assert stored(solution).status == "draft"


def test_fill_names_what_no_longer_exists():
    solution = make_related()
    content = interchange.dump(solution)
    solution.relations.get().other.delete()
    solution.attachments.all().delete()
    solution.services.all().delete()
    content |= {"publisher": "weg", "topics": ["weg"]}
    left_out = interchange.fill(stored(solution), content)
    assert left_out == [
        "herausgegeben von: Die Organisation „weg“ gibt es hier nicht.",
        "Themen: „weg“ gibt es hier nicht.",
        "Verwaltungsleistungen: „Eintragung“ gibt es hier nicht.",
        "Anlagen: Die Datei zu „Muster“ ist nicht dabei.",
        f"verwandte Lösungen: „{content['relations'][0]['other']}“ gibt es hier nicht.",
    ]
    assert stored(solution).publisher == solution.publisher
    assert solution.steps.count() == 2


def test_fill_with_values_against_the_rules_is_refused():
    solution = make_published()
    with pytest.raises(ValidationError, match="Titel gibt es schon"):
        interchange.fill(solution, {"title": make_published().title})


def test_with_content_needs_the_same_queries_for_1_and_10_solutions():
    def count():
        with CaptureQueriesContext(connection) as captured:
            [interchange.dump(each, contacts=True) for each in interchange.with_content(Solution.objects.all())]
        return len(captured)

    make_related()
    few = count()
    for number in range(9):
        solution = make_complete()
        make_attachment(solution)
        solution.relations.create(kind="needs", other=make_draft(title=f"Andere {number}"))
    assert few == count()


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ([], "Namen und Werten"),
        ({"titel": "x"}, "„titel“ kennt das Portal nicht"),
        ({"status": "published"}, "„status“ kennt das Portal nicht"),
        ({"title": 7}, "Titel (title): muss ein Text sein"),
        ({"title": None}, "Titel (title): muss ein Text sein"),
        ({"title": ""}, "Titel (title): Dieses Feld darf nicht leer sein"),
        ({"title": "x" * 121}, "höchstens 120 Zeichen"),
        ({"title": "a\0b"}, "Zeichen, die kein Text sind"),
        ({"title": "a\ud800b"}, "Zeichen, die kein Text sind"),
        ({"uuid": "1"}, "(uuid): „1“ ist keine Kennung"),
        ({"slug": "Ä ö"}, "Adresse (slug):"),
        ({"slug": "vorschlagen"}, "slug"),
        ({"kind": "quatsch"}, "Art (kind):"),
        ({"description": "ä" * 11_000}, "Beschreibung (description): Der Text ist zu lang"),
        ({"features": "eine"}, "Funktionen (features): muss eine Liste von Texten sein"),
        ({"features": ["x"] * 21}, "höchstens 20"),
        ({"features": ["zwei\nZeilen"]}, "in einer Zeile"),
        ({"effort_days_from": "2"}, "muss eine ganze Zahl sein"),
        ({"effort_days_from": True}, "muss eine ganze Zahl sein"),
        ({"effort_days_from": 10**40}, "zwischen 0 und 32767"),
        ({"effort_days_from": 5_001}, "5000"),
        ({"reviewed_on": "27.05.2021"}, "ist kein Tag"),
        ({"reviewed_on": "2021-02-30"}, "ist kein Tag"),
        ({"reviewed_on": "0001-01-01"}, "ist kein Tag"),
        ({"is_example": "ja"}, "muss ja oder nein"),
        ({"topics": ["a", "b", "c", "d"]}, "Themen (topics): höchstens 3"),
        ({"topics": [{}]}, "muss eine Liste von Texten sein"),
        ({"steps": {}}, "muss eine Liste von Angaben"),
        ({"steps": [{}]}, "Schritte, Nr. 1: Nr. (position) fehlt"),
        ({"steps": [{"position": 1, "title": "x", "was": 1}]}, "Schritte, Nr. 1: Das Feld „was“"),
        ({"steps": [{"position": 1, "title": "x"}, {"position": 1, "title": "y"}]}, "zweimal"),
        ({"steps": [{"position": 1, "title": "x", "attachment": "y"}]}, "ist keine Kennung"),
        ({"links": [{"kind": "landing", "url": "javascript:alert(1)"}]}, "Links, Nr. 1: Adresse (url):"),
        ({"links": [{"kind": "landing", "url": "https://a.example"}] * 2}, "zweimal"),
        ({"links": [{"kind": "landing", "url": "https://a.example"}] * 201}, "höchstens 200"),
        ({"contacts": [{"name": "A", "email": "keine"}]}, "Ansprechpersonen, Nr. 1: E-Mail (email):"),
        ({"services": [{"name": "A", "leika_key": "1"}]}, "genau 14 Ziffern"),
    ],
)
def test_check_names_what_is_wrong(document, words):
    faults = interchange.check(document)
    assert any(words in fault for fault in faults), faults


def test_check_of_what_was_dumped_finds_nothing():
    assert interchange.check(interchange.dump(make_related(), contacts=True)) == []
