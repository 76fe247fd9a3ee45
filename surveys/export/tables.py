"""One table per section, with the organisation's columns on every row, and the codebook that explains the columns.

Every cell is a text as it was submitted, or in the redacted version as it may leave the house. What the respondent
may decide again at any time, the consents, is as it stands now.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import F, Max
from django.utils import timezone

from .. import checks
from ..definition import CONTACT_PARTS, Definition, Kind, Question
from ..models import EntryReview, Response, Round, Submission
from ..sheet import Card, Part, Sheet

YES = "ja"


@dataclass(frozen=True)
class Column:
    """A column: ``code`` is stable, ``title`` and the rest explain it."""

    code: str
    title: str = ""
    kind: str = "Text"
    values: str = ""

    @property
    def heading(self) -> str:
        return f"{self.code} · {self.title}" if self.title else self.code


@dataclass(frozen=True)
class Table:
    """A named table; each row has a text for every column."""

    name: str
    columns: list[Column]
    rows: list[list[str]]


ABOUT_RESPONSE = [
    Column("Rückmeldung", kind="Kennung", values="gleich in allen Blättern"),
    Column("Absendung", kind="Nummer", values="die wievielte, gezählt ab 1"),
    Column("Abgesendet am", kind="Zeitpunkt", values="JJJJ-MM-TT hh:mm, Ortszeit"),
    Column("Auf Papier", kind="ja oder leer", values="ja: von der OGL-Leitung nach einem Papierbogen erfasst"),
    Column("Organisation"),
    Column("Art der Organisation"),
    Column("Ort"),
    Column("Gemeindeschlüssel", kind="Kennung", values="8 Ziffern, auch mit 0 am Anfang"),
    Column("Person"),
]
ABOUT_ENTRY = [
    Column("Eintrag", kind="Kennung"),
    Column("Eintrag Nr.", kind="Nummer"),
    Column("Prüfung", kind="Stand", values="\n".join(EntryReview.State.labels)),
    Column("Redigiert", kind="ja oder leer", values="ja: von diesem Eintrag gibt es eine redigierte Fassung"),
    Column("Redigiert aus Absendung", kind="Nummer", values="aus einer früheren als „Absendung“: bitte prüfen"),
]
CODEBOOK = "Codebuch"
CODEBOOK_COLUMNS = [Column(name) for name in ["Blatt", "Spalte", "Bedeutung", "Art", "Mögliche Werte"]]
VERSIONS = {
    False: "Original: alle Texte, wie sie abgesendet wurden",
    True: "redigiert: Wo es eine redigierte Fassung gibt, steht sie an der Stelle des Originals",
}


class Return:
    """What one respondent submitted last, with the consents as they stand now."""

    def __init__(
        self, submission: Submission, definition: Definition, reviews: dict[UUID, EntryReview], *, redacted: bool
    ) -> None:
        """``reviews`` holds what the lead made of the entries, by their uuid."""
        self.submission, self.response, self.reviews = submission, submission.response, reviews
        self.sheet, self.redacted = Sheet.of_submission(submission, definition), redacted
        for entry in self.sheet.entries if redacted else []:
            entry.draft = self.review(entry).redact(entry.draft)

    def review(self, entry) -> EntryReview:
        """What the lead made of an entry."""
        return self.reviews.get(entry.uuid) or EntryReview()

    @cached_property
    def consents(self) -> dict[tuple[str, str], object]:
        """The current decision by question and by uuid of the entry that it is for, none where it is for all."""
        current = [consent for consent in self.response.consents.all() if not consent.ended_at]
        return {
            (consent.question_key, str(consent.entry.uuid if consent.entry else "")): consent for consent in current
        }

    def consent(self, question: Question, card: Card):
        """The decision that holds for an entry: its own, else the general one."""
        own = self.consents.get((question.key, str(card.entry.uuid)))
        return own or self.consents.get((question.key, ""))

    @property
    def cells(self) -> list[str]:
        """What stands in the columns of ABOUT_RESPONSE."""
        response = self.response
        moment = timezone.localtime(self.submission.submitted_at)
        about = [str(response.uuid), str(self.submission.number), f"{moment:%Y-%m-%d %H:%M}"]
        about.append(YES if response.is_paper else "")
        return [*about, *self.organisation, self.hidden.get("name", response.respondent.full_name)]

    @property
    def organisation(self) -> list[str]:
        """Name, kind, place and municipality key; where the name was redacted, nothing that tells it."""
        organisation = self.response.organisation
        if organisation is None:
            return [""] * 4
        if "organisation" in self.hidden:
            return [self.hidden["organisation"], organisation.get_kind_display(), "", ""]
        return [
            organisation.name, organisation.get_kind_display(), organisation.place, organisation.municipality_key,
        ]  # fmt: skip

    @cached_property
    def hidden(self) -> dict[str, str]:
        """What the redacted version says instead of parts of the contact: the profile must not say them again."""
        contacts = [question for question in self.sheet.definition.questions.values() if question.kind == Kind.CONTACT]
        texts = [self.review(entry).redacted for entry in self.sheet.entries] if self.redacted else []
        return {
            part: found[f"{question.key}-{part}"]
            for question in contacts
            for part in CONTACT_PARTS
            for found in texts
            if f"{question.key}-{part}" in found
        }

    def cells_about(self, card: Card) -> list[str]:
        """What stands in the columns of ABOUT_ENTRY."""
        review = self.review(card.entry)
        is_redacted = not review.redacted.keys().isdisjoint(card.draft)
        marks = [YES, str(review.redacted_from or "")] if is_redacted else ["", ""]
        return [str(card.entry.uuid), str(card.number), review.get_state_display(), *marks]


def tables_of(round: Round, *, redacted: bool = False) -> list[Table]:
    """A table for each section and the codebook; responses whose raw answers were deleted are gone here too.

    ``redacted`` puts what the lead has redacted in the place of the originals.
    """
    returns = list(returns_of(round, redacted=redacted))
    definitions = list(
        {id(each): each for each in [round.definition, *(each.sheet.definition for each in returns)]}.values()
    )
    tables = [table_of(key, definitions, returns) for key in section_keys(definitions)]
    return [*tables, codebook(tables, redacted=redacted)]


def returns_of(round: Round, *, redacted: bool) -> Iterator[Return]:
    """What everybody submitted last; versions that were answered are read once each."""
    reviews = EntryReview.objects.filter(entry__response__round=round).select_related("entry")
    by_uuid = {review.entry.uuid: review for review in reviews}
    definitions = {}
    for submission in last_submissions(round):
        submission.response.round = round
        answered = submission.document["questionnaire"]["sha256"]
        if answered not in definitions:
            definitions[answered] = submission.definition
        yield Return(submission, definitions[answered], by_uuid, redacted=redacted)


def last_submissions(round: Round) -> Iterable[Submission]:
    """The latest submission of every response, in the order of arrival."""
    responses = Response.objects.submitted().filter(round=round)
    latest = Submission.objects.filter(response__in=responses).alias(last=Max("response__submissions__number"))
    return (
        latest.filter(number=F("last"))
        .select_related("response__organisation", "response__respondent")
        .prefetch_related("response__consents__entry")
        .order_by("submitted_at", "pk")
    )


def section_keys(definitions: Iterable[Definition]) -> list[str]:
    """The sections of all versions that were answered."""
    return sorted({section.key for definition in definitions for section in definition})


def table_of(key: str, definitions: list[Definition], returns: list[Return]) -> Table:
    """The table of a section, with a row for each entry."""
    title = next(definition.by_key[key].heading for definition in definitions if key in definition.by_key)
    columns = {column.code: column for column in columns_of_section(key, definitions)}
    rows = [
        [*each.cells, *each.cells_about(card), *(found.get(code, "") for code in columns)]
        for each in returns
        if key in each.sheet.parts_by_key
        for card in each.sheet.part(key).cards
        for found in [dict(cells_of_card(each, card))]
    ]
    return Table(title, [*ABOUT_RESPONSE, *ABOUT_ENTRY, *columns.values()], rows)


def columns_of_section(key: str, definitions: list[Definition]) -> Iterator[Column]:
    """Columns of every question that any version asks here; the present version's words and order come first."""
    sections = [definition.by_key[key] for definition in reversed(definitions) if key in definition.by_key]
    order = list(dict.fromkeys(question.key for section in reversed(sections) for question in section.questions))
    known = [question for section in sections for question in section.questions]
    for question_key in order:
        yield from (column for question in known if question.key == question_key for column in columns_of(question))
    for question in {question.key: question for each in definitions for question in each.questions.values()}.values():
        if question.varies_by_entry and question.needs_section == key:
            yield from consent_columns(question, "für diesen Eintrag: ")


