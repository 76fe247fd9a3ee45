"""Rows of a proposal that people add, put in order and take away without JavaScript: steps, files, links, contacts."""

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from ogl_portal.lib.files import FileForm, size_text
from ogl_portal.lib.forms import PortalModelForm

from .. import workflow
from ..models import Attachment, Contact, Link, Solution, Step
from .fields import portal_field

MOST_ROWS = 30
AGREEMENT = (
    "Diese Person ist einverstanden, dass ihr Name, ihre Rolle und ihre E-Mail-Adresse öffentlich bei dieser Lösung "
    "stehen, auch im PDF und in den offenen Daten. Die Einwilligung gilt {}. Die Person kann sie jederzeit "
    "widerrufen: mit dem Link in der Mail, die sie bei der Veröffentlichung bekommt, oder mit einer Nachricht an die "
    "OGL-Leitung."
)
"""To what somebody agrees who is named in public, with how long."""
CONSENT = AGREEMENT.format("zwei Jahre")


class RowForm(PortalModelForm):
    """One row; ``row`` says which of the stored ones it was."""

    row = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @classmethod
    def values_of(cls, thing) -> dict:
        """What the form of a stored row begins with."""
        return {"row": thing.pk, **forms.model_to_dict(thing, fields=cls._meta.fields)}

    @staticmethod
    def text_of(thing) -> str:
        """A stored row as a line that people read."""
        return str(thing)


