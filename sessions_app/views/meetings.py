"""What members do with an AG-Sitzung: say whether they come, and propose what it is about."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View
from django.views.generic import CreateView

from ogl_portal.directory.models import belongs_to_group
from ogl_portal.lib.addresses import SecretAddressMixin
from ogl_portal.lib.signed_out import ButtonMixin, KeepsTypedMixin

from .. import workflow
from ..models import Event
from ..participation_forms import AgendaProposalForm

ANSWERS = {"ja": True, "nein": False}
THANKS = {
    True: "Danke, wir freuen uns auf Sie.",
    False: "Danke für die Nachricht. Wir haben notiert, dass Sie nicht dabei sind.",
}


class InvitationView(SecretAddressMixin, View):
    """A mailed link: looking at it shows two buttons, only they answer (mail scanners follow links)."""

    def get(self, request, token):
        attendance = workflow.invitation_of(token=token)
        if attendance is None:
            return render(request, "sessions_app/invitation_gone.html", status=410)
        context = {"attendance": attendance, "event": attendance.event, "person": attendance.person}
        return render(request, "sessions_app/invitation.html", context)

    def post(self, request, token):
        attendance, comes = workflow.invitation_of(token=token), ANSWERS.get(request.POST.get("answer"))
        if attendance is None or comes is None:
            return self.get(request, token)
        try:
            workflow.answer_invitation(
                event=attendance.event, person=attendance.person, comes=comes, seen=request.POST.get("starts_at", "")
            )
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return self.get(request, token)
        return redirect("sessions_app:invitation", token)


class MeetingMixin(LoginRequiredMixin):
    """For the AG, and for its Sitzungen and workshops."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not (belongs_to_group(request.user) and request.user.person):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def event(self) -> Event:
        events = Event.objects.published().exclude(kind=Event.Kind.SESSION)
        return get_object_or_404(events, slug=self.kwargs["slug"])


class AnswerView(ButtonMixin, MeetingMixin, View):
    """Say on the event's page whether one comes."""

    def post(self, request, slug):
        event, comes = self.event(), ANSWERS.get(request.POST.get("answer"))
        try:
            if comes is None:
                raise ValidationError("Bitte wählen Sie, ob Sie dabei sind.")
            seen = request.POST.get("starts_at", "")
            workflow.answer_invitation(event=event, person=request.user.person, comes=comes, seen=seen)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, THANKS[comes])
        return redirect(event)


class ProposeItemView(KeepsTypedMixin, MeetingMixin, CreateView):
    """Propose something for the agenda."""

    form_class = AgendaProposalForm
    template_name = "sessions_app/propose_item.html"

    def form_valid(self, form):
        event, values = self.event(), form.cleaned_data
        try:
            workflow.propose_item(event=event, by=self.request.user, **values)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, "Danke, Ihr Vorschlag liegt der OGL-Leitung vor.")
        return redirect(f"{event.get_absolute_url()}#vorschlaege")

    def get_context_data(self, **kwargs):
        return super().get_context_data(event=self.event(), **kwargs)
