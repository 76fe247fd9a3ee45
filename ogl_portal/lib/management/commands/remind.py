"""manage.py remind: finish what could not be done at once, and send every mail that is due.

Safe to run late, and on any number of machines at once.
"""

from django.core.management.base import BaseCommand
from django.utils import timezone

from ogl_portal.lib import mail
from ogl_portal.lib.locks import AlreadyRunning, only_one
from ogl_portal.lib.registry import due_mails, unfinished_work


class Command(BaseCommand):
    help = "Sendet alle Mails, die fällig sind. Kann gefahrlos doppelt, verspätet und auf mehreren Rechnern laufen."

    def handle(self, **options):
        due = self.put_due_mails_into_outbox()
        sent = mail.deliver_outbox()
        self.stdout.write(f"{due} Mail(s) neu fällig, {sent} Mail(s) gesendet.")

    def put_due_mails_into_outbox(self) -> int:
        """One machine looks what is due; the others only help to send what is there already."""
        try:
            with only_one("remind"):
                list(unfinished_work.ask())
                return sum(1 for _ in due_mails.ask(now=timezone.now()))
        except AlreadyRunning as reason:
            self.stdout.write(f"{reason} Was im Postausgang steht, wird trotzdem gesendet.")
            return 0
