"""What can be found of the questionnaire: the needs that were released, and nobody's words."""

from django.utils import timezone

from ogl_portal.lib.registry import search_sources
from ogl_portal.lib.search import Audience, Entry, Source

from .models import Need


def needs():
    return Need.objects.released()


def need_entry(need: Need) -> Entry:
    """A need with its description; quotes are not searched, so that a withdrawn one is nowhere left."""
    return Entry(
        title=need.title,
        url=need.get_absolute_url(),
        kind="Zielgruppenbedarf",
        audience=Audience.ALL,
        texts=(need.description,),
        date=timezone.localdate(need.released_at),
        is_example=need.is_example,
    )


@search_sources.register
def sources():
    yield Source("needs", "bedarfe", "Zielgruppenbedarfe", Need, needs, need_entry)
