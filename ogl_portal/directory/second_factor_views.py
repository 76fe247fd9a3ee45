"""The pages of the second factor: set it up, give it, replace it, and the backup codes."""

from base64 import b32encode
from binascii import unhexlify
from urllib.parse import quote, urlencode

import segno
from django.contrib import messages
from django.contrib.auth.mixins import UserPassesTestMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.generic import FormView, TemplateView
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from . import second_factor
from .forms import CodeForm, FirstCodeForm
from .views import safe_next

NEW_KEY = "second_factor_key"


class SecondFactorMixin(UserPassesTestMixin):
    """A page for those who may work in the admin; no cache keeps it.

    Once a factor is set up, what changes it is asked for it first (``asks_first``).
    """

    asks_first = True

    def test_func(self):
        if self.request.user.is_authenticated and not self.request.user.is_staff:
            raise PermissionDenied("Einen zweiten Faktor braucht nur, wer in der Verwaltung arbeitet.")
        return self.request.user.is_authenticated

    def dispatch(self, request, *args, **kwargs):
        user = request.user
        has_factor = user.is_authenticated and user.second_factor_since is not None
        if self.asks_first and has_factor and not second_factor.is_given(request):
            query = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('directory:second-factor-code')}?{query}")
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def wanted(self) -> str:
        """The page to go on to, from the form or the address; empty where none is named."""
        return safe_next(self.request, self.request.POST.get("next") or self.request.GET.get("next", ""))

    def get_context_data(self, **kwargs):
        return super().get_context_data(next=self.wanted(), **kwargs)

    def show_codes(self, codes: list[str]):
        """Show new backup codes, in the answer itself: they are kept nowhere."""
        text = "\n".join([f"Backup-Codes für {self.request.user.email}", *codes, ""])
        context = {"codes": codes, "file": f"data:text/plain;charset=utf-8,{quote(text)}", "next": self.wanted()}
        return render(self.request, "directory/second_factor_codes.html", context)


class SecondFactorView(SecondFactorMixin, TemplateView):
    """How things stand with the user's second factor, and what can be changed."""

    template_name = "directory/second_factor.html"
    asks_first = False

    def get_context_data(self, **kwargs):
        codes_left = self.request.user.backup_codes.filter(used_at=None).count()
        return super().get_context_data(codes_left=codes_left, **kwargs)


class CodeView(SecondFactorMixin, FormView):
    """Asks for the code, and leads on to the wanted page."""

    form_class = CodeForm
    template_name = "directory/second_factor_code.html"
    asks_first = False

    def get(self, request):
        if not request.user.second_factor_since:
            query = urlencode({"next": self.wanted()})
            return redirect(f"{reverse('directory:second-factor-set-up')}?{query}")
        return redirect(self.get_success_url()) if second_factor.is_given(request) else super().get(request)

    def form_valid(self, form):
        if not form.carries_out(second_factor.check, user=self.request.user):
            return self.form_invalid(form)
        second_factor.remember(self.request)
        return super().form_valid(form)

    def get_success_url(self):
        return self.wanted() or reverse("admin:index")


class SetUpView(SecondFactorMixin, FormView):
    """Shows the secret as a QR code and in letters; the first code of the app makes it the user's factor.

    Until then the secret waits in the session, so that the page can be loaded again and an earlier factor stays.
    """

    form_class = FirstCodeForm
    template_name = "directory/second_factor_set_up.html"

    def form_valid(self, form):
        key = self.request.session.get(NEW_KEY) or random_hex()
        if not form.carries_out(second_factor.set_up, user=self.request.user, key=key):
            return self.form_invalid(form)
        del self.request.session[NEW_KEY]
        second_factor.remember(self.request)
        return self.show_codes(form.outcome)

    def get_context_data(self, **kwargs):
        key = self.request.session.setdefault(NEW_KEY, random_hex())
        device = TOTPDevice(user=self.request.user, key=key)
        picture = segno.make(device.config_url, error="m").svg_data_uri(light="#fff", border=4, scale=5)
        letters = b32encode(unhexlify(key)).decode()
        secret = " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))
        return super().get_context_data(picture=picture, secret=secret, address=device.config_url, **kwargs)


class NewCodesView(SecondFactorMixin, TemplateView):
    """Makes new backup codes once the button is pressed."""

    template_name = "directory/second_factor_new_codes.html"

    def post(self, request):
        if not request.user.second_factor_since:
            return redirect("directory:second-factor")
        return self.show_codes(second_factor.renew_codes(user=request.user))


class RemoveView(SecondFactorMixin, TemplateView):
    """Takes the factor away once the button is pressed."""

    template_name = "directory/second_factor_remove.html"

    def post(self, request):
        if request.user.second_factor_since:
            second_factor.remove(user=request.user)
            messages.success(request, "Ihr zweiter Faktor ist entfernt.")
        return redirect("directory:second-factor")
