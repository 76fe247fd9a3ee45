"""What is stored of a member about workshop topics: to read, to delete, and how long it is kept."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from ogl_portal.lib import dates
from ogl_portal.lib.registry import OwnData, Removal
from ogl_portal.lib.retention import remove

from .models import TopicComment, TopicDot, WorkshopTopic

KEPT = timedelta(days=365)
"""How long after the workshop it is stored who gave dots and who said what."""


def topics_of(user) -> Iterator[OwnData]:
    """Yield the topics, comments and dots of a user."""
    topics = user.workshop_topics.select_related("collection__event")
    yield OwnData("Meine Workshop-Themen", tuple(topic_row(topic) for topic in topics))
    comments = user.topic_comments.select_related("topic")
    rows = ({"Thema": each.topic.title, "am": dates.moment(each.at), "Kommentar": each.text} for each in comments)
    yield OwnData("Meine Kommentare zu Workshop-Themen", tuple(rows))
    dots = user.topic_dots.select_related("topic", "collection__event")
    rows = ({"Workshop": dot.collection.event.title, "Thema": dot.topic.title} for dot in dots)
    yield OwnData("Meine Punkte für Workshop-Themen", tuple(rows))


def topic_row(topic: WorkshopTopic) -> dict[str, str]:
    return {
        "Workshop": topic.collection.event.title,
        "Frage": topic.title,
        "Erläuterung": topic.text,
        "vorgeschlagen am": dates.moment(topic.proposed_at),
    }


def delete_topics_of(user) -> Iterator[Removal]:
    """Delete dots, comments and topics of a user; a topic that others have taken up stays, without the name."""
    yield Removal("Punkte für Workshop-Themen", user.topic_dots.all().delete()[0])
    yield Removal("Kommentare zu Workshop-Themen", user.topic_comments.all().delete()[0])
    taken_up = Q(dots__isnull=False) | Q(comments__isnull=False) | Q(merged_topics__isnull=False) | Q(is_chosen=True)
    kept = list(user.workshop_topics.filter(taken_up).values_list("pk", flat=True).distinct())
    own = user.workshop_topics.exclude(pk__in=kept)
    yield Removal("Workshop-Themen", own.count())
    own.delete()
    user.workshop_topics.update(proposed_by=None)


def old_topics(*, now: datetime, dry_run: bool) -> Iterator[Removal]:
    """A year after a workshop nobody needs to know any more who wanted what; topics and results stay."""
    ended = Q(topic__collection__event__ends_at__lt=now - KEPT)
    facts = {"dry_run": dry_run, "after": KEPT.days}
    yield remove("Punkte für Themen vergangener Workshops", TopicDot.objects.filter(ended), **facts)
    yield remove("Kommentare zu Themen vergangener Workshops", TopicComment.objects.filter(ended), **facts)
