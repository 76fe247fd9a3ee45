"""Log hygiene (security.md, Access): no token, no address, no name and no answer in any line of the log.

The real test is the whole run: tests/log_sink.py reads every line that any test causes, after production's filter and
formatter, and fails the test in which a line says too much. Here: that it hears and that it knows.

Also of this class: tests/lib/test_logs.py (tokens in addresses), tests/lib/test_request_log.py (requests, failures,
words of other programs, commands), tests/lib/test_pdf.py (the renderer's line).
"""

import logging

import pytest
from django.core import signing
from django.urls import reverse

from ogl_portal.lib.tokens import new_token
from tests import log_sink as log_sinks
from tests.addresses import all_addresses
from tests.factories.surveys import EXAMPLE

LEAKS = {
    "token": new_token,
    "signed token": lambda: signing.dumps(["7", "mia@example.org"], salt="probe"),
    "address": lambda: "Niemand",
    "answer": lambda: next(text for text in EXAMPLE.values() if " " in str(text)),
}


@pytest.mark.parametrize("kind", LEAKS)
@pytest.mark.parametrize("logger", [name for name in log_sinks.LOGGERS if name.startswith("ogl_portal")])
def test_sink_hears_what_our_own_program_says_too_much(log_sink, kind, logger):
    heard = log_sink.lines
    logging.getLogger(logger).warning("Probe %s", 7)
    assert log_sink.lines == heard + 1 and log_sink.taken_leaks() == []
    text = LEAKS[kind]()
    logging.getLogger(logger).warning("Probe (%s.)", "Otto" if kind == "address" else text)
    assert len(log_sink.taken_leaks()) == 1


@pytest.mark.logs_errors
@pytest.mark.parametrize("logger", log_sinks.LOGGERS)
def test_every_logger_of_production_is_heard_and_says_nothing_of_others_words(log_sink, logger, caplog):
    heard = log_sink.lines
    try:
        raise ValueError(f"Key (email)=(mia@example.org) {new_token()}")
    except ValueError:
        logging.getLogger(logger).exception("Error handling request %s %s", 7, 8)
    assert log_sink.lines == heard + 1
    assert log_sink.taken_leaks() == []


def test_address_with_a_token_leaves_no_line_that_names_it(log_sink, client, db):
    """Every address that has a token in it, with one that was just made: found nowhere, yet asked for."""
    names = [address.name for address in all_addresses() if dict(address.samples).keys() == {"token"}]
    heard, token = log_sink.lines, new_token()
    for name in names:
        path = reverse(name, args=[token])
        for answer in [client.get(path), client.post(path), client.get(path.rstrip("/") + "/weiter")]:
            assert answer.status_code < 500
    assert len(names) >= 9 and log_sink.lines >= heard + 3 * len(names)
    assert log_sink.leaks == []
