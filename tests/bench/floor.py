"""The floor: a bare Django view that returns as many bytes after one query."""

from functools import cache

from django.http import HttpResponse
from django.urls import path

from ogl_portal.lib.search.models import SearchState


@cache
def filling(size: int) -> bytes:
    return b"x" * size


def view(request, size: int) -> HttpResponse:
    """So many bytes."""
    SearchState.objects.count()
    return HttpResponse(filling(size))


urlpatterns = [path("<int:size>/", view), path("anmelden/", view, {"size": 1})]  # the latter says that it is up
