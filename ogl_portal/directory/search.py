"""Who may find what, which topics and target groups words lead to, and the pages of the target groups."""

from django.db.models import Model

from ogl_portal.lib.registry import search_sources, search_vocabularies
from ogl_portal.lib.search import Audience, Entry, Source, Vocabulary

from .models import TargetGroup, Topic


def search_audiences(user) -> list[Audience]:
    """The circles whose documents a user (anonymous, too) may find."""
    if not user.is_authenticated:
        return [Audience.ALL]
    if user.is_lead:
        return list(Audience)
    return [Audience.ALL, Audience.MEMBERS] if user.is_member else [Audience.ALL]


def topic_key(topic: Topic) -> str:
    """The key of documents with this topic."""
    return f"thema:{topic.pk}"


def target_group_key(group: TargetGroup) -> str:
    """The key of documents for this target group."""
    return f"zielgruppe:{group.pk}"


def words(thing: Model) -> list[str]:
    """The name, what it names where it names several things, and its synonyms."""
    names = [name.strip() for part in thing.name.split("&") for name in part.split(",")]
    return list(dict.fromkeys([thing.name, *names, *thing.synonym_list]))


@search_vocabularies.register
def vocabularies():
    yield Vocabulary(Topic, topic_key, words)
    yield Vocabulary(TargetGroup, target_group_key, words)


def group_entry(group: TargetGroup) -> Entry:
    """The page of a target group, with what it says to it; what else stands there is found by itself."""
    return Entry(
        title=group.name,
        url=group.get_absolute_url(),
        kind="Zielgruppe",
        audience=Audience.ALL,
        summary=group.summary,
        texts=(group.introduction,),
    )


@search_sources.register
def sources():
    things = TargetGroup.objects.all
    yield Source("target-groups", "zielgruppen", "Zielgruppen", TargetGroup, things, group_entry, is_signpost=True)
