"""What a request may carry, and who sent it."""

from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import SuspiciousOperation

from .text import has_forbidden_characters


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
