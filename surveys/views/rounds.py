"""The rounds: what is asked, of whom, until when; and the blank form."""

from functools import cached_property

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import DetailView, ListView, View

from ogl_portal.lib import pdf

from .. import workflow
from ..models import EntryReview, Response, Round, Submission
from ..reopened import sheet_to_complete, stand_of, submission_to_complete
from ..sheet import Card, Sheet
from .access import say_saved
from .participants import Participant, participant


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
        return ["surveys/tasks.html" if self.response.is_writable else "surveys/round_over.html"]

    @cached_property
    def participant(self) -> Participant:
        """Whoever is here: signed in, or with a personal link."""
        return participant(self.request, self.object.slug)

    @cached_property
    def response(self) -> Response | None:
        own = Response.objects.of_person(self.participant.person_id).filter(round=self.object)
        response = own.select_related("respondent").first()
        if response:
            response.round = self.object
        return response

    def get_context_data(self, **kwargs):
        say_saved(self.request)
        invitation = self.participant.invitation(self.object)
        context = {"response": self.response, "participant": self.participant, "invitation": invitation}
        return super().get_context_data(**context, **self.sheets(), **kwargs)

    def sheets(self) -> dict:
        """The present state while it can be changed, afterwards what was submitted."""
        if not self.response:
            return {}
        submission = submission_to_complete(self.response)
        if submission:
            cards = open_cards(self.response, submission)
            asked = queried_cards(self.response, cards)
            sheet = Sheet.as_it_counts(submission)
            return {"submission": submission, "sheet": sheet, "open_cards": cards, "queried_cards": asked,
                    "stand": stand_of(self.response, cards, submission)}  # fmt: skip
        sheet = Sheet.of(self.response)
        asked = queried_cards(self.response, sheet.cards)
        return {"sheet": sheet, "open_cards": [], "queried_cards": asked, "stand": self.response.status}


def queried_cards(response: Response, cards: list[Card]) -> list[Card]:
    """Those of the entries about which the lead has asked back and waits for the answer."""
    if not response.submitted_at:  # nobody asks about a draft
        return []
    asked = EntryReview.objects.filter(entry__response=response, state=EntryReview.State.QUERY)
    keys = set(asked.values_list("entry", flat=True)) if cards else set()
    return [card for card in cards if card.entry.pk in keys]


def open_cards(response: Response, submission: Submission) -> list[Card]:
    """The entries that the lead has opened again by themselves, as they stand."""
    if not response.open_entries:
        return []
    return [card for card in sheet_to_complete(response, submission).cards if card.entry.is_writable]


class BeginView(View):
    """„Jetzt beginnen“: creates the response of an invited person."""

    http_method_names = ["post"]

    def post(self, request, slug):
        round = get_object_or_404(Round.objects.published().select_related("version"), slug=slug)
        who = participant(request, slug)
        if not (who.is_known or request.user.is_authenticated):
            return redirect(round)
        invitation = who.invitation(round)
        if not invitation:
            raise Http404
        if round.is_running:
            workflow.begin_response(round=round, person=invitation.person)
        if round.is_running and who.decides:
            workflow.accept_again(invitation=invitation)
        return redirect(round)


class BlankPdfView(View):
    """The blank form on paper: the Anlage 1 of the report."""

    def get(self, request, slug):
        round = get_object_or_404(Round.objects.published().select_related("version"), slug=slug)
        url = "" if round.is_over else settings.SITE_URL + round.get_absolute_url()
        try:
            content = pdf.render("surveys/blank_pdf.html", {"round": round, "definition": round.definition, "url": url})
        except pdf.RenderError as error:
            return render(request, "surveys/blank_pdf_failed.html", {"round": round, "message": error}, status=503)
        return pdf.respond(content, f"fragebogen-{round.slug}.pdf")
