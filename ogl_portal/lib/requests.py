"""What a request may carry, and who sent it."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.exceptions import SuspiciousOperation

from .text import has_forbidden_characters


class PlainTextOnlyMiddleware:
    """Answer 400 when the address carries characters that are no text, before a database sees them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
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
    """Tell whether the address lies in a network of TRUSTED_PROXY; what is no address is not trusted."""
    try:
        return any(ip_address(address) in ip_network(network) for network in settings.TRUSTED_PROXY)
    except ValueError:
        return False
