import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from ogl_portal.directory.models import Person
from ogl_portal.lib import mail
from ogl_portal.lib.models import OutgoingMail, OutgoingMailQuerySet
from ogl_portal.lib.registry import due_mails

pytestmark = pytest.mark.django_db

CONTEXT = {"url": "http://testserver/anmelden/abc/", "minutes": 30, "person": None}


class FailingBackend(EmailBackend):
    """A mail server that is not there."""

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


FAILING = f"{__name__}.FailingBackend"


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Runs what waits for the commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_send_delivers_after_the_commit_only(commit):
    with commit():
        mail.send("sign_in", to="mia@example.org", context=CONTEXT)
        assert not django_mail.outbox
    [message] = django_mail.outbox
    assert message.to == ["mia@example.org"]
    assert message.alternatives[0].mimetype == "text/html"


def test_send_in_a_transaction_that_fails_leaves_nothing():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        mail.send("sign_in", to="mia@example.org", context=CONTEXT)
        raise ZeroDivisionError
    assert not OutgoingMail.objects.exists()


def test_subject_with_line_ends_becomes_one_line(commit):
    with commit():
        context = {**CONTEXT, "SITE_NAME": "Portal\nBcc: alle@example.org"}
        row = mail.send("sign_in", to="mia@example.org", context=context)
    assert row.subject == "Ihr Anmeldelink für das Portal Bcc: alle@example.org"


def test_text_is_not_escaped_and_html_is(commit):
    person = Person(given_name="Erika & Max", family_name="<Beispiel>")
    with commit():
        mail.send("sign_in", to="mia@example.org", context={**CONTEXT, "person": person})
    [message] = django_mail.outbox
    assert "Erika & Max <Beispiel>" in message.body
    assert "Erika &amp; Max &lt;Beispiel&gt;" in message.alternatives[0].content


def test_sent_mail_forgets_its_text(commit):
    with commit():
        row = mail.send("sign_in", to="mia@example.org", context=CONTEXT)
    row.refresh_from_db()
    assert row.sent_at
    assert row.text == row.html == ""


def test_calendar_of_a_mail_is_attached_with_its_method_and_forgotten(commit):
    with commit():
        mail.send("sign_in", to="a@example.org", context=CONTEXT, calendar="BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n")
    [part] = [part for part in django_mail.outbox[0].message().walk() if part.get_content_type() == "text/calendar"]
    assert (part.get_param("method"), part.get_filename()) == ("CANCEL", "termin.ics")
    assert "METHOD:CANCEL" in part.get_payload(decode=True).decode()
    assert OutgoingMail.objects.get().calendar == ""


def test_mail_that_the_server_refuses_stays_and_leaves_later(commit, settings, time_machine):
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, FAILING
    time_machine.move_to("2026-03-02T08:00:00+01:00", tick=False)
    with commit():
        row = mail.send("sign_in", to="mia@example.org", context=CONTEXT)
    row.refresh_from_db()
    assert (row.sent_at, row.attempts) == (None, 1)
    assert "SMTPServerDisconnected" in row.error
    settings.EMAIL_BACKEND = working
    time_machine.move_to("2026-03-02T14:00:00+01:00", tick=False)
    assert mail.deliver_outbox() == 1
    assert len(django_mail.outbox) == 1


def test_remind_run_twice_sends_once(capsys):
    mail.send("sign_in", to="mia@example.org", context=CONTEXT)
    call_command("remind")
    call_command("remind")
    assert len(django_mail.outbox) == 1
    assert capsys.readouterr().out.splitlines()[-1].startswith("0 ")


@pytest.mark.logs_errors
def test_remind_sends_all_else_where_one_question_for_due_mails_fails_and_ends_with_an_error(monkeypatch, capsys):
    def broken(now):
        yield mail.send("sign_in", to="mia@example.org", context=CONTEXT, at_once=False)
        raise ValueError

    def working(now):
        yield mail.send("sign_in", to="otto@example.org", context=CONTEXT, at_once=False)

    monkeypatch.setattr(due_mails, "functions", [broken, working])
    with pytest.raises(CommandError, match=r"test_mail\.broken"):
        call_command("remind")
    assert [message.to[0] for message in django_mail.outbox] == ["mia@example.org", "otto@example.org"]
    assert capsys.readouterr().out.startswith("2 Mail(s) neu fällig, 2 Mail(s) gesendet.")


