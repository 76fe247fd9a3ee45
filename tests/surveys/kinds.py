"""A questionnaire with every kind of question, with conditions within an entry, across sections and in a chain."""

from ogl_portal.directory.models import Person
from surveys import workflow
from surveys.models import QuestionnaireVersion, Response
from tests.factories import numbers
from tests.factories.surveys import make_response, make_round

COLOURS = [
    {"key": "red", "label": "Rot"},
    {"key": "blue", "label": "Blau"},
    {"key": "other", "label": "Sonstiges", "opens_text": True},
    {"key": "none", "label": "keine davon", "is_exclusive": True},
]
SINGLE = [
    {"key": "A1", "text": "Wer?", "kind": "contact", "is_required": True},
    {"key": "A2", "text": "Kurz?", "kind": "short-text", "is_required": True, "max_length": 20},
    {"key": "A3", "text": "Lang?", "kind": "long-text", "max_length": 100},
    {"key": "A4", "text": "Welche?", "kind": "one-of", "choices": COLOURS},
    {"key": "A5", "text": "Welche alle?", "kind": "several-of", "max_choices": 2, "choices": COLOURS},
    {"key": "A6", "text": "Wie viele?", "kind": "number", "min_value": 0, "max_value": 5000},
    {"key": "A7", "text": "Wann?", "kind": "date"},
    {"key": "A8", "text": "Darf man das?", "kind": "yes-no", "is_consent": True},
    {"key": "A9", "text": "Thema?", "kind": "one-of", "vocabulary": "topic"},
    {"key": "A10", "text": "Für wen?", "kind": "several-of", "vocabulary": "target-group"},
    {"key": "A11", "text": "Unterlagen?", "kind": "attachments"},
    {"key": "A12", "text": "Gelesen.", "kind": "confirmation", "is_required": True, "is_consent": True},
]
REPEATED = [
    {"key": "B1", "text": "Titel?", "kind": "short-text", "is_required": True, "max_length": 60},
    {"key": "B2", "text": "Wie weit?", "kind": "one-of", "choices": COLOURS},
    {
        "key": "B3", "text": "Warum rot?", "kind": "long-text", "is_required": True, "max_length": 500,
        "show_if_question": "B2", "show_if_choice": "red",
    },
    {"key": "B4", "text": "Seit wann?", "kind": "date", "show_if_question": "B3"},
    {"key": "B5", "text": "Bei Ja?", "kind": "number", "show_if_question": "A8", "show_if_choice": "yes"},
]  # fmt: skip
VALID = {
    "A1-organisation": "Haus", "A1-name": "Mia", "A1-email": "mia@example.org", "A2": "kurz", "A4": "other",
    "A4-text": "Grün", "A5": ["red", "blue"], "A6": "1.200,50", "A7": "12.7.2021", "A8": "yes", "A12": "yes",
    "A9": "mint-nachwuchs", "A10": ["kommunalverwaltungen"], "A11": "https://www.example.org/",
}  # fmt: skip


def make_version_of_kinds() -> QuestionnaireVersion:
    """Publish a questionnaire of every kind."""
    sections = [
        {"key": "A", "title": "Alles", "intro": "", "questions": SINGLE},
        {"key": "B", "title": "Mehrmals", "intro": "", "is_repeatable": True, "max_entries": 10, "entry_label": "Fall",
         "add_label": "Weiterer Fall", "questions": REPEATED},
    ]  # fmt: skip
    document = {"slug": f"arten-{next(numbers)}", "title": "Alle Arten", "intro": "", "sections": sections}
    return workflow.publish_version(questionnaire=workflow.load_definition(document=document))


def make_response_of_kinds(person: Person) -> Response:
    """A response that has just begun, in a round of its own."""
    return make_response(person, make_round(person, version=make_version_of_kinds()))
