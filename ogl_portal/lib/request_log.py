"""One line in the log for each request, in words of the program: no path, no query, no address, nothing typed."""

import logging
import re
import time
from contextvars import ContextVar
from uuid import uuid4

from .requests import is_trusted

logger = logging.getLogger(__name__)
HEADER = "X-Request-ID"
ID = re.compile(r"[0-9a-f]{32}")
request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Names the request that is being answered, in every line of the log about it."""


class RequestLogMiddleware:
    """Name each request, tell the client the name, and log under it what was asked (a route) and answered."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        started = time.perf_counter()
        request_id.set(name_of(request))  # until the next one: Django has words of its own after us
        response = self.get_response(request)
        response.headers[HEADER] = request_id.get()
        took = round((time.perf_counter() - started) * 1000)
        facts = {"method": request.method, "status": response.status_code, "ms": took}
        logger.info("request", extra={"route": route_of(request)} | facts)
        return response


def name_of(request) -> str:
    """What a trusted proxy calls the request, so that its log and this one can be put side by side; else a new name."""
    given = request.headers.get(HEADER, "")
    return given if ID.fullmatch(given) and is_trusted(request.META.get("REMOTE_ADDR", "")) else uuid4().hex


def route_of(request) -> str:
    """The name of the address in the program, such as „directory:sign-in-link“; a dash for what is none of ours."""
    match = getattr(request, "resolver_match", None)
    return match.view_name if match else "-"
