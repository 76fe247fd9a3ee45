"""Reminding the AG of its Sitzungen and workshops; who was told of an event also hears that it moved or is off."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from ogl_portal.directory.models import MailPreference, Person
from ogl_portal.lib import mail
from ogl_portal.lib.models import OutgoingMail

from ..models import Attendance, Event, EventMail, details_of
from .calendars import calendar_message
from .knowing import by_reader, changed_since, news, next_number, page_url, was_told
from .meetings import answer_url, ask_anew

Stage = EventMail.Stage
DAY = timedelta(days=1)
REMINDERS = {Stage.WEEK_BEFORE, Stage.DAY_BEFORE}


def send_event_mails(*, now: datetime) -> Iterator[OutgoingMail]:
    """Put the mails about coming events that are due at ``now`` (aware) into the outbox and yield them."""
    waiting = EventMail.objects.waiting().values("event")
    events = Event.objects.in_mails(now, waiting).exclude(kind=Event.Kind.SESSION)
    for event in events.prefetch_related("agenda").order_by("starts_at"):
        for person, stage, number in who_hears_what(event, now):
            if sent := send_event_mail(event=event, person=person, stage=stage, number=number, now=now):
                yield sent


def who_hears_what(event: Event, now: datetime) -> Iterator[tuple[Person, Stage, int]]:
    """Who gets which mail now, with its number: what is news to those who were told of it goes before reminders.

    Another end, place or link concerns those alone who come, or may. Of a hidden event hears who was told of it.
    """
    told, rows = by_reader(event.mails, "person_id"), event.attendances.expected()
    expected = (rows if event.is_published else rows.none()).values("person")
    awaited, reminded = set(expected.values_list("person", flat=True)), reminded_members(event, now)
    people = Person.objects.filter(Q(pk__in=[*told, *reminded]) | Q(pk__in=expected)).exclude(email="")
    for person in people.select_related("mail_preference").order_by("pk"):
        history = told[person.pk]
        stage = news_to(event, history) if history or person.pk in awaited else ""
        if stage == Stage.CHANGED and person.pk not in awaited | reminded:
            stage = ""
        if not stage and person.pk in reminded:
            stage = due_reminder(event, person, history, now)
        if stage:
            yield person, Stage(stage), next_number(history)


def news_to(event: Event, history: list[EventMail]) -> str:
    """What is news to somebody; who read the new date on the page and answered still gets it into their calendar."""
    by_mail = [each for each in history if each.stage != Stage.ANSWERED]
    return news(event, history) or (news(event, by_mail) if by_mail else "")


def due_reminder(event: Event, person: Person, history: list[EventMail], now: datetime) -> Stage | None:
    """The reminder that has come, the person wants and has not had; who just heard of the new day knows it."""
    stage = reminder_stage(event, now)
    knows = [stage, *([Stage.MOVED, Stage.REINSTATED] if stage == Stage.WEEK_BEFORE else [])]
    return stage if stage and wants(person, stage) and not was_told(history, event, *knows) else None


def reminder_stage(event: Event, now: datetime) -> Stage | None:
    """The reminder that has come, none without a date; after a long pause only the last one counts."""
    if event.is_postponed:
        return None
    if event.starts_at - DAY <= now:
        return Stage.DAY_BEFORE
    return Stage.WEEK_BEFORE if event.starts_at - 7 * DAY <= now else None


def reminded_members(event: Event, now: datetime) -> set[int]:
    """The members of the day who did not decline, once there is something to remind of."""
    if event.status == Event.Status.CANCELLED or not reminder_stage(event, now):
        return set()
    declined = event.attendances.filter(status=Attendance.Status.DECLINED).values("person")
    members = Person.objects.members(on=timezone.localdate(now)).exclude(pk__in=declined)
    return set(members.values_list("pk", flat=True))


def wants(person: Person, stage: Stage) -> bool:
    """Whether the person chose to be reminded then."""
    preference = getattr(person, "mail_preference", None)
    events = preference.events if preference else MailPreference.Events.ALL
    return events == MailPreference.Events.ALL or (events == MailPreference.Events.ONCE and stage == Stage.DAY_BEFORE)


@transaction.atomic
def send_event_mail(*, event: Event, person: Person, stage: Stage, number: int, now: datetime) -> OutgoingMail | None:
    """Send one mail and remember it in the same transaction; None where another process was faster."""
    is_on = stage not in {Stage.CANCELLED, Stage.POSTPONED}
    admitted = is_on and event.admits(person)
    details = details_of(event, with_link=admitted)
    known = {"stage": stage, "starts_at": event.starts_at, "details": details, "sent_at": now}
    if not EventMail.objects.get_or_create(event=event, person=person, number=number, defaults=known)[1]:
        return None
    context = {
        "event": event,
        "person": person,
        "stage": stage.value,
        "changed": changed_since(event.mails.filter(person=person), event, number),
        "former_answer": ask_anew(event, person, number) if stage in {Stage.MOVED, Stage.REINSTATED} else "",
        "join_url": event.join_url if admitted and event.is_online else "",
        "url": page_url(event),
        "answer_url": answer_url(event, person) if is_on else "",
        "preferences_url": settings.SITE_URL + reverse("directory:mail-preferences"),
    }
    to, until, joins = person.email, event.mails_until, bool(context["join_url"])
    calendar = "" if stage in REMINDERS else calendar_message(event=event, to=to, joins=joins)
    return mail.send("event_reminder", to=to, context=context, valid_until=until, at_once=False, calendar=calendar)
