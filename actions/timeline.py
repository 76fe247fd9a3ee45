"""Action items in the order of their Termine, with today among them."""

from django.db.models import Count, Q
from django.utils import timezone

from ogl_portal.lib import dates
from ogl_portal.lib.registry import Milestone
from ogl_portal.lib.roadmap import Roadmap

from .models import ActionItem

MOST = 12
"""How many items before today, and how many after it: the list with all of them stands beside."""


class Timeline:
    """The items around today that have a Termin, and how many there are beside them."""

    def __init__(self, items, *, with_names: bool) -> None:
        """``items`` is a queryset of those that the reader may see; persons are named to those who may read that."""
        is_past, is_coming = Q(due__lte=timezone.now()), Q(due__gt=timezone.now())
        dated = items.with_due()
        past = dated.filter(is_past).order_by("-due", "-pk").values("pk")[:MOST]
        coming = dated.filter(is_coming).order_by("due", "pk").values("pk")[:MOST]
        shown = ActionItem.objects.filter(Q(pk__in=past) | Q(pk__in=coming)).in_full()
        self.roadmap = Roadmap(milestone(item, with_names) for item in shown)
        numbers = {"past": is_past, "coming": is_coming, "undated": Q(due=None)}
        counts = dated.order_by().aggregate(**{name: Count("pk", filter=found) for name, found in numbers.items()})
        self.earlier, self.later = (max(0, counts[name] - MOST) for name in ["past", "coming"])
        self.undated = counts["undated"]


def milestone(item: ActionItem, with_names: bool) -> Milestone:
    """An item as a point of the timeline, from its first day to its due moment."""
    responsible = item.responsible_text_for_members if with_names else item.responsible_text
    return Milestone(
        moment=dates.start_of_day(item.due_from) if item.due_from else item.due_at,
        until=item.due_at,
        label=str(item),
        kind=f"Verantwortlich: {responsible}",
        url=item.get_absolute_url(),
        is_deadline=True,
        is_done=item.is_settled,
        is_example=item.is_example or item.status_is_example,
    )
