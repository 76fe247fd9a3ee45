"""What becomes of workshop topics when their author goes, and how long it is stored who wanted what."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from ogl_portal.lib.personal_data import forget_history
from ogl_portal.lib.registry import Removal
from ogl_portal.lib.retention import remove

from .models import Event, TopicComment, TopicDot

KEPT = timedelta(days=365)
"""How long after the workshop it is stored who gave dots and who said what."""


def delete_topics(user) -> int:
    """Delete the topics of a user; one that others have taken up stays, without the name. Returns how many went."""
    taken_up = Q(dots__isnull=False) | Q(comments__isnull=False) | Q(merged_topics__isnull=False) | Q(is_chosen=True)
    kept = list(user.workshop_topics.filter(taken_up).values_list("pk", flat=True).distinct())
    own = user.workshop_topics.exclude(pk__in=kept)
    count = own.count()
    forget_history(own)
    own.delete()
    user.workshop_topics.update(proposed_by=None)
    return count


def old_topics(*, now: datetime, dry_run: bool) -> Iterator[Removal]:
    """A year after a workshop nobody needs to know any more who wanted what; topics and results stay."""
    ended = Q(topic__collection__event__in=Event.objects.past(now - KEPT))
    facts = {"dry_run": dry_run, "after": KEPT.days}
    yield remove("Punkte für Themen vergangener Workshops", TopicDot.objects.filter(ended), **facts)
    yield remove("Kommentare zu Themen vergangener Workshops", TopicComment.objects.filter(ended), **facts)
