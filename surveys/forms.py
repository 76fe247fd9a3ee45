"""The form of one entry, built from the frozen definition: it takes whatever is typed and says what to mend."""

from collections.abc import Iterator

from crispy_forms.layout import Field, Fieldset, Layout, LayoutObject
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.loader import render_to_string

from ogl_portal.lib import uploads
from ogl_portal.lib.forms import PortalForm

from . import checks, conditions
from .definition import CONTACT_PARTS, Kind, Question
from .sheet import Card, Variation

AUTOCOMPLETE = {"organisation": "organization", "name": "name", "role": "organization-title", "email": "email"}


class TakesAnything:
    """A field that keeps what was typed; surveys.checks says what is missing or wrong."""

    def validate(self, value):
        """Nothing to refuse."""

    def run_validators(self, value):
        """Nothing to refuse."""


class TextField(TakesAnything, forms.CharField):
    pass


class OneOfField(TakesAnything, forms.ChoiceField):
    pass


class SeveralOfField(TakesAnything, forms.MultipleChoiceField):
    pass


class Notice(LayoutObject):
    """A paragraph before a question."""

    def __init__(self, text: str) -> None:
        self.fields, self.text = [], text

    def render(self, form, context, template_pack=None, **kwargs):
        return render_to_string("surveys/_notice.html", {"text": self.text})


class Uploaded(LayoutObject):
    """The files that are there already, each with a button to remove it."""

    def __init__(self, card: Card, question: Question, slug: str) -> None:
        self.fields, self.slug, self.key = [], slug, question.key
        self.uploads = [upload for upload in card.uploads if upload.question_key == question.key]

    def render(self, form, context, template_pack=None, **kwargs):
        return render_to_string("surveys/_uploads.html", {"uploads": self.uploads, "slug": self.slug, "key": self.key})


class Conditional(LayoutObject):
    """A question that is only asked after a certain answer; the page says so in words, and hides it where it can."""

    def __init__(self, card: Card, question: Question, items: list) -> None:
        self.fields, self.key = items, question.key
        self.words = conditions.in_words(question, card.part.sheet.definition)

    def render(self, form, context, template_pack=None, **kwargs):
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string("surveys/_conditional.html", {"key": self.key, "words": self.words, "fields": fields})


class FilesInput(forms.ClearableFileInput):
    """Several files at once; what is there already is listed by itself."""

    template_name = "django/forms/widgets/file.html"
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return None


class EntryForm(PortalForm):
    """All questions of one entry on one page."""

    def __init__(self, card: Card, data=None, files=None, *, slug: str, draft: checks.Draft | None = None) -> None:
        self.card, self.slug = card, slug
        super().__init__(data, files, initial=card.draft if draft is None else draft)
        for question in card.part.questions:
            self.fields.update(form_fields(question))
        for variation in card.part.variations:
            self.fields[variation.field] = variation_field(variation)
        for question in card.part.new_questions:
            for name in self.fields.keys() & question.field_names.keys():
                self.fields[name].label += " (neu)"

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
    def helper(self):
        helper = super().helper
        helper.layout = Layout(*(item for question in self.card.part.questions for item in self.items(question)))
        return helper

    def items(self, question: Question) -> list:
        """How a question stands on the page, with its condition around it if it has one."""
        items = self.plain_items(question)
        return [Conditional(self.card, question, items)] if question.show_if_question else items

    def plain_items(self, question: Question) -> list:
        """A question's notice, its fields, and decisions per entry below it."""
        names = list(question.field_names)
        notice = [Notice(question.notice)] if question.notice else []
        if question.kind == Kind.CONTACT:
            return [*notice, Fieldset(question.label, *names)]
        if question.kind == Kind.ATTACHMENTS:
            return [
                *notice,
                Field(question.key),
                Uploaded(self.card, question, self.slug),
                Field(f"{question.key}-files"),
            ]
        variations = [variation.field for variation in self.card.part.variations if variation.question is question]
        return [*notice, *(Field(name) for name in [*names, *variations])]


