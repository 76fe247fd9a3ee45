"""The start page and the error pages: wiring that is imported by nobody."""

from django.shortcuts import render
from django.views.generic import TemplateView

NOT_READABLE = "Die Adresse oder die gesendeten Daten enthalten etwas, das kein lesbarer Text ist."


class HomeView(TemplateView):
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
    return render(request, "500.html", status=500)
