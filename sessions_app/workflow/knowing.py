"""What people know of an event from what they were told, and what of it is news to them now."""

from collections import defaultdict

from django.conf import settings

from ..models import DETAILS, Event, EventMail, RegistrationMail, SubscriptionMail, details_of
from ..models.reminders import EventNews

Stage = EventMail.Stage


def by_reader(told, reader: str) -> defaultdict[int, list[EventNews]]:
    """What was told (a queryset), in its order, by the value of the field ``reader``; one query."""
    histories = defaultdict(list)
    for each in told.order_by("number"):
        histories[getattr(each, reader)].append(each)
    return histories


def is_counted_on(event: Event) -> bool:
    """Whether somebody was told of a coming event, or is expected there: if it were deleted they would never hear.

    Whoever waits for a new date still has to hear that it is off, when the former one has passed, too.
    """
    registered, subscribed = event.registrations.active(), SubscriptionMail.objects.filter(event=event)
    if event.is_over:
        mailed = event.mails.exclude(person__email="")
        told = [mailed, RegistrationMail.objects.filter(registration__in=registered), subscribed]
        return event.status == Event.Status.CANCELLED and any(each.waiting().exists() for each in told)
    people = [registered, event.mails, subscribed]
    if event.is_published:
        people.append(event.attendances.expected())
    return any(each.exists() for each in people)


def news(event: Event, history: list[EventNews]) -> str:
    """The stage of the mail that somebody must get who counts on the event, by what they were told last; or nothing.

    Whoever was told nothing (put on the list, say) hears that it is off, or that it is not when it was to be.
    Another link to take part is news only to whom the former one was told.
    """
    last = history[-1] if history else None
    if event.status == Event.Status.CANCELLED:
        return "" if last and last.stage == Stage.CANCELLED else Stage.CANCELLED
    if event.is_postponed:
        return "" if last and last.stage == Stage.POSTPONED else Stage.POSTPONED
    if last is None:
        return Stage.MOVED if event.status == Event.Status.MOVED and event.moved_from else ""
    if last.stage == Stage.CANCELLED:
        return Stage.REINSTATED
    if last.starts_at != event.starts_at:
        return Stage.MOVED
    if last.stage == Stage.POSTPONED:
        return Stage.REINSTATED
    return Stage.CHANGED if what_changed(event, last.details) else ""


def what_changed(event: Event, details: str) -> list[str]:
    """Which of ``DETAILS`` are others now than they were told."""
    told, now = details.split("."), details_of(event, with_link=True).split(".")
    return [name for name, before, word in zip(DETAILS, told, now, strict=False) if before not in {"", word}]


def changed_since(told, event: Event, number: int) -> list[str]:
    """What of it one reader does not know before they are told ``number``; ``told`` is a queryset of theirs."""
    last = told.filter(number=number - 1).first()
    return what_changed(event, last.details) if last else []


def was_told(history: list[EventNews], event: Event, *stages: str) -> bool:
    """Whether one of these was among it, for the beginning that the event has now."""
    return any(each.stage in stages and each.starts_at == event.starts_at for each in history)


def page_url(event: Event) -> str:
    """The public page of the event, in full; nothing while it is hidden."""
    return settings.SITE_URL + event.get_absolute_url() if event.is_published else ""


def next_number(history: list[EventNews]) -> int:
    """The number of what is told next."""
    return history[-1].number + 1 if history else 1
