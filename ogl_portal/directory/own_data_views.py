"""„Meine Daten“: read them, take them along, delete them."""

from django import forms
from django.contrib import auth
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views import View
from django.views.generic import FormView, TemplateView

from ogl_portal.lib.forms import PortalForm

from .own_data import SHOWN, as_json, by_area, by_deletion, delete_own_data, reason_to_refuse, stored_of


class DeletionForm(PortalForm):
    """Deleting everything takes more than one click."""

    email = forms.CharField(
        label="Zur Bestätigung: die E-Mail-Adresse, mit der Sie sich anmelden",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Bitte geben Sie Ihre E-Mail-Adresse ein, damit nichts aus Versehen verschwindet."},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self):
        email = self.cleaned_data["email"].strip()
        if email.lower() != self.user.email:
            raise ValidationError("Das ist nicht die Adresse, mit der Sie angemeldet sind. Es wurde nichts gelöscht.")
        return email


class OwnDataMixin(LoginRequiredMixin):
    """For the person alone: nothing of it is kept by a browser or proxy."""

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response


class OwnDataView(OwnDataMixin, TemplateView):
    """By area what all apps hold of the person who is signed in."""

    template_name = "directory/own_data.html"

    def get_context_data(self, **kwargs):
        stored = stored_of(self.request.user)
        empty = [each.declaration.title for each in stored if each.is_empty]
        return super().get_context_data(areas=by_area(stored), empty=empty, shown=SHOWN, **kwargs)


class OwnDataFileView(OwnDataMixin, View):
    """The same, in full, as JSON."""

    def get(self, request):
        name = f"meine-daten-{timezone.localdate():%Y-%m-%d}.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingHttpResponse(as_json(request.user), content_type="application/json", headers=headers)


class DeleteOwnDataView(OwnDataMixin, FormView):
    """What goes, what stays and why; then the button, and afterwards what went."""

    form_class = DeletionForm
    template_name = "directory/own_data_delete.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs):
        user = self.request.user
        context = {"refusal": reason_to_refuse(user), **by_deletion(stored_of(user))}
        return super().get_context_data(**context | kwargs)

    def form_valid(self, form):
        user = self.request.user
        try:
            removals = delete_own_data(user=user)
        except ValidationError as refusal:
            return self.render_to_response(self.get_context_data(form=form, refusal=refusal.messages[0]), status=409)
        auth.logout(self.request)
        context = {"removals": removals, "email": user.email}
        response = render(self.request, "directory/own_data_deleted.html", context)
        response["Clear-Site-Data"] = '"cache"'
        return response

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
