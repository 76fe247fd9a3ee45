"""manage.py reset_second_factor: for somebody who lost the device and every backup code."""

from django.core.management.base import BaseCommand, CommandError

from ogl_portal.directory import second_factor
from ogl_portal.directory.models import User
from ogl_portal.directory.workflow import OPERATOR


class Command(BaseCommand):
    help = "Nimmt den zweiten Faktor einer Person weg, meldet sie überall ab und sagt es ihr per Mail."

    def add_arguments(self, parser):
        parser.add_argument("email", help="die Adresse, mit der sich die Person anmeldet")

    def handle(self, *, email, **options):
        user = User.objects.filter(email=email.strip().lower()).select_related("person").first()
        if user is None:
            raise CommandError(f"Mit {email} meldet sich niemand an.")
        if user.second_factor_since is None:
            raise CommandError(f"{user} hat keinen zweiten Faktor.")
        second_factor.reset(user=user, by=OPERATOR)
        self.stdout.write(f"{user} richtet den zweiten Faktor beim nächsten Öffnen der Verwaltung neu ein.")
