"""What the pages of the Wissensdatenbank cost, as a multiple of a bare Django view that returns as many bytes.

Both are asked over HTTP from gunicorn, in turn; what counts is the CPU of its workers, in the middle of the rounds.
"""

import http.client
import os
from contextlib import contextmanager
from io import StringIO
from itertools import count
from pathlib import Path
from statistics import median

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knowledgebase.models import Solution
from tests.load import Server

from .search import grow_to

SIZE, ROUNDS, REQUESTS = 5_000, 7, 60
WARM = 12
"""Requests after which both workers have drawn a page."""
TICKS = os.sysconf("SC_CLK_TCK")
numbers = count(2)


class Floor(Server):
    """The bare view, on the same database."""

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {"DJANGO_SETTINGS_MODULE": "tests.bench.floor_settings"}


def measure(database: str) -> None:
    """Print a row for each page, among 5,000 solutions."""
    call_command("demo", force=True, stdout=StringIO())
    grow_to(SIZE)
    print(f"{database}: Seite bei {SIZE} Lösungen      CPU ms  Grenze ms   -mal  Ziel  SQL     KB")
    with running(Server()) as portal, running(Floor()) as floor:
        for name, address, goal in pages():
            print_row(name, address, goal, portal, floor)


def pages() -> list[tuple[str, str, float]]:
    """Name, address and goal of what is measured; the entry is the one with most to show.

    An address with a number of its own each time is of no page that is kept: its parts may be.
    """
    fullest = max(Solution.objects.published().filter(is_example=True), key=lambda each: each.attachments.count())
    return [
        ("Katalog", "/wissensdatenbank/", 4),
        ("Katalog, jedes Mal neu", "/wissensdatenbank/?nr={}", 4),
        ("Katalog, eingegrenzt", "/wissensdatenbank/?art=guide&zielgruppe=kommunalverwaltungen", 4),
        ("Eintrag", fullest.get_absolute_url(), 2.5),
        ("Eintrag, jedes Mal neu", fullest.get_absolute_url() + "?nr={}", 2.5),
        ("Suche im Katalog", "/wissensdatenbank/?q=Bauantrag", 0),
        ("Suche im Portal", "/suche/?q=Bauantrag", 0),
    ]


@contextmanager
def running(server: Server):
    server.start()
    try:
        yield server
    finally:
        server.kill()


def print_row(name: str, address: str, goal: float, portal: Server, floor: Server) -> None:
    Client().get(address.format(0))
    with CaptureQueriesContext(connection) as captured:
        size = len(Client().get(address.format(1)).content)
    rounds = [(cpu_ms(portal, address), cpu_ms(floor, f"/{size}/")) for _ in range(ROUNDS)]
    ours, theirs = median(each for each, _ in rounds), median(each for _, each in rounds)
    ratio = median(each / other for each, other in rounds)
    aim = f"{goal:>5}" if goal else "    –"
    print(f"  {name:<32} {ours:>8.2f} {theirs:>10.2f} {ratio:>6.1f} {aim} {len(captured):>4} {size / 1024:>6.0f}")


def cpu_ms(server: Server, address: str) -> float:
    """CPU of the workers for one request."""
    ask(server, address, WARM)
    before = worker_ticks(server)
    ask(server, address, REQUESTS)
    return (worker_ticks(server) - before) / TICKS * 1000 / REQUESTS


def ask(server: Server, address: str, times: int) -> None:
    for _ in range(times):
        client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        client.request("GET", address.format(next(numbers)))
        assert len(client.getresponse().read()) > 0
        client.close()


def worker_ticks(server: Server) -> int:
    """User and system time of the workers until now (proc(5), stat)."""
    master = server.process.pid
    workers = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii").split()
    stats = [Path(f"/proc/{worker}/stat").read_text(encoding="utf-8").rpartition(")")[2] for worker in workers]
    return sum(int(number) for stat in stats for number in stat.split()[11:13])
