"""What answers the needs of target groups: recommendations and events here, and what the apps above contribute."""

from collections.abc import Iterable, Iterator

from ogl_portal.lib.registry import NeedAnswer, need_answers
from sessions_app.models import Recommendation

from .models import Need


def answers_to(needs: Iterable[int], user) -> dict[int, list[NeedAnswer]]:
    """By the key of each need what answers it, as far as the user may see that; nothing for the unanswered ones."""
    found: dict[int, list[NeedAnswer]] = {}
    for answer in need_answers.ask(user=user, needs=list(needs)):
        found.setdefault(answer.need, []).append(answer)
    return found


@need_answers.register
def recommendations_for(*, user, needs: list[int]) -> Iterator[NeedAnswer]:
    links = Need.recommendations.through.objects.filter(need__in=needs)
    visible = Recommendation.objects.visible_to(user).filter(pk__in=links.values("recommendation"))
    for link in links.filter(recommendation__in=visible).select_related("recommendation").order_by("recommendation"):
        each = link.recommendation
        yield NeedAnswer(link.need_id, "Empfehlung", each.title, each.get_absolute_url())


@need_answers.register
def events_for(*, user, needs: list[int]) -> Iterator[NeedAnswer]:
    links = Need.events.through.objects.filter(need__in=needs, event__is_published=True)
    for link in links.select_related("event").order_by("event__starts_at"):
        each = link.event
        yield NeedAnswer(link.need_id, each.get_kind_display(), each.title, each.get_absolute_url())
