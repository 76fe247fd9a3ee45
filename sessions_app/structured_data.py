"""Events and series in the words of schema.org, for search engines (interop.md)."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from ogl_portal.directory.models import Organisation

from .models import Event, EventSpeaker, Series

SCHEMA = "https://schema.org/"
Status = Event.Status


def describe(event: Event, organisers: Iterable[Organisation], speakers: Iterable[EventSpeaker]) -> dict:
    """Return the facts of a published event, as everybody may read them."""
    facts = {"@context": "https://schema.org", **core(event, organisers)}
    facts["image"] = settings.SITE_URL + reverse("sessions_app:event-picture", args=[event.slug])
    facts["performer"] = [performer(speaker) for speaker in speakers]
    if event.series:
        facts["superEvent"] = super_event(event.series)
    return {name: value for name, value in facts.items() if value not in ("", [], None)}


def describe_series(series: Series, events: Iterable[Event], organisers: Iterable[Organisation]) -> dict:
    """Return the facts of a series with its published events."""
    parts = [core(event, organisers) for event in events if event.is_published]
    named = [organisation(each) for each in organisers]
    facts = super_event(series) | {"description": series.summary, "inLanguage": "de", "organizer": named}
    facts |= {"@context": "https://schema.org", "subEvent": parts}
    return {name: value for name, value in facts.items() if value not in ("", [], None)}


def core(event: Event, organisers: Iterable[Organisation]) -> dict:
    """What interop.md asks of every event."""
    facts = {
        "@type": "Event",
        "@id": event.uid.urn,
        "url": address(event),
        "name": event.title,
        "description": event.summary or event.title,
        "startDate": moment(event, event.starts_at),
        "endDate": moment(event, event.ends_at),
        "eventStatus": SCHEMA + event_status(event),
        "eventAttendanceMode": SCHEMA + attendance_mode(event),
        "location": locations(event),
        "organizer": [organisation(each) for each in organisers] or [the_group()],
        "inLanguage": "de",
        "isAccessibleForFree": True,
    }
    moved = {"previousStartDate": moment(event, event.moved_from)} if event.moved_from else {}
    return facts | moved


def moment(event: Event, value) -> str:
    """With the offset of Berlin on that day; only the day where the hour is not known."""
    local = timezone.localtime(value)
    return local.isoformat(timespec="seconds") if event.time_is_known else local.date().isoformat()


def event_status(event: Event) -> str:
    """EventStatusType; who moved without a new date is postponed."""
    if event.status == Status.CANCELLED:
        return "EventCancelled"
    if event.status == Status.MOVED:
        return "EventPostponed" if event.is_postponed else "EventRescheduled"
    return "EventScheduled"


def attendance_mode(event: Event) -> str:
    if event.is_online and event.place:
        return "MixedEventAttendanceMode"
    return "OnlineEventAttendanceMode" if event.is_online else "OfflineEventAttendanceMode"


def locations(event: Event) -> dict | list[dict]:
    """Where; online is the public page, which shows the link to those who may have it."""
    online = {"@type": "VirtualLocation", "url": address(event)}
    unknown = "Ort nicht überliefert" if event.is_over else "Ort noch offen"
    place = {"@type": "Place", "name": event.place or unknown, "address": event.place or unknown}
    if event.is_online:
        return [place, online] if event.place else online
    return place


def super_event(series: Series) -> dict:
    url = settings.SITE_URL + series.get_absolute_url()
    return {"@type": "EventSeries", "@id": url, "name": series.title, "url": url}


def performer(speaker: EventSpeaker) -> dict:
    """A person by name only where the public may read it."""
    if name := speaker.person_name(in_group=False):
        return {"@type": "Person", "name": name}
    return {"@type": "Organization", "name": speaker.name(in_group=False)}


def organisation(each: Organisation) -> dict:
    logo = {"logo": settings.SITE_URL + each.logo.get_absolute_url()} if each.logo else {}
    return {"@type": "Organization", "name": each.name} | ({"url": each.website} if each.website else {}) | logo


def the_group() -> dict:
    """The working group itself, where nobody else is named."""
    return {"@type": "Organization", "name": "AG Digitalisierung in der Arbeitswelt", "url": settings.SITE_URL}


def address(event: Event) -> str:
    return settings.SITE_URL + event.get_absolute_url()
