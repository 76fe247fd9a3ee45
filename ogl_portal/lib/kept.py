"""Whole pages that are kept as they were drawn, for visitors who are not signed in."""

from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from . import search

SECONDS = 600
"""How long a page is kept at most: so long a change is not seen that was made past the portal."""


def keep_page(request: HttpRequest, draw: Callable[[], HttpResponse]) -> HttpResponse:
    """Return the page as it was drawn today for this address, or draw it: one query where it is kept.

    Whatever is saved in the portal is saved with ``search.update``, and its stamp is another then; consents
    and confirmations end with a day. For a request with a session (name, messages) nothing is kept.
    """
    if request.method != "GET" or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return draw()
    facts = [request.get_full_path(), timezone.localdate(), search.stamp()]
    key = sha256(repr(facts).encode()).hexdigest()
    content = caches["pages"].get(key)
    if content is not None:
        return HttpResponse(content)
    response = draw().render()
    caches["pages"].set(key, response.content, SECONDS)
    return response