def columns_of(question: Question) -> Iterator[Column]:
    """The columns of one question."""
    kind = Kind(question.kind).label
    if question.is_consent:
        yield from consent_columns(question)
    elif question.kind == Kind.CONTACT:
        yield from (Column(f"{question.key}-{part}", label, kind) for part, label in CONTACT_PARTS.items())
    elif question.kind == Kind.SEVERAL_OF:
        text = f"{question.text} – "
        yield from (
            Column(f"{question.key}.{choice.key}", text + choice.label, kind, f"{YES} oder leer")
            for choice in question.options
        )
    else:
        yield Column(question.key, question.text, kind, "\n".join(choice.label for choice in question.options))
    if question.kind == Kind.ATTACHMENTS:
        yield Column(f"{question.key}-files", "Namen der Dateien", kind, "je Zeile eine")
    if question.has_text:
        yield Column(question.text_name, question.text_field_label, "Text neben der Auswahl")


def consent_columns(question: Question, words: str = "") -> Iterator[Column]:
    """What was decided, and when; a withdrawal stands here at once."""
    values = "\n".join(choice.label for choice in question.options)
    yield Column(question.key, words + question.text, "Freigabe, jetziger Stand", values)
    yield Column(f"{question.key}-am", f"{question.key}: entschieden am", "Zeitpunkt")


