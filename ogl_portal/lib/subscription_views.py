"""News by mail: asking for it, confirming it, ending it. Each kind says what of, with which verbs and templates."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View
from django.views.generic import DetailView, FormView

from . import spam
from .addresses import MachineAddressMixin, SecretAddressMixin
from .forms import PortalForm
from .requests import client_address
from .subscriptions import UNCONFIRMED_DAYS

EMAIL_ERRORS = {
    "required": "Bitte geben Sie Ihre E-Mail-Adresse ein.",
    "invalid": "Bitte geben Sie eine vollständige E-Mail-Adresse ein, wie name@example.org.",
}
EMAIL_INPUT = {"autocomplete": "email", "spellcheck": "false"}


class SubscriptionForm(spam.GuardedFormMixin, PortalForm):
    """One address."""

    email = forms.EmailField(
        label="E-Mail-Adresse", max_length=254, widget=forms.EmailInput(attrs=EMAIL_INPUT),
        help_text="Dorthin senden wir gleich einen Link, mit dem Sie das Abo bestätigen.", error_messages=EMAIL_ERRORS,
    )  # fmt: skip


class SubscribeView(FormView):
    """Asks for an address; the answer is the same whether or not it has subscribed."""

    form_class = SubscriptionForm
    request_subscription: Callable  # with the thing under ``thing_name``, email and client
    thing_name: str
    sent: str  # a URL name
    extra_context = {"unconfirmed_days": UNCONFIRMED_DAYS}

    def things(self):
        """What the asker may subscribe to."""
        raise NotImplementedError

    def dispatch(self, request, *args, slug, **kwargs):
        self.thing = get_object_or_404(self.things(), slug=slug)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        facts = {"email": form.cleaned_data["email"], "client": client_address(self.request)}
        try:
            self.request_subscription(**{self.thing_name: self.thing}, **facts)
        except spam.TooMany as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=429)
        return redirect(self.sent, self.thing.slug)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{self.thing_name: self.thing}, **kwargs)


class SubscribeSentView(DetailView):
    """Says to look into the letter box, to everybody alike."""


class SubscriptionView(SecretAddressMixin, View):
    """A mailed link: looking at it shows a button, only the button confirms or ends (mail scanners follow links)."""

    template_name: str
    gone_template_name: str
    ended: str  # a URL name
    find: Callable
    confirm: Callable
    end: Callable

    def get(self, request, token):
        subscription = self.find(token=token)
        if subscription is None:
            return render(request, self.gone_template_name, status=410)
        return render(request, self.template_name, {"subscription": subscription})

    def post(self, request, token):
        subscription, action = self.find(token=token), request.POST.get("action")
        if subscription and action == "end":
            self.end(subscription=subscription)
            return redirect(self.ended)
        if subscription and action == "confirm":
            self.confirm(subscription=subscription)
            return redirect(request.path)
        return self.get(request, token)


class OneClickView(MachineAddressMixin, View):
    """The button „Abbestellen“ of a mail program: one POST ends the news, without any question (RFC 8058, 3.2)."""

    page: str  # a URL name with one argument, the token
    find: Callable
    end: Callable

    def get(self, request, token):
        """Who follows the address as a link comes to the page with a button."""
        return redirect(self.page, token)

    def post(self, request, token):
        if request.POST.get("List-Unsubscribe") != "One-Click":
            return HttpResponse("Hier fehlt: List-Unsubscribe=One-Click", status=400, content_type="text/plain")
        if subscription := self.find(token=token):
            self.end(subscription=subscription)
        return HttpResponse("Das Abo ist beendet.", content_type="text/plain; charset=utf-8")
