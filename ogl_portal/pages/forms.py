"""The form that reports a barrier, and the field of the search."""

from django import forms

from ogl_portal.lib.forms import PortalForm, PortalModelForm
from ogl_portal.lib.spam import GuardedFormMixin

from .models import BarrierReport


class BarrierForm(GuardedFormMixin, PortalModelForm):
    """Two questions, and two optional ones; as many addresses of pages as somebody wants to name."""

    class Meta:
        model = BarrierReport
        fields = ["where", "what", "name", "email"]
        widgets = {
            "what": forms.Textarea(attrs={"rows": 6}),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        }
        help_texts = {
            "where": "Zum Beispiel die Adresse oder die Überschrift der Seite oder des Dokuments.",
            "what": "Schreiben Sie gern dazu, womit Sie arbeiten, zum Beispiel mit welchem Gerät oder Vorleseprogramm.",
            "email": "Nur wenn Sie eine Antwort möchten. Wir nutzen die Adresse für nichts anderes.",
        }
        error_messages = {
            "where": {"required": "Bitte schreiben Sie, auf welcher Seite oder in welchem Dokument es hakt."},
            "what": {"required": "Bitte beschreiben Sie, was nicht funktioniert hat."},
            "email": {"invalid": "Bitte geben Sie eine vollständige E-Mail-Adresse ein, wie name@example.org."},
        }


class SearchForm(PortalForm):
    """One field; what was searched for stands in the address."""

    mark_optional = False

    q = forms.CharField(
        label="Suchbegriff",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "true"}),
        error_messages={
            "max_length": "Bitte suchen Sie mit höchstens %(limit_value)d Zeichen. Ein oder zwei Wörter genügen meist."
        },
    )
