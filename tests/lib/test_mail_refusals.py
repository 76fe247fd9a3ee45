"""What the mail server refuses for good is not tried again."""

import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from ogl_portal.lib import mail
from ogl_portal.lib.models import OutgoingMail

pytestmark = pytest.mark.django_db
CONTEXT = {"url": "http://testserver/anmelden/abc/", "minutes": 30, "person": None}


class RefusingBackend(EmailBackend):
    """A mail server that knows nobody."""

    code = 550

    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (self.code, b"User unknown")})


class GreylistingBackend(RefusingBackend):
    """A mail server that wants to be asked again later."""

    code = 451


def deliver(settings, backend) -> OutgoingMail:
    settings.EMAIL_BACKEND = f"{__name__}.{backend.__name__}"
    row = mail.send("sign_in", to="mia@example.org", context=CONTEXT, at_once=False)
    assert mail.deliver_outbox() == 0
    row.refresh_from_db()
    return row


def test_refused_recipient_is_given_up_and_the_text_forgotten(settings):
    row = deliver(settings, RefusingBackend)
    assert row.is_undeliverable and row.failed_at and row.text == row.html == ""
    assert "550" in row.error and not OutgoingMail.objects.waiting().exists()
    assert OutgoingMail.objects.undeliverable().get() == row


def test_recipient_refused_for_now_is_tried_again(settings):
    row = deliver(settings, GreylistingBackend)
    assert not row.is_undeliverable and row.text
    assert OutgoingMail.objects.waiting().get() == row


def test_mail_with_every_attempt_used_up_is_undeliverable(settings):
    row = mail.send("sign_in", to="mia@example.org", context=CONTEXT)
    OutgoingMail.objects.update(attempts=OutgoingMail.MAX_ATTEMPTS)
    assert OutgoingMail.objects.undeliverable().get() == row


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, ["waiting", "due"]),
        ({"failed_at": timezone.now()}, ["undeliverable"]),
        ({"attempts": OutgoingMail.MAX_ATTEMPTS}, ["undeliverable"]),
        ({"valid_until": timezone.now()}, ["expired"]),
        ({"valid_until": timezone.now(), "sent_at": timezone.now()}, []),
    ],
    ids=["waiting", "refused", "tried too often", "too late", "sent"],
)
def test_mail_that_cannot_leave_is_told_from_one_that_need_not(facts, words):
    mail.send("sign_in", to="mia@example.org", context=CONTEXT, at_once=False)
    OutgoingMail.objects.update(**facts)
    found = {
        name: getattr(OutgoingMail.objects, name)().exists() for name in ["waiting", "due", "undeliverable", "expired"]
    }
    assert [name for name, is_true in found.items() if is_true] == words


def test_withdrawn_mail_leaves_no_trace_and_a_sent_one_stays(settings):
    sent, _ = (mail.send("sign_in", to="mia@example.org", context=CONTEXT, at_once=False) for _ in range(2))
    mail.deliver(sent.pk)
    mail.withdraw(OutgoingMail.objects.all())
    assert list(OutgoingMail.objects.all()) == [sent]
