"""The texts of events, series, recommendations and pages that may name somebody; the lead has written them freely."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from ogl_portal.directory.models import Person
from ogl_portal.lib.registry import forgotten_names, withdrawn_names
from ogl_portal.pages.models import Page

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
from .workflow.cleaning import clean_rows, note_cleaned
from .workflow.spellings import may_name, names


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
    yield Texts(Page.objects.all(), ("title", "body"))
    yield Texts(AgendaProposal.objects.none(), ("title", "description"))  # may come onto the agenda
    yield Texts(WorkshopTopic.objects.none(), ("title", "result"))  # come into the report


def names_listed(texts: Iterable[Texts], person: Person, where: str) -> Iterator[str]:
    """In a German sentence what names the person in public: the words are the lead's to change."""
    things = dict.fromkeys(each.thing(row) for each in texts for row in each.naming(person, each.public))
    if things:
        named = ", ".join(f"„{thing}“" for thing in things)
        yield f"Öffentlich steht der Name noch in {where}: {named}. Bitte ändern Sie diese."


def forget_names(texts: Iterable[Texts], person: Person) -> list:
    """Put the stand-in in the place of the name, in drafts too, and return the things that named the person."""
    things = []
    for each in texts:
        rows = each.public.model._base_manager.select_related(*filter(None, [each.of]))
        things += [each.thing(row) for row in clean_rows(rows, each.fields, person)]
    note_cleaned(things)
    return list(dict.fromkeys(things))


@withdrawn_names.register
def names_in_public_texts(person) -> Iterator[str]:
    yield from names_listed(texts(), person, "Terminen, Serien, Empfehlungen oder Pflichtseiten")


@forgotten_names.register
def names_left_in_texts(person) -> Iterator:
    """Nobody could find them once the person is gone."""
    forget_names(texts(), person)
    yield from ()
