"""What people know of an event from what they were told, and what of it is news to them now."""

from collections import defaultdict

from ..models import Event, EventMail, details_of
from ..models.reminders import EventNews

Stage = EventMail.Stage


def by_reader(told, reader: str) -> defaultdict[int, list[EventNews]]:
    """What was told (a queryset), in its order, by the value of the field ``reader``; one query."""
    histories = defaultdict(list)
    for each in told.order_by("number"):
        histories[getattr(each, reader)].append(each)
    return histories


def news(event: Event, history: list[EventNews]) -> str:
    """The stage of the mail that somebody must get who counts on the event, by what they were told last; or nothing.

    Whoever was told nothing (put on the list, say) hears that it is off, or that it is not when it was to be.
    Another link to take part is news only to whom the former one was told.
    """
    last = history[-1] if history else None
    if event.status == Event.Status.CANCELLED:
        return "" if last and last.stage == Stage.CANCELLED else Stage.CANCELLED
    if last is None:
        return Stage.MOVED if event.status == Event.Status.MOVED and event.moved_from else ""
    if last.stage == Stage.CANCELLED:
        return Stage.REINSTATED
    if last.starts_at != event.starts_at:
        return Stage.MOVED
    still_true = {"", details_of(event, with_link=True), details_of(event, with_link=False)}
    return "" if last.details in still_true else Stage.CHANGED


def was_told(history: list[EventNews], event: Event, *stages: str) -> bool:
    """Whether one of these was among it, for the beginning that the event has now."""
    return any(each.stage in stages and each.starts_at == event.starts_at for each in history)


def next_number(history: list[EventNews]) -> int:
    """The number of what is told next."""
    return history[-1].number + 1 if history else 1
