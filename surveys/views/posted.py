"""What a form of ours sends beside the answers."""

from uuid import UUID

from django.http import Http404, HttpRequest

from ogl_portal.lib.numbers import small_number
from ogl_portal.lib.text import plain


def posted_number(request: HttpRequest, name: str) -> int:
    """A number that a form counts; nonsense is 0."""
    return small_number(request.POST.get(name, "")) or 0


def seen_number(request: HttpRequest, name: str) -> int:
    """A number of what a page of the admin showed; nonsense is -1, which is the number of nothing."""
    number = small_number(request.POST.get(name, ""))
    return -1 if number is None else number


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