class StepForm(RowForm):
    position = forms.IntegerField(
        label="Nr.", required=False, min_value=1, max_value=999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "4"}),
        help_text="Für die Reihenfolge. Ohne Nummer kommt der Schritt ans Ende.",
    )  # fmt: skip

    class Meta:
        model = Step
        fields = ["title", "text", "role", "duration", "done_when", "attachment"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        labels = {"attachment": "Welche Datei gehört dazu?"}
        help_texts = {"attachment": "Weitere laden Sie unter „Vorlagen und andere Dateien“ hoch."}
        formfield_callback = portal_field
        error_messages = {"title": {"required": "Bitte sagen Sie mit wenigen Worten, was der Schritt ist."}}

    field_order = ["row", "position"]

    @classmethod
    def values_of(cls, thing) -> dict:
        return super().values_of(thing) | {"position": thing.position}

    @staticmethod
    def text_of(thing) -> str:
        return f"{thing}: {thing.text}" if thing.text else str(thing)


class LinkForm(RowForm):
    class Meta:
        model = Link
        fields = ["kind", "url"]
        formfield_callback = portal_field


class AttachmentForm(RowForm):
    """A file to take over; the stored one stays until another is chosen."""

    checked = None
    clean_file = FileForm.clean_file

    class Meta:
        model = Attachment
        fields = ["title", "kind", "file", "licence", "is_accessible"]
        widgets = FileForm.Meta.widgets
        labels = {"title": "Wie heißt die Datei?", "is_accessible": "Die Datei ist barrierefrei"}
        help_texts = {"file": "PDF, Word (docx), OpenDocument (odt) oder ein Bild, höchstens 10 MB."}
        error_messages = {"title": {"required": "Bitte sagen Sie, wie die Datei heißt."}}
        formfield_callback = portal_field

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self["row"].value():
            self.fields["file"].required = False
            self.fields["file"].label = "Andere Datei an ihrer Stelle"

    def clean(self):
        return super().clean() | {"file": self.checked}

    @classmethod
    def values_of(cls, thing) -> dict:
        return {name: value for name, value in super().values_of(thing).items() if name != "file"}

    @staticmethod
    def text_of(thing) -> str:
        return f"{thing} ({thing.get_kind_display()}): {thing.name}, {size_text(thing.size)}"


class ContactForm(RowForm):
    """A person, and whether that person may be named; the tick is the proposer's word for it."""

    consents = forms.BooleanField(label=CONSENT, required=False)

    class Meta:
        model = Contact
        fields = ["name", "role", "email", "scope"]
        widgets = {"email": forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"})}
        error_messages = {
            "name": {"required": "Bitte nennen Sie die Person."},
            "email": {
                "required": "Bitte geben Sie die E-Mail-Adresse an.",
                "invalid": "Bitte geben Sie eine vollständige E-Mail-Adresse ein, wie name@example.org.",
            },
        }

    @classmethod
    def values_of(cls, thing) -> dict:
        return super().values_of(thing) | {"consents": thing.is_public}

    @staticmethod
    def text_of(thing) -> str:
        return f"{thing}, {thing.email}, {'darf genannt werden' if thing.is_public else 'darf nicht genannt werden'}"


class RowFormSet(BaseFormSet):
    """The stored rows and an empty one. Rows are known by ``row`` only, so that a conflict loses none of them.

    Each kind says how it saves: ``save(solution)`` writes the rows in the transaction that has checked what is stored.
    """

    related_name = ""
    remove_label = ""
    default_error_messages = {"too_many_forms": "Bitte höchstens %(num)d Einträge."}

    @classmethod
    def of(cls, solution: Solution, data=None, files=None):
        """The form of the rows that a solution has now."""
        initial = [cls.form.values_of(thing) for thing in getattr(solution, cls.related_name).all()]
        return cls(data, files, initial=initial, prefix=cls.related_name)

    @classmethod
    def texts(cls, solution: Solution) -> list[str]:
        """The stored rows, as people read them."""
        return [cls.form.text_of(thing) for thing in getattr(solution, cls.related_name).all()]

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = self.remove_label

    @property
    def kept(self) -> list[dict]:
        """What the rows say that hold something and stay, in their order; once the forms are valid."""
        filled = [form for form in self.forms if form.cleaned_data and form not in self.deleted_forms]
        return [{key: value for key, value in form.cleaned_data.items() if key != "DELETE"} for form in filled]


class StepRows(RowFormSet):
    related_name = "steps"
    remove_label = "Diesen Schritt entfernen"

    @classmethod
    def of(cls, solution: Solution, data=None, files=None):
        rows = super().of(solution, data, files)
        rows.attachments = solution.attachments.all()
        return rows

    def add_fields(self, form, index):
        """A step names a file of its own solution; where there is none, nothing is asked."""
        super().add_fields(form, index)
        if not self.attachments:
            del form.fields["attachment"]
            return
        form.fields["attachment"].queryset = self.attachments.all()
        form.fields["attachment"].choices = [("", "keine"), *((file.pk, str(file)) for file in self.attachments)]

    def save(self, solution):
        rows = sorted(self.kept, key=lambda row: row["position"] or MOST_ROWS * 100)
        for row in rows:
            del row["position"]
        workflow.write_steps(solution=solution, rows=rows)


class LinkRows(RowFormSet):
    related_name = "links"
    remove_label = "Diesen Link entfernen"

    def clean(self):
        super().clean()
        links = [(row["kind"], row["url"]) for row in self.kept if "kind" in row and "url" in row]
        if len(links) > len(set(links)):
            raise forms.ValidationError("Ein Link steht doppelt da.")

    def save(self, solution):
        workflow.write_links(solution=solution, rows=self.kept)


class AttachmentRows(RowFormSet):
    related_name = "attachments"
    remove_label = "Diese Datei löschen"

    def save(self, solution):
        workflow.write_attachments(solution=solution, rows=self.kept)


class ContactRows(RowFormSet):
    related_name = "contacts"
    remove_label = "Diese Person entfernen"

    def save(self, solution):
        workflow.write_contacts(solution=solution, rows=self.kept, wording=CONSENT)


def rows_of(form: type[RowForm], formset: type[RowFormSet]) -> type[RowFormSet]:
    """Make the class of the formset."""
    options = {"extra": 1, "can_delete": True, "can_delete_extra": False, "max_num": MOST_ROWS, "validate_max": True}
    options["absolute_max"] = 2 * MOST_ROWS  # whoever claims to send more makes the portal draw no more
    return formset_factory(form, formset=formset, **options)
