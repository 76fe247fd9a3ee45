"""What differs between two questionnaires, in words for the lead; pure functions over definitions."""

from collections.abc import Iterator
from dataclasses import dataclass

from .definition import Definition, Kind, Question, Section

QUESTION_FACTS = {
    "text": "Wortlaut",
    "help": "Hilfe",
    "notice": "Hinweistext",
    "max_length": "höchstens Zeichen",
    "max_choices": "höchstens Antworten",
    "min_value": "mindestens",
    "max_value": "höchstens",
    "text_label": "Freitext daneben",
    "needs_section": "nur mit Einträgen in",
    "show_if_question": "nur nach Antwort auf",
    "show_if_choice": "bei der Antwort",
}
SECTION_FACTS = {
    "title": "Titel",
    "intro": "Einleitung",
    "max_entries": "höchstens Einträge",
    "entry_label": "ein Eintrag heißt",
    "add_label": "noch einer heißt",
}
SWITCHES = {
    "is_required": ("zum Absenden nötig", "nicht mehr zum Absenden nötig"),
    "is_consent": ("jetzt eine Freigabe", "keine Freigabe mehr"),
    "varies_by_entry": ("je Eintrag abweichend einstellbar", "nicht mehr je Eintrag einstellbar"),
}


@dataclass(frozen=True)
class Change:
    """One difference: what it concerns („Frage B1“) and what is different there."""

    where: str
    text: str


def between(old: Definition, new: Definition) -> list[Change]:
    """Everything that differs, in the order of the new questionnaire; what is gone comes last."""
    return [*in_head(old, new), *in_sections(old, new), *in_questions(old, new), *gone(old, new)]


def new_questions(old: Definition, new: Definition) -> list[str]:
    """The keys of the questions that the old questionnaire does not have."""
    return [key for key in new.questions if key not in old.questions]


def in_head(old: Definition, new: Definition) -> Iterator[Change]:
    if old.title != new.title:
        yield Change("Titel", said(old.title, new.title))
    if old.intro != new.intro:
        yield Change("Einleitung", "neu gefasst")


def in_sections(old: Definition, new: Definition) -> Iterator[Change]:
    for section in new:
        before = old.by_key.get(section.key)
        where = f"Abschnitt {section.key}"
        texts = section_texts(before, section) if before else [f"neu: {section.title}"]
        yield from (Change(where, text) for text in texts)
    before, after = ([key for key in one.by_key if key in other.by_key] for one, other in [(old, new), (new, old)])
    if before != after:
        yield Change("Abschnitte", f"neue Reihenfolge: {', '.join(after)}")


def section_texts(old: Section, new: Section) -> Iterator[str]:
    yield from facts(old, new, SECTION_FACTS)
    if old.is_repeatable != new.is_repeatable:
        yield "jetzt wiederholbar" if new.is_repeatable else "nicht mehr wiederholbar"
    before, after = ([question.key for question in section.questions] for section in (old, new))
    common = [[key for key in keys if key in set(before) & set(after)] for keys in (before, after)]
    if common[0] != common[1]:
        yield f"neue Reihenfolge der Fragen: {', '.join(after)}"


def in_questions(old: Definition, new: Definition) -> Iterator[Change]:
    for key, question in new.questions.items():
        before = old.questions.get(key)
        texts = question_texts(before, question) if before else [f"neu: {question.text}"]
        yield from (Change(f"Frage {key}", text) for text in texts)


def question_texts(old: Question, new: Question) -> Iterator[str]:
    if old.kind != new.kind:
        yield f"Art: {said(Kind(old.kind).label, Kind(new.kind).label)}"
    yield from facts(old, new, QUESTION_FACTS)
    for name, (switched_on, switched_off) in SWITCHES.items():
        if getattr(old, name) != getattr(new, name):
            yield switched_on if getattr(new, name) else switched_off
    yield from choice_texts(old, new)


def choice_texts(old: Question, new: Question) -> Iterator[str]:
    before, after = ({choice.key: choice for choice in question.choices} for question in (old, new))
    yield from (f"neue Antwort „{choice.label}“" for key, choice in after.items() if key not in before)
    yield from (f"Antwort „{choice.label}“ entfällt" for key, choice in before.items() if key not in after)
    both = [(before[key], after[key]) for key in after if key in before]
    yield from (f"Antwort {said(one.label, two.label)}" for one, two in both if one.label != two.label)
    yield from (
        f"Antwort „{two.label}“ verhält sich anders (Kurztext, schließt andere aus)"
        for one, two in both
        if (one.opens_text, one.is_exclusive) != (two.opens_text, two.is_exclusive)
    )
    if [one.key for one, _ in both] != [key for key in before if key in after]:
        yield "neue Reihenfolge der Antworten"


def facts(old, new, names: dict[str, str]) -> Iterator[str]:
    """Facts that differ, with both values."""
    for name, label in names.items():
        if getattr(old, name) != getattr(new, name):
            yield f"{label}: {said(getattr(old, name), getattr(new, name))}"


def said(old, new) -> str:
    """Both values, quoted."""
    words = [f"„{value}“" if value not in {"", None} else "ohne" for value in (old, new)]
    return f"{words[0]} → {words[1]}"


def gone(old: Definition, new: Definition) -> Iterator[Change]:
    """What is no longer asked; what was answered there is kept."""
    for section in old:
        if section.key not in new.by_key:
            yield Change(f"Abschnitt {section.key}", f"entfällt: {section.title}")
    for key, question in old.questions.items():
        if key not in new.questions:
            yield Change(f"Frage {key}", f"entfällt: {question.text}")
