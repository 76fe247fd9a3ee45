"""The forms of the admin."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from ogl_portal.lib import dates, uploads
from ogl_portal.lib.forms import PlainTextFormMixin, PlainTextModelForm

from .. import workflow
from ..models import Attachment
from .limits import AudiencesForm, LimitsMixin

NOTHING_MISSING = (
    "Die Lösung ist veröffentlicht, deshalb darf nichts fehlen: {}. "
    "Archivieren Sie sie vorher, wenn sie unvollständig sein soll."
)
FEW_LINES = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
LARGE_TEXT = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})


class SolutionAdminForm(LimitsMixin, AudiencesForm):
    """Keeps what is published complete, and the lists within their limits."""

    class Meta:
        widgets = {
            **dict.fromkeys(["target_groups", "topics"], forms.CheckboxSelectMultiple),
            **dict.fromkeys(["roles", "interfaces", "platforms", "languages"], FEW_LINES),
        }

    def _post_clean(self):
        super()._post_clean()
        if self.instance.is_published and not self.errors:
            self.refuse_gaps()

    def refuse_gaps(self) -> None:
        """Say above the form what a published entry would lack, and at each field that it must not be empty."""
        gaps = workflow.missing_core_fields(self.instance)
        chosen = {"target_groups": "Zielgruppen", "topics": "Themen"}
        gaps += [workflow.Gap(label, name) for name, label in chosen.items() if not self.cleaned_data[name]]
        for gap in gaps:
            self.add_error(gap.field, "Ohne diese Angabe darf die Lösung nicht veröffentlicht sein.")
        if gaps:
            self.add_error(None, NOTHING_MISSING.format(", ".join(map(str, gaps))))


class OneStaysMixin:
    """Rows of a solution, at least one of which counts as long as the solution is published."""

    missing = ""

    def clean(self):
        super().clean()
        if self.instance.is_published and not any(self.errors) and not any(map(self.counts, self.kept_forms())):
            raise ValidationError(NOTHING_MISSING.format(self.missing))

    def kept_forms(self) -> list:
        """The rows that hold something and are not to be deleted."""
        return [form for form in self.forms if form.cleaned_data and form not in self.deleted_forms]

    def counts(self, form) -> bool:
        return True


class AttachmentForm(PlainTextModelForm):
    """A file is taken for what it contains; one that is refused costs nothing of what was typed beside it."""

    class Meta:
        model = Attachment
        fields = ["title", "kind", "file", "version", "language", "licence", "is_accessible"]
        widgets = {"file": forms.FileInput(attrs={"accept": uploads.ACCEPT})}

    checked = None

    def clean_file(self):
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            try:
                self.checked = uploads.check(file)
            except uploads.UploadRefused as refusal:
                raise ValidationError(str(refusal)) from None
        return file

    def save(self, commit=True):
        if self.checked:
            workflow.delete_files(Attachment.objects.filter(pk=self.instance.pk))
            workflow.put_file(self.instance, self.checked)
        return super().save(commit)


class ReturnForm(PlainTextFormMixin, forms.Form):
    """What the proposer is asked to add."""

    note = forms.CharField(
        label="Was ist noch zu ergänzen?", max_length=2000, widget=LARGE_TEXT,
        help_text="Geht mit der Mail an die Person, die den Eintrag vorgeschlagen hat.",
        error_messages={"required": "Bitte schreiben Sie, was noch zu ergänzen ist."},
    )  # fmt: skip

    @classmethod
    def empty(cls) -> "ReturnForm":
        return cls()


class ReviewForm(PlainTextFormMixin, forms.Form):
    """When the entry is to be checked again, and what was noticed this time."""

    next_review_on = forms.DateField(
        label="Nächste Prüfung am", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Bitte nennen Sie den Tag der nächsten Prüfung."},
    )  # fmt: skip
    note = forms.CharField(
        label="Bemerkung", max_length=300, required=False, widget=LARGE_TEXT, help_text="Sieht nur die OGL-Leitung."
    )

    def clean_next_review_on(self):
        day = self.cleaned_data["next_review_on"]
        if not timezone.localdate() < day <= timezone.localdate() + timedelta(days=5 * 366):
            raise ValidationError("Bitte nennen Sie einen Tag nach heute, höchstens fünf Jahre voraus.")
        return day

    @classmethod
    def empty(cls) -> "ReviewForm":
        """In twelve months, unless somebody says otherwise."""
        return cls(initial={"next_review_on": dates.years_later(timezone.localdate())})
