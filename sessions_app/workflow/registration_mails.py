"""Reminding those who registered; all who have or await a place also hear that the event moved or is off."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from ogl_portal.lib import mail
from ogl_portal.lib.models import OutgoingMail

from ..models import Event, Registration, RegistrationMail
from .registering import lock, page_url, personal_url
from .reminding import reminder_stage

Stage = RegistrationMail.Stage


def send_registration_mails(*, now: datetime) -> Iterator[OutgoingMail]:
    """Put the mails to those registered that are due at ``now`` (aware) into the outbox and yield them."""
    registered = Registration.objects.active().values("event")
    events = Event.objects.published().filter(starts_at__gt=now, pk__in=registered)
    for event in events.order_by("starts_at", "pk"):
        for stage, registrations in who_is_told_what(event, now):
            for registration in registrations:
                if sent := send_registration_mail(registration=registration, stage=stage, now=now):
                    yield sent


def who_is_told_what(event: Event, now: datetime) -> Iterator[tuple[Stage, list[Registration]]]:
    """The mails that are due, each with those who get it, as far as they have not."""
    active = event.registrations.active()
    if event.status == Event.Status.CANCELLED:
        yield Stage.CANCELLED, untold(active, event, Stage.CANCELLED)
        return
    elsewhen = RegistrationMail.objects.filter(registration__event=event).exclude(starts_at=event.starts_at)
    knows = untold(active.filter(pk__in=elsewhen.values("registration")), event, Stage.MOVED, Stage.ANSWERED)
    yield Stage.MOVED, knows
    stage = reminder_stage(event, now)
    if stage == Stage.DAY_BEFORE:
        yield Stage.DAY_BEFORE, untold(active.placed(), event, Stage.DAY_BEFORE)
    elif stage:
        early = active.placed().filter(confirmed_at__lt=event.starts_at - timedelta(days=7))
        yield Stage.WEEK_BEFORE, untold(early, event, Stage.WEEK_BEFORE, Stage.MOVED)


def untold(registrations, event: Event, *stages: Stage) -> list[Registration]:
    """Those who have got none of these mails for the event as it is dated now."""
    told = RegistrationMail.objects.filter(stage__in=stages, starts_at=event.starts_at)
    missing = registrations.exclude(pk__in=told.values("registration"))
    return list(missing.select_related("event").order_by("pk"))


@transaction.atomic
def send_registration_mail(*, registration: Registration, stage: Stage, now: datetime) -> OutgoingMail | None:
    """Send one mail and remember it in the same transaction; None where somebody was faster, or has cancelled.

    The link to take part goes out with the last reminder only.
    """
    event = lock(registration.event_id)
    key = {"registration": registration, "stage": stage, "starts_at": event.starts_at}
    if not Registration.objects.active().filter(pk=registration.pk).exists():
        return None
    told, is_new = RegistrationMail.objects.get_or_create(**key, defaults={"sent_at": now})
    if not is_new:
        return None
    context = {
        "event": event,
        "registration": registration,
        "stage": stage.value,
        "join_url": event.join_url if stage == Stage.DAY_BEFORE and event.is_online else "",
        "url": personal_url(registration),
        "page_url": page_url(event),
    }
    until, to = event.ends_at, registration.email
    sent = mail.send("registration_reminder", to=to, context=context, valid_until=until, at_once=False)
    RegistrationMail.objects.filter(pk=told.pk).update(mail=sent)
    return sent
