"""Anybody asks the OGL-Leitung something: a ticket with a day, and one answer."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.spam import Seal
from ogl_portal.pages.models import BarrierReport, ContactRequest

pytestmark = pytest.mark.django_db
ADMIN = "/admin/pages/contactrequest/"


def ask(client, **values):
    """Send the form as a browser does, with the seal of a page that somebody has read."""
    data = {"seal": Seal.fresh(age=60), "subject": "Mitmachen", "message": "Wie geht das?", "homepage": ""}
    return client.post("/kontakt/", data | {"email": "erika@example.org"} | values)


def make_request(**values) -> ContactRequest:
    defaults = {"subject": "Mitmachen", "message": "Wie geht das?", "email": "erika@example.org"}
    defaults |= {"due_on": timezone.localdate(), "created_at": datetime(2026, 1, 31, 10, tzinfo=UTC)}
    return ContactRequest.objects.create(**defaults | values)


def answer(lead, request, **values):
    data = {"status": "answered", "answer": "Kommen Sie dazu.", "answered_on": "02.02.2026"}
    return lead.client.post(f"{ADMIN}{request.pk}/change/", data | {"seen_revision": request.revision} | values)


def test_request_makes_a_ticket_for_two_weeks_and_tells_the_lead(
    visitor, lead, time_machine, django_capture_on_commit_callbacks
):
    time_machine.move_to("2026-01-31T10:00:00+01:00", tick=False)
    with django_capture_on_commit_callbacks(execute=True):
        response = ask(visitor.client, name="Erika")
    ticket = ContactRequest.objects.get()
    assert (ticket.due_on, ticket.status, ticket.name) == (date(2026, 2, 14), "open", "Erika")
    thanks = visitor.client.get(response.url).content.decode()
    assert "14.02.2026" in thanks and "Erika" not in thanks
    [message] = mail.outbox
    assert message.to == [lead.user.email]
    assert f"{ADMIN}{ticket.pk}/change/" in message.body


def test_request_sent_twice_makes_one_ticket_and_one_mail(visitor, lead):
    seal = Seal.fresh(age=60)
    assert len({ask(visitor.client, seal=seal).url for _ in range(2)}) == 1
    assert ContactRequest.objects.count() == OutgoingMail.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "message", "kept"),
    [
        ({"subject": ""}, "worum es geht", "Wie geht das?"),
        ({"message": ""}, "Bitte schreiben Sie Ihre Nachricht", "Mitmachen"),
        ({"email": ""}, "wohin wir antworten sollen", "Wie geht das?"),
        ({"email": "keine"}, "vollständige E-Mail-Adresse", "keine"),
        ({"message": "Bild\x00 ohne Text"}, "Steuerzeichen", "Bild ohne Text"),
        ({"message": "x" * 1_000_000}, "5000 Zeichen", "x" * 1_000_000),
        ({"subject": "\u202eMitmachen"}, "Steuerzeichen", "Mitmachen"),
        ({"homepage": "https://spam.example"}, "automatischen Sendung", "Wie geht das?"),
    ],
)
def test_request_with_bad_input_says_so_and_keeps_the_text(visitor, values, message, kept):
    response = ask(visitor.client, **values)
    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    assert kept in page
    assert not ContactRequest.objects.exists()


def test_request_beyond_the_limit_answers_429_and_keeps_the_text(visitor):
    for number in range(10):
        ask(visitor.client, subject=f"Frage {number}")
    response = ask(visitor.client)
    assert response.status_code == 429
    assert "Wie geht das?" in response.content.decode()


def test_thanks_for_an_unknown_request_is_404(visitor):
    assert visitor.client.get(reverse("pages:contact-thanks", args=[uuid.uuid4()])).status_code == 404


def test_answer_of_the_lead_leaves_once(lead, django_capture_on_commit_callbacks):
    request = make_request()
    with django_capture_on_commit_callbacks(execute=True):
        assert answer(lead, request).status_code == 302
    request.refresh_from_db()
    assert request.status == "answered"
    with django_capture_on_commit_callbacks(execute=True):
        assert answer(lead, request, answer="Kommen Sie gern dazu.").status_code == 302
    [message] = mail.outbox
    assert message.to == ["erika@example.org"]
    assert "Kommen Sie dazu." in message.body


def test_answer_without_text_is_refused_and_mails_nobody(lead):
    assert "was Sie wann geantwortet haben" in answer(lead, make_request(), answer="").content.decode()
    assert not OutgoingMail.objects.exists()


def test_request_waits_on_the_desk_with_its_day(lead):
    request = make_request(due_on=date(2026, 2, 14))
    desk = lead.client.get("/admin/").content.decode()
    assert f"{ADMIN}{request.pk}/change/" in desk
    assert "Antwort bis 14.02.2026" in desk


def test_prune_removes_what_was_answered_a_year_ago(settings, capsys):
    old = timezone.localdate() - timedelta(days=settings.TICKET_RECORD_DAYS + 1)
    answered = {"status": "answered", "answer": "Ja."}
    make_request(answered_on=old, **answered)
    kept = [make_request(answered_on=timezone.localdate(), **answered), make_request()]
    BarrierReport.objects.create(where="/", what="Zu klein", due_on=old, answered_on=old, **answered)
    call_command("prune")
    assert list(ContactRequest.objects.order_by("pk")) == kept
    assert not BarrierReport.objects.exists()
    assert "beantwortete Anfragen" in capsys.readouterr().out
