"""manage.py create_lead: the first OGL-Leitung of a new portal, or a further one, past any mail server."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from ogl_portal.directory.workflow import NoSignInPossible, appoint_lead, create_sign_in_link

MINUTES = 60


class Command(BaseCommand):
    help = "Macht eine Person zur OGL-Leitung und gibt einen Anmeldelink aus, der eine Stunde und einmal gilt."

    def add_arguments(self, parser):
        parser.add_argument("email", help="Adresse, mit der sich die Person anmeldet")
        parser.add_argument("given_name", metavar="VORNAME")
        parser.add_argument("family_name", metavar="NACHNAME")

    def handle(self, *, email, given_name, family_name, **options):
        try:
            validate_email(email)
            user = appoint_lead(email=email, given_name=given_name, family_name=family_name)
        except ValidationError as error:
            raise CommandError(f"„{email}“ ist keine E-Mail-Adresse.") from error
        except NoSignInPossible as refusal:
            raise CommandError(str(refusal)) from refusal
        path = create_sign_in_link(user=user, minutes=MINUTES, next_path="/admin/")
        self.stdout.write(f"{user} gehört zur OGL-Leitung. Anmelden (eine Stunde lang, ein Mal):")
        self.stdout.write(f"  {settings.SITE_URL}{path}")