def test_one_attempt_is_claimed_once():
    row = mail.send("sign_in", to="mia@example.org", context=CONTEXT)
    mails = OutgoingMail.objects.filter(pk=row.pk)
    assert [mail.claim(mails), mail.claim(mails)] == [row, None]


def test_mail_that_fails_again_and_again_is_given_up(settings, time_machine):
    settings.EMAIL_BACKEND = FAILING
    row = mail.send("sign_in", to="mia@example.org", context=CONTEXT)
    OutgoingMail.objects.update(attempts=OutgoingMail.MAX_ATTEMPTS)
    assert mail.deliver_outbox() == 0
    row.refresh_from_db()
    assert row.attempts == OutgoingMail.MAX_ATTEMPTS


def test_mail_whose_time_is_over_never_leaves(commit, settings):
    settings.EMAIL_BACKEND = FAILING
    with time_machine.travel("2021-05-27 12:00:00+00:00", tick=False) as clock:
        with commit():
            mail.send(
                "sign_in", to="mia@example.org", context=CONTEXT, valid_until=timezone.now() + timedelta(minutes=30)
            )
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        clock.shift(timedelta(minutes=31))
        assert mail.deliver_outbox() == 0
    assert not django_mail.outbox


@pytest.mark.parametrize(
    "end", [{"attempts": OutgoingMail.MAX_ATTEMPTS}, {"failed_at": timezone.now()}, {"valid_until": timezone.now()}]
)
def test_mail_that_will_never_leave_forgets_its_text(settings, end):
    settings.EMAIL_BACKEND = FAILING
    given_up, waiting = (mail.send("sign_in", to="mia@example.org", context=CONTEXT) for _ in range(2))
    OutgoingMail.objects.filter(pk=given_up.pk).update(**end)
    mail.deliver_outbox()
    given_up.refresh_from_db()
    waiting.refresh_from_db()
    assert (given_up.text, given_up.html) == ("", "")
    assert waiting.text


@pytest.mark.django_db(transaction=True)
def test_many_processes_at_one_outbox_send_each_mail_once():
    expected = [f"m{number:02}@example.org" for number in range(24)]
    for address in expected:
        mail.send("sign_in", to=address, context=CONTEXT, at_once=False)
    started = Barrier(4)

    def deliver(_):
        try:
            started.wait(timeout=20)
            return mail.deliver_outbox()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(deliver, range(4))) == 24
    assert sorted(message.to[0] for message in django_mail.outbox) == expected


def test_mail_of_a_process_that_died_leaves_when_its_lease_is_over_as_the_same_mail(time_machine):
    time_machine.move_to("2026-03-02T08:00:00+01:00", tick=False)
    mail.send("sign_in", to="mia@example.org", context=CONTEXT, at_once=False)
    claimed = mail.claim(OutgoingMail.objects.all())
    time_machine.shift(mail.LEASE - timedelta(seconds=1))
    assert mail.deliver_outbox() == 0
    time_machine.shift(timedelta(seconds=1))
    assert mail.deliver_outbox() == 1
    assert django_mail.outbox[0].message()["Message-ID"] == mail.Letter(claimed).extra_headers["Message-ID"]


@pytest.mark.parametrize("backend", ["Working", "Failing"])
def test_process_that_stood_still_longer_than_its_lease_neither_sends_nor_notes_anything(settings, backend):
    mail.send("sign_in", to="mia@example.org", context=CONTEXT, at_once=False)
    stalled = mail.claim(OutgoingMail.objects.all())
    OutgoingMail.objects.update(retry_at=timezone.now())
    assert mail.deliver_outbox() == 1
    settings.EMAIL_BACKEND = FAILING if backend == "Failing" else settings.EMAIL_BACKEND
    assert not mail.hand_over(stalled)
    assert len(django_mail.outbox) == 1 and OutgoingMail.objects.get().error == ""


class DyingBackend(EmailBackend):
    """A mail server that takes the text and says nothing any more."""

    def send_messages(self, messages):
        messages[0].message()
        raise TimeoutError("timed out")


class RejectingBackend(EmailBackend):
    """A mail server that reads the text and wants it later."""

    def send_messages(self, messages):
        messages[0].message()
        raise smtplib.SMTPDataError(451, b"Try again later")


