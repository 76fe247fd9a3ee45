"""Mails leave the portal here and nowhere else, through an outbox.

``send`` writes a row in the caller's transaction. After the commit one attempt is made; what fails stays
in the outbox and is tried again by ``manage.py remind``, unless the mail server refuses the recipient for good.

Any number of processes on any number of machines send side by side, and no mail leaves twice. An attempt is claimed
in the mail's row before it is made: while the lease runs, nobody else touches the mail. Right before its text goes to
the mail server the row says so (``handed_over_at``), and the server's answer takes that back. So a process that dies
before leaves a mail that is sent once the lease is over. One that dies between the hand-over and the note of the
answer, some milliseconds later, leaves an uncertain mail: whether it left, no protocol can tell (RFC 1047). It does
not leave again by itself (at most once); the OGL-Leitung sees it in the outbox and may send it again, with the same
Message-ID, by which mail programs know both as one. That the database is away for the answer does no harm: it waits.
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
from django.db import Error, close_old_connections, connection, transaction
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
        senders.submit(deliver_in_thread, pk)
    else:
        deliver(pk)


def deliver_in_thread(pk: int) -> None:
    """Deliver with a connection to the database of the thread's own; what fails waits for ``remind``."""
    try:
        close_old_connections()
        deliver(pk)
    except Exception as error:
        logger.warning("Mail %s waits for the next run of remind (%s)", pk, type(error).__name__)
    finally:
        close_old_connections()


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


class NotOurs(Exception):
    """The mail that was claimed is no longer this process's to send."""


class Letter(EmailMultiAlternatives):
    """A mail that notes in its row when its text goes to the mail server."""

    def __init__(self, mail: OutgoingMail):
        """Every attempt has the same Message-ID, which says nothing (RFC 5322, 3.6.4)."""
        name = salted_hmac(__name__, f"{mail.pk}:{mail.created_at.timestamp()}", algorithm="sha256").hexdigest()[:32]
        headers = {"Message-ID": f"<{name}@{urlsplit(settings.SITE_URL).hostname}>"}
        headers |= unsubscribe_headers(mail.unsubscribe_url)
        super().__init__(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.recipient], headers=headers)
        self.mail, self.is_handed_over = mail, False
        self.attach_alternative(mail.html, "text/html")
        if mail.calendar:
            self.attach(calendar_part(mail.calendar))

    def message(self):
        """Asked for by every backend of Django's when it is connected and about to hand over the text.

        Raises NotOurs, so that nothing is handed over, where the claim no longer holds: this process stood still for
        longer than the lease and another took the mail over, or somebody withdrew it.
        """
        message = super().message()
        if not self.is_handed_over:
            own = OutgoingMail.objects.filter(pk=self.mail.pk, attempts=self.mail.attempts)
            if not own.filter(sent_at=None, failed_at=None, handed_over_at=None).update(handed_over_at=timezone.now()):
                raise NotOurs
            self.is_handed_over = True
        return message


def hand_over(mail: OutgoingMail) -> bool:
    """Make the attempt that was claimed; return whether the mail server took the mail."""
    try:
        Letter(mail).send()
    except NotOurs:
        return False
    except Exception as error:  # whatever the mail server does, the row stays
        note_failure(mail, error)
        logger.warning("Mail %s could not be handed over (%s)", mail.pk, type(error).__name__)
        return False
    # What has left is forgotten: texts hold personal links, of which the portal keeps hashes only.
    note(OutgoingMail.objects.filter(pk=mail.pk), sent_at=timezone.now(), handed_over_at=None, error="", **FORGOTTEN)
    return True


def unsubscribe_headers(url: str) -> dict[str, str]:
    """What mail programs make their button „Abbestellen“ of (RFC 8058, 3.1)."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if url else {}


def note(mails, **facts) -> None:
    """Note what became of a mail (a queryset), also when the database is away for a while."""
    end = time.monotonic() + NOTING_SECONDS
    while True:
        try:
            mails.update(**facts)
            return
        except Error:
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

    Where no later attempt can succeed the mail is given up, and its text forgotten. Where the mail server had the text
    and gave no answer, there is no later attempt. What another process took over meanwhile is that one's to note.
    """
    pause = min(timedelta(minutes=2 ** (mail.attempts - 1)), LONGEST_PAUSE)
    facts = {"error": f"{type(error).__name__}: {error}"[:1000], "retry_at": timezone.now() + pause}
    if is_refusal(error):
        facts["handed_over_at"] = None
    if is_final(error):
        facts |= {"failed_at": timezone.now(), **FORGOTTEN}
    note(OutgoingMail.objects.filter(pk=mail.pk, attempts=mail.attempts), **facts)


def is_refusal(error: Exception) -> bool:
    """Whether it is certain that the mail server has not taken the mail, for now or for good: it said so."""
    return isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused)


def is_final(error: Exception) -> bool:
    """Whether the mail server refused the recipient for good.

    RFC 5321, 4.2.1: replies 5yz are permanent, 4yz pass, such as those of a server that greylists.
    """
    refused = error.recipients.values() if isinstance(error, smtplib.SMTPRecipientsRefused) else []
    return bool(refused) and all(code >= 500 for code, _ in refused)


def send_again(mails) -> int:
    """Let those of the mails (a queryset) that are uncertain leave with the next ``remind``; return how many."""
    return mails.uncertain().update(handed_over_at=None, retry_at=timezone.now())


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
