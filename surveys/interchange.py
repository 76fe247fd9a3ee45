"""A questionnaire as a JSON file: written for others, read with a careful eye. Nothing here writes to the database.

The document is that of ``definitions/anlage-1.json``: it names vocabularies instead of their words, and leaves out
what has its usual value.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping

from django.core.exceptions import ValidationError
from django.db import models

from ogl_portal.lib.text import has_forbidden_characters, plain

from .chains import in_circles
from .definition import Kind
from .models import Choice, Consent, Question, Questionnaire, Section

MAX_SIZE = 1_000_000
CHOICE_KINDS = {Kind.ONE_OF, Kind.SEVERAL_OF}
CONSENT_KINDS = {Kind.ONE_OF, Kind.YES_NO, Kind.CONFIRMATION}
FACTS = {
    Questionnaire: ["slug", "title", "intro"],
    Section: ["key", "title", "intro", "is_repeatable", "max_entries", "entry_label", "add_label"],
    Question: [
        "key", "text", "help", "notice", "kind", "is_required", "is_consent", "max_length", "max_choices", "min_value",
        "max_value", "vocabulary", "text_label", "needs_section", "varies_by_entry", "show_if_question",
        "show_if_choice",
    ],
    Choice: ["key", "label", "opens_text", "is_exclusive"],
}  # fmt: skip
LISTS = {Questionnaire: ("sections", Section), Section: ("questions", Question), Question: ("choices", Choice)}
NAMES = {Questionnaire: "Fragebogen", Section: "Abschnitt", Question: "Frage", Choice: "Antwort"}
TYPES = [(models.BooleanField, bool, "ja oder nein"), (models.IntegerField, int, "eine ganze Zahl")]


class DocumentRefused(Exception):
    """A document that cannot be a questionnaire; ``messages`` says in German why."""

    def __init__(self, messages: list[str]) -> None:
        self.messages = messages
        super().__init__(" ".join(messages))


def describe(thing) -> dict:
    """A questionnaire as its tables have it, with all that hangs on it, as a document."""
    facts = {name: getattr(thing, name) for name in FACTS[type(thing)]}
    unusual = {name: value for name, value in facts.items() if is_unusual(type(thing), name, value)}
    name, _ = LISTS.get(type(thing), ("", None))
    parts = [describe(part) for part in getattr(thing, name).all()] if name else []
    return unusual | ({name: parts} if parts else {})


def is_unusual(model: type[models.Model], name: str, value) -> bool:
    """Whether a document has to say it: what every such thing has, and what differs from the default."""
    field = model._meta.get_field(name)
    is_optional = field.has_default() or field.blank
    return not is_optional or value != field.get_default()


def write(questionnaire: Questionnaire) -> str:
    """The JSON text of a questionnaire, for people to read."""
    prefetched = Questionnaire.objects.prefetch_related("sections__questions__choices").get(pk=questionnaire.pk)
    return json.dumps(describe(prefetched), ensure_ascii=False, indent=2) + "\n"


def read(content: bytes) -> dict:
    """The document in a file; raises DocumentRefused for anything that is no questionnaire."""
    if len(content) > MAX_SIZE:
        raise DocumentRefused(["Die Datei ist zu groß. Ein Fragebogen hat höchstens 1 MB."])
    try:
        document = json.loads(content.decode("utf-8-sig"), object_pairs_hook=without_repetition)
    except (ValueError, RecursionError):
        raise DocumentRefused(
            ["Das ist keine JSON-Datei. Bitte wählen Sie eine Datei aus „Als JSON sichern“."]
        ) from None
    found = list(check_shape(Questionnaire, document)) or list(check_sense(document))
    if found:
        raise DocumentRefused(found)
    return document


def without_repetition(pairs: list[tuple]) -> dict:
    """The thing that these names and values describe; raises DocumentRefused where a name comes twice."""
    repeated = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    if repeated:
        raise DocumentRefused([f"„{plain(repeated[0])[:40]}“ steht in der Datei zweimal an derselben Stelle."])
    return dict(pairs)


def check_shape(model: type[models.Model], document, where: str = "Fragebogen") -> Iterator[str]:
    """What is wrong with one thing of a document, taken by itself, and with the things in it."""
    if not isinstance(document, Mapping):
        yield f"{where}: Hier fehlen die Angaben in geschweiften Klammern."
        return
    name, part = LISTS.get(model, ("", None))
    unknown = [key for key in document if key not in FACTS[model] and key != name]
    yield from (f"{where}: „{plain(key)[:40]}“ kennt das Portal nicht." for key in unknown)
    wrong = [message for field in FACTS[model] if field in document for message in check_type(model, field, document)]
    yield from (f"{where}: {message}" for message in wrong)
    if not unknown and not wrong:
        yield from (f"{where}: {message}" for message in check_fields(model, document))
    yield from check_parts(part, document.get(name, []), where) if part else []


def check_parts(model: type[models.Model], parts, where: str) -> Iterator[str]:
    """The same for a list of sections, questions or choices."""
    if not isinstance(parts, list):
        yield f"{where}: Was darin steht, muss eine Liste sein."
        return
    for number, part in enumerate(parts, start=1):
        key = part.get("key") if isinstance(part, Mapping) else None
        name = f"{NAMES[model]} {plain(str(key))[:60] if key else f'an Stelle {number}'}"
        yield from check_shape(model, part, f"{where}, {name}" if model is Choice else name)


def check_type(model: type[models.Model], name: str, document: Mapping) -> Iterator[str]:
    """Text is text, yes is yes, and a number is a number."""
    field, value = model._meta.get_field(name), document[name]
    if value is None and field.null:
        return
    wanted, words = next(((kind, words) for cls, kind, words in TYPES if isinstance(field, cls)), (str, "ein Text"))
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        yield f"„{field.verbose_name}“ ({name}) muss {words} sein."
    elif wanted is str and has_forbidden_characters(value):
        yield f"„{field.verbose_name}“ ({name}) enthält Zeichen, die kein Text sind."


def check_fields(model: type[models.Model], document: Mapping) -> Iterator[str]:
    """The rules of the tables: lengths, choices, what must be there."""
    thing = model(**{name: value for name, value in document.items() if name in FACTS[model]})
    links = {field.name for field in model._meta.fields if field.is_relation or field.primary_key}
    try:
        thing.full_clean(exclude=links, validate_unique=False)
    except ValidationError as refusal:
        for name, messages in refusal.message_dict.items():
            label = model._meta.get_field(name).verbose_name if name in FACTS[model] else ""
            yield from (f"{label}: {message}" if label else message for message in messages)


def check_sense(document: Mapping) -> Iterator[str]:
    """What must hold between the parts of a questionnaire before anybody is asked to answer it."""
    sections = document.get("sections", [])
    if not sections:
        yield "Der Fragebogen hat noch keinen Abschnitt."
    yield from repeated("Abschnitt", [section["key"] for section in sections])
    questions = [question for section in sections for question in section.get("questions", [])]
    yield from repeated("Frage", [question["key"] for question in questions])
    yield from check_circles(questions)
    for section in sections:
        yield from check_section(section)
    for question in questions:
        yield from (f"Frage {question['key']}: {message}" for message in check_choices(question))
        yield from (f"Frage {question['key']}: {message}" for message in check_links(question, sections, questions))


def repeated(what: str, keys: list[str]) -> Iterator[str]:
    yield from (f"{what} {key} gibt es mehrmals." for key, times in Counter(keys).items() if times > 1)


def check_section(section: Mapping) -> Iterator[str]:
    key, questions = section["key"], section.get("questions", [])
    if not questions:
        yield f"Abschnitt {key} hat noch keine Frage."
    strange = [question["key"] for question in questions if not question["key"].startswith(key)]
    yield from (f"Frage {name} steht in Abschnitt {key}. Ihr Schlüssel muss mit {key} beginnen." for name in strange)
    if section.get("is_repeatable"):
        decided = [each["key"] for each in questions if each.get("is_consent") or each.get("varies_by_entry")]
        yield from (
            f"Frage {name}: Freigaben gehören in einen Abschnitt, der nicht wiederholbar ist." for name in decided
        )


def check_choices(question: Mapping) -> Iterator[str]:
    """Choices belong to questions that are answered by choosing, and to all of those."""
    choices, vocabulary = question.get("choices", []), question.get("vocabulary", "")
    limits = [question.get("min_value"), question.get("max_value")]
    if question["kind"] in CHOICE_KINDS and not choices and not vocabulary:
        yield "Es fehlen die Antworten zur Auswahl."
    if question["kind"] not in CHOICE_KINDS and (choices or vocabulary):
        yield "Antworten zur Auswahl passen nicht zu dieser Art von Frage."
    if choices and vocabulary:
        yield "Entweder eigene Antworten oder eine Liste, nicht beides."
    if None not in limits and limits[0] > limits[1]:
        yield "Die kleinste Zahl ist größer als die größte."
    yield from repeated("Die Antwort", [choice["key"] for choice in choices])
    yield from check_consent(question)


def check_consent(question: Mapping) -> Iterator[str]:
    """A consent is one decision, and can be refused."""
    kind, offered = question["kind"], {choice["key"] for choice in question.get("choices", [])}
    if question.get("is_consent") and kind not in CONSENT_KINDS:
        yield "Eine Freigabe ist eine Einfachauswahl, ein Ja/Nein oder eine Bestätigung."
    elif question.get("is_consent") and kind == Kind.ONE_OF and Consent.REFUSED not in offered:
        yield f"Bei einer Freigabe fehlt die Antwort mit dem Schlüssel „{Consent.REFUSED}“, mit der man ablehnt."


def check_links(question: Mapping, sections: list, questions: list) -> Iterator[str]:
    """What a question refers to is there."""
    letter, source = question.get("needs_section", ""), question.get("show_if_question", "")
    if letter and letter not in {section["key"] for section in sections}:
        yield f"Den Abschnitt {letter}, von dem sie abhängt, gibt es nicht."
    asked = next((other for other in questions if other["key"] == source), None)
    if source == question["key"] or (source and not asked):
        yield f"Die Frage {source}, von der sie abhängt, gibt es nicht."
    elif question.get("show_if_choice") and not asked:
        yield "Zu der Antwort, von der sie abhängt, fehlt die Frage."
    elif asked and not is_offered(question.get("show_if_choice", ""), asked):
        yield f"Die Antwort „{question['show_if_choice']}“, von der sie abhängt, gibt es bei {source} nicht."


def check_circles(questions: list) -> Iterator[str]:
    """No question waits for its own answer, not even over others; one that names itself is named by ``check_links``."""
    named = {question["key"]: question.get("show_if_question", "") for question in questions}
    circles = in_circles({key: source for key, source in named.items() if source != key})
    yield from (f"Frage {key} hängt über {named[key]} von ihrer eigenen Antwort ab." for key in sorted(circles))


def is_offered(choice: str, question: Mapping) -> bool:
    """Whether a choice can be chosen; what a vocabulary holds is known only when a version is published."""
    if not choice or question.get("vocabulary"):
        return True
    if question["kind"] in {Kind.YES_NO, Kind.CONFIRMATION}:
        return choice in {"yes", "no"}
    return choice in {offered["key"] for offered in question.get("choices", [])}
