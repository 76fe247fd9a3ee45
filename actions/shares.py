"""How many members have done their part of what everyone has to do."""

from dataclasses import dataclass

from ogl_portal.directory.models import Person

from .models import ActionItem


@dataclass(frozen=True)
class Shares:
    """„18 von 30“, and whether the reader is one of them."""

    done: int
    total: int
    may_tick: bool
    is_ticked: bool

    @classmethod
    def of(cls, item: ActionItem, user) -> "Shares | None":
        """The shares of an item among the members of today; None for items that have none."""
        if not item.has_shares:
            return None
        members = Person.objects.members()
        may_tick = user.is_authenticated and user.is_member and not item.is_settled
        return cls(
            done=members.filter(shares__item=item).count(),
            total=members.count(),
            may_tick=may_tick,
            is_ticked=may_tick and item.shares.filter(person=user.person_id).exists(),
        )
