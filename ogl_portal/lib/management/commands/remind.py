"""manage.py remind: send every mail that is due. Safe to run twice or late."""

from django.core.management.base import BaseCommand

from ogl_portal.lib import mail


class Command(BaseCommand):
    help = "Sendet alle Mails, die fällig sind. Kann gefahrlos doppelt oder verspätet laufen."

    def handle(self, **options):
        sent = mail.deliver_outbox()
        self.stdout.write(f"{sent} Mail(s) gesendet.")
