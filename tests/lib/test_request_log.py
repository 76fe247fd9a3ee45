"""The log of production: one line of JSON for each request, without anything that people typed or that opens a door."""

import io
import json
import logging
import os
import subprocess
import sys
from ipaddress import ip_network

import pytest
from django.db import IntegrityError

from ogl_portal.directory import views
from ogl_portal.lib.logs import JsonFormatter
from tests.factories.surveys import EXAMPLE, make_round

SECRETS = ["geheim-1", "mia@example.org", "Bauantrag", "203.0.113.9", "suchwort", "Mitglied", "streng-privat"]
NAMES = ["django", "ogl_portal"]
PATHS = [
    "/anmelden/geheim-1/",
    "/anmelden/geheim-1",
    "/fragebogen/e/geheim-1/",
    "/kalender/geheim-1.ics",
    "/gibt-es-nicht/mia@example.org/geheim-1/",
    "/suche/?q=suchwort",
    "/abo/geheim-1/?mia@example.org",
]


@pytest.fixture
def log(monkeypatch):
    """What the handler of production writes meanwhile."""
    handler = next(each for each in logging.getLogger("ogl_portal").handlers if each.name == "console")
    written = io.StringIO()
    for name in NAMES:
        found = next(each for each in logging.getLogger(name).handlers if each.name == "console")
        monkeypatch.setattr(found, "stream", written)
    assert isinstance(handler.formatter, JsonFormatter)
    return written


def lines_of(log: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


@pytest.mark.django_db
@pytest.mark.logs_errors
def test_requests_with_secrets_leave_none_in_the_log(log, member, client, monkeypatch):
    round = make_round(member.person)
    client.raise_request_exception = member.client.raise_request_exception = False
    given = {"REMOTE_ADDR": "203.0.113.9", "HTTP_REFERER": "https://x.example/?geheim-1"}
    for path in PATHS:
        client.get(path, **given)
    client.post("/anmelden/", {"email": "mia@example.org"}, **given)
    member.client.post(f"/fragebogen/{round.slug}/beginnen/", **given)
    member.client.post(f"/fragebogen/{round.slug}/abschnitt/B/neu/", EXAMPLE, **given)

    def fail(*arguments, **options):
        raise IntegrityError("Key (email)=(mia@example.org) already exists, streng-privat")

    monkeypatch.setattr(views.workflow, "send_sign_in_link", fail)
    assert client.post("/anmelden/", {"email": "mia@example.org"}, **given).status_code == 500
    assert [secret for secret in SECRETS if secret in log.getvalue()] == []
    lines = lines_of(log)
    assert {line["route"] for line in lines if line["message"] == "request"} >= {"directory:sign-in-link", "-"}
    failed = next(line for line in lines if line.get("error") == "IntegrityError")
    assert failed["route"] == "directory:sign-in" and failed["where"][-1].endswith(" fail")


def test_each_line_about_a_request_bears_its_name_and_figures(log, client, db):
    name = client.get("/impressum/").headers["X-Request-ID"]
    (line,) = lines_of(log)
    assert line["request"] == name and len(name) == 32
    assert (line["route"], line["method"], line["status"], line["level"]) == ("pages:imprint", "GET", 200, "INFO")
    assert line["ms"] >= 0 and line["time"].endswith("+00:00")


@pytest.mark.parametrize(("trusted", "is_taken"), [([ip_network("127.0.0.1")], True), ([], False)])
def test_name_of_a_request_is_taken_from_a_trusted_proxy_alone(trusted, is_taken, client, db, settings):
    settings.TRUSTED_PROXY = trusted
    given = "0123456789abcdef" * 2
    assert (client.get("/robots.txt", headers={"x-request-id": given}).headers["X-Request-ID"] == given) is is_taken
    odd = client.get("/robots.txt", headers={"x-request-id": "<b>geheim-1</b>"}).headers["X-Request-ID"]
    assert "geheim" not in odd


def written(logger: str, message: str, *args, **extra) -> dict:
    """What the handler of production makes of a record, filter and all."""
    handler = next(each for each in logging.getLogger("ogl_portal").handlers if each.name == "console")
    record = logging.LogRecord(logger, logging.ERROR, __file__, 1, message, args, None)
    record.__dict__ |= extra
    assert handler.filter(record)
    return json.loads(handler.format(record))


@pytest.mark.parametrize(
    ("logger", "message", "args", "shown"),
    [
        ("gunicorn.error", "Error handling request %s", ["/x?geheim-1"], "Error handling request %s"),
        ("gunicorn.error", "Error handling request %s %s", ["GET", "/abo/geheim/?name=Erika"], "request %s %s"),
        ("gunicorn.error", "Invalid request from ip=203.0.113.9: /abo/geheim/ Erika", [], "Invalid request from ip"),
        ("gunicorn.error", "Invalid request from ip=2001:db8::9: Method 'ERIKA'", [], "Invalid request from ip"),
        ("gunicorn.error", "Booting worker with pid: %s", [7], "Booting worker with pid: 7"),
        ("gunicorn.error", "Worker (pid:%s) was sent %s!", [7, "SIGTERM"], "Worker (pid:%s) was sent %s!"),
        ("ogl_portal.lib.mail", "Mail %s an %s wartet", [7, "mia@example.org"], "Mail 7 an … wartet"),
        ("ogl_portal.lib.mail", "Kein Abruf von /abo/geheim/", [], "Kein Abruf von /abo/…/"),
    ],
)
def test_words_of_other_programs_lose_what_came_from_outside(logger, message, args, shown):
    assert written(logger, message, *args)["message"].endswith(shown)


def test_failure_of_a_command_that_nobody_watches_leaves_its_kind_and_place_alone(settings, tmp_path):
    program = f"""
import runpy, sys
from django.core.management.commands import check
def fail(*arguments, **options):
    raise ValueError("Key (email)=(mia@example.org) already exists, streng-privat")
check.Command.handle = fail
sys.argv = ["manage.py", "check"]
runpy.run_path({str(settings.BASE_DIR / "manage.py")!r}, run_name="__main__")
"""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-c", program]
    told = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    line = json.loads(told.stderr)
    assert told.returncode == 1 and told.stdout == ""
    assert (line["level"], line["error"]) == ("CRITICAL", "ValueError") and line["where"][-1].endswith(" fail")
    assert [secret for secret in SECRETS if secret in told.stderr] == []
