"""All questions of one entry as one form."""

from collections.abc import Iterator

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.safestring import SafeString

from ogl_portal.lib.forms import PortalForm

from .. import checks
from ..sheet import Card, Variation
from .fields import form_fields, variation_field
from .layout import questions_html


class EntryForm(PortalForm):
    """All questions of one entry on one page."""

    def __init__(self, card: Card, data=None, files=None, *, slug: str, draft: checks.Draft | None = None) -> None:
        self.card, self.slug = card, slug
        super().__init__(data, files, initial=card.draft if draft is None else draft)
        self.new_keys = {question.key for question in card.part.new_questions}
        for question in card.part.questions:
            self.fields.update(form_fields(question, question.key in self.new_keys))
        self.variations = [each for each in card.part.variations if self.asks(each)]
        for variation in self.variations:
            self.fields[variation.field] = variation_field(variation)

    def asks(self, variation: Variation) -> bool:
        """Whether the decision is asked here, as stored, as kept, or as it was typed into an older page."""
        return any(map(variation.is_offered, [self.card.draft, self.initial, self.data]))

    @property
    def unasked(self) -> dict:
        """What is stored for questions that the round has stopped asking: saving does not delete it."""
        return {name: value for name, value in self.card.entry.draft.items() if name not in self.fields}

    @property
    def draft(self) -> dict:
        """What was typed, as it is stored: text or list of choices by field name, without what is empty."""
        fields = {name: field for name, field in self.fields.items() if not field.widget.needs_multipart_form}
        typed = {name: self.typed(name, field) for name, field in fields.items()}
        return self.unasked | {name: value for name, value in typed.items() if value}

    def typed(self, name: str, field: forms.Field) -> str | list[str]:
        value = field.widget.value_from_datadict(self.data, self.files, name)
        if isinstance(field.widget, forms.CheckboxInput):
            return "yes" if value else ""
        return value or ""

    @property
    def hidden_keys(self) -> str:
        """The keys of the questions that the answers rule out at the moment, with blanks between them."""
        card = self.card.with_draft(self.draft) if self.is_bound else self.card.with_draft(self.initial)
        return " ".join(question.key for question in card.hidden_questions)

    def clean(self):
        """Say at each field what is missing or wrong."""
        self.gaps_only = True
        for problem in self.card.with_draft(self.draft).problems:
            self.gaps_only = self.gaps_only and problem.is_gap
            self.add_error(problem.field, problem.text)

    @property
    def sent_files(self) -> Iterator[tuple[str, UploadedFile]]:
        """The key of the question and the file, for everything that was chosen to be uploaded."""
        for question in self.card.part.questions:
            yield from ((question.key, file) for file in self.files.getlist(f"{question.key}-files"))

    def refuse_file(self, question_key: str, message: str) -> None:
        """Say at the field why a file was not taken."""
        self.add_error(f"{question_key}-files", message)
        self.gaps_only = False

    @property
    def has_wrong_answers(self) -> bool:
        """Whether something typed has to be mended; missing answers alone do not count."""
        return bool(self.errors) and not (self.gaps_only and not self.cleaned_names)

    @property
    def html(self) -> SafeString:
        """The questions with what was typed, and what is wrong with it."""
        return questions_html(self)
