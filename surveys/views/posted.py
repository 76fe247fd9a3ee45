"""What a form of ours sends beside the answers."""

from uuid import UUID

from django.http import Http404, HttpRequest

from ogl_portal.lib.text import plain


def posted_number(request: HttpRequest, name: str) -> int:
    """A number that a form counts; nonsense is 0."""
    text = plain(request.POST.get(name, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def posted_revision(request: HttpRequest) -> int:
    """The revision that a form was made from; nonsense counts as none."""
    return posted_number(request, "revision")


def posted_page(request: HttpRequest) -> UUID | None:
    """Which open form sends; nonsense counts as none."""
    try:
        return UUID(plain(request.POST.get("page", "")))
    except ValueError:
        return None


def posted_uuid(request: HttpRequest, name: str) -> UUID:
    """A UUID from a form; anything else is not found."""
    try:
        return UUID(plain(request.POST.get(name, "")))
    except ValueError:
        raise Http404 from None
