"""Where members meet the topics of a workshop."""

from django import template

from ogl_portal.directory.models import belongs_to_group

from ..models import TopicCollection

register = template.Library()


@register.inclusion_tag("sessions_app/_topics_of_event.html")
def topics_of_event(event, user):
    """The way to the topics of a workshop, for members."""
    is_asked = event.kind == event.Kind.WORKSHOP and belongs_to_group(user)
    return {"collection": TopicCollection.objects.shown().filter(event=event).first() if is_asked else None}


@register.inclusion_tag("sessions_app/_my_topics.html")
def my_topics(user):
    """The open collections of topics, with the dots that the member has left."""
    shown = TopicCollection.objects.shown() if belongs_to_group(user) else []
    open_ones = [collection for collection in shown[:5] if collection.is_open]
    return {"rows": [(collection, collection.free_dots_of(user)) for collection in open_ones]}