def form_fields(question: Question) -> dict[str, forms.Field]:
    """The form fields of a question, by name."""
    if question.kind == Kind.CONTACT:
        return {f"{question.key}-{part}": contact_field(question, part, label) for part, label in CONTACT_PARTS.items()}
    fields = {question.key: FIELDS[question.kind](question)}
    if question.kind == Kind.ATTACHMENTS:
        fields[f"{question.key}-files"] = files_field(question)
    if question.has_text:
        fields[question.text_name] = TextField(label=question.field_label(question.text_name), required=False)
    return fields


def contact_field(question: Question, part: str, label: str) -> forms.Field:
    kind = forms.EmailInput if part == "email" else forms.TextInput
    widget = kind(attrs={"autocomplete": AUTOCOMPLETE[part]})
    return TextField(label=label, required=question.is_required and part != "role", widget=widget)


def facts(question: Question, *, hint: str = "") -> dict:
    """What every field says: label, hints, and whether the answer is needed for submitting."""
    hints = [text for text in (question.help, hint) if text]
    return {"label": question.label, "help_text": " ".join(hints), "required": question.is_required}


def text_field(question: Question) -> forms.Field:
    rows = 2 + min(6, (question.max_length or 0) // 300)
    widget = forms.Textarea(attrs={"rows": rows}) if question.kind == Kind.LONG_TEXT else forms.TextInput()
    return TextField(**facts(question, hint=question.limit_text), widget=widget)


def number_field(question: Question) -> forms.Field:
    return TextField(**facts(question, hint=question.limit_text), widget=forms.TextInput({"inputmode": "decimal"}))


def date_field(question: Question) -> forms.Field:
    """Text, not the browser's calendar: that one would throw away what is no date yet."""
    return TextField(**facts(question, hint="Zum Beispiel 12.07.2021."))


def one_of_field(question: Question) -> forms.Field:
    options = [(choice.key, choice.label) for choice in question.options]
    return OneOfField(**facts(question), choices=options, widget=forms.RadioSelect)


def several_of_field(question: Question) -> forms.Field:
    options = [(choice.key, choice.label) for choice in question.options]
    return SeveralOfField(
        **facts(question, hint=question.limit_text), choices=options, widget=forms.CheckboxSelectMultiple
    )


def confirmation_field(question: Question) -> forms.Field:
    return forms.BooleanField(
        label=question.label, required=False, widget=forms.CheckboxInput(attrs={"value": "yes"}, check_test=bool)
    )


def links_field(question: Question) -> forms.Field:
    hint = (
        f"Bis zu {checks.MAX_LINKS} Links, jeder in einer eigenen Zeile, zum Beispiel https://www.example.org/leitfaden"
    )
    return TextField(**facts(question, hint=hint), widget=forms.Textarea(attrs={"rows": 3, "inputmode": "url"}))


def files_field(question: Question) -> forms.Field:
    hint = (
        f"Bis zu {checks.MAX_FILES} Dateien: PDF, PNG, ODT oder DOCX, jede höchstens 10 MB. "
        "Hochgeladen werden sie erst mit „Speichern“."
    )
    widget = FilesInput(attrs={"accept": uploads.ACCEPT})
    return forms.FileField(label=f"{question.key} Dateien hochladen", help_text=hint, required=False, widget=widget)


def variation_field(variation: Variation) -> forms.Field:
    """One decision for one entry; left alone it is as above."""
    choices = [("", "wie oben angegeben"), *((choice.key, choice.label) for choice in variation.question.options)]
    return OneOfField(label=variation.label, required=False, choices=choices, widget=forms.Select)


FIELDS = {
    Kind.SHORT_TEXT: text_field,
    Kind.LONG_TEXT: text_field,
    Kind.NUMBER: number_field,
    Kind.DATE: date_field,
    Kind.ONE_OF: one_of_field,
    Kind.SEVERAL_OF: several_of_field,
    Kind.YES_NO: one_of_field,
    Kind.CONFIRMATION: confirmation_field,
    Kind.ATTACHMENTS: links_field,
}
