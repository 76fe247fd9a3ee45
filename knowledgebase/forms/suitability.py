"""The form of „Für uns geeignet?“"""

from django import forms

from ogl_portal.lib.forms import PortalForm

from ..models import Audience
from ..suitability import Wishes

WHOLE = {
    "invalid": "Bitte geben Sie eine ganze Zahl an, zum Beispiel 10.",
    "min_value": "Bitte geben Sie eine Zahl ab 0 an.",
    "max_value": "Bitte geben Sie höchstens %(limit_value)s an.",
}


def number_field(label: str, most: int) -> forms.IntegerField:
    """A number that may be left out, at least 0."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=most, error_messages=WHOLE, widget=widget
    )


class SuitabilityForm(PortalForm):
    """What somebody is and can afford; everything may be left open. Its state is the address."""

    mark_optional = False

    organisation = forms.ChoiceField(
        label="Wer sind Sie?", required=False, choices=[("", "keine Angabe"), *Audience.Kind.choices],
        error_messages={"invalid_choice": "Diese Auswahl gibt es nicht. Bitte wählen Sie aus der Liste."},
    )  # fmt: skip
    tage = number_field("Personentage höchstens", 5_000)
    einmalig = number_field("Euro einmalig höchstens", 100_000_000)
    jahr = number_field("Euro im Jahr höchstens", 100_000_000)
    genutzt = forms.BooleanField(label="Nur, was schon jemand nachnutzt", required=False)

    @property
    def wishes(self) -> Wishes:
        """What a valid form asks for."""
        data = self.cleaned_data
        return Wishes(data["organisation"] or None, data["tage"], data["einmalig"], data["jahr"], data["genutzt"])
