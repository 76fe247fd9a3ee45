"""What the page of a report and the tracker cost with few and with many next steps."""

from datetime import date, timedelta
from statistics import median
from time import process_time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions.models import ActionItem
from sessions_app.models import Report

ON_THE_REPORT = 10
"""Items of the report that is measured; the others belong to earlier ones, as they do in life."""
SIZES = [10, 10_000]
ROUNDS = 15
ROW = "{database}: {page:<28} {size:>6} Schritte  CPU {cpu:>6.1f} ms  {queries:>3} SQL  {bytes:>7.1f} KB"


def measure(database: str) -> None:
    """Print a row for each page and size."""
    for row in rows():
        print(ROW.format(database=database, **row))


def rows(sizes=SIZES, rounds: int = ROUNDS):
    """Yield what each page costs at each size: ``page``, ``size``, ``cpu`` in ms, ``queries``, ``bytes`` in KB."""
    report, earlier = make_reports()
    pages = {"Report": report.get_absolute_url(), "Nächste Schritte": reverse("actions:item-list")}
    for size in sizes:
        grow_to(size, report, earlier)
        for page, address in pages.items():
            yield {"page": page, "size": size} | cost(address, rounds)


def make_reports() -> tuple[Report, Report]:
    """Make the report that is measured, and an earlier one."""
    from tests.factories.sessions_app import make_released_report, make_report

    return make_released_report(), make_report()


def grow_to(size: int, report: Report, earlier: Report) -> None:
    """Add settled and open items until there are so many."""
    items = []
    for number in range(ActionItem.objects.count(), size):
        item = ActionItem(
            title=f"Beispiel {number}", due_kind="day", due_until=day_of(number), responsible_kind="everyone",
            status="open" if number % 10 == 0 else "done", report=report if number < ON_THE_REPORT else earlier,
        )  # fmt: skip
        item.settle_termin()
        items.append(item)
    ActionItem.objects.bulk_create(items, batch_size=1000)


def day_of(number: int) -> date:
    """The Termin of an item: within a year around today."""
    return timezone.localdate() + timedelta(days=number % 365 - 182)


def cost(address: str, rounds: int, client: Client | None = None) -> dict:
    """CPU in ms in the middle of the rounds, questions to the database and KB of the answer; else for a visitor."""
    client, times = client or Client(), []
    with CaptureQueriesContext(connection) as captured:
        size = len(client.get(address).content)
    queries = len(captured)
    for _ in range(rounds):
        began = process_time()
        client.get(address)
        times.append((process_time() - began) * 1000)
    return {"cpu": median(times), "queries": queries, "bytes": size / 1024}
