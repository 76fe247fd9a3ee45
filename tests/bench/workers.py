"""The CPU that gunicorn's workers need for a request, beside that of a bare Django view that returns as many bytes."""

import http.client
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.load import Server

ROUNDS, REQUESTS = 5, 100
WARM = 12
"""Requests after which both workers have drawn a page."""
HEAD = "CPU ms  Grenze ms   -mal  Ziel  SQL  Ziel     KB"
numbers = count(2)


class Floor(Server):
    """The bare view, on the same database."""

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {"DJANGO_SETTINGS_MODULE": "tests.bench.floor_settings"}


@dataclass(frozen=True)
class Page:
    """What is asked for, and how much it may cost; ``{}`` in the address is another number every time."""

    name: str
    address: str
    goal: float = 0  # times the floor
    queries: int = 0  # at most
    headers: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def running(server: Server):
    server.start()
    try:
        yield server
    finally:
        server.kill()


@contextmanager
def portal_and_floor():
    with running(Server()) as portal, running(Floor()) as floor:
        yield portal, floor


def measure_page(page: Page, portal: Server, floor: Server) -> None:
    """Print the row of a page."""
    cookie = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in page.headers.items()}
    Client().get(page.address.format(0), **cookie)
    with CaptureQueriesContext(connection) as captured:
        size = len(Client().get(page.address.format(1), **cookie).content)
    costs = [(cpu_ms(portal, asking(page)), cpu_ms(floor, asking_floor(size))) for _ in range(ROUNDS)]
    print_row(page, costs, len(captured), size)


def print_row(page: Page, costs: list[tuple[float, float]], queries: int, size: int) -> None:
    """``costs`` are ours and the floor's in ms, for each round; „!“ marks what is above its bound."""
    ours, theirs = median(each for each, _ in costs), median(each for _, each in costs)
    ratio = median(each / other for each, other in costs)
    cells = [
        f"  {page.name:<36} {ours:>8.2f} {theirs:>10.2f} {ratio:>6.1f}{mark(ratio, page.goal)}",
        f"{queries:>3}{mark(queries, page.queries)} {size / 1024:>6.0f}",
    ]
    print(*cells, flush=True)


def mark(value: float, goal: float) -> str:
    """The bound, with „!“ before it where the value is above."""
    return f" {'!' if goal and value > goal else ' '}{goal:>4}" if goal else "     –"


def asking(page: Page) -> Callable[[Server], None]:
    return lambda server: ask(server, "GET", page.address.format(next(numbers)), page.headers)


def asking_floor(*sizes: int) -> Callable[[Server], None]:
    def turn(server: Server) -> None:
        for size in sizes:
            ask(server, "GET", f"/{size}/")

    return turn


def cpu_ms(server: Server, turn: Callable[[Server], None]) -> float:
    """CPU of the workers for one turn of requests."""
    for _ in range(WARM):
        turn(server)
    before = worker_seconds(server)
    for _ in range(REQUESTS):
        turn(server)
    return (worker_seconds(server) - before) * 1000 / REQUESTS


def ask(server: Server, method: str, address: str, headers: Mapping[str, str] = {}, body: str = "") -> str:
    """Send one request on a connection of its own and return the text of the answer."""
    client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    client.request(method, address, body or None, dict(headers))
    answer = client.getresponse()
    text = answer.read()
    client.close()
    assert answer.status < 400, f"{address} answers {answer.status}"
    return text.decode("utf-8", "replace")


def worker_seconds(server: Server) -> float:
    """Time on a processor of all threads of the workers until now (proc(5), schedstat: nanoseconds)."""
    master = server.process.pid
    workers = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii").split()
    threads = [thread for worker in workers for thread in Path(f"/proc/{worker}/task").iterdir()]
    return sum(int((thread / "schedstat").read_text(encoding="ascii").split()[0]) for thread in threads) / 1e9
