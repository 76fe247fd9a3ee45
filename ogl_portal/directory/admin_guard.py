"""The one place that guards the admin: none of its addresses opens without the second factor.

What somebody wrote there is not lost meanwhile: a form that meets the guard is shown again as hidden fields beside
the question for the code, and goes on with it to where it was sent. Nothing of it is stored.
"""

from urllib.parse import urlencode

from django.contrib import admin, auth
from django.shortcuts import redirect, render
from django.urls import reverse

from ogl_portal.lib.admin import LOST_FILES

from . import browsers, second_factor
from .forms import CodeForm

NOT_KEPT = {"csrfmiddlewaretoken", "code-code", LOST_FILES}


class SignedInMiddleware:
    """Notes that a session is in use, and lets nobody without the second factor into the admin."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.session.accessed and auth.SESSION_KEY in request.session:
            second_factor.forget_when_idle(request.session)
            browsers.note_use(request.session)
        return response

    def process_view(self, request, view, args, kwargs):
        """Asked of every address of the admin, whatever view is behind it (and after the check of CSRF tokens)."""
        if request.resolver_match.namespaces != [admin.site.name] or not admin.site.has_permission(request):
            return None  # who may not enter the admin at all is sent away by the admin itself
        if not second_factor.is_needed(request.user) or second_factor.is_given(request):
            return None
        return ask_beside_form(request) if request.method == "POST" else ask(request)


def ask(request):
    """Lead to the question for the code, or to setting up the factor, and from there back to the wanted address."""
    name = "second-factor-code" if request.user.second_factor_since else "second-factor-set-up"
    return redirect(f"{reverse(f'directory:{name}')}?{urlencode({'next': request.get_full_path()})}")


def ask_beside_form(request):
    """Ask for the code in the place of what the form asks for; None once the code that came with it is right."""
    is_answer = "code-code" in request.POST
    form = CodeForm(request.POST if is_answer else None, prefix="code")
    if form.is_valid() and form.carries_out(second_factor.check, user=request.user):
        second_factor.remember(request)
        return None
    kept = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_KEPT]
    files_are_lost = bool(request.FILES) or LOST_FILES in request.POST
    if files_are_lost:
        kept.append((LOST_FILES, "1"))
    context = {"form": form, "kept": kept, "files_are_lost": files_are_lost}
    return render(request, "directory/second_factor_beside_form.html", context, status=403)
