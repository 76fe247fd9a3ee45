"""The rounds: what is asked, of whom, until when; and the blank form."""

from functools import cached_property

from django.shortcuts import get_object_or_404, redirect
from django.views.generic import DetailView, ListView, View

from ogl_portal.lib import pdf

from .. import workflow
from ..models import Invitation, Response, Round
from ..sheet import Sheet


class RoundListView(ListView):
    """Open and past rounds."""

    template_name = "surveys/round_list.html"
    context_object_name = "rounds"

    def get_queryset(self):
        return Round.objects.published()

    def get_context_data(self, **kwargs):
        rounds = list(self.object_list)
        current = sorted((round for round in rounds if not round.is_over), key=lambda round: round.closes_at)
        return super().get_context_data(current=current, past=[round for round in rounds if round.is_over], **kwargs)


class RoundDetailView(DetailView):
    """The start page of a round; for its respondent the task list, or what was submitted."""

    def get_queryset(self):
        return Round.objects.published().select_related("version")

    def get_template_names(self):
        if not self.response:
            return ["surveys/round_detail.html"]
        return ["surveys/tasks.html" if self.object.is_running else "surveys/round_over.html"]

    @cached_property
    def response(self) -> Response | None:
        response = Response.objects.of(self.request.user).filter(round=self.object).select_related("respondent").first()
        if response:
            response.round = self.object
        return response

    def get_context_data(self, **kwargs):
        user = self.request.user
        invited = user.is_authenticated and self.response is None and is_invited(self.object, user)
        return super().get_context_data(response=self.response, invited=invited, **self.sheets(), **kwargs)

    def sheets(self) -> dict:
        """The present state while it can be changed, afterwards what was submitted."""
        if not self.response:
            return {}
        submission = None if self.object.is_running else self.response.submissions.first()
        if submission:
            return {"submission": submission, "sheet": Sheet.of_submission(submission, self.object.definition)}
        return {"sheet": Sheet.of(self.response)}


def is_invited(round: Round, user) -> bool:
    """Whether the signed-in user may respond."""
    return bool(user.person_id) and Invitation.objects.filter(round=round, person=user.person_id).exists()


class BeginView(View):
    """„Jetzt beginnen“: creates the response of an invited person."""

    http_method_names = ["post", "options"]

    def post(self, request, slug):
        round = get_object_or_404(Round.objects.published().select_related("version"), slug=slug)
        if not request.user.is_authenticated:
            return redirect(round)
        invitation = get_object_or_404(
            round.invitations.select_related("person__organisation"), person=request.user.person_id
        )
        if round.is_running:
            workflow.begin_response(round=round, person=invitation.person)
        return redirect(round)


class BlankPdfView(View):
    """The blank form on paper: the Anlage 1 of the report."""

    def get(self, request, slug):
        round = get_object_or_404(Round.objects.published().select_related("version"), slug=slug)
        content = pdf.render("surveys/blank_pdf.html", {"round": round, "definition": round.definition})
        return pdf.respond(content, f"fragebogen-{round.slug}.pdf")
