"""How a report begins: with its seven sections, and what agenda and attendance say filled in."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ogl_portal.directory.models import User
from ogl_portal.lib import dates, markdown, search
from ogl_portal.lib.history import record

from ..models import Attendance, Event, Report, ReportSection, WorkshopTopic

Number = ReportSection.Number


def start_report(*, event: Event, by: User) -> Report:
    """Begin the report of an event, with its seven sections; what agenda and attendance say is filled in.

    Raises ValidationError when the event has a report already, or another one its address.
    """
    with transaction.atomic():
        Event.objects.select_for_update().get(pk=event.pk)
        if Report.objects.filter(event=event).exists():
            raise ValidationError(f"Zu „{event.title}“ gibt es schon einen Report.")
        if Report.objects.filter(slug=event.slug).exists():
            raise ValidationError(f"Die Adresse „{event.slug}“ hat schon ein anderer Report.")
        report = Report.objects.create(
            event=event,
            title=f"Report: {event.get_kind_display()} am {dates.day(event.starts_at)}",
            slug=event.slug,
            distribution_date=timezone.localdate(event.starts_at),
            next_meeting=meeting_after(event),
        )
        add_sections(report=report)
        record(by, report, "Report begonnen.")
        search.update(report)
    return report


def meeting_after(event: Event) -> Event | None:
    """Return the AG-Sitzung that follows an event, as far as one is planned; an example only after an example."""
    meetings = Event.objects.filter(kind=Event.Kind.MEETING, starts_at__gt=event.starts_at, is_example=event.is_example)
    return meetings.exclude(status=Event.Status.CANCELLED).order_by("starts_at").first()


def add_sections(*, report: Report) -> None:
    """Give a report those of its seven sections that it lacks."""
    bodies = {
        Number.SUBJECT: agenda_text(report.event),
        Number.PARTICIPANTS: attendance_text(report.event),
        Number.PRIORITIES: topics_text(report.event),
    }
    sections = [ReportSection(report=report, number=number, body=bodies.get(number, "")) for number in Number]
    ReportSection.objects.bulk_create(sections, ignore_conflicts=True)


def agenda_text(event: Event) -> str:
    """Return the agenda as Markdown, an item a paragraph; explanations as long as one field holds them."""
    text = ""
    for item in event.agenda.all():
        title = f"{text}\n\n**TOP {item.position}: {markdown.escape(item.title)}**".strip()
        longer = f"{title}\n\n{item.description}".strip()
        text = next((candidate for candidate in [longer, title] if markdown.fits(candidate)), text)
    return text


def attendance_text(event: Event) -> str:
    """Return how many persons were there, or nothing where nobody noted it; names are never copied into the text."""
    count = event.attendances.filter(status=Attendance.Status.ATTENDED).count()
    return f"Teilgenommen haben {count} Personen." if count > 1 else ""


def topics_text(event: Event) -> str:
    """Return what a workshop found out about its chosen topics as Markdown; results as long as one field holds them."""
    text = ""
    for topic in WorkshopTopic.objects.chosen().filter(collection__event=event):
        title = f"{text}\n\n**{markdown.escape(topic.title)}**".strip()
        longer = f"{title}\n\n{topic.result}".strip()
        text = next((candidate for candidate in [longer, title] if markdown.fits(candidate)), text)
    return text
