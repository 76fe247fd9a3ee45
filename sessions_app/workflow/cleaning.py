"""Texts that people have written freely, without the name of a person for good: what is stored of them changes."""

from collections.abc import Collection, Iterable
from functools import partial

from django.db.models import F, Model, QuerySet

from ogl_portal.directory.models import Person
from ogl_portal.lib import search
from ogl_portal.lib.fields import RevisedModel

from .spellings import may_name, take_out, without_name


def clean_rows(rows: QuerySet, fields: Collection[str], person: Person) -> list[Model]:
    """Put the stand-in for a person into these fields of the rows, and return those that named them.

    For what people know the rows by ``note_cleaned`` has to follow.
    """
    clean = partial(without_name, person=person)
    named = [row for row in rows.filter(may_name(person, *fields)) if take_out(row, clean, text=fields)]
    for row in named:
        rows.model._base_manager.filter(pk=row.pk).update(**{field: getattr(row, field) for field in fields})
    return named


def note_cleaned(things: Iterable[Model]) -> None:
    """A page that is open with the old text of one of these shall not bring it back, and the search finds the new."""
    for thing in dict.fromkeys(things):
        if isinstance(thing, RevisedModel):
            type(thing)._base_manager.filter(pk=thing.pk).update(revision=F("revision") + 1)
        search.update(thing)
