"""The vocabulary of topics and target groups leads to documents: each word of it is kept as a group of synonyms."""

from django.db.models import Model

from .models import SynonymGroup
from .sources import Vocabulary, vocabularies


def follow_vocabulary(thing: Model) -> None:
    """Keep the words of a topic or the like as they are stored now."""
    for vocabulary in vocabularies():
        if isinstance(thing, vocabulary.model):
            keep(vocabulary, vocabulary.model._base_manager.get(pk=thing.pk))


def vocabulary_keys(thing: Model) -> list[str]:
    """The keys that the words of a thing lead to."""
    return [vocabulary.key(thing) for vocabulary in vocabularies() if isinstance(thing, vocabulary.model)]


def forget_vocabulary(keys: list[str]) -> None:
    """Forget the words that led to these keys."""
    if keys:
        SynonymGroup.objects.filter(key__in=keys).delete()


def refresh_vocabularies() -> None:
    """Keep the words of everything that there is, and of nothing else."""
    keys = []
    for vocabulary in vocabularies():
        for thing in vocabulary.model._base_manager.order_by("pk"):
            keep(vocabulary, thing)
            keys.append(vocabulary.key(thing))
    SynonymGroup.objects.exclude(key="").exclude(key__in=keys).delete()


def keep(vocabulary: Vocabulary, thing: Model) -> None:
    words = "\n".join(word for word in vocabulary.words(thing) if word)
    SynonymGroup.objects.update_or_create(key=vocabulary.key(thing), defaults={"words": words or str(thing)})
