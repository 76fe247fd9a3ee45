"""manage.py remind: finish what could not be done at once, and send every mail that is due.

Safe to run late, and on any number of machines at once.
"""

import logging
from collections.abc import Iterator

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ogl_portal.lib import mail
from ogl_portal.lib.locks import AlreadyRunning, only_one
from ogl_portal.lib.registry import due_mails, unfinished_work

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Sendet alle Mails, die fällig sind. Kann gefahrlos doppelt, verspätet und auf mehreren Rechnern laufen."

    def handle(self, **options):
        self.failed = []
        due = self.put_due_mails_into_outbox()
        sent = mail.deliver_outbox()
        self.stdout.write(f"{due} Mail(s) neu fällig, {sent} Mail(s) gesendet.")
        if self.failed:
            raise CommandError(f"Nicht erledigt (mehr dazu im Protokoll): {', '.join(self.failed)}")

    def put_due_mails_into_outbox(self) -> int:
        """One machine looks what is due; the others only help to send what is there already."""
        try:
            with only_one("remind"):
                for function in unfinished_work.functions:
                    list(self.answers_of(function))
                now = timezone.now()
                return sum(1 for function in due_mails.functions for _ in self.answers_of(function, now=now))
        except AlreadyRunning as reason:
            self.stdout.write(f"{reason} Was im Postausgang steht, wird trotzdem gesendet.")
            return 0

    def answers_of(self, function, **question) -> Iterator:
        """What one function of a registry yields; where it fails, all else is done and sent nevertheless."""
        try:
            yield from function(**question)
        except Exception:
            self.failed.append(f"{function.__module__}.{function.__name__}")
            logger.exception("What is due by %s", self.failed[-1])
