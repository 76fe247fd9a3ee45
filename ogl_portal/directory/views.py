"""Sign-in by mailed link, and the signed-in person's own start page."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin, auth, messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse, reverse_lazy
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.generic import FormView, TemplateView, UpdateView

from ogl_portal.lib.addresses import SecretAddressMixin
from ogl_portal.lib.files import send_file
from ogl_portal.lib.requests import client_address
from ogl_portal.lib.signed_out import KeepsTypedMixin
from ogl_portal.lib.text import has_forbidden_characters

from . import second_factor, workflow
from .forms import MailPreferenceForm, SignInForm
from .models import Logo, MailPreference, SignInLink

MAX_NEXT_LENGTH = 500
KEPT_SECONDS = 7 * 24 * 3600
"""How long browsers may keep a logo."""


def safe_next(request, path: str) -> str:
    """Return the path if it is an absolute one of this portal, else an empty string."""
    is_safe = url_has_allowed_host_and_scheme(
        path, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    is_safe = is_safe and path.startswith("/") and not has_forbidden_characters(path)
    return path if is_safe and len(path) <= MAX_NEXT_LENGTH else ""


class SignInView(FormView):
    """Asks for the e-mail address; the answer is the same whether or not somebody signs in with it."""

    form_class = SignInForm
    template_name = "directory/sign_in.html"
    success_url = reverse_lazy("directory:sign-in-sent")
    extra_context = {"minutes": settings.LOGIN_LINK_MINUTES}

    def form_valid(self, form):
        try:
            workflow.send_sign_in_link(
                email=form.cleaned_data["email"],
                client=client_address(self.request),
                next_path=safe_next(self.request, self.request.POST.get("next", "")),
            )
        except workflow.TooManyLinks as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=429)
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        wanted = self.request.POST.get("next") or self.request.GET.get("next", "")
        return super().get_context_data(next=safe_next(self.request, wanted), **kwargs)


class SignInSentView(TemplateView):
    template_name = "directory/sign_in_sent.html"
    extra_context = {"minutes": settings.LOGIN_LINK_MINUTES}


class SignInLinkView(SecretAddressMixin, View):
    """A mailed link: looking at it shows a button, only the button signs in (mail scanners follow links)."""

    def get(self, request, token):
        is_usable = SignInLink.objects.usable().filter(token_hash=workflow.hash_of(token)).exists()
        return render(request, "directory/sign_in_confirm.html") if is_usable else self.gone(request)

    def post(self, request, token):
        link = workflow.sign_in(token=token)
        if link is None:
            return self.gone(request)
        second_factor.begin_anew(request.session)
        auth.login(request, link.user, settings.AUTHENTICATION_BACKENDS[0])
        return redirect(safe_next(request, link.next_path) or resolve_url(settings.LOGIN_REDIRECT_URL))

    def gone(self, request):
        context = {"form": SignInForm(), "minutes": settings.LOGIN_LINK_MINUTES}
        return render(request, "directory/sign_in_gone.html", context, status=410)


class SignOutView(View):
    """Signs out by POST; who opens the address finds the button."""

    def get(self, request):
        return render(request, "directory/sign_out.html")

    def post(self, request):
        auth.logout(request)
        messages.success(request, "Sie sind abgemeldet.")
        response = redirect(settings.LOGOUT_REDIRECT_URL)
        response["Clear-Site-Data"] = '"cache"'  # the button „back“ shows no page of the one who left
        return response


class AdminSignInView(View):
    """Stands where the admin's password form would be."""

    def dispatch(self, request):
        wanted = safe_next(request, request.GET.get("next", "")) or reverse("admin:index")
        if admin.site.has_permission(request):
            return redirect(wanted)
        if request.user.is_authenticated:
            raise PermissionDenied("Die Verwaltung ist der OGL-Leitung vorbehalten.")
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': wanted})}")


class MyAreaView(LoginRequiredMixin, TemplateView):
    """What concerns the person who is signed in."""

    template_name = "directory/my_area.html"

    def get_context_data(self, **kwargs):
        person = self.request.user.person
        memberships = person.memberships.select_related("organisation") if person else []
        return super().get_context_data(person=person, memberships=memberships, **kwargs)

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response


class MailPreferencesView(KeepsTypedMixin, LoginRequiredMixin, UpdateView):
    """How much mail the signed-in person wants; who chose nothing yet gets everything."""

    form_class = MailPreferenceForm
    template_name = "directory/mail_preferences.html"
    success_url = reverse_lazy("directory:my-area")

    def get_object(self):
        person = self.request.user.person
        if not person:
            raise PermissionDenied("Zu dieser Anmeldung gehört keine Person, an die Mails gehen.")
        return MailPreference.objects.filter(person=person).first() or MailPreference(person=person)

    def form_valid(self, form):
        messages.success(self.request, "Ihre Wahl ist gespeichert.")
        return super().form_valid(form)


class LogoView(View):
    """The logo of an organisation; its address changes with the picture, so that it may be kept."""

    http_method_names = ["get", "head"]

    def get(self, request, slug):
        logo = get_object_or_404(Logo, organisation__slug=slug)
        response = send_file(logo, logo.name)
        for name in ["Content-Disposition", "Cache-Control"]:
            del response[name]
        response["Content-Type"] = logo.content_type
        patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
        return response
