"""Registering for an event, and the personal page that every mail about it leads to."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View
from django.views.generic import DetailView, FormView

from ogl_portal.lib import spam
from ogl_portal.lib.addresses import SecretAddressMixin
from ogl_portal.lib.requests import client_address
from ogl_portal.lib.signed_out import ButtonMixin
from ogl_portal.lib.subscriptions import UNCONFIRMED_DAYS

from .. import workflow
from ..models import Event, Registration
from ..participation_forms import RegistrationForm

GONE = "Der Termin ist abgesagt oder vorbei."


def registering_events():
    """Events that everybody sees and that take registrations, open or not."""
    return Event.objects.published().filter(takes_registrations=True)


class RegisterView(FormView):
    """Asks who comes; the answer is the same whether or not the address is registered."""

    form_class = RegistrationForm
    template_name = "sessions_app/register.html"
    extra_context = {"days": settings.REGISTRATION_DAYS, "unconfirmed_days": UNCONFIRMED_DAYS}

    def dispatch(self, request, *args, slug, **kwargs):
        self.event = get_object_or_404(registering_events(), slug=slug)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        """Who is signed in need not type what the portal knows."""
        user = self.request.user
        person = user.person if user.is_authenticated else None
        known = {"name": person.full_name, "organisation": str(person.organisation or "")} if person else {}
        return {"email": user.email, **known} if user.is_authenticated else {}

    def form_valid(self, form):
        if not self.event.is_open_for_registration:
            return self.refuse(form, "Die Anmeldung ist inzwischen geschlossen.", 409)
        values = {name: form.cleaned_data[name] for name in ["name", "email", "organisation"]}
        try:
            client = client_address(self.request)
            workflow.request_registration(event=self.event, key=form.key, client=client, **values)
        except spam.TooMany as refusal:
            return self.refuse(form, str(refusal), 429)
        return redirect("sessions_app:register-sent", self.event.slug)

    def refuse(self, form, reason: str, status: int):
        form.add_error(None, reason)
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def get_context_data(self, **kwargs):
        return super().get_context_data(event=self.event, **kwargs)


class RegisterSentView(DetailView):
    """Says to look into the letter box, to everybody alike."""

    template_name = "sessions_app/register_sent.html"

    def get_queryset(self):
        return registering_events()


class RegistrationView(SecretAddressMixin, View):
    """A mailed link: looking at it shows how things stand, only a button changes that (mail scanners follow links)."""

    verbs = {"confirm": workflow.confirm_registration, "cancel": workflow.cancel_registration}

    def get(self, request, token):
        registration = workflow.registration_of(token=token)
        if registration is None:
            return render(request, "sessions_app/registration_gone.html", status=410)
        context = {"registration": registration, "event": registration.event, "status": registration.Status}
        return render(request, "sessions_app/registration.html", context)

    def post(self, request, token):
        registration, verb = workflow.registration_of(token=token), self.verbs.get(request.POST.get("action"))
        if registration is None or verb is None:
            return self.get(request, token)
        verb(registration=registration)
        return redirect("sessions_app:registration", token)


class CancelRegistrationView(ButtonMixin, View):
    """The button in one's own area: give one's place back, without looking for the mail."""

    def page(self):
        return reverse("directory:my-area")

    def post(self, request, number):
        registration = get_object_or_404(Registration.objects.of_user(request.user), pk=number)
        if workflow.cancel_registration(registration=registration):
            messages.success(request, f"Sie sind abgemeldet: {registration.event.title}.")
        else:
            messages.info(request, f"{registration.event.title}: Sie müssen sich nicht mehr abmelden. {GONE}")
        return redirect("directory:my-area")
