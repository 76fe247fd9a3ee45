"""What series, events and reports contribute to the questions of lib: the Fahrplan, and what a report lacks."""

from collections.abc import Iterator

from django.urls import reverse

from ogl_portal.lib.registry import Gap, Milestone, milestones, release_checks

from .models import Event, Report, ReportSection


@milestones.register
def events(user) -> Iterator[Milestone]:
    """Yield every published event that was not cancelled."""
    for event in Event.objects.published().exclude(status=Event.Status.CANCELLED):
        yield Milestone(
            moment=event.starts_at,
            until=event.ends_at,
            label=event.title,
            kind=event.get_kind_display(),
            url=event.get_absolute_url(),
            is_example=event.is_example,
        )


@release_checks.register
def empty_sections(report: Report) -> Iterator[Gap]:
    """Sections that hold nothing and do not say „entfällt“; 3 refers to the Verteiler, 7 may name the next meeting."""
    sections = {section.number: section for section in report.sections.all()}
    page = reverse("admin:sessions_app_report_change", args=[report.pk])
    for position, number in enumerate(ReportSection.Number):
        section = sections.get(number)
        if is_needed(number, report) and not (section and (section.body.strip() or section.is_omitted)):
            yield Gap(f"Text in {number}. {number.label}", f"{page}#id_sections-{position}-body")


def is_needed(number: ReportSection.Number, report: Report) -> bool:
    """Whether nothing but its text fills a section."""
    is_next = number == ReportSection.Number.NEXT_MEETING and not report.next_meeting_id
    return number in ReportSection.NEEDS_TEXT or is_next
