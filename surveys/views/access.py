"""Who may see and change a response: its respondent, and nobody else."""

from functools import cached_property

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db.models import BigIntegerField, CharField
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import TemplateView

from ogl_portal.lib.addresses import page_to_return_to
from ogl_portal.lib.prepared import Given, prepared_rows

from ..models import Response, Round
from ..reopened import sheet_to_fill
from ..sheet import Card, Part, Sheet
from ..workflow import RoundClosed
from .kept import keep, typed_texts
from .participants import Participant, participant

SAVED = "gespeichert"
"""Says in the address of a page that the one before it was saved: a message in the session would be two more writes."""


def say_saved(request) -> None:
    if request.method == "GET" and SAVED in request.GET:
        messages.success(request, "Gespeichert.")


@prepared_rows
def own_response():
    """The response of a person in a published round, without the questionnaire: that a process reads once."""
    own = Response.objects.filter(respondent=Given("person", BigIntegerField()), round__opened_at__isnull=False)
    own = own.filter(round__slug=Given("slug", CharField())).order_by()
    return own.select_related("round__version").defer("round__version__document")


class RespondentView(TemplateView):
    """Base of the pages of one's own response; everybody else's is not found.

    Typed text survives an expired sign-in and a passed deadline: both answers show it again.
    """

    def dispatch(self, request, *args, **kwargs):
        method = request.method.lower()
        if method not in self.http_method_names or not hasattr(self, method):
            return self.http_method_not_allowed(request)
        if not (self.participant.is_known or request.user.is_authenticated):
            return self.signed_out(request)
        if not self.response:
            return self.without_response(request)
        try:
            return super().dispatch(request, *args, **kwargs)
        except RoundClosed:
            return self.closed(request)

    @cached_property
    def participant(self) -> Participant:
        """Whoever is here: signed in, or with a personal link."""
        return participant(self.request, self.kwargs["slug"])

    @cached_property
    def response(self) -> Response | None:
        """The participant's response in this round, with all that its pages need."""
        return own_response.first(person=self.participant.person_id, slug=self.kwargs["slug"])

    @property
    def round(self) -> Round:
        return self.response.round

    @cached_property
    def sheet(self) -> Sheet:
        return sheet_to_fill(self.response)

    def part_or_404(self) -> Part:
        try:
            return self.sheet.part(self.kwargs["key"])
        except KeyError:
            raise Http404 from None

    def card_or_404(self) -> Card:
        card = self.sheet.card(self.kwargs["uuid"])
        if not card:
            raise Http404
        return card

    def get_context_data(self, **kwargs):
        say_saved(self.request)
        context = {"round": self.round, "response": self.response, "sheet": self.sheet, "participant": self.participant}
        return super().get_context_data(**context, **kwargs)

    def signed_out(self, request):
        """Ask for the sign-in; what was typed is kept in the session and shown."""
        if request.method != "POST":
            return redirect_to_login(request.get_full_path())
        keep(request)
        round = Round.objects.published().filter(slug=self.kwargs["slug"]).select_related("version").first()
        typed = typed_texts(request, round.definition) if round else []
        context = {"typed": typed, "page": page_to_return_to(request.path)}
        return render(request, "surveys/signed_out.html", context, status=403)

    def without_response(self, request):
        """Invited people begin on the start page; everybody else finds nothing."""
        person = self.participant.person_id
        invited = Round.objects.published().filter(invitations__person=person, slug=self.kwargs["slug"])
        round = get_object_or_404(invited)
        return redirect(round)

    def closed(self, request):
        """The reading view with a friendly word, and what was typed too late."""
        context = {"round": self.round, "response": self.response, "typed": typed_texts(request, self.sheet.definition)}
        return render(request, "surveys/too_late.html", context, status=403)


class DecidingView(RespondentView):
    """Pages on which the respondent alone decides; who helps or types in a paper does not find them."""

    def dispatch(self, request, *args, **kwargs):
        if not self.participant.decides:
            raise Http404
        return super().dispatch(request, *args, **kwargs)
