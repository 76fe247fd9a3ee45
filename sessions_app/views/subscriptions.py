"""News of a series by mail: asking for it, confirming it, ending it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View
from django.views.generic import DetailView, FormView

from ogl_portal.lib import spam
from ogl_portal.lib.addresses import MachineAddressMixin, SecretAddressMixin
from ogl_portal.lib.requests import client_address

from .. import workflow
from ..models import UNCONFIRMED_DAYS, Series
from ..participation_forms import SubscriptionForm


class SubscribeView(FormView):
    """Asks for an address; the answer is the same whether or not it has subscribed."""

    form_class = SubscriptionForm
    template_name = "sessions_app/subscribe.html"
    extra_context = {"unconfirmed_days": UNCONFIRMED_DAYS}

    def dispatch(self, request, *args, slug, **kwargs):
        self.series = get_object_or_404(Series.objects.visible_to(request.user), slug=slug)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        email, client = form.cleaned_data["email"], client_address(self.request)
        try:
            workflow.request_subscription(series=self.series, email=email, client=client)
        except spam.TooMany as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=429)
        return redirect("sessions_app:subscribe-sent", self.series.slug)

    def get_context_data(self, **kwargs):
        return super().get_context_data(series=self.series, **kwargs)


class SubscribeSentView(DetailView):
    """Says to look into the letter box, to everybody alike."""

    template_name = "sessions_app/subscribe_sent.html"

    def get_queryset(self):
        return Series.objects.visible_to(self.request.user)


class SubscriptionView(SecretAddressMixin, View):
    """A mailed link: looking at it shows a button, only the button confirms or ends (mail scanners follow links)."""

    def get(self, request, token):
        subscription = workflow.subscription_of(token=token)
        if subscription is None:
            return render(request, "sessions_app/subscription_gone.html", status=410)
        return render(request, "sessions_app/subscription.html", {"subscription": subscription})

    def post(self, request, token):
        subscription, action = workflow.subscription_of(token=token), request.POST.get("action")
        if subscription and action == "end":
            workflow.end_subscription(subscription=subscription)
            return redirect("sessions_app:subscription-ended")
        if subscription and action == "confirm":
            workflow.confirm_subscription(subscription=subscription)
            return redirect("sessions_app:subscription", token)
        return self.get(request, token)


class OneClickView(MachineAddressMixin, View):
    """The button „Abbestellen“ of a mail program: one POST ends the news, without any question (RFC 8058, 3.2)."""

    def get(self, request, token):
        """Who follows the address as a link comes to the page with a button."""
        return redirect("sessions_app:subscription", token)

    def post(self, request, token):
        if request.POST.get("List-Unsubscribe") != "One-Click":
            return HttpResponse("Hier fehlt: List-Unsubscribe=One-Click", status=400, content_type="text/plain")
        if subscription := workflow.subscription_of(token=token):
            workflow.end_subscription(subscription=subscription)
        return HttpResponse("Das Abo ist beendet.", content_type="text/plain; charset=utf-8")
