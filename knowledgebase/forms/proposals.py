"""What members write about a solution that they propose: a form for each section of the draft."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms

from ogl_portal.lib.forms import PortalForm, PortalFormMixin, RevisedModelForm, stored_text

from .. import workflow
from ..models import Solution
from .fields import portal_field
from .limits import AudiencesForm, LimitsMixin
from .rows import (
    AttachmentForm,
    AttachmentRows,
    ContactForm,
    ContactRows,
    LinkForm,
    LinkRows,
    RowFormSet,
    StepForm,
    StepRows,
    rows_of,
)

TITLE_HELP = "Höchstens 120 Zeichen, so wie jemand die Lösung nennen würde, der sie sucht."
SUMMARY_HELP = "Höchstens 150 Zeichen. Steht in der Übersicht unter dem Titel."
DESCRIPTION_HELP = "150 bis 10.000 Zeichen. Leerzeile für einen neuen Absatz, - am Zeilenanfang für eine Aufzählung."
AMOUNTS = "Bitte nennen Sie den Betrag, oder wählen Sie „auf Anfrage“."
NOTHING = "nichts"  # stored_text says so of an empty field
NO_AMOUNTS = "Beträge gehören zu „Betrag von–bis“. Bitte wählen Sie das, oder lassen Sie die Beträge leer."


def textarea(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class BeginForm(PortalForm):
    """Enough to begin a draft."""

    title = forms.CharField(label="Wie heißt die Lösung?", max_length=120, help_text=TITLE_HELP)
    summary = forms.CharField(
        label="Was ist sie, in einem Satz?", max_length=150, required=False, help_text=SUMMARY_HELP
    )


class ProposalForm(PortalFormMixin, RevisedModelForm):
    """One section of a draft; whatever is still empty may stay so until the publication."""

    optional: set[str] = set()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - self.optional:
            self.fields[name].needed_later = True  # nothing is required yet; what never will be says so


class SubjectForm(LimitsMixin, ProposalForm):
    optional = {"features"}

    class Meta:
        model = Solution
        fields = ["title", "summary", "description", "problem", "benefit", "features"]
        widgets = {"description": textarea(12), "problem": textarea(5), "benefit": textarea(5), "features": textarea(5)}
        help_texts = {"title": TITLE_HELP, "summary": SUMMARY_HELP, "description": DESCRIPTION_HELP}
        labels = {"summary": "In einem Satz"}


class FittingForm(LimitsMixin, ProposalForm, AudiencesForm):
    optional = {"audiences", "ozg_field"}

    class Meta:
        model = Solution
        fields = ["kind", "reuse_model", "stage", "licence", "publisher", "target_groups", "topics", "ozg_field"]
        widgets = {"target_groups": forms.CheckboxSelectMultiple, "topics": forms.CheckboxSelectMultiple}
        help_texts = {
            "publisher": "Fehlt die Organisation, lassen Sie das Feld leer; die OGL-Leitung trägt sie nach.",
            "licence": "Unter welchen Bedingungen dürfen andere die Lösung übernehmen?",
            "ozg_field": "Nur bei Leistungen der Verwaltung. Welche es sind, trägt die OGL-Leitung mit Schlüsseln "
            "nach; nennen Sie sie gern in der Beschreibung.",
        }
        formfield_callback = portal_field


class EffortForm(ProposalForm):
    """Effort and cost; one figure of a range stands for both."""

    optional = {"roles", "funding"}

    class Meta:
        model = Solution
        fields = [
            "effort_days_from", "effort_days_to", "duration_weeks", "roles", "once_kind", "once_from", "once_to",
            "yearly_kind", "yearly_from", "yearly_to", "cost_basis", "costs_as_of", "funding",
        ]  # fmt: skip
        widgets = {"roles": textarea(3)}
        labels = {"cost_basis": "Wie sind die Kosten berechnet?", "costs_as_of": "Von wann sind die Kosten?"}
        help_texts = {
            "effort_days_from": "Arbeit der eigenen Leute für die Einführung, in ganzen Tagen.",
            "duration_weeks": "Vom Beschluss bis zum Einsatz.",
            "cost_basis": "Nur bei einem Betrag.",
            "costs_as_of": "Nur bei einem Betrag.",
        }
        formfield_callback = portal_field

    def clean(self):
        data = super().clean()
        self.complete("effort_days")
        for cost in ["once", "yearly"]:
            self.complete(cost)
            self.check_cost(cost)
        return data

    def complete(self, name: str) -> None:
        """Where only one end of a range was given it is both."""
        low, high = f"{name}_from", f"{name}_to"
        values = [self.cleaned_data.get(low), self.cleaned_data.get(high)]
        if not {low, high} & set(self.errors):
            known = [value for value in values if value is not None]
            self.cleaned_data |= dict(zip([low, high], known * 2 if len(known) == 1 else values, strict=False))

    def check_cost(self, name: str) -> None:
        """Amounts and the kind of the cost belong together; the kind may be left out."""
        kind, amount = self.cleaned_data.get(f"{name}_kind"), self.cleaned_data.get(f"{name}_from")
        if amount is not None and not kind:
            self.cleaned_data[f"{name}_kind"] = Solution.CostKind.RANGE
        elif amount is not None and kind != Solution.CostKind.RANGE:
            self.add_error(f"{name}_kind", NO_AMOUNTS)
        elif amount is None and kind == Solution.CostKind.RANGE and f"{name}_from" not in self.errors:
            self.add_error(f"{name}_from", AMOUNTS)


class RequirementsForm(ProposalForm):
    optional = {
        "technical_requirements", "legal_requirements", "organisational_requirements", "interfaces",
        "needs_impact_assessment", "has_processing_agreement", "accessibility_statement",
    }  # fmt: skip

    class Meta:
        model = Solution
        fields = [
            "technical_requirements", "legal_requirements", "organisational_requirements", "interfaces",
            "needs_impact_assessment", "has_processing_agreement", "accessibility_statement",
        ]  # fmt: skip
        widgets = {
            "technical_requirements": textarea(4),
            "legal_requirements": textarea(4),
            "organisational_requirements": textarea(4),
            "interfaces": textarea(3),
        }
        help_texts = {"accessibility_statement": "Die Adresse der Erklärung im Netz."}
        formfield_callback = portal_field


class RevisionForm(ProposalForm):
    """Goes with rows: says whether they are still what the person saw."""

    class Meta:
        model = Solution
        fields = []


@dataclass(frozen=True)
class Section:
    """One page of the draft: some of its columns, or one kind of rows."""

    key: str  # in the address
    title: str
    intro: str = ""
    form: type[ProposalForm] = RevisionForm
    rows: type[RowFormSet] | None = None
    row_label: str = ""
    more_label: str = ""

    @property
    def covers(self) -> set[str]:
        """The names of what a gap may lie in (``workflow.Gap.field``)."""
        return {*self.form._meta.fields, *({self.rows.related_name} if self.rows else ())}

    def texts(self, solution: Solution) -> list[tuple[str, str]]:
        """What the section holds, as label and text; what is empty is left out."""
        if self.rows:
            return [("", text) for text in self.rows.texts(solution)]
        shown = {name: asked.label for name, asked in self.form.base_fields.items() if name != "seen_revision"}
        texts = [(label, stored_text(solution, name)) for name, label in shown.items()]
        return [(label, text) for label, text in texts if text not in {"", NOTHING}]


SECTIONS = [
    Section(
        "loesung", "Worum es geht", "Was die Lösung ist, welches Problem sie löst und was sie bringt.", SubjectForm
    ),
    Section("einordnung", "Für wen und welcher Art", "Damit andere die Lösung in der Auswahl finden.", FittingForm),
    Section(
        "aufwand", "Aufwand und Kosten", "Geschätzt genügt. Eine einzelne Zahl gilt für „von“ und „bis“.", EffortForm
    ),
    Section(
        "voraussetzungen", "Voraussetzungen", "Was eine Organisation braucht, um die Lösung zu nutzen.",
        RequirementsForm,
    ),
    Section(
        "schritte", "Schritte der Übernahme", "Wie kommt eine andere Organisation dazu? Ein Schritt nach dem anderen.",
        rows=rows_of(StepForm, StepRows), row_label="Schritt", more_label="Speichern und weiterer Schritt",
    ),
    Section(
        "dateien", "Vorlagen und andere Dateien", "Was andere gleich übernehmen können: Muster, Verträge, Checklisten, "
        "Bilder. Bitte laden Sie nur hoch, was Sie weitergeben dürfen, und keine Angaben über Personen.",
        rows=rows_of(AttachmentForm, AttachmentRows), row_label="Datei", more_label="Speichern und weitere Datei",
    ),
    Section(
        "links", "Links", "Wo es mehr darüber gibt: Internetseite, Vorführung, Dokumentation, Quelltext. "
        "Sie können das überspringen.",
        rows=rows_of(LinkForm, LinkRows), row_label="Link", more_label="Speichern und weiterer Link",
    ),
    Section(
        "ansprechpersonen", "Wer darf als Ansprechperson genannt werden?",
        "Öffentlich steht nur, wer eingewilligt hat. Bitte fragen Sie die Person, bevor Sie das Häkchen setzen.",
        rows=rows_of(ContactForm, ContactRows), row_label="Person", more_label="Speichern und weitere Person",
    ),
]  # fmt: skip
"""The pages of a draft, in their order; what only the OGL-Leitung fills in is on none of them."""


def section_of(key: str) -> Section | None:
    """Return the section with this key."""
    return next((section for section in SECTIONS if section.key == key), None)


def section_after(section: Section) -> Section | None:
    """Return the section that follows."""
    return next(iter(SECTIONS[SECTIONS.index(section) + 1 :]), None)


def tasks(solution: Solution) -> Iterator[tuple[Section, list[str], list[tuple[str, str]]]]:
    """Yield each section with what it still lacks for publication, and what it holds."""
    gaps = workflow.missing_fields(solution)
    for section in SECTIONS:
        yield section, [gap.label for gap in gaps if gap.field in section.covers], section.texts(solution)
