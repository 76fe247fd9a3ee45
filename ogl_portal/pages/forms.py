"""The form that reports a barrier."""

import uuid

from crispy_forms.layout import Div, Layout
from django import forms

from ogl_portal.lib.forms import PortalModelForm

from .models import BarrierReport


class BarrierForm(PortalModelForm):
    """Two questions, and two optional ones; a field no person sees keeps machines out without a puzzle."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    homepage = forms.CharField(
        label="Bitte leer lassen",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4

    @property
    def helper(self):
        helper = super().helper
        helper.layout = Layout("key", "where", "what", "name", "email", Div("homepage", hidden="hidden"))
        return helper

    def clean_key(self):
        return self.cleaned_data["key"] or uuid.uuid4()

    def clean(self):
        data = super().clean()
        if data.get("homepage"):
            self.data = self.data.copy()
            self.data[self.add_prefix("homepage")] = ""
            self.add_error(None, "Das sah nach einer automatischen Sendung aus. Bitte senden Sie es noch einmal ab.")
        return data
