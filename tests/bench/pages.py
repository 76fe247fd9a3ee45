"""What the pages of the Wissensdatenbank cost, as a multiple of a bare Django view that returns as many bytes.

Both are asked over HTTP from gunicorn, in turn; what counts is the CPU of its workers, in the middle of the rounds.
"""

from io import StringIO

from django.core.management import call_command

from knowledgebase.models import Solution

from .search import grow_to
from .workers import HEAD, Page, measure_page, portal_and_floor

SIZE = 5_000


def measure(database: str) -> None:
    """Print a row for each page, among 5,000 solutions."""
    call_command("demo", force=True, stdout=StringIO())
    grow_to(SIZE)
    print(f"{database}: {f'Seite bei {SIZE} Lösungen':<25} {HEAD}")
    with portal_and_floor() as (portal, floor):
        for page in pages():
            measure_page(page, portal, floor)


def pages() -> list[Page]:
    """What is measured; the entry is the one with most to show.

    An address with a number of its own each time is of no page that is kept: its parts may be.
    """
    fullest = max(Solution.objects.published().filter(is_example=True), key=lambda each: each.attachments.count())
    return [
        Page("Katalog", "/wissensdatenbank/", 4, 12),
        Page("Katalog, jedes Mal neu", "/wissensdatenbank/?nr={}", queries=12),
        Page("Katalog, eingegrenzt", "/wissensdatenbank/?art=guide&zielgruppe=kommunalverwaltungen", 4, 12),
        Page("Eintrag", fullest.get_absolute_url(), 2.5, 4),
        Page("Eintrag, jedes Mal neu", fullest.get_absolute_url() + "?nr={}"),
        Page("Suche im Katalog", "/wissensdatenbank/?q=Bauantrag", queries=12),
        Page("Suche im Portal", "/suche/?q=Bauantrag", queries=4),
    ]
