"""manage.py rebuild_search: fill the search index anew. Safe to repeat, to break off, and on many running machines."""

from django.core.management.base import BaseCommand

from ogl_portal.lib import search
from ogl_portal.lib.locks import only_one


class Command(BaseCommand):
    help = "Füllt den Suchindex neu, ohne die Suche zu unterbrechen."

    def add_arguments(self, parser):
        parser.add_argument("--if-needed", action="store_true", help="nur, wenn ihn eine andere Fassung gefüllt hat")

    def handle(self, *, if_needed, **options):
        if if_needed and not search.is_outdated():
            self.stdout.write("Der Suchindex ist auf dem Stand dieser Fassung.")
            return
        with only_one("rebuild_search"):
            search.rebuild(self.stdout.write)
        self.stdout.write("Der Suchindex ist neu gefüllt.")
