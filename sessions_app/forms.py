"""Forms for reports."""

from django import forms

from ogl_portal.lib.files import FileForm, put_file
from ogl_portal.lib.forms import PlainTextModelForm, PortalForm, RevisedModelForm

from . import workflow
from .models import Report, ReportAnnex, ReportSection, ReviewComment

Number = ReportSection.Number
PROMPTS = {
    Number.INTRODUCTION: "Woran knüpft der Termin an, und was sollte er erreichen?",
    Number.SUBJECT: "Welche Fragen oder Tagesordnungspunkte wurden besprochen?",
    Number.PARTICIPANTS: "Der Verweis auf den Verteiler entsteht von selbst. Platz für Ergänzungen, etwa Gäste.",
    Number.STATUS_QUO: "Wo stehen die Vorhaben der Arbeitsgruppe heute?",
    Number.PRIORITIES: "Worauf will sich die Arbeitsgruppe konzentrieren, und wer oder was könnte helfen?",
    Number.NEXT_STEPS: "Ein einleitender Satz. Die Tabelle mit T und V entsteht aus den nächsten Schritten.",
    Number.NEXT_MEETING: "Der Termin erscheint von selbst, sobald oben die nächste AG-Sitzung gewählt ist.",
}
"""What the OGL-Leitung is asked in each section."""


RELEASED_MEANWHILE = (
    "Der Report ist inzwischen freigegeben. Ihre Eingaben stehen noch da, sind aber nicht gesichert. "
    "Wo beides voneinander abweicht, steht am Feld, was gespeichert ist."
)


def is_locked(request, report: Report) -> bool:
    """Whether the page of a report shows its text to read only.

    A released report sends no text; who sends some began before the release, and gets it back to keep.
    """
    return report.is_released and "title" not in request.POST


class ReportForm(RevisedModelForm):
    """A report, which nobody changes while it is released; its page then sends no fields."""

    class Meta:
        model = Report
        fields = "__all__"

    def reason_to_refuse(self) -> str:
        was_typed_before = self.instance.is_released and "title" in self.fields
        return RELEASED_MEANWHILE if was_typed_before else super().reason_to_refuse()


class ReportSectionForm(PlainTextModelForm):
    """The text of one section, with its number and title as label and a question as help."""

    class Meta:
        model = ReportSection
        fields = ["body", "is_omitted"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "body" in self.fields and self.instance.number:
            self.fields["body"].label = str(self.instance)
            self.fields["body"].help_text = PROMPTS[self.instance.number]

    def clean(self):
        super().clean()
        if self.cleaned_data.get("is_omitted") and self.cleaned_data.get("body", "").strip():
            self.add_error("is_omitted", "Der Abschnitt hat einen Text. Er entfällt nur, wenn das Feld leer ist.")
        return self.cleaned_data


class AnnexForm(FileForm):
    """A file of a report. A new file is a new annex: the old one may stand in a released version."""

    remove = forms.BooleanField(
        label="Anlage entfernen", required=False, help_text="Bei Fassungen, die sie schon nennen, bleibt sie."
    )

    class Meta(FileForm.Meta):
        model = ReportAnnex
        fields = ["position", "title", "file", "is_public"]

    def save(self, commit=True):
        if self.instance.pk and (self.checked or self.cleaned_data["remove"]):
            workflow.remove_annex(annex=self.instance)
        if self.cleaned_data["remove"]:
            return self.instance
        if self.checked:
            self.begin_anew()
            put_file(self.instance, self.checked)
        return super().save(commit)

    def begin_anew(self) -> None:
        """The row of the old file stays behind."""
        typed = {name: self.cleaned_data[name] for name in ["position", "title", "is_public"]}
        self.instance = ReportAnnex(report=self.instance.report, **typed)


class CommentForm(PortalForm):
    """What a member says to a section of a draft."""

    text = forms.CharField(
        label="Ihre Anmerkung", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Bitte schreiben Sie, was sich ändern soll."},
    )  # fmt: skip


class AnswerForm(RevisedModelForm):
    """What the lead made of a comment; two who answer at once see both answers."""

    class Meta:
        model = ReviewComment
        fields = ["outcome", "answer"]

    def clean(self):
        super().clean()
        is_answered = self.cleaned_data.get("outcome") == ReviewComment.Outcome.ANSWERED
        if is_answered and not self.cleaned_data.get("answer", "").strip():
            self.add_error("answer", "Bitte schreiben Sie eine Antwort.")
        return self.cleaned_data
