"""The filter of the catalogue."""

from django import forms

from ogl_portal.directory.models import TargetGroup, Topic
from ogl_portal.lib.forms import PortalForm

from ..models import Solution

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
