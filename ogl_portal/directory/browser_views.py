"""Where the signed-in person is signed in, and the buttons that end it."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers
from django.views import View
from django.views.generic import TemplateView

from ogl_portal.lib.signed_out import ButtonMixin

from . import browsers


class BrowsersView(LoginRequiredMixin, TemplateView):
    """Every browser in which the person is signed in, this one first."""

    template_name = "directory/browsers.html"

    def get_context_data(self, **kwargs):
        alive = self.request.user.browsers.alive()[:100]
        here, others = [], []
        for browser in alive:
            (here if browser.session_id == self.request.session.session_key else others).append(browser)
        return super().get_context_data(here=here, others=others, **kwargs)

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response


class EndBrowserView(ButtonMixin, View):
    """Signs out one other browser."""

    def post(self, request, key):
        others = request.user.browsers.exclude(session=request.session.session_key)
        browser = get_object_or_404(others, pk=key)
        browsers.end(others.filter(pk=browser.pk))
        messages.success(request, f"{browser.name} ist abgemeldet.")
        return redirect("directory:browsers")


class EndOtherBrowsersView(ButtonMixin, View):
    """Signs out every browser but this one."""

    def post(self, request):
        count = browsers.end(request.user.browsers.exclude(session=request.session.session_key))
        messages.success(request, "Alle anderen Geräte sind abgemeldet." if count else "Andere Geräte gab es nicht.")
        return redirect("directory:browsers")
