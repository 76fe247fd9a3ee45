"""What is new among events and reports, as Atom."""

from uuid import UUID, uuid5

from ogl_portal.lib.feeds import Entry, Feed

from .models import Event, Report

EVENTS = Feed(
    id=UUID("b7f5a1d0-3c59-4f0a-8f5e-0d4c7a9e6b12"),
    title="Termine",
    description="Neue, geänderte, verschobene und abgesagte Termine, und was aus ihnen wurde.",
    page="sessions_app:event-list",
    address="sessions_app:event-feed",
)
REPORTS = Feed(
    id=UUID("2c1e64b8-90a7-4b5d-a7de-6f3b58c0d9f4"),
    title="Reports",
    description="Was die Arbeitsgruppe besprochen und vereinbart hat.",
    page="sessions_app:report-list",
    address="sessions_app:report-feed",
)


def event_entry(event: Event) -> Entry:
    """What the feed says of an event: its state first, where it does not take place as planned."""
    state = f"{event.get_status_display().capitalize()}: " if event.is_off_plan else ""
    when = ", ".join(filter(None, [event.when, event.where]))
    return Entry(
        id=event.uid,
        title=f"{state}{event.title}",
        url=event.get_absolute_url(),
        summary=". ".join(filter(None, [when, event.status_note.rstrip("."), event.summary])),
        updated=event.changed_at,
        categories=(event.get_kind_display(),),
    )


def report_entry(report: Report) -> Entry:
    """What the feed says of a report, as it was released last; its id is made of that of its event, which it has
    for good. An event that is hidden now is not named."""
    event = f"{report.event.get_kind_display()}: {report.event.title}" if report.event.is_published else ""
    version = report.current_version
    moments = [version.released_at, version.redacted_at] if version else [report.released_at]
    return Entry(
        id=uuid5(report.event.uid, "report"),
        title=version.title if version else report.title,
        url=report.get_absolute_url(),
        summary=", ".join(filter(None, [event, report.event.when])),
        updated=max(filter(None, moments)),
        published=report.released_at,
    )
