"""Forms that anybody may send: suggesting an entry, and reporting that one uses a solution."""

from django import forms
from django.utils import timezone

from ogl_portal.lib.forms import PortalModelForm
from ogl_portal.lib.spam import GuardedFormMixin

from ..models import Reuse, Suggestion
from .fields import portal_field

EMAIL = {"required": "Bitte geben Sie Ihre E-Mail-Adresse an.",
         "invalid": "Bitte geben Sie eine vollständige E-Mail-Adresse ein, wie name@example.org."}  # fmt: skip
PERSON_WIDGETS = {
    "name": forms.TextInput(attrs={"autocomplete": "name"}),
    "email": forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
}
MAY_PUBLISH = (
    "Ich darf das für die Organisation sagen. Sie ist einverstanden, dass ihr Name, ihr Ort und die Angaben zur "
    "Nachnutzung öffentlich bei der Lösung stehen."
)


class SuggestionForm(GuardedFormMixin, PortalModelForm):
    max_links = 5

    class Meta:
        model = Suggestion
        fields = ["title", "text", "url", "name", "email"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8})} | PERSON_WIDGETS
        help_texts = {
            "text": "Schreiben Sie gern dazu, wer mehr darüber weiß. Höchstens 4.000 Zeichen.",
            "url": "Wo mehr darüber steht, zum Beispiel www.example.org.",
            "email": "Nur für Rückfragen der OGL-Leitung. Wir bestätigen Ihnen den Eingang mit einer Mail.",
        }
        error_messages = {
            "title": {"required": "Bitte sagen Sie, wie die Lösung heißt."},
            "text": {"required": "Bitte schreiben Sie in ein paar Sätzen, was die Lösung leistet."},
            "email": EMAIL,
        }
        formfield_callback = portal_field


class ReuseForm(GuardedFormMixin, PortalModelForm):
    """Asks visitors who they are; of somebody signed in the portal knows."""

    max_links = 3
    REPORTER = ["reporter_name", "reporter_email"]
    STATES = [Reuse.Status.INTERESTED, Reuse.Status.INTRODUCING, Reuse.Status.PRODUCTIVE]

    may_publish = forms.BooleanField(
        label=MAY_PUBLISH,
        error_messages={"required": "Ohne dieses Einverständnis können wir die Nachnutzung nicht aufnehmen."},
    )

    class Meta:
        model = Reuse
        fields = [
            "organisation_name", "place", "status", "since_year", "version", "adapted", "effort_days", "cost",
            "verdict", "source_url", "reporter_name", "reporter_email", "contact_released",
        ]  # fmt: skip
        widgets = {
            "organisation_name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "adapted": forms.Textarea(attrs={"rows": 3}),
            "verdict": forms.Textarea(attrs={"rows": 4}),
            "reporter_name": PERSON_WIDGETS["name"],
            "reporter_email": PERSON_WIDGETS["email"],
        }
        labels = {
            "status": "Wie weit sind Sie?",
            "since_year": "Seit welchem Jahr?",
            "version": "Welche Version setzen Sie ein?",
            "adapted": "Was haben Sie angepasst?",
            "effort_days": "Wie viele Personentage hat es gekostet?",
            "cost": "Wie viel Geld hat es gekostet (Euro)?",
            "verdict": "Ihr Fazit",
            "source_url": "Wo steht öffentlich etwas darüber?",
            "contact_released": "Die OGL-Leitung darf meinen Namen und meine E-Mail-Adresse an Organisationen "
            "weitergeben, die die Lösung auch übernehmen möchten.",
            "reporter_name": "Ihr Name",
            "reporter_email": "Ihre E-Mail-Adresse",
        }
        help_texts = {
            "since_year": "Vier Ziffern, zum Beispiel 2024.",
            "verdict": "Was würden Sie anderen sagen? Höchstens 500 Zeichen.",
            "source_url": "Zum Beispiel eine Pressemitteilung.",
            "reporter_name": "Steht nicht öffentlich.",
            "reporter_email": "Steht nicht öffentlich. Nach einem Jahr fragen wir Sie mit einer Mail, ob Sie die "
            "Lösung noch nutzen. Ohne Adresse zählt der Eintrag dann nicht mehr.",
        }
        error_messages = {
            "organisation_name": {"required": "Bitte nennen Sie die Organisation."},
            "place": {"required": "Bitte nennen Sie den Ort."},
            "since_year": {"invalid": "Bitte geben Sie das Jahr mit vier Ziffern ein."},
            "reporter_email": EMAIL,
        }
        formfield_callback = portal_field

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        labels = dict(Reuse.Status.choices)
        self.fields["status"].choices = [("", "bitte wählen"), *((state.value, labels[state]) for state in self.STATES)]
        if user.is_authenticated:
            for name in self.REPORTER:
                del self.fields[name]
            self.fields["contact_released"].label = self.fields["contact_released"].label.replace(
                "meine E-Mail-Adresse", "die E-Mail-Adresse, mit der ich mich anmelde,"
            )

    def clean_since_year(self):
        year, this_year = self.cleaned_data["since_year"], timezone.localdate().year
        if year > this_year:
            raise forms.ValidationError(f"Bitte geben Sie ein Jahr bis {this_year} ein.")
        return year

    @property
    def values(self) -> dict:
        """What is to be stored, once the form is valid."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}
