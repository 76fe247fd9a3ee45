"""Action items in the order of their Termine, with today among them."""

from ogl_portal.lib import dates
from ogl_portal.lib.registry import Milestone
from ogl_portal.lib.roadmap import Roadmap

from .models import ActionItem
from .tracker import MOST, Numbers


class Timeline:
    """The items around today that have a Termin, and how many there are beside them."""

    def __init__(self, items: list[ActionItem], numbers: Numbers, *, with_names: bool) -> None:
        """``items`` are those around today, ``numbers`` those of all; persons are named to those who may read that."""
        self.roadmap = Roadmap(milestone(item, with_names) for item in items)
        self.earlier, self.later = (max(0, number - MOST) for number in [numbers.past, numbers.coming])
        self.undated = numbers.undated


def milestone(item: ActionItem, with_names: bool) -> Milestone:
    """An item as a point of the timeline, from its first day to its due moment, in the words of the table."""
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
        state_label=item.state_text,
        when_text=item.due_text,
    )
