"""manage.py sendtestemail: one mail to try the settings, and the mail server's refusals in German."""

import smtplib
import socket
import ssl

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command


def test_test_mail_that_is_taken_is_said_and_is_german(capsys, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "mail.example.org", 587
    call_command("sendtestemail", "it@example.org")
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["it@example.org"], "Testmail – OGL-Portal")
    assert capsys.readouterr().out.startswith("Der Mailserver mail.example.org:587 hat die Testmail")


UNTRUSTED = ssl.SSLCertVerificationError(1, "certificate verify failed")
UNTRUSTED.verify_message = "self-signed certificate"
REFUSALS = [
    (socket.gaierror(-2, "Name or service not known"), "kennt das DNS nicht"),
    (ConnectionRefusedError(111, "Connection refused"), "Port nimmt dort niemand an"),
    (TimeoutError("timed out"), "Firewall"),
    (UNTRUSTED, "vertraut dieser Rechner nicht: self-signed certificate"),
    (ssl.SSLError(1, "wrong version number"), "Verschlüsselung kam nicht zustande"),
    (smtplib.SMTPServerDisconnected("Connection unexpectedly closed"), "antwortet nicht, wie"),
    (smtplib.SMTPNotSupportedError("STARTTLS extension not supported"), "STARTTLS extension"),
    (smtplib.SMTPAuthenticationError(535, b"5.7.8 failed"), "Name oder Kennwort"),
    (
        smtplib.SMTPSenderRefused(530, b"5.7.0 sign in", "portal@example.org"),
        "portal@example.org .*: 530 5.7.0 sign",
    ),
    (smtplib.SMTPRecipientsRefused({"it@example.org": (550, b"unbekannt \xe4")}), "Empfänger .*: 550 unbekannt"),
    (smtplib.SMTPDataError(554, "spam {x}"), r"lehnt ab: 554 spam \{x\}"),
    (OSError(101, "Network is unreachable"), "OSError: .*unreachable"),
]


@pytest.mark.parametrize(("error", "sentence"), REFUSALS, ids=lambda value: type(value).__name__)
def test_test_mail_that_is_refused_says_why_in_german(monkeypatch, error, sentence):
    def refuse(letter):
        raise error

    monkeypatch.setattr(EmailMessage, "send", refuse)
    with pytest.raises(CommandError, match=f"^Mailserver .*: .*{sentence}"):
        call_command("sendtestemail", "it@example.org")