def cells_of_card(each: Return, card: Card) -> Iterator[tuple[str, str]]:
    """Code and text of everything that was answered in an entry."""
    for question in card.part.section.questions:
        yield from consent_cells(each, question, card) if question.is_consent else cells_of(question, card)
    for question in varying(card.part):
        yield from consent_cells(each, question, card)


def varying(part: Part) -> list[Question]:
    """Consents of another section that may differ for the entries of this one."""
    questions = part.sheet.definition.questions.values()
    return [one for one in questions if one.varies_by_entry and one.needs_section == part.section.key]


def consent_cells(each: Return, question: Question, card: Card) -> Iterator[tuple[str, str]]:
    consent = each.consent(question, card)
    if consent:
        yield question.key, consent.value_label
        yield f"{question.key}-am", f"{timezone.localtime(consent.given_at):%Y-%m-%d %H:%M}"


def cells_of(question: Question, card: Card) -> Iterator[tuple[str, str]]:
    """Code and text of one answered question; a text is to the character what was typed."""
    for name, is_list in question.field_names.items():
        if is_list:
            yield from ((f"{name}.{chosen}", YES) for chosen in checks.chosen_in(card.draft, name))
        elif question.options and name == question.key:
            yield name, "".join(map(question.choice_label, checks.chosen_in(card.draft, name)))
        else:
            yield name, str(card.draft.get(name, ""))
    names = [upload.name for upload in card.uploads if upload.question_key == question.key]
    if names:
        yield f"{question.key}-files", "\n".join(names)


def codebook(tables: list[Table], *, redacted: bool) -> Table:
    """What every column means, and which version of the texts this is."""
    version = ["alle", "Fassung", VERSIONS[redacted], "", ""]
    shared = [
        ["alle", column.code, column.title, column.kind, column.values] for column in ABOUT_RESPONSE + ABOUT_ENTRY
    ]
    own = [
        [table.name, column.code, column.title, column.kind, column.values]
        for table in tables
        for column in table.columns[len(shared) :]
    ]
    return Table(CODEBOOK, CODEBOOK_COLUMNS, [version, *shared, *own])
