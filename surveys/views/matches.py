"""Vernetzung: what members see of it, and the mailed link by which one side allows to be introduced."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.shortcuts import redirect, render
from django.views import View
from django.views.generic import ListView

from ogl_portal.directory.models import belongs_to_group
from ogl_portal.lib.addresses import SecretAddressMixin

from .. import workflow
from ..models import Match
from ..workflow.matches import WORDING


class MatchListView(LoginRequiredMixin, ListView):
    """For the AG: the approved pairs of which both sides allow that members see them."""

    template_name = "surveys/match_list.html"
    context_object_name = "matches"
    paginate_by = 20

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not belongs_to_group(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        return Match.objects.shown().with_sides()

    def get_context_data(self, **kwargs):
        introduced = Match.objects.filter(status=Match.Status.INTRODUCED).count()
        context = super().get_context_data(introduced=introduced, **kwargs)
        sides = [side for match in context["matches"] for side in match.sides.all()]
        return context | {"has_published": any(side.entry_id is None for side in sides)}


class MatchConsentView(SecretAddressMixin, View):
    """A mailed link: looking at it shows what is asked for, only a button says yes or takes it back.

    Mail scanners follow links.
    """

    def get(self, request, token):
        side = workflow.side_of_token(token)
        if side is None:
            return render(request, "surveys/match_consent_gone.html", status=410)
        return render(request, "surveys/match_consent.html", {"side": side, "wording": WORDING})

    def post(self, request, token):
        side = workflow.side_of_token(token)
        if side is None:
            return self.get(request, token)
        decide = workflow.withdraw_match_consent if "withdraw" in request.POST else workflow.consent_to_match
        decide(side=side)
        return redirect(request.path)
