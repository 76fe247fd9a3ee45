"""Returns that came on paper: the lead begins them here, and types them into the same form as everybody."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from ogl_portal.directory.models import Person
from ogl_portal.lib.audit.reading import note_reading
from ogl_portal.lib.forms import PlainTextFormMixin

from .. import workflow
from ..models import Response, Round
from ..views.participants import put_paper_away, take_paper


class PaperForm(PlainTextFormMixin, forms.Form):
    round = forms.ModelChoiceField(Round.objects.none(), label="Runde")
    person = forms.ModelChoiceField(
        Person.objects.none(), label="Von wem ist der Bogen?",
        help_text="Fehlt die Person, legen Sie sie zuerst unter „Personen“ an; eine E-Mail-Adresse braucht sie nicht.",
    )  # fmt: skip

    def __init__(self, data=None) -> None:
        super().__init__(data)
        self.fields["round"].queryset = Round.objects.published().filter(opens_at__lte=timezone.now())
        self.fields["person"].queryset = Person.objects.order_by("family_name", "given_name")


class PaperPages:
    """Mixed into the admin of responses."""

    change_list_template = "surveys/admin/responses.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.paper_view)
        return [path("papier/", view, name="surveys_response_paper"), *super().get_urls()]

    def paper_view(self, request):
        """Begin a return on paper, go on with one, or put it away."""
        if not (self.has_view_permission(request) and request.user.is_lead):
            raise PermissionDenied
        form = PaperForm(request.POST if "_begin" in request.POST else None)
        if "_end" in request.POST:
            return self.put_away(request)
        if "_continue" in request.POST:
            return self.take(request, self.paper_or_404(request))
        if form.is_valid() and (response := self.begin(request, **form.cleaned_data)):
            return self.take(request, response)
        if request.method != "POST":
            note_reading(request, "Liste der Papierbögen gelesen", label="Papierbögen")
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": "Papierbogen erfassen"}
        papers = self.papers().partly_writable(timezone.now())
        return TemplateResponse(request, "surveys/admin/paper.html", context | {"form": form, "papers": papers})

    def papers(self):
        return Response.objects.filter(is_paper=True).select_related("round__version", "respondent", "organisation")

    def paper_or_404(self, request) -> Response:
        text = request.POST["_continue"]
        return get_object_or_404(self.papers(), pk=text if text.isascii() and text.isdigit() else None)

    def begin(self, request, round: Round, person: Person) -> Response | None:
        """Begin it, or say why not."""
        try:
            response = workflow.begin_paper_return(round=round, person=person, by=request.user)
        except workflow.SurveyError as refusal:
            messages.error(request, str(refusal))
            return None
        self.log_addition(request, response, "Auf Papier eingegangen, von der OGL-Leitung erfasst.")
        return response

    def take(self, request, response: Response) -> HttpResponseRedirect:
        take_paper(request, response)
        self.log_change(request, response, "Papierbogen zum Erfassen geöffnet.")
        note_reading(request, "Papierbogen zum Erfassen geöffnet", response)
        return HttpResponseRedirect(response.round.get_absolute_url())

    def put_away(self, request) -> HttpResponseRedirect:
        put_paper_away(request, request.POST["_end"])
        messages.success(request, "Das Erfassen ist beendet. Gespeichert ist alles, was Sie gespeichert haben.")
        return HttpResponseRedirect(request.path)
