"""What anybody may send: a suggestion, the report of a reuse, and the answer a year later."""

from functools import cached_property

from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import FormView, TemplateView, View

from ogl_portal.lib import spam
from ogl_portal.lib.addresses import SecretAddressMixin
from ogl_portal.lib.requests import client_address

from .. import workflow
from ..forms.reuse import ReuseForm, SuggestionForm
from ..models import Solution


class OpenFormView(FormView):
    """A form that anybody may send; beyond the limit it comes back with all that was typed.

    ``receive(form, **sender)`` of each view hands what was sent to the workflow, which raises spam.TooMany.
    """

    def form_valid(self, form):
        try:
            self.receive(form, key=form.key, client=client_address(self.request))
        except spam.TooMany as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=429)
        return redirect(*self.thanks)


class SuggestView(OpenFormView):
    form_class = SuggestionForm
    template_name = "knowledgebase/suggest.html"
    thanks = ["knowledgebase:suggest-thanks"]

    def receive(self, form, **sender):
        values = {name: form.cleaned_data[name] for name in form.Meta.fields}
        workflow.receive_suggestion(**values, **sender)


class SuggestThanksView(TemplateView):
    template_name = "knowledgebase/suggest_thanks.html"


class ReportReuseView(OpenFormView):
    """„Wir nutzen diese Lösung“, for a published one."""

    form_class = ReuseForm
    template_name = "knowledgebase/reuse_report.html"

    @cached_property
    def solution(self) -> Solution:
        return get_object_or_404(Solution.objects.published(), slug=self.kwargs["slug"])

    @property
    def thanks(self) -> list:
        return ["knowledgebase:reuse-thanks", self.solution.slug]

    def get_initial(self):
        """A member most likely speaks for the own organisation."""
        organisation = getattr(getattr(self.request.user, "person", None), "organisation", None)
        return {"organisation_name": organisation.name, "place": organisation.place} if organisation else {}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs):
        return super().get_context_data(solution=self.solution, **kwargs)

    def receive(self, form, **sender):
        user = self.request.user if self.request.user.is_authenticated else None
        workflow.report_reuse(solution=self.solution, reported_by=user, **form.values, **sender)


class ReuseThanksView(TemplateView):
    template_name = "knowledgebase/reuse_thanks.html"

    def get_context_data(self, **kwargs):
        solution = get_object_or_404(Solution.objects.published(), slug=self.kwargs["slug"])
        return super().get_context_data(solution=solution, **kwargs)


class RenewReuseView(SecretAddressMixin, View):
    """A mailed link: looking at it shows two buttons, only they answer (mail scanners follow links)."""

    def get(self, request, token):
        try:
            return render(request, "knowledgebase/reuse_renew.html", {"reuse": workflow.reuse_of(token)})
        except workflow.LinkGone:
            return self.gone(request)

    def post(self, request, token):
        answer = request.POST.get("answer")
        if answer not in {"ja", "nein"}:
            return self.get(request, token)
        try:
            workflow.answer_renewal(token=token, is_used=answer == "ja")
        except workflow.LinkGone:
            return self.gone(request)
        return redirect("knowledgebase:reuse-answered")

    def gone(self, request):
        return render(request, "knowledgebase/reuse_gone.html", status=410)


class ReuseAnsweredView(TemplateView):
    template_name = "knowledgebase/reuse_answered.html"
