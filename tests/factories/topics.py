"""Topics of a workshop that is to come."""

from datetime import timedelta

from django.utils import timezone

from sessions_app.models import Event, TopicCollection, TopicDot, WorkshopTopic

from . import numbers
from .sessions_app import make_event


def make_collection(**overrides) -> TopicCollection:
    """Make an open collection for a workshop in two weeks."""
    if "event" not in overrides:
        overrides["event"] = make_event(kind=Event.Kind.WORKSHOP, starts_at=timezone.now() + timedelta(days=14))
    return TopicCollection.objects.create(**{"closes_at": timezone.now() + timedelta(days=7)} | overrides)


def make_topic(**overrides) -> WorkshopTopic:
    """Make a topic that nobody has supported yet."""
    if "collection" not in overrides:
        overrides["collection"] = make_collection()
    return WorkshopTopic.objects.create(**{"title": f"Frage {next(numbers)}?"} | overrides)


def dots_on(topic: WorkshopTopic) -> int:
    return TopicDot.objects.filter(topic=topic).count()


def close(collection: TopicCollection) -> None:
    """Let the collection end a minute ago."""
    TopicCollection.objects.filter(pk=collection.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    collection.refresh_from_db()


def hold(collection: TopicCollection, *, days_ago: int = 1) -> None:
    """Let the workshop have been some days ago."""
    starts_at = timezone.now() - timedelta(days=days_ago)
    Event.objects.filter(pk=collection.event_id).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
    collection.refresh_from_db()
