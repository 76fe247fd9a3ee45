"""What events, calendars, reports and next steps cost a visitor, as a multiple of a bare Django view."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from sessions_app.models import Event, Report, Series

from . import reports
from .workers import HEAD, Page, measure_page, portal_and_floor

EVENTS, STEPS = 500, 2_000


def measure(database: str) -> None:
    """Print a row for each page, among 500 events of one series and 2,000 next steps."""
    call_command("demo", force=True, stdout=StringIO())
    series = Series.objects.get(slug="digitalisierung-und-die-neue-arbeitswelt")
    add_events(series)
    report = Report.objects.released().get()
    reports.grow_to(STEPS, report, reports.make_reports()[1])
    print(f"{database}: {f'{EVENTS} Termine, {STEPS} Schritte':<25} {HEAD}")
    with portal_and_floor() as (portal, floor):
        for page in pages(series, report):
            measure_page(page, portal, floor)


def add_events(series: Series) -> None:
    """Add published sessions, half of them over, until there are so many."""
    first = timezone.now() - timedelta(days=EVENTS // 2)
    Event.objects.bulk_create(
        Event(
            kind="session", series=series, number=number, title=f"Beispiel {number}", slug=f"beispiel-{number}",
            starts_at=first + timedelta(days=number), ends_at=first + timedelta(days=number, hours=1),
            is_published=True, summary="Worum es geht, in einem Satz.",
        )
        for number in range(100, 100 + EVENTS - Event.objects.count())
    )  # fmt: skip


def pages(series: Series, report: Report) -> list[Page]:
    """What is measured; with a number of its own each time it is the drawing of a page that nobody has just seen."""
    event = series.events.exclude(summary="").first().get_absolute_url()
    calendar = "/termine/kalender.ics"
    known = {"If-None-Match": Client().get(calendar)["ETag"]}
    return [
        Page("Termine", "/termine/", 4, 6),
        Page("Termine, jedes Mal neu", "/termine/?nr={}", queries=6),
        Page("Serie", series.get_absolute_url(), 4, 6),
        Page("Serie, jedes Mal neu", series.get_absolute_url() + "?nr={}", queries=6),
        Page("Termin", event, 3, 6),
        Page("Termin, jedes Mal neu", event + "?nr={}", queries=6),
        Page("Kalender aller Termine", calendar, 4, 3),
        Page("Kalender, unverändert (304)", calendar, 1.2, 3, known),
        Page("Kalender eines Termins", event.rstrip("/") + ".ics", 3, 3),
        Page("Nächste Schritte", "/massnahmen/", 5, 5),
        Page("Nächste Schritte, jedes Mal neu", "/massnahmen/?nr={}", queries=5),
        Page("Report", report.get_absolute_url()),
        Page("PDF des Reports, aufbewahrt", report.get_pdf_url(), 2),
        Page("Startseite", "/"),
    ]
