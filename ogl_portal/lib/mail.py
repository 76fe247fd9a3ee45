"""Mails leave the portal here and nowhere else, through an outbox.

``send`` writes a row in the caller's transaction. After the commit one attempt is made; what fails stays
in the outbox and is tried again by ``manage.py remind``, unless the mail server refuses the recipient for good.
"""

import logging
import re
import smtplib
import threading
from datetime import datetime, timedelta
from email.mime.text import MIMEText

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import close_old_connections, connection, transaction
from django.db.models import F
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import timezone

from .models import OutgoingMail

logger = logging.getLogger(__name__)

LONGEST_PAUSE = timedelta(hours=6)
FORGOTTEN = {"text": "", "html": "", "calendar": "", "unsubscribe_url": ""}
METHOD = re.compile(r"^METHOD:(\w+)", re.MULTILINE)


def send(
    template: str,
    *,
    to: str,
    context: dict,
    valid_until: datetime | None = None,
    at_once: bool = True,
    calendar: str = "",
    unsubscribe_url: str = "",
) -> OutgoingMail:
    """Put a mail into the outbox and have it delivered once the transaction is committed.

    ``template`` names a folder in ``templates/mail`` with subject.txt, body.txt and body.html. After
    ``valid_until`` (aware) it no longer leaves: a link that has expired helps nobody. Without ``at_once`` it waits
    for the next ``deliver_outbox``. ``calendar`` is an iCalendar file with a METHOD (RFC 6047), attached as such.
    ``unsubscribe_url`` is a personal address in full that ends what the mail belongs to when a program posts to it.
    """
    context = {"SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL, **context}
    subject, text = (render_text(f"mail/{template}/{part}", context) for part in ("subject.txt", "body.txt"))
    html = render_to_string(f"mail/{template}/body.html", context)
    subject = " ".join(subject.split())[:200]
    parts = {"subject": subject, "text": text, "html": html, "calendar": calendar}
    parts["unsubscribe_url"] = unsubscribe_url
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
        threading.Thread(target=deliver_in_thread, args=[pk], daemon=True).start()
    else:
        deliver(pk)


def deliver_in_thread(pk: int) -> None:
    """Deliver with a database connection that ends with the thread."""
    try:
        close_old_connections()
        deliver(pk)
    finally:
        connection.close()


def deliver(pk: int) -> bool:
    """Try to hand one mail of the outbox to the mail server; return whether that worked.

    The attempt is claimed first, so that two processes never send the same mail: while one is at it, and after a
    failure for a pause that doubles up to six hours, the mail is not due.
    """
    mail = OutgoingMail.objects.due().filter(pk=pk).first()
    if not mail or not claim(mail):
        return False
    message = EmailMultiAlternatives(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.recipient])
    message.extra_headers = unsubscribe_headers(mail.unsubscribe_url)
    message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        message.attach(calendar_part(mail.calendar))
    try:
        message.send()
    except Exception as error:  # whatever the mail server does, the row stays and is tried again
        note_failure(pk, error)
        logger.warning("Mail %s could not be handed over (%s)", pk, type(error).__name__)
        return False
    # What has left is forgotten: texts hold personal links, of which the portal keeps hashes only.
    OutgoingMail.objects.filter(pk=pk).update(sent_at=timezone.now(), error="", **FORGOTTEN)
    return True


def unsubscribe_headers(url: str) -> dict[str, str]:
    """What mail programs make their button „Abbestellen“ of (RFC 8058, 3.1)."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if url else {}


def calendar_part(text: str) -> MIMEText:
    """The file as programs for calendars expect it in a mail: its METHOD also in the type (RFC 6047, 2.4)."""
    part = MIMEText(text, "calendar", "utf-8")
    if method := METHOD.search(text):
        part.set_param("method", method[1])
    part.add_header("Content-Disposition", "attachment", filename="termin.ics")
    return part


def note_failure(pk: int, error: Exception) -> None:
    """Keep the error; where no later attempt can succeed the mail is given up, and its text forgotten."""
    changes = {"error": f"{type(error).__name__}: {error}"[:1000]}
    if is_final(error):
        changes |= {"failed_at": timezone.now(), **FORGOTTEN}
    OutgoingMail.objects.filter(pk=pk).update(**changes)


def is_final(error: Exception) -> bool:
    """Whether the mail server refused the recipient for good.

    RFC 5321, 4.2.1: replies 5yz are permanent, 4yz pass, such as those of a server that greylists.
    """
    refused = error.recipients.values() if isinstance(error, smtplib.SMTPRecipientsRefused) else []
    return bool(refused) and all(code >= 500 for code, _ in refused)


def withdraw(mails) -> None:
    """Take mails (a queryset) out of the outbox that have not left and no longer serve."""
    mails.filter(sent_at=None).delete()


def claim(mail: OutgoingMail) -> bool:
    """Count the attempt and set the moment of the next one; only one process succeeds."""
    pause = min(timedelta(minutes=2**mail.attempts), LONGEST_PAUSE)
    this_attempt = OutgoingMail.objects.due().filter(pk=mail.pk, attempts=mail.attempts)
    return bool(this_attempt.update(attempts=F("attempts") + 1, retry_at=timezone.now() + pause))


def deliver_outbox() -> int:
    """Try every mail that waits and return how many left; what will never leave is forgotten like what has left."""
    sent = sum(deliver(pk) for pk in OutgoingMail.objects.due().order_by("created_at").values_list("pk", flat=True))
    for never_leaving in [OutgoingMail.objects.undeliverable(), OutgoingMail.objects.expired()]:
        never_leaving.update(**FORGOTTEN)
    return sent
