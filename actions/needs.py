"""What the action items say to the needs of target groups: which steps answer them."""

from collections.abc import Iterator

from ogl_portal.lib.admin import PortalTabularInline
from ogl_portal.lib.registry import NeedAnswer, merged_needs, need_answers, need_inlines

from .models import ActionItem, ItemForNeed


@need_answers.register
def items_for(*, user, needs: list[int]) -> Iterator[NeedAnswer]:
    links = ItemForNeed.objects.filter(need__in=needs, item__in=ActionItem.objects.visible_to(user))
    for link in links.select_related("item").order_by("item"):
        yield NeedAnswer(link.need_id, "Nächster Schritt", link.item.title, link.item.get_absolute_url())


@merged_needs.register
def move_items(*, need: int, into: int) -> Iterator:
    """The steps of a need that goes up in another answer that one from now on."""
    known = list(ItemForNeed.objects.filter(need=into).values_list("item", flat=True))
    ItemForNeed.objects.filter(need=need).exclude(item__in=known).update(need=into)
    yield from ()


@need_inlines.register
def items_on_the_page_of_a_need() -> Iterator[type]:
    """The links are made where the need is described."""
    yield ItemInline


class ItemInline(PortalTabularInline):
    model = ItemForNeed
    autocomplete_fields = ["item"]
