"""What a request may carry, and who sent it."""

from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse, HttpResponseNotAllowed, JsonResponse, UnreadablePostError
from django.shortcuts import render

from .addresses import page_above
from .text import has_forbidden_characters

TOO_MUCH = {
    RequestDataTooBig: "Nicht gespeichert: Der Text ist zu lang. Auf einmal nimmt das Portal höchstens 2,5 MB Text an. "
    "Bitte kürzen Sie ihn.",
    TooManyFieldsSent: "Nicht gespeichert: Das sind zu viele Felder auf einmal, möglich sind 1000.",
    TooManyFilesSent: "Nicht gespeichert: Das sind zu viele Dateien auf einmal, möglich sind 100.",
}

METHODS = ["GET", "HEAD", "POST"]


class KnownMethodsMiddleware:
    """The portal knows three methods; any other gets 405, whatever it is sent to and whoever sends it.

    Django's form views take PUT for POST, and the admin shows its pages to any method, unseen by the audit trail.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        return None if request.method in METHODS else HttpResponseNotAllowed(METHODS)


class NoPageMiddleware:
    """Who opens an address that only takes what a button sends reads so, and finds the page with the button."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and request.method in ["GET", "HEAD"]:
            page = render(request, "405.html", {"page": page_above(request.path)})
            response.content, response["Content-Type"] = page.content, page["Content-Type"]
        return response


class PlainTextOnlyMiddleware:
    """Characters that are no text reach no database: an address with them gets 400, a cookie does not count."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        cookies = request.COOKIES.items()
        request.COOKIES = {name: value for name, value in cookies if not has_forbidden_characters(value)}
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        values = [value for key, values in request.GET.lists() for value in [key, *values]]
        if any(has_forbidden_characters(value) for value in [request.path, *values]):
            raise SuspiciousOperation("Die Adresse enthält Zeichen, die kein Text sind.")


class RequestSizeMiddleware:
    """What is too much for one request (settings DATA_UPLOAD_MAX_…) is refused before anybody looks into it.

    The answer says what to do, to people or to a script of ours that asks for JSON and shows the message itself.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        try:
            request.POST  # noqa: B018 (reads it)
        except tuple(TOO_MUCH) as refusal:
            return too_much(request, TOO_MUCH[type(refusal)])
        except UnreadablePostError:
            return None  # the visitor is gone; who needs the data finds that out, too


def too_much(request, message: str) -> HttpResponse:
    """The answer to a request that is too big (RFC 9110, 15.5.14)."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"message": message}, status=413)
    return render(request, "400.html", {"message": message}, status=413)


def client_address(request) -> str:
    """Return the client's IP address.

    ``X-Forwarded-For`` counts only when the request comes from a network in the setting TRUSTED_PROXY;
    then it is the rightmost address that is not itself a trusted proxy.
    """
    remote = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    while hops and is_trusted(remote):
        remote = hops.pop()
    return remote


def is_trusted(address: str) -> bool:
    """Tell whether TRUSTED_PROXY names the address or a network around it; what is no address is not trusted.

    A proxy at a Unix socket has no address: it is trusted where TRUSTED_PROXY says „unix“.
    """
    if not address:
        return "unix" in settings.TRUSTED_PROXY
    try:
        client = ip_address(address)
    except ValueError:
        return False
    return any(client in network for network in settings.TRUSTED_PROXY if network != "unix")