def test_mail_without_an_answer_leaves_again_only_when_the_lead_says_so(settings, time_machine, lead):
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.DyingBackend"
    time_machine.move_to("2026-03-02T08:00:00+01:00", tick=False)
    row = mail.send("sign_in", to="mia@example.org", context=CONTEXT, at_once=False)
    assert mail.deliver_outbox() == 0
    settings.EMAIL_BACKEND = working
    time_machine.shift(mail.LONGEST_PAUSE)
    assert mail.deliver_outbox() == 0 and OutgoingMail.objects.uncertain().get() == row
    page = reverse("admin:lib_outgoingmail_changelist")
    assert "mia@example.org" in lead.client.get(f"{page}?ankunft=ungewiss").content.decode()
    lead.client.post(page, {"action": "send_again", ACTION_CHECKBOX_NAME: [row.pk]})
    assert mail.deliver_outbox() == 1 and not OutgoingMail.objects.uncertain()
    assert len(django_mail.outbox) == 1


def test_mail_that_serves_nobody_any_more_is_not_promised_to_leave_again(time_machine, lead):
    time_machine.move_to("2026-03-02T08:00:00+01:00", tick=False)
    for hours in [1, 3]:
        end = timezone.now() + timedelta(hours=hours)
        mail.send("sign_in", to=f"{hours}@example.org", context=CONTEXT, at_once=False, valid_until=end)
    OutgoingMail.objects.update(handed_over_at=timezone.now(), attempts=1)
    time_machine.shift(timedelta(hours=2))
    page, ticked = reverse("admin:lib_outgoingmail_changelist"), OutgoingMail.objects.values_list("pk", flat=True)
    shown = lead.client.get(f"{page}?ankunft=ungewiss").content.decode()
    assert "3@example.org" in shown and "1@example.org" not in shown
    for words in ["1 Mail(s) gehen", "Keine der gewählten Mails geht noch einmal hinaus"]:
        data = {"action": "send_again", ACTION_CHECKBOX_NAME: ticked}
        assert words in lead.client.post(page, data, follow=True).content.decode()
    assert mail.deliver_outbox() == 1


def test_prune_keeps_what_waits_and_what_is_uncertain_as_long_as_the_lead_may_decide(settings):
    settings.MAIL_RECORD_DAYS = 30
    states = {
        "waiting": {"retry_at": timezone.now() + timedelta(hours=1)}, "uncertain": {"handed_over_at": timezone.now()},
        "sent": {"sent_at": timezone.now()}, "refused": {"failed_at": timezone.now()},
        "over": {"valid_until": timezone.now()},
    }  # fmt: skip
    for name, facts in states.items():
        for days in [29, 31]:
            row = mail.send("sign_in", to=f"{name}-{days}@example.org", context=CONTEXT, at_once=False)
            created_at = timezone.now() - timedelta(days=days)
            OutgoingMail.objects.filter(pk=row.pk).update(created_at=created_at, **facts)
    call_command("prune")
    kept = {f"{name}-29@example.org" for name in states} | {"waiting-31@example.org"}
    assert set(OutgoingMail.objects.values_list("recipient", flat=True)) == kept


def test_mail_that_the_server_rejects_after_its_text_is_tried_again(settings):
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.RejectingBackend"
    mail.send("sign_in", to="mia@example.org", context=CONTEXT, at_once=False)
    assert mail.deliver_outbox() == 0
    settings.EMAIL_BACKEND = working
    OutgoingMail.objects.update(retry_at=timezone.now())
    assert mail.deliver_outbox() == 1


@pytest.mark.django_db(transaction=True)
def test_mail_that_left_while_the_database_was_away_is_noted_and_does_not_leave_again(monkeypatch):
    failures, update = iter([OperationalError, OperationalError]), OutgoingMailQuerySet.update

    def update_later(mails, **values):
        if "sent_at" in values and (failure := next(failures, None)):
            raise failure("server closed the connection unexpectedly")
        return update(mails, **values)

    monkeypatch.setattr(OutgoingMailQuerySet, "update", update_later)
    monkeypatch.setattr(mail.time, "sleep", lambda seconds: None)
    row = mail.send("sign_in", to="mia@example.org", context=CONTEXT, at_once=False)
    assert mail.deliver_outbox() == 1
    row.refresh_from_db()
    assert row.sent_at and mail.deliver_outbox() == 0 and len(django_mail.outbox) == 1
