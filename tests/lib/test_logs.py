import io
import logging
from types import SimpleNamespace

import pytest
from django.urls import resolve, reverse

from ogl_portal.lib.addresses import DiscreetMixin
from ogl_portal.lib.audit.pages import page_of
from ogl_portal.lib.logs import TokenFilter
from tests.addresses import all_addresses


def logged(message: str, *args) -> str:
    record = logging.LogRecord("test", logging.INFO, __file__, 1, message, args, None)
    assert TokenFilter().filter(record)
    return record.getMessage()


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('"GET /anmelden/geheim-1_2/ HTTP/1.1" 200', '"GET /anmelden/…/ HTTP/1.1" 200'),
        ("Gone: /anmelden/geheim/?next=/", "Gone: /anmelden/…/?next=/"),
        ("/fragebogen/e/geheim/ und /anmelden/geheim/", "/fragebogen/e/…/ und /anmelden/…/"),
        ("/wissensdatenbank/nachnutzung/weiter/WzEs:geheim/", "/wissensdatenbank/nachnutzung/weiter/…/"),
        ("/teilnahme/geheim-1/ /zusage/WzEs:geheim/ /abo/WzEs:geheim/", "/teilnahme/…/ /zusage/…/ /abo/…/"),
        ("GET /termine/abend/anmelden/ HTTP/1.1", "GET /termine/abend/anmelden/ HTTP/1.1"),
        ('"GET /kalender/0123abc.ics HTTP/1.1" 200', '"GET /kalender/… HTTP/1.1" 200'),
        ("GET /anmelden/ HTTP/1.1", "GET /anmelden/ HTTP/1.1"),
        ("GET /termine/session-1/", "GET /termine/session-1/"),
    ],
)
def test_log_line_hides_tokens(line, shown):
    assert logged(line) == shown


def test_log_line_hides_tokens_in_its_arguments():
    assert logged("%s: %s (%d)", "Gone", "/anmelden/geheim/", 410) == "Gone: /anmelden/…/ (410)"


def test_no_address_with_a_token_brings_it_into_a_log_or_the_audit_trail():
    """Whoever adds a secret address calls its argument ``token`` and tells ``TOKEN`` what stands before it."""
    addresses = [address for address in all_addresses() if any(name == "token" for name, _ in address.samples)]
    paths = [reverse(address.name, kwargs=dict(address.samples) | {"token": "geheim"}) for address in addresses]
    assert [path for path in paths if "geheim" in logged(path)] == []
    discreet = {address.name for address in all_addresses() if is_discreet(address)}
    assert len(paths) >= 10 and discreet <= {address.name for address in addresses}
    match = SimpleNamespace(kwargs={"token": "geheim"})
    assert page_of(SimpleNamespace(path="/neu/geheim/ja/", resolver_match=match)) == "/neu/…/ja/"


def is_discreet(address) -> bool:
    """Whether a view that is passed on and kept nowhere stands behind it."""
    if not address.samples or address.is_admin:
        return False
    view = resolve(reverse(address.name, kwargs=dict(address.samples))).func
    return issubclass(getattr(view, "view_class", object), DiscreetMixin)


@pytest.mark.django_db
def test_request_with_a_token_leaves_no_trace_of_it(client, monkeypatch):
    handler = next(one for one in logging.getLogger("django").handlers if one.name == "console")
    written = io.StringIO()
    monkeypatch.setattr(handler, "stream", written)
    client.get("/anmelden/streng-geheim/")
    assert '"route": "directory:sign-in-link"' in written.getvalue()
    assert "streng-geheim" not in written.getvalue()
