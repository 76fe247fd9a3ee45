"""What the pages of the target groups show of needs, of events and of recommendations."""

from dataclasses import dataclass

from django import template

from ogl_portal.directory.models import TargetGroup

from .. import group_news
from ..answering import answers_to
from ..models import Need
from ..published_needs import figures_of, needs_of_group, places_of

register = template.Library()
EVENTS = 5


@dataclass(frozen=True)
class NeedOfGroup:
    """A need as one target group has it."""

    need: Need
    figure: int | None  # of its organisations, where that may be known
    answers: list


@register.simple_tag
def needs_of(group, user) -> list[NeedOfGroup]:
    """The released needs of a target group with what answers them, the weightiest first."""
    needs = needs_of_group(group)
    answers = answers_to([need.pk for need in needs], user)
    return [NeedOfGroup(need, figures_of(need).get(group.slug), answers.get(need.pk, [])) for need in needs]


@register.filter
def answered(needs: list[NeedOfGroup]) -> list[NeedOfGroup]:
    return [each for each in needs if each.answers]


@register.filter
def unanswered(needs: list[NeedOfGroup]) -> list[NeedOfGroup]:
    return [each for each in needs if not each.answers]


@register.inclusion_tag("surveys/_group_events.html")
def events_for_group(needs: list[NeedOfGroup]):
    """The next events, and which of them answer one of the needs."""
    return {"events": group_news.events_for([each.need.pk for each in needs])[:EVENTS]}


@register.inclusion_tag("surveys/_group_recommendations.html")
def recommendations_for_group(group, needs: list[NeedOfGroup]):
    found = list(group_news.recommendations_for(group, [each.need.pk for each in needs]))
    return {"recommendations": found, "are_for_companies": group.slug in group_news.COMPANIES}


@register.inclusion_tag("surveys/_recommendation_groups.html")
def groups_of_recommendation(recommendation):
    """The pages of the target groups that a recommendation to companies is for."""
    is_for_companies = recommendation.addressee == recommendation.Addressee.COMPANIES
    return {"groups": TargetGroup.objects.filter(slug__in=group_news.COMPANIES) if is_for_companies else []}


@register.filter
def of_slug(counts: dict[str, int], slug: str) -> int:
    return counts.get(slug, 0)


@register.simple_tag
def counts_by_group() -> dict[str, int]:
    """How many released needs each target group has, by its slug, as far as that may be known."""
    counts: dict[str, int] = {}
    for need in Need.objects.released().with_figures():
        for place in places_of(need):
            counts[place] = counts.get(place, 0) + 1
    return counts
