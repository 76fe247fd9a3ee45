"""Reminding those who registered; all who have or await a place also hear what else is news."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from ogl_portal.lib import mail
from ogl_portal.lib.models import OutgoingMail

from ..models import Event, Registration, RegistrationMail, details_of
from .calendars import calendar_message
from .knowing import by_reader, changed_since, news, next_number, page_url, was_told
from .registering import lock, personal_url
from .reminding import REMINDERS, reminder_stage

Stage = RegistrationMail.Stage


def send_registration_mails(*, now: datetime) -> Iterator[OutgoingMail]:
    """Put the mails to those registered that are due at ``now`` (aware) into the outbox and yield them."""
    registered = Registration.objects.active().values("event")
    waiting = RegistrationMail.objects.waiting().values("registration__event")
    events = Event.objects.in_mails(now, waiting).filter(pk__in=registered)
    for event in events.order_by("starts_at", "pk"):
        told = by_reader(RegistrationMail.objects.filter(registration__event=event), "registration_id")
        for registration in event.registrations.active().order_by("pk"):
            history = told[registration.pk]
            stage = news(event, history)
            if not stage and event.status != Event.Status.CANCELLED:
                stage = due_reminder(registration, event, history, now)
            number = next_number(history)
            sent = stage and send_registration_mail(registration=registration, stage=stage, number=number, now=now)
            if sent:
                yield sent


def due_reminder(registration: Registration, event: Event, history: list[RegistrationMail], now: datetime) -> str:
    """The reminder that has come and was not sent, for who has a place; a fresh registration needs none of a week."""
    stage = reminder_stage(event, now)
    is_fresh = registration.confirmed_at >= event.starts_at - timedelta(days=7)
    knows = [stage, *([Stage.MOVED, Stage.REINSTATED] if stage == Stage.WEEK_BEFORE else [])]
    if not stage or registration.status != Registration.Status.PLACED or was_told(history, event, *knows):
        return ""
    return "" if stage == Stage.WEEK_BEFORE and is_fresh else stage


@transaction.atomic
def send_registration_mail(
    *, registration: Registration, stage: str, number: int, now: datetime
) -> OutgoingMail | None:
    """Send one mail and remember it in the same transaction; None where somebody was faster, or has cancelled.

    The link to take part is in it for who has a place, from 24 hours before the event.
    """
    event = lock(registration.event_id)
    current = Registration.objects.active().filter(pk=registration.pk).select_related("event").first()
    if not current:
        return None
    has_link = current.has_link(at=now)
    known = {"stage": stage, "starts_at": event.starts_at, "details": details_of(event, with_link=has_link)}
    made = {**known, "sent_at": now}
    told, is_new = RegistrationMail.objects.get_or_create(registration=current, number=number, defaults=made)
    if not is_new:
        return None
    context = {
        "event": event,
        "registration": current,
        "stage": str(stage),
        "changed": changed_since(current.mails, event, number),
        "join_url": event.join_url if has_link and event.is_online else "",
        "url": personal_url(current),
        "page_url": page_url(event),
    }
    until, to = event.mails_until, current.email
    is_entered = current.status == Registration.Status.PLACED and stage not in REMINDERS
    calendar = calendar_message(event=event, to=to, joins=has_link) if is_entered else ""
    sent = mail.send(
        "registration_reminder", to=to, context=context, valid_until=until, at_once=False, calendar=calendar
    )
    RegistrationMail.objects.filter(pk=told.pk).update(mail=sent)
    return sent
