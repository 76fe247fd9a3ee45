"""What other pages show of recommendations."""

from django import template

from ..models import Recommendation

register = template.Library()


@register.inclusion_tag("sessions_app/_recommendations.html")
def recommendations_of_event(event, user):
    """What came of a session, where something did (``is_recommending``); nothing is asked for other events."""
    found = Recommendation.objects.visible_to(user).filter(event=event).in_order() if event.is_recommending else []
    return {"recommendations": list(found), "title": "Empfehlungen aus dieser Session"}


@register.inclusion_tag("sessions_app/_recommendations.html")
def recommendations_of_series(series, user):
    """What a series recommends, and its paper as soon as there is one."""
    found = list(Recommendation.objects.visible_to(user).filter(series=series).in_order())
    has_paper = any(each.is_public for each in found)
    title = "Was die Serie empfiehlt"
    return {"recommendations": found, "title": title, "paper_of": series if has_paper else None}
