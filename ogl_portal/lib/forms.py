"""Forms in the look of KERN, drawn by crispy-forms with the template pack ``templates/kern``."""

from collections.abc import Iterator
from copy import copy
from datetime import date, datetime

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint
from django.forms.formsets import BaseFormSet
from django.http import QueryDict

from . import dates
from .text import has_forbidden_characters, is_blank, plain

FORBIDDEN_CHARACTERS = ValidationError(
    "Der Text enthielt unsichtbare Steuerzeichen. Wir haben sie entfernt. "
    "Bitte prüfen Sie den Text und senden Sie ihn noch einmal ab.",
    code="forbidden_characters",
)

REQUIRED = {
    forms.BooleanField: "Bitte setzen Sie hier ein Häkchen.",
    forms.FileField: "Bitte wählen Sie eine Datei aus.",
    forms.MultipleChoiceField: "Bitte wählen Sie mindestens eine Antwort aus.",
    forms.ModelMultipleChoiceField: "Bitte wählen Sie mindestens eine Antwort aus.",
    forms.ChoiceField: "Bitte wählen Sie eine Antwort aus.",
    forms.Field: "Bitte füllen Sie dieses Feld aus.",
}


def plain_copy(data: QueryDict) -> tuple[QueryDict, set[str]]:
    """What was sent as plain text, and the names whose text changed."""
    changed = {}
    for name, values in data.lists():
        texts = [plain(value) for value in values]
        if texts != values:
            changed[name] = texts
    plain_data = copy(data) if changed else data
    for name, texts in changed.items():
        plain_data.setlist(name, texts)
    cleaned_names = {name for name in changed if any(map(has_forbidden_characters, data.getlist(name)))}
    return plain_data, cleaned_names


def plain_once(data: QueryDict) -> tuple[QueryDict, set[str]]:
    """The same, made once for all the rows of a formset that look into what a request holds."""
    if getattr(data, "_mutable", True):  # who may still write into it wants to be heard
        return plain_copy(data)
    if not hasattr(data, "as_plain"):
        data.as_plain = plain_copy(data)
    return data.as_plain


class PlainTextFormMixin:
    """Takes characters that are no text out of what was sent, keeps the rest and says so at the field.

    For every form that people fill in, those of the admin included (security.md, input).
    """

    def __init__(self, data=None, *args, **kwargs):
        self.cleaned_names = set()
        super().__init__(self.plain_data(data), *args, **kwargs)

    def plain_data(self, data):
        """Return the data as plain text and remember the names whose text changed."""
        if data is None or not hasattr(data, "setlist"):
            return data
        plain_data, cleaned_names = plain_once(data)
        self.cleaned_names.update(cleaned_names)
        return copy(plain_data)

    def full_clean(self):
        if self.is_bound and hasattr(self.data, "setlist"):
            self.tidy_texts()
        super().full_clean()
        for name in self.fields if self.is_bound else []:
            if self.cleaned_names and not self.cleaned_names.isdisjoint(self.html_names(name)):
                self.add_error(name, FORBIDDEN_CHARACTERS)

    def tidy_texts(self) -> None:
        """A text without anything to see counts as empty, and one that is asked for in one line has one."""
        texts = {name: field for name, field in self.fields.items() if isinstance(field, forms.CharField)}
        for name, field in texts.items():
            text = self.data.get(self.add_prefix(name), "")
            tidy = "" if is_blank(text) else text
            if isinstance(field.widget, forms.TextInput) and len(tidy.splitlines()) > 1:
                tidy = " ".join(tidy.split())
            if tidy != text:
                self.data[self.add_prefix(name)] = tidy

    def html_names(self, name: str) -> Iterator[str]:
        """The names under which a field arrives: its own, and those of the parts it is made of."""
        html_name = self.add_prefix(name)
        yield html_name
        suffixes = getattr(self.fields[name].widget, "widgets_names", [])
        yield from (html_name + suffix for suffix in suffixes)


def plausible_year(day: date) -> None:
    """Refuse a day (or datetime) whose year is a slip of the pen; calendars and databases stumble over it."""
    if not 2000 <= day.year <= 2100:
        raise ValidationError("Bitte prüfen Sie das Jahr: Es muss zwischen 2000 und 2100 liegen.")


def use_friendly_words(field: forms.Field) -> None:
    """Say „Bitte …“ where a field is empty that must not be, unless the form has words of its own for it."""
    if field.error_messages.get("required") is forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = next(text for kind, text in REQUIRED.items() if isinstance(field, kind))


class PortalFormMixin(PlainTextFormMixin):
    """A form of the public part: drawn without its own <form> element by ``{% crispy form %}``.

    The browser does not check it: our messages are in German, come all at once and stay readable.
    """

    use_required_attribute = False
    mark_optional = True  # filters, where everything may be left open, switch this off

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            use_friendly_words(field)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


class PortalForm(PortalFormMixin, forms.Form):
    """Base of the portal's forms."""


class PortalModelForm(PortalFormMixin, forms.ModelForm):
    """Base of the portal's forms for a model."""


