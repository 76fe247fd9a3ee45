"""The filter of the list and the form of the admin."""

from django import forms

from ogl_portal.directory.models import TargetGroup, Topic
from ogl_portal.lib.forms import PlainTextModelForm, PortalForm

from . import workflow
from .models import Solution

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


class SolutionAdminForm(PlainTextModelForm):
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
        if missing:
            text = f"Die Lösung ist veröffentlicht, deshalb darf nichts fehlen: {', '.join(missing)}."
            self.add_error(None, f"{text} Archivieren Sie sie vorher, wenn sie unvollständig sein soll.")
