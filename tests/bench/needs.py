"""What the matrix of the needs costs with few and with many responses, and the pages beside it."""

from django.test import Client
from django.urls import reverse

from .reports import cost

SIZES = [30, 300, 3_000]
ROUNDS = 9
ROW = "{database}: {page:<28} {size:>6} Rückmeldungen  CPU {cpu:>6.1f} ms  {queries:>3} SQL  {bytes:>7.1f} KB"


def measure(database: str) -> None:
    """Print a row for each page and size."""
    for row in rows():
        print(ROW.format(database=database, **row))


def rows(sizes=SIZES, rounds: int = ROUNDS):
    """Yield what each page costs at each size: ``page``, ``size``, ``cpu`` in ms, ``queries``, ``bytes`` in KB."""
    from tests.cast import lead
    from tests.factories.crowds import make_crowd
    from tests.factories.needs import make_coding
    from tests.factories.surveys import make_round

    entry, round, client = make_coding().entry, make_round(), lead().client
    pages = {
        "Matrix (OGL-Leitung)": (reverse("admin:surveys_need_matrix"), client),
        "Überblick der Runde": (reverse("admin:surveys_round_overview", args=[round.pk]), client),
        "Eintrag kodieren": (reverse("admin:surveys_entry_code", args=[entry.pk]), client),
        "Bedarfe (öffentlich)": (reverse("needs:need-list"), Client()),
    }
    done = 0
    for size in sizes:
        make_crowd(round, size - done)
        done = size
        for page, (address, reader) in pages.items():
            yield {"page": page, "size": size} | cost(address, rounds, reader)
