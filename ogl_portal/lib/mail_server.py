"""What whoever sets the portal up asks the mail server: one mail to try it, and in German why it would not take it."""

import smtplib
import socket
import ssl

from django.conf import settings
from django.core.mail import EmailMessage

SUBJECT = "Testmail"
TEXT = "Das Portal kann Mails senden.\n\nGesendet mit „ogl-portal sendtestemail“ von {url}\n"
ENCRYPTION = "In EMAIL_URL ist „smtp+tls“ STARTTLS (meist Port 587), „smtp+ssl“ TLS von Anfang an (Port 465)."
REASONS = [
    (socket.gaierror, "Diesen Namen kennt das DNS nicht. Stimmt er in EMAIL_URL?"),
    (ConnectionRefusedError, "Auf diesem Port nimmt dort niemand an. Stimmt er in EMAIL_URL?"),
    (TimeoutError, f"Keine Antwort. Lässt die Firewall die Verbindung hinaus? {ENCRYPTION}"),
    (
        ssl.SSLCertVerificationError,
        "Seinem Zertifikat vertraut dieser Rechner nicht: {error.verify_message}. Stellt Ihr Haus Zertifikate selbst "
        "aus, gehört das seiner Ausgabestelle nach /usr/local/share/ca-certificates (docs/betrieb.md, „Probe“).",
    ),
    (ssl.SSLError, f"Die Verschlüsselung kam nicht zustande. {ENCRYPTION}"),
    (smtplib.SMTPServerDisconnected, f"Er antwortet nicht, wie ein Mailserver es soll. {ENCRYPTION}"),
    (smtplib.SMTPNotSupportedError, f"Er bietet nicht an, was EMAIL_URL verlangt: {{error}} {ENCRYPTION}"),
    (
        smtplib.SMTPAuthenticationError,
        "Name oder Kennwort nimmt er nicht an. In EMAIL_URL sind Sonderzeichen %-Kürzel: {answer}.",
    ),
    (smtplib.SMTPSenderRefused, "Den Absender {error.sender} nimmt er nicht an (DEFAULT_FROM_EMAIL): {answer}"),
    (smtplib.SMTPRecipientsRefused, "Den Empfänger nimmt er nicht an: {answer}"),
    (smtplib.SMTPResponseException, "Er lehnt ab: {answer}"),
]


def try_out(to: str) -> None:
    """Send one mail past the outbox; raises what the mail server has against it (OSError, of which smtplib's are)."""
    EmailMessage(f"{SUBJECT} – {settings.SITE_NAME}", TEXT.format(url=settings.SITE_URL), to=[to]).send()


def address() -> str:
    """The mail server as the settings name it."""
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"


def complaint(error: OSError) -> str:
    """Why the mail did not leave, and what to look at."""
    reason = next((reason for kind, reason in REASONS if isinstance(error, kind)), "{kind}: {error}")
    return reason.format(error=error, kind=type(error).__name__, answer=answer_of(error))


def answer_of(error: OSError) -> str:
    """The words of the mail server, where it said any."""
    refused = error.recipients.values() if isinstance(error, smtplib.SMTPRecipientsRefused) else []
    said = [*refused, (getattr(error, "smtp_code", ""), getattr(error, "smtp_error", b""))]
    code, words = said[0]
    return f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
