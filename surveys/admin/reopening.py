"""The page on which the lead opens one response again, or closes it before its time."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from ogl_portal.lib import dates
from ogl_portal.lib.audit.reading import note_reading
from ogl_portal.lib.forms import PlainTextFormMixin

from .. import workflow
from ..models import Response


class ReopenForm(PlainTextFormMixin, forms.Form):
    """The last day of the new deadline."""

    last_day = forms.DateField(
        label="Offen bis einschließlich",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Bis 24 Uhr dieses Tages.",
        error_messages={"required": "Bitte nennen Sie den letzten Tag."},
    )

    def __init__(self, response: Response, *data) -> None:
        self.response = response
        super().__init__(*data)

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day > dates.years_later(timezone.localdate()):
            raise ValidationError("Bitte nennen Sie einen Tag, der höchstens ein Jahr voraus liegt.")
        try:
            workflow.require_reopenable(dates.end_of_day(day), self.response)
        except workflow.SurveyError as refusal:
            raise ValidationError(str(refusal)) from None
        return day


class ReopeningPages:
    """Adds the page to the admin of responses."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.reopen_view)
        return [path("<int:pk>/oeffnen/", view, name="surveys_response_reopen"), *super().get_urls()]

    def reopen_view(self, request, pk):
        response = get_object_or_404(Response.objects.select_related("round__version", "respondent"), pk=pk)
        if not request.user.has_perm("surveys.change_response"):
            raise PermissionDenied
        if request.method == "POST" and "close" in request.POST:
            workflow.close_again(response=response, by=request.user)
            messages.success(request, "Die Rückmeldung ist wieder geschlossen.")
            return redirect("admin:surveys_response_change", pk)
        form = ReopenForm(response, request.POST or None)
        if form.is_valid():
            return self.reopen(request, response, form.cleaned_data["last_day"])
        if request.method != "POST":
            note_reading(request, "Zum Öffnen gelesen", response)
        context = {"title": "Rückmeldung wieder öffnen", "opts": self.opts, "original": response, "form": form}
        return TemplateResponse(
            request, "surveys/admin/reopen.html", {**self.admin_site.each_context(request), **context}
        )

    def reopen(self, request, response: Response, last_day):
        until = dates.end_of_day(last_day)
        try:
            workflow.reopen_response(response=response, until=until, by=request.user)
        except workflow.SurveyError as refusal:
            messages.error(request, str(refusal))
        else:
            told = "Eine Mail ist unterwegs." if response.is_reachable else "Es ging keine Mail hinaus."
            messages.success(request, f"Die Rückmeldung ist offen bis {dates.deadline(until)}. {told}")
        return redirect("admin:surveys_response_change", response.pk)
