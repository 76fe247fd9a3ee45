"""What differs between two questionnaires, in words."""

import copy
import json

import pytest

from surveys import changes
from surveys.definition import Definition
from surveys.demo import DEFINITION

SHIPPED = json.loads(DEFINITION.read_text(encoding="utf-8"))
OLD = Definition.from_document(SHIPPED)


def said_of(change) -> list[tuple[str, str]]:
    document = copy.deepcopy(SHIPPED)
    change({section["key"]: section for section in document["sections"]}, document)
    return [(each.where, each.text) for each in changes.between(OLD, Definition.from_document(document))]


def test_same_questionnaire_has_no_changes():
    assert said_of(lambda sections, document: None) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda s, d: d.update(title="Anders"), ("Titel", f"„{SHIPPED['title']}“ → „Anders“")),
        (lambda s, d: d.update(intro="Kurz"), ("Einleitung", "neu gefasst")),
        (lambda s, d: s["B"].update(max_entries=5), ("Abschnitt B", "höchstens Einträge: „10“ → „5“")),
        (lambda s, d: s["B"].update(is_repeatable=False), ("Abschnitt B", "nicht mehr wiederholbar")),
        (lambda s, d: d["sections"].pop(), ("Abschnitt G", "entfällt: Freigaben und Absenden")),
        (lambda s, d: d["sections"].reverse(), ("Abschnitte", "neue Reihenfolge: G, F, E, D, C, B, A")),
        (lambda s, d: s["A"]["questions"].reverse(), ("Abschnitt A", "neue Reihenfolge der Fragen: A2, A1")),
        (lambda s, d: s["B"]["questions"].pop(5),
         ("Frage B6", "entfällt: Was hat sich verbessert – wenn möglich mit Zahl?")),
        (lambda s, d: s["B"]["questions"][1].update(kind="short-text"), ("Frage B2", "Art: „Langtext“ → „Kurztext“")),
        (lambda s, d: s["B"]["questions"][1].update(help="Kurz"), ("Frage B2", "Hilfe: ohne → „Kurz“")),
        (lambda s, d: s["B"]["questions"][1].pop("is_required"), ("Frage B2", "nicht mehr zum Absenden nötig")),
        (lambda s, d: s["B"]["questions"][4]["choices"].pop(),
         ("Frage B5", "Antwort „wird nicht mehr genutzt“ entfällt")),
        (lambda s, d: s["B"]["questions"][4]["choices"].reverse(), ("Frage B5", "neue Reihenfolge der Antworten")),
        (
            lambda s, d: s["B"]["questions"][4]["choices"][0].update(opens_text=True),
            ("Frage B5", "Antwort „Erprobung“ verhält sich anders (Kurztext, schließt andere aus)"),
        ),
    ],
)  # fmt: skip
def test_change_is_said_where_it_is(change, expected):
    assert expected in said_of(change)


def test_new_questions_are_those_that_the_old_one_does_not_have():
    document = copy.deepcopy(SHIPPED)
    document["sections"][5]["questions"].append({"key": "F3", "text": "Neu?", "kind": "short-text"})
    assert changes.new_questions(OLD, Definition.from_document(document)) == ["F3"]
