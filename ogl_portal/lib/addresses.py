"""Views behind secret addresses: personal links that are mailed; and what addresses lead to."""

from functools import lru_cache

from django.conf import settings
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import Resolver404, resolve, reverse
from django.utils.decorators import decorator_from_middleware, method_decorator
from django.views.decorators.csrf import csrf_exempt


@lru_cache(500)
def address_of(url_name: str, *args) -> str:
    """The address of a page, which hangs on nothing else: menus and breadcrumbs of every page ask for it."""
    return reverse(url_name, args=args)


class NullOriginCsrfMiddleware(CsrfViewMiddleware):
    """Checks the CSRF token as always, but takes the origin „null“.

    A browser sends that from a page with ``Referrer-Policy: no-referrer`` (Fetch standard, „append a request
    Origin header“); Django would refuse every form on such a page.
    """

    def _origin_verified(self, request):
        return request.META["HTTP_ORIGIN"] == "null" or super()._origin_verified(request)


class DiscreetMixin:
    """A view whose address is passed on, kept and indexed nowhere."""

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


@method_decorator(csrf_exempt, name="dispatch")
class SecretAddressMixin(DiscreetMixin):
    """A view whose address holds a token (security.md, access)."""

    @method_decorator(decorator_from_middleware(NullOriginCsrfMiddleware))
    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs)


@method_decorator(csrf_exempt, name="dispatch")
class MachineAddressMixin(DiscreetMixin):
    """A view whose secret address programs post to, without cookies and forms: the token alone is what they need."""


def webcal(path: str) -> str:
    """The address that opens the subscription at a path in the program for calendars."""
    return f"webcal://{settings.SITE_URL.partition('://')[2]}{path}"


def page_to_return_to(path: str) -> str:
    """Where somebody goes on after the sign-in who was at an address: it may only take what a button sends."""
    return path if is_page(path) else page_above(path)


def page_above(path: str) -> str:
    """The nearest address above this one that is a page to look at."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        if is_page(path):
            break
    return path


def is_page(path: str) -> bool:
    """Whether something can be looked at under an address, as far as the address says."""
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    view_class = getattr(view, "view_class", None)
    return not view_class or ("get" in view_class.http_method_names and hasattr(view_class, "get"))