class PlainTextModelForm(PlainTextFormMixin, forms.ModelForm):
    """Base of the forms in the admin.

    Django checks a constraint only where the form has all its fields. What it says of a field here together with one
    that is not here the database would refuse with an error: it is said in the form.
    """

    def _post_clean(self):
        super()._post_clean()
        for constraint in [] if self._errors else self.half_checked():
            try:
                constraint.validate(type(self.instance), self.instance)
            except ValidationError as refusal:
                self.add_error(self.field_of(constraint), refusal)

    def half_checked(self) -> list[CheckConstraint]:
        """The constraints of which some fields are in the form and some are not."""
        checks = [each for each in self.instance._meta.constraints if isinstance(each, CheckConstraint)]
        return [each for each in checks if 0 < len(self.shown_of(each)) < len(each.condition.referenced_base_fields)]

    def field_of(self, constraint: CheckConstraint) -> str | None:
        """Where a person can mend it, if there is one such place."""
        fields = self.shown_of(constraint)
        return fields.pop() if len(fields) == 1 else None

    def shown_of(self, constraint: CheckConstraint) -> set[str]:
        return constraint.condition.referenced_base_fields & set(self.fields)


CHANGED_MEANWHILE = (
    "Inzwischen hat jemand anderes hier etwas geändert. Ihre Eingaben stehen noch da, sind aber nicht gesichert. "
    "Wo beides voneinander abweicht, steht am Feld, was gespeichert ist. Bitte prüfen Sie das und "
    "sichern Sie dann noch einmal."
)


class RevisedModelForm(PlainTextModelForm):
    """A form in the admin for a RevisedModel: it never overwrites what changed since it was opened."""

    seen_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen_revision"] = self.instance.revision
        self.is_refused = False

    def clean(self):
        super().clean()
        if self.instance.pk and (reason := self.reason_to_refuse()):
            self.refuse(reason)
        return self.cleaned_data

    def reason_to_refuse(self) -> str:
        """Why this must not be saved over what is stored, in German; nothing where it may."""
        is_current = self.cleaned_data.get("seen_revision") == self.instance.revision
        return "" if is_current and not self.instance.gone_rows else CHANGED_MEANWHILE

    def refuse(self, reason: str) -> None:
        """Show what was typed beside what is stored; whoever has seen that may save."""
        self.is_refused = True
        self.add_error(None, reason)
        show_stored(self)
        self.data = self.data.copy()
        self.data[self.add_prefix("seen_revision")] = str(self.instance.revision)

    def save(self, commit=True):
        self.instance.revision += 1
        return super().save(commit)


def show_stored(form: forms.ModelForm) -> None:
    """Say at each field of a bound form that differs from what is stored what that is."""
    stored = type(form.instance)._base_manager.filter(pk=form.instance.pk).first()
    for name in form.changed_data if stored else []:
        if hasattr(stored, name):
            form.add_error(name, f"Gespeichert ist: {stored_text(stored, name)}")


def stored_text(thing, name: str) -> str:
    """What a thing holds in one of its fields, as people read it."""
    display = getattr(thing, f"get_{name}_display", None)
    value = display() if display else getattr(thing, name)
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, date):
        return dates.moment(value) if isinstance(value, datetime) else dates.day(value)
    if hasattr(value, "all"):
        value = ", ".join(map(str, value.all()))
    return "nichts" if value in (None, "") else str(value)


KERN_CLASSES = {"select": "kern-form-input__select", "checkbox": "kern-form-check__checkbox"}


def widget_kind(field: forms.BoundField) -> str:
    """How a bound field is drawn: hidden, checkbox, options, parts, select or input."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.RadioSelect):
        return "options"
    if field.use_fieldset:
        return "parts"
    return "select" if isinstance(widget, forms.Select) and not widget.allow_multiple_selected else "input"


def widget_html(field: forms.BoundField, css_class: str = ""):
    """Draw a bound field's widget with the class that KERN has for it."""
    kern_class = KERN_CLASSES.get(widget_kind(field), "kern-form-input__input")
    error = f"{kern_class}--error" if field.errors else ""
    classes = [field.field.widget.attrs.get("class", ""), kern_class, error, css_class]
    return field.as_widget(attrs={"class": " ".join(filter(None, classes))})


def error_list(form) -> list[dict]:
    """The errors of a form or formset in the order of its fields: ``text``, ``label`` and ``target``.

    ``target`` is the id of the element to go to, empty for what concerns the whole form.
    """
    if isinstance(form, BaseFormSet):
        general = [{"text": text, "label": "", "target": ""} for text in form.non_form_errors()]
        return general + [error for part in form.forms for error in error_list(part)]
    general = [{"text": text, "label": "", "target": ""} for text in form.non_field_errors()]
    return general + [error for field in form for error in field_errors(field)]


def field_errors(field: forms.BoundField) -> list[dict]:
    """The errors of one field, for the summary; a hidden field cannot be gone to."""
    target = "" if field.is_hidden else field.id_for_label or first_option_id(field)
    return [{"text": text, "label": field.label, "target": target} for text in field.errors]


def first_option_id(field: forms.BoundField) -> str:
    """The id of the first radio button or checkbox of a group; that of the group where it has none."""
    option = next(iter(field.subwidgets), None)
    return (option.id_for_label if option else "") or field.auto_id
