"""manage.py remind: send every mail that is due. Safe to run twice or late."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from ogl_portal.lib import mail
from ogl_portal.lib.registry import due_mails


class Command(BaseCommand):
    help = "Sendet alle Mails, die fällig sind. Kann gefahrlos doppelt oder verspätet laufen."

    def handle(self, **options):
        due = sum(1 for _ in due_mails.ask(now=timezone.now()))
        sent = mail.deliver_outbox()
        self.stdout.write(f"{due} Mail(s) neu fällig, {sent} Mail(s) gesendet.")
