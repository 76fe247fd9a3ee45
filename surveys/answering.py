"""What answers the needs of target groups: recommendations and events here, and what the apps above contribute."""

from collections.abc import Iterable, Iterator

from django.db.models import CharField, DateTimeField, Value
from django.urls import reverse

from ogl_portal.lib.registry import NeedAnswer, need_answers
from sessions_app.models import Event, Recommendation

from .models import Need

NOTHING = Value("", output_field=CharField())
NO_MOMENT = Value(None, output_field=DateTimeField())


def answers_to(needs: Iterable[int], user) -> dict[int, list[NeedAnswer]]:
    """By the key of each need what answers it, as far as the user may see that; nothing for the unanswered ones."""
    found: dict[int, list[NeedAnswer]] = {}
    for answer in need_answers.ask(user=user, needs=list(needs)):
        found.setdefault(answer.need, []).append(answer)
    return found


@need_answers.register
def recommendations_and_events(*, user, needs: list[int]) -> Iterator[NeedAnswer]:
    """What this app links itself, in one question: recommendations by their number, then events as they come."""
    visible = Recommendation.objects.visible_to(user)
    texts = Need.recommendations.through.objects.filter(need__in=needs, recommendation__in=visible)
    events = Need.events.through.objects.filter(need__in=needs, event__is_published=True)
    events = events.exclude(event__status=Event.Status.CANCELLED)
    rows = texts.values_list("need", NOTHING, "recommendation", NO_MOMENT, "recommendation__title", NOTHING).union(
        events.values_list("need", "event__kind", "event", "event__starts_at", "event__title", "event__slug"), all=True
    )
    for need, kind, number, _, title, slug in sorted(rows, key=in_order):
        if kind:
            yield NeedAnswer(need, Event.Kind(kind).label, title, reverse("sessions_app:event-detail", args=[slug]))
        else:
            yield NeedAnswer(need, "Empfehlung", title, reverse("sessions_app:recommendation-detail", args=[number]))


def in_order(row: tuple) -> tuple:
    """Recommendations first; events by their beginning."""
    _, kind, number, starts_at, _, _ = row
    return (bool(kind), starts_at.timestamp() if starts_at else 0, number)
