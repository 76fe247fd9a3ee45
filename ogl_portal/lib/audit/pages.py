"""From which page something was done, and by whom where a verb does not know."""

from contextvars import ContextVar

from ..logs import TOKEN

MAX_LENGTH = 300
current_request: ContextVar = ContextVar("current_request", default=None)


class PageMiddleware:
    """Keeps the request for the audit trail."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        reset = current_request.set(request)
        try:
            return self.get_response(request)
        finally:
            current_request.reset(reset)


def current_page() -> str:
    """The path of the page, without its query and without tokens; empty in a command."""
    request = current_request.get()
    return page_of(request)[:MAX_LENGTH] if request else ""


def page_of(request) -> str:
    """The path without the argument ``token`` of its route, whichever that is, and without what looks like one."""
    token = request.resolver_match.kwargs.get("token") if request.resolver_match else None
    path = request.path.replace(token, "…") if token else request.path
    return TOKEN.sub(r"\1…", path)


def current_user():
    """Who is signed in at the page; None for nobody, and in a command."""
    user = getattr(current_request.get(), "user", None)
    return user if user and user.is_authenticated else None
