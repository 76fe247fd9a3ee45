"""Mails leave the portal here and nowhere else, through an outbox.

``send`` writes a row in the caller's transaction. After the commit one attempt is made; what fails stays
in the outbox and is tried again by ``manage.py remind``, unless the mail server refuses the recipient for good.

Any number of processes on any number of machines send side by side, each mail once: an attempt is claimed in the
mail's row and committed before it is made. A process that dies with a claim leaves a mail that nobody touches until
the lease is over; then it is sent after all. So every mail leaves at least once. Twice only where a process dies in
the moment between the mail server's „250“ and the commit that notes it: no protocol closes that gap (RFC 1047), and
to lose a mail is worse. Both copies carry the same Message-ID then, by which mail servers and programs know them as
one. That the database is away in that moment does no harm: the note waits for it.
"""

import logging
import re
import smtplib
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email.mime.text import MIMEText
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import OutgoingMail

logger = logging.getLogger(__name__)

LONGEST_PAUSE = timedelta(hours=6)
LEASE = timedelta(minutes=15)
"""Longer than any attempt lasts: EMAIL_TIMEOUT limits each step of a dozen."""
NOTING_SECONDS = 60
"""How long a mail that has left waits for the database to note it; a restart takes some seconds."""
senders = ThreadPoolExecutor(2, thread_name_prefix="mail")
"""Threads that send after the answer: few, so that a mail server that hangs does not take every connection of the
database. What waits for them stands in the outbox, so nothing is lost with them."""
FORGOTTEN = {"text": "", "html": "", "calendar": ""}
METHOD = re.compile(r"^METHOD:(\w+)", re.MULTILINE)


