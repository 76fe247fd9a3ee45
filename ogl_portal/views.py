"""The start page and the error pages: wiring that is imported by nobody."""

import sys

from django.db import InterfaceError, OperationalError
from django.shortcuts import render
from django.views.generic import TemplateView

from ogl_portal.lib.kept import BrieflyKeptMixin

NOT_READABLE = "Die Adresse oder die gesendeten Daten enthalten etwas, das kein lesbarer Text ist."


class HomeView(BrieflyKeptMixin, TemplateView):
    """Composed in its template from the tags of the apps."""

    template_name = "home.html"


def bad_request(request, exception):
    return render(request, "400.html", {"message": NOT_READABLE}, status=400)


def permission_denied(request, exception):
    return render(request, "403.html", status=403)


def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)


def page_not_found(request, exception):
    return render(request, "404.html", status=404)


def server_error(request):
    """While the database is away, as when it restarts, people and programs hear that it pays to come again soon."""
    if not isinstance(sys.exception(), OperationalError | InterfaceError):
        return render(request, "500.html", status=500)
    answer = render(request, "503.html", status=503)
    answer["Retry-After"], answer["Cache-Control"] = "10", "no-store"
    return answer
