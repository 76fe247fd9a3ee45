"""HTML becomes a PDF here and nowhere else: PDF/UA-1 and PDF/A-3a, with a closed fetcher, in a process with limits.

``render`` fills a template and returns the bytes, ``respond`` sends them. The web worker never imports WeasyPrint:
documents are made by ``renderer`` in a process of its own.
"""

from hashlib import sha256
from threading import Lock

from django.core.cache import cache
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.text import get_valid_filename

from .service import BUSY, WAITING_SECONDS, RenderError, from_html, warm_up

__all__ = ["RenderError", "from_html", "render", "respond", "warm_up"]

being_made = [Lock() for _ in range(16)]
"""Whoever asks for a document that is being made waits for it instead of making it again."""


def render(template_name: str, context: dict, *, keep: bool = True) -> bytes:
    """Return the template, which extends ``pdf/base.html``, as PDF/UA-1 and PDF/A-3a.

    Raises RenderError, whose text is a German message for people, when no PDF can be made within the limits.
    What was made is kept in the cache under a hash of its HTML, unless ``keep`` is off: what people may have deleted
    leaves no copy.
    """
    html = render_to_string(template_name, context)
    if not keep:
        return from_html(html)
    key = sha256(html.encode()).hexdigest()
    lock = being_made[int(key, 16) % len(being_made)]
    if not lock.acquire(timeout=WAITING_SECONDS):
        raise RenderError(BUSY)
    try:
        if failure := cache.get(f"pdf-failure:{key}"):
            raise RenderError(failure)
        return cache.get_or_set(f"pdf:{key}", lambda: make(html, key), 24 * 60 * 60)
    finally:
        lock.release()


def make(html: str, key: str) -> bytes:
    """Make a PDF; what cannot be made is not tried again for a minute."""
    try:
        return from_html(html)
    except RenderError as error:
        cache.set(f"pdf-failure:{key}", str(error), 60)
        raise


def respond(content: bytes, filename: str) -> HttpResponse:
    """Return the PDF as a response that browsers show under the file name.

    It carries an ETag over its bytes; nobody but the asker's browser may keep it, unless the view says otherwise.
    """
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{get_valid_filename(filename)}"'
    response["ETag"] = f'"{sha256(content).hexdigest()[:32]}"'
    response["Cache-Control"] = "private, no-cache"
    return response
