"""manage.py health: what /healthz does not tell strangers."""

from django.core.management.base import BaseCommand, CommandError

from ogl_portal.lib import health, pdf

PROBE = "<!doctype html><html lang='de'><title>Probe</title><h1>Probe</h1><p>Für dieses Portal.</p></html>"


class Command(BaseCommand):
    help = "Sagt, ob das Portal arbeiten kann, und wenn nicht, was fehlt. Endet dann mit 1."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--pdf", action="store_true", help="erstellt zur Probe auch ein PDF (einige Sekunden)")

    def handle(self, **options):
        sentences = [sentence for _word, sentence in health.problems()]
        sentences += self.problems_of_pdf() if options["pdf"] else []
        if sentences:
            raise CommandError("\n".join(sentences))
        looked_at = ["Datenbank", "Migrationen", "Postausgang", "Speicherplatz", *(["PDF"] if options["pdf"] else [])]
        self.stdout.write(f"Alles in Ordnung: {', '.join(looked_at)}.")

    def problems_of_pdf(self) -> list[str]:
        try:
            pdf.from_html(PROBE)
        except pdf.RenderError as error:
            return [f"Ein PDF zur Probe gelang nicht. {error}"]
        return []
