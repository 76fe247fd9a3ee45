"""What the OGL-Leitung does with events and reports."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ogl_portal.directory.models import Person, User
from ogl_portal.lib import dates, markdown, search
from ogl_portal.lib.history import record

from .models import Attendance, Event, Report, ReportSection

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
    bodies = {Number.SUBJECT: agenda_text(report.event), Number.PARTICIPANTS: attendance_text(report.event)}
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


def publish_event(*, event: Event, by: User) -> None:
    """Show an event to everybody; raises ValidationError when they see it already."""
    with transaction.atomic():
        hidden = Event.objects.filter(pk=event.pk, is_published=False)
        if not hidden.update(is_published=True, revision=F("revision") + 1):
            raise ValidationError(f"„{event.title}“ war schon veröffentlicht.")
        record(by, event, "Veröffentlicht.")
        search.update(event)
    event.refresh_from_db()


def invite_members(*, event: Event, by: User) -> int:
    """Put the members of the day of the event on its list of attendance; returns how many were added."""
    with transaction.atomic():
        known = event.attendances.values("person")
        missing = Person.objects.members(on=timezone.localdate(event.starts_at)).exclude(pk__in=known)
        rows = [Attendance(event=event, person=person) for person in missing]
        Attendance.objects.bulk_create(rows, ignore_conflicts=True)
        record(by, event, f"{len(rows)} Mitglieder in die Teilnahme eingetragen.")
    return len(rows)


def gaps(report: Report) -> list[str]:
    """Return the numbered titles of the sections that still hold nothing."""
    sections = {section.number: section for section in report.sections.all()}
    empty = [number for number in Number if number not in sections or not sections[number].body.strip()]
    needed = ReportSection.NEEDS_TEXT + ([] if report.next_meeting_id else [Number.NEXT_MEETING])
    return [f"{number}. {number.label}" for number in needed if number in empty]


def submit_report(*, report: Report, by: User) -> None:
    """Let the members read a draft; raises ValidationError when it is released."""
    change_status(report, Report.Status.IN_REVIEW, by, "Zur Mitgliederprüfung gegeben.")


@transaction.atomic
def release_report(*, report: Report, by: User) -> None:
    """Publish a report; raises ValidationError that names empty sections, or while its event is hidden or to come."""
    Report.objects.select_for_update().get(pk=report.pk)
    report.refresh_from_db()
    if report.event.starts_at > timezone.now():
        raise ValidationError(f"„{report.event.title}“ steht noch bevor. Freigeben können Sie den Report danach.")
    for event in [report.event, report.next_meeting]:
        if event and not event.is_published:
            raise ValidationError(f"Bitte veröffentlichen Sie zuerst den Termin „{event.title}“.")
    if missing := gaps(report):
        raise ValidationError(f"„{report}“ ist noch nicht vollständig. Es fehlt Text in: {'; '.join(missing)}.")
    change_status(report, Report.Status.RELEASED, by, "Freigegeben.", released_at=timezone.now())


def withdraw_report(*, report: Report, by: User) -> None:
    """Take a released report (or one in Mitgliederprüfung) back to the drafts, where it can be changed."""
    change_status(report, Report.Status.DRAFT, by, "Zurückgezogen.")


ALLOWED_FROM = {
    Report.Status.IN_REVIEW: {Report.Status.DRAFT},
    Report.Status.RELEASED: {Report.Status.DRAFT, Report.Status.IN_REVIEW},
    Report.Status.DRAFT: {Report.Status.IN_REVIEW, Report.Status.RELEASED},
}


def change_status(report: Report, status: Report.Status, by: User, message: str, released_at=None) -> None:
    """Move a report to a status, if it still stands where that is possible."""
    with transaction.atomic():
        movable = Report.objects.filter(pk=report.pk, status__in=ALLOWED_FROM[status])
        if not movable.update(status=status, released_at=released_at, revision=F("revision") + 1):
            report.refresh_from_db()
            raise ValidationError(f"Das geht nicht: „{report}“ hat den Stand „{report.get_status_display()}“.")
        record(by, report, message)
        search.update(report)
    report.refresh_from_db()
