"""What other pages show of events and reports."""

from django import template
from django.conf import settings

from ogl_portal.directory.models import belongs_to_group
from ogl_portal.lib.addresses import webcal

from ..models import POSTPONED, Attendance, Event, PersonalCalendar, Registration, Report
from ..workflow import without_private_names

register = template.Library()


@register.inclusion_tag("sessions_app/_next_event.html")
def next_event():
    """The next event that takes place, for the head of the start page."""
    dated = Event.objects.published().upcoming().exclude(POSTPONED)
    return {"event": dated.exclude(status=Event.Status.CANCELLED).first()}


@register.inclusion_tag("sessions_app/_later_events.html")
def later_events(count: int = 3):
    """The next published events and the latest released report, for the start page."""
    coming = Event.objects.published().upcoming().select_related("series")
    return {
        "events": coming.annotate(taken_places=Registration.objects.taken_places())[:count],
        "report": Report.objects.released().select_related("event").with_public_title().first(),
    }


@register.inclusion_tag("sessions_app/_attendance.html")
def attendance(event, user):
    """Who was at an event, where that was noted: names for members, for others what may be said publicly."""
    rows = event.attendances.filter(status=Attendance.Status.ATTENDED).select_related("person__organisation")
    may_see_names = belongs_to_group(user)
    names = [row.person.full_name if may_see_names else row.person.public_name for row in rows]
    return {"names": list(dict.fromkeys(names))}


@register.inclusion_tag("sessions_app/_subscribe.html")
def subscribe(path: str, what: str):
    """How to subscribe to the calendar at a path; ``what`` is what then appears there, in the plural."""
    return {"what": what, "https": settings.SITE_URL + path, "webcal": webcal(path)}


@register.inclusion_tag("sessions_app/_my_calendar.html", takes_context=True)
def my_calendar(context):
    """The private calendar of the signed-in user: its address, or the button that makes one."""
    user = context["user"]
    calendar = PersonalCalendar.objects.filter(user=user).first()
    return {"calendar": calendar, "csrf_token": context["csrf_token"], "in_group": belongs_to_group(user)}


@register.simple_tag
def report_annexes(report, user):
    """The files of a report that its text lists for this reader."""
    annexes = list(report.annexes.shown_to(user))
    for annex in annexes:
        annex.report = report
        annex.full_url = settings.SITE_URL + annex.get_absolute_url()
    return annexes


register.filter("without_private_names", without_private_names, is_safe=True)


@register.simple_tag
def version_body(version, user):
    """The text of a released version, as the user may read it."""
    return version.body_for(user)
