"""The forms that write to the OGL-Leitung, and the field of the search."""

from django import forms

from ogl_portal.lib.forms import PortalForm, PortalModelForm
from ogl_portal.lib.spam import GuardedFormMixin

from .models import BarrierReport, ContactRequest


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


class ContactForm(GuardedFormMixin, PortalModelForm):
    """What it is about, the message, and where the answer goes."""

    email = forms.EmailField(
        label="E-Mail",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        help_text="Dorthin geht die Antwort. Wir nutzen die Adresse für nichts anderes.",
        error_messages={
            "required": "Bitte geben Sie an, wohin wir antworten sollen.",
            "invalid": "Bitte geben Sie eine vollständige E-Mail-Adresse ein, wie name@example.org.",
        },
    )

    class Meta:
        model = ContactRequest
        fields = ["subject", "message", "name", "email"]
        widgets = {
            "message": forms.Textarea(attrs={"rows": 8}),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
        }
        help_texts = {"subject": "In wenigen Worten, zum Beispiel: Mitmachen in der Arbeitsgruppe."}
        error_messages = {
            "subject": {"required": "Bitte schreiben Sie in wenigen Worten, worum es geht."},
            "message": {"required": "Bitte schreiben Sie Ihre Nachricht."},
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
