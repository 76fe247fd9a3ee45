import io
import logging

import pytest
from django.urls import reverse

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


def test_log_line_without_tokens_keeps_its_arguments_apart():
    record = logging.LogRecord("test", logging.INFO, __file__, 1, "Gone: %s", ("/hilfe/",), None)
    TokenFilter().filter(record)
    assert (record.msg, record.args) == ("Gone: %s", ("/hilfe/",))


def test_log_line_hides_the_token_of_every_address_that_has_one():
    secret = [each for each in all_addresses() if "token" in dict(each.samples)]
    paths = [reverse(each.name, kwargs=dict(each.samples) | {"token": "geheim"}) for each in secret]
    assert len(paths) >= 10
    assert [path for path in paths if "geheim" in logged("Gone: %s", path)] == []


@pytest.mark.django_db
def test_request_with_a_token_leaves_no_trace_of_it(client, monkeypatch):
    handler = next(one for one in logging.getLogger("django").handlers if one.name == "console")
    written = io.StringIO()
    monkeypatch.setattr(handler, "stream", written)
    client.get("/anmelden/streng-geheim/")
    assert '"route": "directory:sign-in-link"' in written.getvalue()
    assert "streng-geheim" not in written.getvalue()
