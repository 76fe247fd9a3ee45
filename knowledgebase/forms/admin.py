"""The forms of the admin."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from ogl_portal.lib import dates
from ogl_portal.lib.files import FileForm
from ogl_portal.lib.forms import PlainTextFormMixin, PlainTextModelForm

from .. import workflow
from ..models import Attachment, Contact
from .limits import AudiencesForm, LimitsMixin
from .rows import AGREEMENT

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
        """Say above the form what a published entry would lack, and at each field what to do."""
        gaps = workflow.missing_core_fields(self.instance)
        chosen = {"target_groups": "Zielgruppen", "topics": "Themen"}
        gaps += [workflow.Gap(label, name) for name, label in chosen.items() if not self.cleaned_data[name]]
        for gap in gaps:
            self.add_error(gap.field, gap.advice)
        if gaps:
            self.add_error(None, NOTHING_MISSING.format(", ".join(map(str, gaps))))


CONSENT = AGREEMENT.format("bis zum genannten Tag")


class ContactForm(PlainTextModelForm):
    """A contact, whose consent is kept as it was given: to what, and when that was written down."""

    class Meta:
        model = Contact
        fields = ["name", "role", "email", "scope", "consented_on", "valid_until"]
        help_texts = {"consented_on": f"Leer, solange die Person nicht zugestimmt hat. Wortlaut: „{CONSENT}“"}

    def save(self, commit=True):
        """Another person, address or span is another consent; whoever has none any more is named nowhere."""
        is_given, was_given = self.instance.consented_on, self.initial.get("consented_on")
        if {"name", "email", "consented_on", "valid_until"}.intersection(self.changed_data) and (is_given or was_given):
            workflow.note_consent(self.instance, CONSENT if is_given else "")
        return super().save(commit)


class AttachmentForm(FileForm):
    """A file of a solution; a new one takes the place of the old."""

    class Meta(FileForm.Meta):
        model = Attachment
        fields = ["title", "kind", "file", "version", "language", "licence", "is_accessible"]

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
