"""The filter of the recommendations."""

from django import forms

from ogl_portal.lib.forms import PortalForm

from .models import Recommendation, Series, has_paper

ADDRESSEES = {"kmu": Recommendation.Addressee.COMPANIES, "politik": Recommendation.Addressee.POLITICS}
STATES = {
    "abgestimmt": Recommendation.Status.AGREED,
    "uebergeben": Recommendation.Status.HANDED_OVER,
    "beantwortet": Recommendation.Status.ANSWERED,
}
NO_CHOICE = {"invalid_choice": "Diese Auswahl gibt es nicht; wir zeigen alles."}


def choices(everything: str, words: dict) -> list[tuple[str, str]]:
    return [("", everything), *((word, value.label) for word, value in words.items())]


class RecommendationFilterForm(PortalForm):
    """The filter of the list; its state is the address, so what is no choice is said and left out."""

    mark_optional = False

    an = forms.ChoiceField(
        label="Gerichtet an", choices=choices("alle", ADDRESSEES), required=False, error_messages=NO_CHOICE
    )
    stand = forms.ChoiceField(label="Stand", choices=choices("alle", STATES), required=False, error_messages=NO_CHOICE)
    serie = forms.ModelChoiceField(
        Series.objects.none(), label="Serie", required=False, to_field_name="slug", empty_label="alle",
        error_messages=NO_CHOICE,
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["serie"].queryset = Series.objects.filter(has_paper())

    def narrow(self, recommendations):
        """Return those of the recommendations that were asked for; what is no choice narrows nothing."""
        if not self.is_bound:
            return recommendations
        self.is_valid()
        wanted = {
            "addressee": ADDRESSEES.get(self.cleaned_data.get("an")),
            "status": STATES.get(self.cleaned_data.get("stand")),
            "series": self.cleaned_data.get("serie"),
        }
        return recommendations.filter(**{field: value for field, value in wanted.items() if value})
