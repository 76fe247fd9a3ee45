"""manage.py sendtestemail: whether the settings of the mail server are right. In German, in place of Django's."""

from django.core.management.base import BaseCommand, CommandError

from ogl_portal.lib import mail_server


class Command(BaseCommand):
    help = "Sendet eine Testmail und sagt, ob der Mailserver sie nimmt, und wenn nicht, warum."

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="ADRESSE", help="wohin die Testmail geht")

    def handle(self, *, email, **options):
        try:
            mail_server.try_out(email)
        except OSError as error:
            raise CommandError(f"Mailserver {mail_server.address()}: {mail_server.complaint(error)}") from error
        self.stdout.write(f"Der Mailserver {mail_server.address()} hat die Testmail an {email} angenommen.")
