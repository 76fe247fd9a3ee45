"""The form fields of each kind of question: they keep what was typed, and say before what is asked for."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from django import forms

from ogl_portal.lib import uploads

from .. import checks
from ..definition import CONTACT_PARTS, Kind, Question
from ..sheet import Variation

MOST_BUILT = 2_000
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


class OpeningMixin:
    """Marks the options that open a short text beside the choices: the stylesheet shows it while one is chosen."""

    opening: frozenset[str] = frozenset()

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"] |= {"data-opens-text": True} if str(value) in self.opening else {}
        return option


class OneOfInput(OpeningMixin, forms.RadioSelect):
    pass


class SeveralOfInput(OpeningMixin, forms.CheckboxSelectMultiple):
    pass


class YesInput(forms.CheckboxInput):
    """A box that sends „yes“, whether or not it is ticked when the page comes."""

    def format_value(self, value):
        return "yes"


class FilesInput(forms.ClearableFileInput):
    """Several files at once; what is there already is listed by itself."""

    template_name = "django/forms/widgets/file.html"
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return None


@lru_cache(MOST_BUILT)
def form_fields(question: Question, is_new: bool = False) -> Mapping[str, forms.Field]:
    """The form fields of a question, by name; all forms of the process share them, so nobody may change them."""
    fields = plain_fields(question)
    for name in question.field_names if is_new else []:
        fields[name].label += " (neu)"
    return MappingProxyType(fields)


def plain_fields(question: Question) -> dict[str, forms.Field]:
    """The form fields of a question as such."""
    if question.kind == Kind.CONTACT:
        return {f"{question.key}-{part}": contact_field(question, part, label) for part, label in CONTACT_PARTS.items()}
    fields = {question.key: FIELDS[question.kind](question)}
    if question.kind == Kind.ATTACHMENTS:
        fields[f"{question.key}-files"] = files_field(question)
    if question.has_text:
        fields[question.text_name] = beside_field(question)
    return fields


def beside_field(question: Question) -> forms.Field:
    """The short text beside the choices; old browsers show it always, so it says what it belongs to."""
    hint = f"Zählt nur, wenn Sie „{question.text_choice.label}“ gewählt haben." if question.opens_text else ""
    return TextField(label=question.field_label(question.text_name), help_text=hint, required=False)


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
    return OneOfField(**facts(question), choices=pairs(question), widget=opening(OneOfInput(), question))


def several_of_field(question: Question) -> forms.Field:
    widget = opening(SeveralOfInput(), question)
    return SeveralOfField(**facts(question, hint=question.limit_text), choices=pairs(question), widget=widget)


def pairs(question: Question) -> list[tuple[str, str]]:
    return [(choice.key, choice.label) for choice in question.options]


def opening(widget: forms.Widget, question: Question) -> forms.Widget:
    """The widget with the options marked that open the short text."""
    if question.opens_text:
        widget.opening = frozenset(choice.key for choice in question.choices if choice.opens_text)
    return widget


def confirmation_field(question: Question) -> forms.Field:
    return forms.BooleanField(label=question.label, required=False, widget=YesInput(check_test=bool))


def links_field(question: Question) -> forms.Field:
    hint = (
        f"Bis zu {checks.MAX_LINKS} Links, jeder in einer eigenen Zeile, zum Beispiel https://www.example.org/leitfaden"
    )
    return TextField(**facts(question, hint=hint), widget=forms.Textarea(attrs={"rows": 3, "inputmode": "url"}))


def files_field(question: Question) -> forms.Field:
    hint = (
        f"Bis zu {checks.MAX_FILES} Dateien: PDF, PNG, JPEG, WebP, ODT oder DOCX, jede höchstens 10 MB. "
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
