"""The index is written here, always in the transaction of whoever changed a thing.

Writers lock the one row of SearchState, so they come one after the other; readers never wait.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from uuid import uuid4

from django.db import transaction
from django.db.models import Model

from . import analyser
from .models import SearchDocument, SearchPosting, SearchState, SearchWord
from .sources import Source, sources
from .vocabulary import follow_vocabulary, forget_vocabulary, refresh_vocabularies, vocabulary_keys
from .writing import batches, drop_unused, rewrite_keys, write

is_put_off = ContextVar("is_put_off", default=False)


@contextmanager
def rebuilt_afterwards() -> Iterator[None]:
    """Around a load of many things: each leaves the index as it is, at the end all of it is written at once.

    It is written even when the load breaks off, so what was stored until then is found.
    """
    token = is_put_off.set(True)
    try:
        yield
    finally:
        is_put_off.reset(token)
        rebuild()


@transaction.atomic
def update(thing: Model) -> None:
    """Bring the index up to what is stored of the thing, and of everything that it is named in."""
    lock()
    for source in sources():
        put(source, source.touched_by(thing))
    follow_vocabulary(thing)


@transaction.atomic
def remove(thing: Model) -> None:
    """Take a thing out of the index; ``removal`` also follows where it was named."""
    lock()
    for source in sources():
        if isinstance(thing, source.model):
            forget(source.name, [thing.pk])


@contextmanager
def removal(*things: Model) -> Iterator[None]:
    """Around the deletion of things: they leave the index, and what they were named in is written anew."""
    with transaction.atomic():
        touched = [(source, source.touched_by(thing)) for thing in things for source in sources()]
        words = [key for thing in things for key in vocabulary_keys(thing)]
        lock()
        yield
        for source, numbers in touched:
            put(source, numbers)
        forget_vocabulary(words)


@transaction.atomic
def put(source: Source, numbers: list[int]) -> None:
    """Write what the source says of the things with these numbers; those that are gone leave the index."""
    for batch in batches([] if is_put_off.get() else numbers):
        lock()
        entries = {thing.pk: source.entry(thing) for thing in source.things().filter(pk__in=batch)}
        forget(source.name, [number for number in batch if number not in entries])
        write(source.name, entries)


def lock() -> None:
    """Wait for other writers, and say that what was read of the index before is outdated."""
    SearchState.objects.select_for_update().get_or_create(pk=1)
    SearchState.objects.filter(pk=1).update(stamp=uuid4())


def stamp() -> str:
    """What differs after every ``update``, ``remove`` and ``removal``: of all that can be found or is named in it."""
    return str(SearchState.objects.order_by().values_list("stamp", flat=True).first())


def forget(name: str, numbers: list[int]) -> None:
    """Remove the documents of a source with these numbers, and the words that nothing else has."""
    for batch in batches(numbers):
        documents = SearchDocument.objects.filter(source=name, object_id__in=batch)
        words = set(SearchPosting.objects.filter(document__in=documents).values_list("word", flat=True))
        documents.delete()
        drop_unused(words)


def version() -> str:
    """What an index is filled with now: the analyser, and the kinds of things that can be found."""
    names = " ".join(sorted(source.name for source in sources()))
    return f"{analyser.VERSION}-{sha256(names.encode()).hexdigest()[:12]}"


def is_outdated() -> bool:
    """Whether the index was filled with another analyser or other kinds of things, or never."""
    return not SearchState.objects.filter(version=version()).exists()


def rebuild(say: Callable[[str], None] = lambda line: None) -> None:
    """Write the whole index anew, in short transactions, and tell how far it is; safe to repeat and to break off."""
    for words in batches(SearchWord.objects.order_by("pk")):
        with transaction.atomic():
            lock()
            rewrite_keys(words)
    for source in sources():
        numbers = list(source.things().order_by("pk").values_list("pk", flat=True))
        for batch in batches(numbers):
            put(source, batch)
        say(f"{source.label}: {len(numbers)}")
    tidy_up()


@transaction.atomic
def tidy_up() -> None:
    """Remove what was deleted past the index, and note with what it is filled now."""
    lock()
    for source in sources():
        known = SearchDocument.objects.filter(source=source.name).values_list("object_id", flat=True)
        forget(source.name, sorted(set(known) - set(source.things().order_by().values_list("pk", flat=True))))
    SearchDocument.objects.exclude(source__in=[source.name for source in sources()]).delete()
    drop_unused(SearchWord.objects.values_list("pk", flat=True))
    refresh_vocabularies()
    SearchState.objects.filter(pk=1).update(version=version())
