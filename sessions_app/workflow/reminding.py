"""Reminding the AG of its Sitzungen and workshops; who was told of an event also hears that it moved or is off."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ogl_portal.directory.models import MailPreference, Person
from ogl_portal.lib import mail
from ogl_portal.lib.models import OutgoingMail

from ..models import Attendance, Event, EventMail
from .meetings import answer_url

Stage = EventMail.Stage
DAY = timedelta(days=1)


def send_event_mails(*, now: datetime) -> Iterator[OutgoingMail]:
    """Put the mails about coming events that are due at ``now`` (aware) into the outbox and yield them."""
    events = Event.objects.published().filter(starts_at__gt=now).exclude(kind=Event.Kind.SESSION)
    for event in events.prefetch_related("agenda").order_by("starts_at"):
        for stage, people in who_hears_what(event, now):
            for person in people:
                if sent := send_event_mail(event=event, person=person, stage=stage, now=now):
                    yield sent


def who_hears_what(event: Event, now: datetime) -> Iterator[tuple[Stage, list[Person]]]:
    """The mails that are due, each with those who get it, as far as they have not."""
    told = Person.objects.filter(event_mails__event=event).exclude(email="").distinct()
    if event.status == Event.Status.CANCELLED:
        yield Stage.CANCELLED, missing(told, event, Stage.CANCELLED)
        return
    elsewhen = told.filter(event_mails__in=event.mails.exclude(starts_at=event.starts_at))
    yield Stage.MOVED, missing(elsewhen, event, Stage.MOVED)
    if stage := reminder_stage(event, now):
        yield stage, [person for person in members(event, stage, now) if wants(person, stage)]


def reminder_stage(event: Event, now: datetime) -> Stage | None:
    """The reminder that has come; after a long pause only the last one counts."""
    if event.starts_at - DAY <= now:
        return Stage.DAY_BEFORE
    return Stage.WEEK_BEFORE if event.starts_at - 7 * DAY <= now else None


def members(event: Event, stage: Stage, now: datetime) -> list[Person]:
    """The members of the day who have an address and did not decline; who just heard of the new day knows it."""
    declined = event.attendances.filter(status=Attendance.Status.DECLINED).values("person")
    people = Person.objects.members(on=timezone.localdate(now)).exclude(email="").exclude(pk__in=declined)
    return missing(people, event, stage, *([Stage.MOVED] if stage == Stage.WEEK_BEFORE else []))


def missing(people, event: Event, *stages: Stage) -> list[Person]:
    """Those who have got none of these mails for the event as it is dated now."""
    have = event.mails.filter(stage__in=stages, starts_at=event.starts_at).values("person")
    return list(people.exclude(pk__in=have).select_related("mail_preference").order_by("pk"))


def wants(person: Person, stage: Stage) -> bool:
    """Whether the person chose to be reminded then."""
    preference = getattr(person, "mail_preference", None)
    events = preference.events if preference else MailPreference.Events.ALL
    return events == MailPreference.Events.ALL or (events == MailPreference.Events.ONCE and stage == Stage.DAY_BEFORE)


@transaction.atomic
def send_event_mail(*, event: Event, person: Person, stage: Stage, now: datetime) -> OutgoingMail | None:
    """Send one mail and remember it in the same transaction; None where another process was faster."""
    key = {"event": event, "person": person, "stage": stage, "starts_at": event.starts_at}
    if not EventMail.objects.get_or_create(**key, defaults={"sent_at": now})[1]:
        return None
    context = {
        "event": event,
        "person": person,
        "stage": stage.value,
        "join_url": event.join_url if event.is_online else "",
        "url": settings.SITE_URL + event.get_absolute_url(),
        "answer_url": "" if event.status == Event.Status.CANCELLED else answer_url(event, person),
        "preferences_url": settings.SITE_URL + reverse("directory:mail-preferences"),
    }
    return mail.send("event_reminder", to=person.email, context=context, valid_until=event.ends_at, at_once=False)
