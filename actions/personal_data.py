"""What the next steps hold of people."""

from collections.abc import Iterator

from django.db.models import F, QuerySet
from django.utils import timezone

from ogl_portal.lib import search
from ogl_portal.lib.personal_data import Area, Basis, Deletion, PersonalData, personal_data

from .models import ActionItem, Comment, ItemMail, Share, StatusChange

MEMBERS = "Mitglieder und OGL-Leitung"
COMMON = {"area": Area.STEPS, "basis": Basis.TASK, "seen_by": MEMBERS}
WITH_ITEM = "solange es den Schritt gibt"


@personal_data.register
def declare() -> Iterator[PersonalData]:
    yield PersonalData(
        ActionItem,
        title="Schritte, für die Sie verantwortlich sind",
        purpose="Wer einen vereinbarten Schritt übernommen hat.",
        kept=WITH_ITEM,
        of=("responsible_persons",),
        find=items_of,
        shows=("title", "status", "due_until"),
        deletion=Deletion.DETACHED,
        why="Die Arbeitsgruppe hat den Schritt vereinbart. Ist sonst niemand verantwortlich, gilt er als offen.",
        erase=step_back,
        **COMMON | {"seen_by": "alle, wo der Name öffentlich genannt werden darf, sonst Mitglieder und OGL-Leitung"},
    )
    yield PersonalData(
        Share,
        title="Ihr Anteil an Schritten, die alle betreffen",
        purpose="Wie viele Mitglieder ihren Teil erledigt haben.",
        kept=WITH_ITEM,
        of=("person",),
        shows=("item__title", "done_at"),
        **COMMON,
    )
    yield PersonalData(
        Comment,
        title="Ihre Kommentare zu Schritten",
        purpose="Absprachen zu einem Schritt.",
        kept=WITH_ITEM,
        of=("author",),
        shows=("item__title", "text", "at"),
        **COMMON,
    )
    yield PersonalData(
        ItemMail,
        title="Erinnerungen an Schritte",
        purpose="Damit an jeden Schritt nur so oft wie eingestellt erinnert wird.",
        kept=WITH_ITEM,
        of=("person",),
        shows=("item__title", "sent_at"),
        **COMMON | {"seen_by": "OGL-Leitung"},
    )
    yield PersonalData(
        StatusChange,
        title="Verlauf von Schritten",
        purpose="Wer den Stand eines Schritts geändert hat.",
        kept=WITH_ITEM,
        by=("by",),
        deletion=Deletion.DETACHED,
        why="Der Verlauf gehört zum Schritt.",
        **COMMON,
    )


def items_of(user) -> QuerySet:
    """The items that name the person, and what a running correction makes of items and names them."""
    items = ActionItem.with_corrections
    return items.filter(responsible_persons=user.person_id) if user.person_id else items.none()


def step_back(user) -> int:
    """Take the person off the items; an item that nobody else is responsible for is open."""
    kinds, items = ActionItem.ResponsibleKind, list(items_of(user))
    for item in items:
        item.responsible_persons.remove(user.person_id)
        alone = not item.responsible_persons.exists() and item.responsible_kind == kinds.PERSONS
        values = {"changed_at": timezone.now()} | ({"responsible_kind": kinds.OPEN} if alone else {})
        ActionItem.with_corrections.filter(pk=item.pk).update(**values, revision=F("revision") + 1)
        if not item.corrects_id:
            search.update(item)
    return len(items)
