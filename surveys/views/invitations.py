"""Coming in by personal link, sharing the work, and „nicht zuständig“."""

from django.contrib import messages
from django.http import Http404
from django.middleware.csrf import rotate_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import FormView, View

from ogl_portal.directory.workflow import hash_of
from ogl_portal.lib.addresses import SecretAddressMixin
from ogl_portal.lib.signed_out import KeepsTypedMixin

from .. import workflow
from ..invitation_forms import DeclineForm, ShareForm
from ..models import Invitation, PersonalLink, Round
from .access import DecidingView
from .participants import let_in, let_out, participant


class PersonalLinkView(SecretAddressMixin, View):
    """A mailed link: looking shows a button (mail scanners look), the button opens the round in this browser."""

    def get(self, request, token):
        links = PersonalLink.objects.usable().filter(token_hash=hash_of(token))
        link = links.select_related("invitation__round", "invitation__person__organisation").first()
        if not link:
            return self.gone(request)
        context = {"link": link, "round": link.invitation.round, "person": link.invitation.person}
        return render(request, "surveys/personal_link.html", context)

    def post(self, request, token):
        link = workflow.use_link(token=token)
        if not link:
            return self.gone(request)
        let_in(request, link)
        rotate_token(request)
        return redirect(link.invitation.round)

    def gone(self, request):
        return render(request, "surveys/personal_link_gone.html", status=410)


class LeaveView(View):
    """„Fertig auf diesem Gerät“: ends what a personal link opened in this browser."""

    http_method_names = ["post"]

    def post(self, request, slug):
        round = get_object_or_404(Round.objects.published(), slug=slug)
        let_out(request, slug)
        messages.success(
            request, "Ihr persönlicher Link ist auf diesem Gerät wieder geschlossen. Alles ist gespeichert."
        )
        return redirect(round)


class TeamView(DecidingView, FormView):
    """„Wer arbeitet mit“: colleagues with links of their own to the response; only the respondent asks them in."""

    template_name = "surveys/team.html"
    form_class = ShareForm

    def form_valid(self, form):
        email = form.cleaned_data["email"]
        if not self.response.is_partly_writable:
            raise workflow.RoundClosed
        try:
            workflow.share_response(response=self.response, email=email)
        except workflow.NotShared as refusal:
            form.add_error("email", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, f"Ein Link zu diesem Bogen ist unterwegs an {email}.")
        return redirect(self.request.path)

    def get_context_data(self, **kwargs):
        return super().get_context_data(links=self.links(), **kwargs)

    def links(self):
        shared = PersonalLink.objects.shared().usable().select_related("mail")
        return shared.filter(invitation__round=self.round, invitation__person=self.response.respondent)


class RevokeLinkView(DecidingView):
    """Ends a colleague's link."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        mine = (
            PersonalLink.objects.shared()
            .usable()
            .filter(invitation__round=self.round, invitation__person=self.response.respondent)
        )
        link = get_object_or_404(mine, pk=self.kwargs["number"])
        workflow.revoke_link(link=link)
        messages.success(request, f"Der Link an {link.email} gilt nicht mehr.")
        return redirect(reverse("surveys:team", args=[self.round.slug]))


class DeclineView(KeepsTypedMixin, FormView):
    """„Nicht zuständig“, and taking it back; for who is invited, not for those who help."""

    template_name = "surveys/decline.html"
    form_class = DeclineForm

    def dispatch(self, request, *args, **kwargs):
        self.round = get_object_or_404(Round.objects.published().select_related("version"), slug=kwargs["slug"])
        self.participant = participant(request, kwargs["slug"])
        if not self.participant.is_known and not request.user.is_authenticated:
            return self.handle_no_permission()
        self.invitation = self.invitation_or_404()
        return super().dispatch(request, *args, **kwargs) if self.round.is_running else redirect(self.round)

    def invitation_or_404(self) -> Invitation:
        invitation = self.participant.invitation(self.round) if self.participant.decides else None
        if not invitation:
            raise Http404
        return invitation

    def post(self, request, *args, **kwargs):
        if "back" not in request.POST:
            return super().post(request, *args, **kwargs)
        workflow.accept_again(invitation=self.invitation)
        messages.success(request, "Schön, dass Sie doch dabei sind.")
        return redirect(self.round)

    def form_valid(self, form):
        try:
            workflow.decline_invitation(invitation=self.invitation, reason=form.cleaned_data["reason"])
        except workflow.AlreadySubmitted as refusal:
            messages.error(self.request, str(refusal))
            return redirect(self.round)
        messages.success(self.request, "Danke für die Auskunft. Erinnerungen bekommen Sie nicht mehr.")
        return redirect(self.round)

    def get_context_data(self, **kwargs):
        context = {"round": self.round, "invitation": self.invitation, "participant": self.participant}
        return super().get_context_data(**context, **kwargs)
