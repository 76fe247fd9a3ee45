"""Forms of people who want to come, or to propose something for a meeting."""

from django import forms

from ogl_portal.lib.forms import PortalModelForm
from ogl_portal.lib.spam import GuardedFormMixin
from ogl_portal.lib.subscription_views import EMAIL_ERRORS, EMAIL_INPUT

from .models import AgendaProposal, Registration


class RegistrationForm(GuardedFormMixin, PortalModelForm):
    """Who comes, and how to reach them."""

    max_links = 0

    class Meta:
        model = Registration
        fields = ["name", "email", "organisation"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs=EMAIL_INPUT),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
        }
        help_texts = {"email": "Dorthin senden wir gleich einen Link, mit dem Sie die Anmeldung bestätigen."}
        error_messages = {"name": {"required": "Bitte geben Sie Ihren Namen ein."}, "email": EMAIL_ERRORS}

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class AgendaProposalForm(PortalModelForm):
    """A TOP that a member wishes for."""

    class Meta:
        model = AgendaProposal
        fields = ["title", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"description": "Zum Beispiel was zu entscheiden ist und wie viel Zeit es braucht."}
        error_messages = {"title": {"required": "Bitte nennen Sie ein Thema."}}
