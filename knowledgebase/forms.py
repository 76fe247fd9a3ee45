"""The filter of the list and the form of the admin."""

from django import forms

from ogl_portal.directory.models import TargetGroup, Topic
from ogl_portal.lib.forms import PortalForm, RevisedModelForm

from . import workflow
from .models import Solution

NOTHING_MISSING = (
    "Die Lösung ist veröffentlicht, deshalb darf nichts fehlen: {}. "
    "Archivieren Sie sie vorher, wenn sie unvollständig sein soll."
)
NO_CHOICE = {"invalid_choice": "Diese Auswahl gibt es nicht; wir zeigen alles."}


class SolutionFilterForm(PortalForm):
    """A simple filter: vocabulary, kind, and words in title or summary. Its state is the address."""

    mark_optional = False

    q = forms.CharField(
        label="Wort im Titel oder Kurztext", required=False, max_length=100,
        error_messages={"max_length": "Bitte höchstens 100 Zeichen; wir zeigen alles."},
    )  # fmt: skip
    zielgruppe = forms.ModelChoiceField(
        TargetGroup.objects.none(), label="Zielgruppe", required=False, to_field_name="slug", empty_label="alle",
        error_messages=NO_CHOICE,
    )  # fmt: skip
    thema = forms.ModelChoiceField(
        Topic.objects.none(), label="Thema", required=False, to_field_name="slug", empty_label="alle",
        error_messages=NO_CHOICE,
    )  # fmt: skip
    art = forms.ChoiceField(
        label="Art", required=False, choices=[("", "alle"), *Solution.Kind.choices], error_messages=NO_CHOICE
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["zielgruppe"].queryset = TargetGroup.objects.all()
        self.fields["thema"].queryset = Topic.objects.all()

    def narrow(self, solutions):
        """Return those of the solutions that were asked for; what is no choice narrows nothing."""
        if not self.is_bound:
            return solutions
        self.is_valid()
        columns = {"zielgruppe": "target_groups", "thema": "topics", "art": "kind"}
        chosen = {column: self.cleaned_data.get(name) for name, column in columns.items()}
        solutions = solutions.filter(**{column: value for column, value in chosen.items() if value})
        return solutions.containing(self.cleaned_data.get("q") or "")

    @property
    def chosen_target_group(self) -> TargetGroup | None:
        return self.cleaned_data.get("zielgruppe") if self.is_bound else None


class SolutionAdminForm(RevisedModelForm):
    """Keeps what is published complete, and the lists within their limits."""

    class Meta:
        model = Solution
        fields = "__all__"

    def clean_topics(self):
        topics = self.cleaned_data["topics"]
        if len(topics) > 3:
            raise forms.ValidationError("Bitte wählen Sie höchstens drei Themen.")
        return topics

    def clean_features(self):
        if len(self.cleaned_data["features"].splitlines()) > 20:
            raise forms.ValidationError("Bitte höchstens 20 Funktionen, eine je Zeile.")
        return self.cleaned_data["features"]

    def _post_clean(self):
        super()._post_clean()
        if self.instance.is_published and not self.errors:
            self.refuse_gaps()

    def refuse_gaps(self) -> None:
        missing = workflow.missing_core_fields(self.instance)
        chosen = {"Zielgruppen": "target_groups", "Themen": "topics"}
        missing += [label for label, name in chosen.items() if not self.cleaned_data[name]]
        if missing:
            self.add_error(None, NOTHING_MISSING.format(", ".join(missing)))


class OneStaysMixin:
    """Rows of a solution, at least one of which counts as long as the solution is published."""

    missing = ""

    def clean(self):
        super().clean()
        if self.instance.is_published and not any(self.errors) and not any(map(self.counts, self.kept_forms())):
            raise forms.ValidationError(NOTHING_MISSING.format(self.missing))

    def kept_forms(self) -> list:
        """The rows that hold something and are not to be deleted."""
        return [form for form in self.forms if form.cleaned_data and form not in self.deleted_forms]

    def counts(self, form) -> bool:
        return True
