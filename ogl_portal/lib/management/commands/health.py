"""manage.py health: what /healthz does not tell strangers."""

from django.core.management.base import BaseCommand, CommandError

from ogl_portal.lib import health


class Command(BaseCommand):
    help = "Sagt, ob das Portal arbeiten kann, und wenn nicht, was fehlt. Endet dann mit 1."
    requires_system_checks = []

    def handle(self, **options):
        sentences = [sentence for _word, sentence in health.problems()]
        if sentences:
            raise CommandError("\n".join(sentences))
        self.stdout.write("Alles in Ordnung: Datenbank, Migrationen, Postausgang, Speicherplatz.")
