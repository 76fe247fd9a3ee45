"""Whole pages that are kept as they were drawn, for visitors who are not signed in."""

from collections.abc import Callable
from functools import partial
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from . import search

SECONDS = 600
"""How long a page is kept at most: so long a change is not seen that was made past the portal."""
MOST_BYTES = 512 * 1024
"""What is larger is not kept: the addresses that somebody makes up must not fill the memory."""
Draw = Callable[[], HttpResponse]


def keep_page(request: HttpRequest, draw: Draw) -> HttpResponse:
    """Return the page as it was drawn today for this address, or draw it: one query where it is kept.

    Whatever is saved in the portal is saved with ``search.update``, and its stamp is another then; consents
    and confirmations end with a day. For a request with a session (name, messages) nothing is kept.
    """
    if not is_for_all(request):
        return draw()
    return keep("pages", request, draw, [timezone.localdate(), search.stamp()], SECONDS)


class BrieflyKeptMixin:
    """Keeps the answer of a view for two seconds, whatever changes meanwhile: no query where many ask at once."""

    def dispatch(self, request, *args, **kwargs):
        draw = partial(super().dispatch, request, *args, **kwargs)
        return keep("briefly", request, draw, [], settings.BRIEFLY_KEPT_SECONDS) if is_for_all(request) else draw()


def is_for_all(request: HttpRequest) -> bool:
    return request.method == "GET" and settings.SESSION_COOKIE_NAME not in request.COOKIES


def keep(cache: str, request: HttpRequest, draw: Draw, facts: list, seconds: int) -> HttpResponse:
    """Take the answer from what is kept, or draw it; never one with a form, whose token is one visitor's."""
    key = sha256(repr([request.get_full_path(), *facts]).encode()).hexdigest()
    kept = caches[cache].get(key)
    if kept is not None:
        content, headers = kept
        return HttpResponse(content, headers=headers)
    response = draw()
    if isinstance(response, TemplateResponse):
        response.render()
    is_small = not response.streaming and len(response.content) <= MOST_BYTES
    is_one_visitors = request.META.get("CSRF_COOKIE_NEEDS_UPDATE") or response.cookies
    if response.status_code == 200 and is_small and not is_one_visitors:
        caches[cache].set(key, (response.content, dict(response.headers)), seconds)
    return response