def send(
    template: str,
    *,
    to: str,
    context: dict,
    valid_until: datetime | None = None,
    at_once: bool = True,
    calendar: str = "",
) -> OutgoingMail:
    """Put a mail into the outbox and have it delivered once the transaction is committed.

    ``template`` names a folder in ``templates/mail`` with subject.txt, body.txt and body.html. After
    ``valid_until`` (aware) it no longer leaves: a link that has expired helps nobody. Without ``at_once`` it waits
    for the next ``deliver_outbox``. ``calendar`` is an iCalendar file with a METHOD (RFC 6047), attached as such.
    """
    context = {"SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL, **context}
    subject, text = (render_text(f"mail/{template}/{part}", context) for part in ("subject.txt", "body.txt"))
    html = render_to_string(f"mail/{template}/body.html", context)
    subject = " ".join(subject.split())[:200]
    parts = {"subject": subject, "text": text, "html": html, "calendar": calendar}
    mail = OutgoingMail.objects.create(recipient=to, valid_until=valid_until, **parts)
    if at_once:
        transaction.on_commit(lambda: deliver_soon(mail.pk))
    return mail


def render_text(template: str, context: dict) -> str:
    """Render a template of plain text: what is not HTML has nothing to escape."""
    return get_template(template).template.render(Context(context, autoescape=False))


def deliver_soon(pk: int) -> None:
    """Deliver one mail now, in a thread of its own where the settings say so."""
    if settings.MAIL_IN_BACKGROUND:
        senders.submit(deliver_in_thread, pk)
    else:
        deliver(pk)


def deliver_in_thread(pk: int) -> None:
    """Deliver, and keep no connection to the database while there is nothing to do; what fails waits for ``remind``."""
    try:
        close_old_connections()
        deliver(pk)
    except Exception as error:
        logger.warning("Mail %s waits for the next run of remind (%s)", pk, type(error).__name__)
    finally:
        connection.close()


def deliver(pk: int) -> bool:
    """Try to hand one mail of the outbox to the mail server, if it is due; return whether that worked."""
    mail = claim(OutgoingMail.objects.filter(pk=pk))
    return bool(mail) and hand_over(mail)


def claim(mails) -> OutgoingMail | None:
    """Take the oldest of these mails (a queryset) that is due: its attempt is counted, and it is nobody else's.

    PostgreSQL skips those that others are just taking, on SQLite writers come one after the other.
    """
    with transaction.atomic():
        mail = mails.due().order_by("created_at", "pk").select_for_update(skip_locked=True).first()
        if mail:
            mail.attempts, mail.retry_at = mail.attempts + 1, timezone.now() + LEASE
            mail.save(update_fields=["attempts", "retry_at"])
        return mail


def hand_over(mail: OutgoingMail) -> bool:
    """Make the attempt that was claimed; return whether the mail server took the mail."""
    try:
        message_of(mail).send()
    except Exception as error:  # whatever the mail server does, the row stays and is tried again
        note_failure(mail, error)
        logger.warning("Mail %s could not be handed over (%s)", mail.pk, type(error).__name__)
        return False
    note_sent(mail)
    return True


def message_of(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The mail as it leaves; every attempt has the same Message-ID, which says nothing (RFC 5322, 3.6.4)."""
    name = salted_hmac(__name__, f"{mail.pk}:{mail.created_at.timestamp()}", algorithm="sha256").hexdigest()[:32]
    headers = {"Message-ID": f"<{name}@{urlsplit(settings.SITE_URL).hostname}>"}
    sender = settings.DEFAULT_FROM_EMAIL
    message = EmailMultiAlternatives(mail.subject, mail.text, sender, [mail.recipient], headers=headers)
    message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        message.attach(calendar_part(mail.calendar))
    return message


def note_sent(mail: OutgoingMail) -> None:
    """Note it, also when the database is away for a while: else the mail would leave again.

    What has left is forgotten: texts hold personal links, of which the portal keeps hashes only.
    """
    end = time.monotonic() + NOTING_SECONDS
    while True:
        try:
            OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), error="", **FORGOTTEN)
            return
        except DatabaseError:
            if connection.in_atomic_block or time.monotonic() > end:
                raise
            connection.close()
            time.sleep(0.5)


def calendar_part(text: str) -> MIMEText:
    """The file as programs for calendars expect it in a mail: its METHOD also in the type (RFC 6047, 2.4)."""
    part = MIMEText(text, "calendar", "utf-8")
    if method := METHOD.search(text):
        part.set_param("method", method[1])
    part.add_header("Content-Disposition", "attachment", filename="termin.ics")
    return part


def note_failure(mail: OutgoingMail, error: Exception) -> None:
    """Keep the error, and wait with the next attempt for a pause that doubles up to six hours.

    Where no later attempt can succeed the mail is given up, and its text forgotten.
    """
    pause = min(timedelta(minutes=2 ** (mail.attempts - 1)), LONGEST_PAUSE)
    changes = {"error": f"{type(error).__name__}: {error}"[:1000], "retry_at": timezone.now() + pause}
    if is_final(error):
        changes |= {"failed_at": timezone.now(), **FORGOTTEN}
    OutgoingMail.objects.filter(pk=mail.pk).update(**changes)


def is_final(error: Exception) -> bool:
    """Whether the mail server refused the recipient for good.

    RFC 5321, 4.2.1: replies 5yz are permanent, 4yz pass, such as those of a server that greylists.
    """
    refused = error.recipients.values() if isinstance(error, smtplib.SMTPRecipientsRefused) else []
    return bool(refused) and all(code >= 500 for code, _ in refused)


def withdraw(mails) -> None:
    """Take mails (a queryset) out of the outbox that have not left and no longer serve."""
    mails.filter(sent_at=None).delete()


def deliver_outbox() -> int:
    """Try every mail that waits and return how many left; what will never leave is forgotten like what has left."""
    sent = 0
    while mail := claim(OutgoingMail.objects.all()):
        sent += hand_over(mail)
    for never_leaving in [OutgoingMail.objects.undeliverable(), OutgoingMail.objects.expired()]:
        never_leaving.update(**FORGOTTEN)
    return sent
