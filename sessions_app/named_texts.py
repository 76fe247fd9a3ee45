"""The texts of events, series and recommendations that may name somebody; the lead has written them freely."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Model, QuerySet

from ogl_portal.directory.models import Person
from ogl_portal.lib import search
from ogl_portal.lib.fields import RevisedModel
from ogl_portal.lib.registry import forgotten_names, withdrawn_names

from .models import (
    AgendaItem,
    AgendaProposal,
    Event,
    EventMaterial,
    EventSpeaker,
    Recommendation,
    Series,
    WorkshopTopic,
)
from .workflow.spellings import may_name, names, take_out, without_name


@dataclass(frozen=True)
class Texts:
    """Fields in which people write freely, and the rows that the public reads; others may become such."""

    public: QuerySet
    fields: tuple[str, ...]
    of: str = ""  # the field that leads to what people know the row by

    def naming(self, person: Person, rows: QuerySet) -> Iterator:
        """The rows, of these, that name the person."""
        for row in rows.filter(may_name(person, *self.fields)).select_related(*filter(None, [self.of])):
            if any(names(getattr(row, field), person, is_html=False) for field in self.fields):
                yield row

    def thing(self, row):
        return getattr(row, self.of) if self.of else row


def texts() -> Iterator[Texts]:
    """What stands on public pages, or will."""
    events, everybody = Event.objects.published(), AnonymousUser()
    yield Texts(events, ("title", "summary", "description", "place", "status_note", "outcome"))
    yield Texts(AgendaItem.objects.filter(event__in=events), ("title", "description"), "event")
    yield Texts(EventMaterial.objects.visible_to(everybody), ("title",), "event")
    yield Texts(EventSpeaker.objects.filter(event__in=events), ("role",), "event")
    series = Series.objects.visible_to(everybody)
    yield Texts(series, ("title", "summary", "description", "aim", "paper_introduction"))
    yield Texts(Recommendation.objects.public(), ("title", "text", "reasoning", "handed_over_to", "answer"))
    yield Texts(AgendaProposal.objects.none(), ("title", "description"))  # may come onto the agenda
    yield Texts(WorkshopTopic.objects.none(), ("title", "result"))  # come into the report


@withdrawn_names.register
def names_in_public_texts(person) -> Iterator[str]:
    """The words are the lead's to change."""
    things = (each.thing(row) for each in texts() for row in each.naming(person, each.public))
    named = [f"„{thing}“" for thing in dict.fromkeys(things)]
    if named:
        where = ", ".join(named)
        yield f"Öffentlich steht der Name noch in Terminen, Serien oder Empfehlungen: {where}. Bitte ändern Sie diese."


@forgotten_names.register
def names_left_in_texts(person) -> Iterator:
    """Nobody could find them once the person is gone: the stand-in takes their place, in drafts too."""
    clean = partial(without_name, person=person)
    for each in texts():
        for row in each.naming(person, each.public.model._base_manager.all()):
            take_out(row, clean, text=each.fields)
            changed = {field: getattr(row, field) for field in each.fields}
            type(row)._base_manager.filter(pk=row.pk).update(**changed)
            note_change(each.thing(row))
    yield from ()


def note_change(thing: Model) -> None:
    """A page that is open with the old text shall not bring it back, and the search finds the new one."""
    if isinstance(thing, RevisedModel):
        type(thing)._base_manager.filter(pk=thing.pk).update(revision=F("revision") + 1)
    search.update(thing)
