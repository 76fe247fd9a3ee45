"""What machines ask of the portal, and what it tells its operator."""

from collections import namedtuple
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from ogl_portal.lib import health
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.pdf import service

from .factories.knowledgebase import make_draft, make_published
from .factories.sessions_app import make_draft_report, make_event, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def enough_room(monkeypatch):
    """Whatever disk the tests run on."""
    monkeypatch.setattr(health.shutil, "disk_usage", lambda folder: Usage(10**10))


Usage = namedtuple("Usage", "free")


# Health


def test_healthz_of_a_portal_that_works_says_so_without_a_cookie_for_nobody_to_keep(client, django_assert_num_queries):
    client.get("/healthz")
    with django_assert_num_queries(3):  # whether there is a table of migrations, these, the oldest mail
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response.headers["Cache-Control"] == "no-store"
    assert not client.cookies


def waiting_mail(hours: float, **fields) -> OutgoingMail:
    created = timezone.now() - timedelta(hours=hours)
    return OutgoingMail.objects.create(recipient="m@example.org", subject="S", text="T", created_at=created, **fields)


def broken_database(monkeypatch):
    def refuse(*arguments):
        raise OperationalError("could not connect to server at 10.0.0.7")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", refuse)


BREAKDOWNS = {
    "database": broken_database,
    "migrations": lambda patch: MigrationRecorder(connection).record_unapplied("lib", "0006_calendar_of_a_mail"),
    "outbox": lambda patch: waiting_mail(3),
    "disk": lambda patch: patch.setattr(health.shutil, "disk_usage", lambda folder: Usage(499_000_000)),
}


@pytest.mark.logs_errors
@pytest.mark.parametrize("what", BREAKDOWNS)
def test_breakdown_is_told_to_strangers_as_such_and_to_the_operator_in_words(what, client, monkeypatch, caplog):
    BREAKDOWNS[what](monkeypatch)
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (503, {"status": "failing"})
    assert f"healthz: {what}" in caplog.text
    with pytest.raises(CommandError) as said:
        call_command("health")
    assert str(said.value).endswith((".", "?")) and "10.0.0.7" not in str(said.value)


def test_operator_learns_whether_pdfs_can_be_made(monkeypatch, capsys):
    call_command("health", pdf=True)
    assert "PDF" in capsys.readouterr().out
    monkeypatch.setattr(service, "ask", lambda job, seconds: b"")
    with pytest.raises(CommandError, match="Ein PDF zur Probe gelang nicht"):
        call_command("health", pdf=True)


def test_mails_that_need_not_leave_any_more_are_no_breakdown(client):
    waiting_mail(3, sent_at=timezone.now())
    waiting_mail(3, failed_at=timezone.now())
    waiting_mail(3, valid_until=timezone.now() - timedelta(hours=1))
    waiting_mail(1)
    assert client.get("/healthz").status_code == 200


# Search engines


def test_sitemap_has_what_everybody_may_read_and_nothing_else(client):
    public = [make_event(), make_report(), make_published()]
    hidden = [make_event(is_published=False), make_draft_report(), make_draft()]
    text = client.get("/sitemap.xml", headers={"host": "localhost"}).content.decode()
    for thing in public:
        assert f"<loc>http://testserver{thing.get_absolute_url()}</loc>" in text
    for thing in hidden:
        assert thing.get_absolute_url() not in text
    assert "<loc>http://testserver/</loc>" in text


def test_every_address_of_the_sitemap_is_readable_by_a_visitor(client, demo_data):
    text = client.get("/sitemap.xml").content.decode()
    addresses = [part.partition("</loc>")[0] for part in text.split("<loc>")[1:]]
    assert len(addresses) > 60
    one_of_each = {address.split("/")[3]: address for address in addresses}.values()
    assert {client.get(address.removeprefix("http://testserver")).status_code for address in one_of_each} == {200}


def test_robots_are_told_where_the_sitemap_is_and_no_way_behind_a_token(client):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text and "Disallow: /admin/" in text
    assert not {"/teilnahme/", "/zusage/", "/abo/", "/kalender/", "/fragebogen/"} & set(text.split())


# Who finds a weakness


def test_security_text_names_a_form_that_opens_and_is_never_out_of_date(client):
    response = client.get("/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8" and not response.cookies
    facts = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert facts["Canonical"] == "http://testserver/.well-known/security.txt"
    assert client.get(facts["Contact"].removeprefix("http://testserver")).status_code == 200
    left = datetime.fromisoformat(facts["Expires"]) - timezone.now()
    assert timedelta(days=30) < left < timedelta(days=365)
