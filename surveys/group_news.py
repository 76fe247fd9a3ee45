"""What this app holds for a target group: its needs, and the events and recommendations that are for it."""

from collections.abc import Iterator
from uuid import UUID, uuid5

from django.db.models import Q

from ogl_portal.directory.models import TargetGroup
from ogl_portal.lib.dates import start_of_day
from ogl_portal.lib.feeds import Entry
from ogl_portal.lib.markdown import to_text
from ogl_portal.lib.registry import group_news
from sessions_app.feeds import event_entry
from sessions_app.models import Event, Recommendation

from .models import Need
from .published_needs import needs_of_group

COMPANIES = ["kleine-unternehmen-handwerk", "mittlere-grosse-unternehmen"]
"""The target groups that are meant where a recommendation goes to KMU."""
NEEDS, RECOMMENDATIONS = UUID("0b0f0a52-6f9d-4a44-9e9e-6c5f5d0c7a11"), UUID("8d1f2f0e-33b5-4a0e-8a7c-2f0d9d3f6c52")


def events_for(needs: list[int]):
    """The coming sessions, which are open to everybody, and whatever else answers one of the needs.

    Adds ``answers``: whether it answers one of them.
    """
    linked = Q(pk__in=Need.events.through.objects.filter(need__in=needs).values("event"))
    coming = Event.objects.published().upcoming().exclude(status=Event.Status.CANCELLED).select_related("series")
    return coming.filter(Q(kind=Event.Kind.SESSION) | linked).annotate(answers=linked)


def recommendations_for(group: TargetGroup, needs: list[int]):
    """The agreed recommendations that answer one of the needs, or that go to companies, where the group is such."""
    linked = Q(pk__in=Need.recommendations.through.objects.filter(need__in=needs).values("recommendation"))
    own = Q(addressee=Recommendation.Addressee.COMPANIES) if group.slug in COMPANIES else Q()
    return Recommendation.objects.public().filter(linked | own).with_sources().in_order()


@group_news.register
def needs_events_and_recommendations(*, group: TargetGroup) -> Iterator[Entry]:
    needs = needs_of_group(group)
    keys = [need.pk for need in needs]
    yield from map(need_entry, needs)
    yield from map(event_entry, events_for(keys))
    yield from map(recommendation_entry, recommendations_for(group, keys))


def need_entry(need: Need) -> Entry:
    return Entry(
        id=uuid5(NEEDS, str(need.pk)),
        title=f"Bedarf: {need.title}",
        url=need.get_absolute_url(),
        summary=to_text(need.description),
        updated=need.released_at,
    )


def recommendation_entry(each: Recommendation) -> Entry:
    return Entry(
        id=uuid5(RECOMMENDATIONS, str(each.pk)),
        title=f"Empfehlung: {each.title}",
        url=each.get_absolute_url(),
        summary=f"Aus der Serie „{each.series}“.",
        updated=start_of_day(each.agreed_on),
    )
