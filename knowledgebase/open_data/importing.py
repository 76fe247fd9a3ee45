"""Entries of a file become solutions: all of them or none, and first of all a look at what would happen.

A new entry comes in as a draft, whatever it was elsewhere: publishing takes two people here. An entry whose uuid is
known changes that solution and leaves its state; a published one must stay complete.
"""

from dataclasses import dataclass, field
from enum import Enum
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from .. import interchange, workflow
from ..models import Attachment, Solution
from ..workflow.addresses import free_slug
from .bundle import Bundle
from .entries import Entry
from .refusals import faults_of, plain_values
from .vocabulary import create_missing

KEPT = "Übernommen aus {}. Der Wortlaut liegt in dem Portal, aus dem die Datei stammt."


class Action(Enum):
    CREATED = "angelegt"  # an organisation or a word that entries refer to
    NEW = "neu als Entwurf"
    CHANGED = "geändert"
    UNCHANGED = "unverändert"
    REFUSED = "abgelehnt"


@dataclass
class Outcome:
    """What became of one entry, or would become of it; all texts in German."""

    place: str
    action: Action
    changes: list[str] = field(default_factory=list)  # the names of the fields that change
    faults: list[str] = field(default_factory=list)  # why it is refused
    notes: list[str] = field(default_factory=list)  # what of it is not taken over


@dataclass(frozen=True)
class Wishes:
    """How an import is meant."""

    dry_run: bool = False
    create_missing: bool = False
    keep_consents: bool = False


@transaction.atomic
def import_entries(
    *, entries: list[Entry], organisations: list[dict], source: str, wishes: Wishes, files: Bundle | None = None
) -> list[Outcome]:
    """Import the entries of a file and say what became of each.

    Nothing is written when one of them is refused, or when ``wishes`` ask for a dry run. ``source`` is the name of
    the file, for the history; ``files`` are those of the attachments.
    """
    made = create_missing(entries, organisations) if wishes.create_missing else []
    outcomes = [Outcome(place, Action.REFUSED if faults else Action.CREATED, faults=faults) for place, faults in made]
    sound = []
    for entry, faults in zip(entries, faults_of(entries, files), strict=True):
        outcomes.append(Outcome(entry.place, Action.REFUSED, faults=faults, notes=entry.notes))
        if not faults:
            sound.append((outcomes[-1], plain_values(entry.content)))
    # Every new entry is there before any is filled, as they may refer to each other; those with an address come first.
    sound.sort(key=lambda pair: "slug" not in pair[1])
    begun = [(outcome, content, *begin(content)) for outcome, content in sound]
    for outcome, content, solution, is_new in begun:
        write(outcome, content, solution, is_new, source, wishes, files)
    if wishes.dry_run or any(each.action is Action.REFUSED for each in outcomes):
        transaction.set_rollback(True)
    elif files:
        files.store(Attachment._meta.get_field("file").storage)
    return outcomes


def begin(content: dict) -> tuple[Solution, bool]:
    """The solution with the entry's uuid, or a new draft with nothing but its title; and whether it is new."""
    known = Solution.objects.select_for_update().filter(uuid=content["uuid"]).first() if "uuid" in content else None
    if known:
        return known, False
    slug = content.get("slug") or free_slug(content["title"])
    new = Solution.objects.create(uuid=content.get("uuid") or uuid4(), title=content["title"], slug=slug)
    return new, True


def write(
    outcome: Outcome, content: dict, solution: Solution, is_new: bool, source: str, wishes: Wishes, files: Bundle | None
) -> None:
    """Fill one solution and note in the outcome what happened; what changes nothing leaves no trace."""
    if "contacts" in content and not wishes.keep_consents:
        content = content | {"contacts": [without_consent(row) for row in content["contacts"]]}
    if "relations" in content:
        content = content | {"relations": content["relations"] + hidden_relations(solution, content["relations"])}
    before = interchange.dump(solution)
    try:
        with transaction.atomic():
            outcome.notes += interchange.fill(solution, content, contacts=is_new, files=files)
            if is_new:
                note_kept_consents(solution, source)
            refuse_gaps(solution)
    except ValidationError as refusal:
        outcome.faults = messages_of(refusal)
        return
    after = interchange.dump(interchange.with_content(Solution.objects.all()).get(pk=solution.pk))
    outcome.changes = [] if is_new else [interchange.label(name) for name in after if after[name] != before[name]]
    outcome.action = Action.NEW if is_new else Action.CHANGED if outcome.changes else Action.UNCHANGED
    if outcome.action is not Action.UNCHANGED:
        Solution.objects.filter(pk=solution.pk).update(revision=F("revision") + 1)
        workflow.keep_snapshot(solution=solution, by=None, message=f"Importiert aus {source}.")
        workflow.ask_for_second_look(solution=solution, by=None)


def without_consent(row: dict) -> dict:
    """A contact who has not been asked here yet, and so is not shown."""
    return row | {"consented_on": None, "valid_until": None}


def note_kept_consents(solution: Solution, source: str) -> None:
    """Say of the consents that came along where their words stand: no file has them."""
    for contact in solution.contacts.filter(consented_on__isnull=False):
        workflow.note_consent(contact, KEPT.format(source))
        contact.save()


def hidden_relations(solution: Solution, told: list[dict]) -> list[dict]:
    """The relations to entries that are not public: no export tells of them, so no import takes them away."""
    kept = solution.relations.exclude(other__in=Solution.objects.published()).select_related("other")
    rows = [{"kind": each.kind, "other": str(each.other.uuid)} for each in kept]
    return [row for row in rows if row not in told]


def refuse_gaps(solution: Solution) -> None:
    """What is published stays complete."""
    stored = Solution.objects.get(pk=solution.pk)
    gaps = workflow.missing_lasting_fields(stored) if stored.is_published else []
    if gaps:
        raise ValidationError(f"Die Lösung ist veröffentlicht, und danach fehlte: {', '.join(map(str, gaps))}.")


def messages_of(refusal: ValidationError) -> list[str]:
    """The messages with the names of their fields."""
    if not hasattr(refusal, "error_dict"):
        return refusal.messages
    names = {field.name: f"{field.verbose_name} ({field.name}): " for field in Solution._meta.concrete_fields}
    found = refusal.message_dict.items()
    return [names.get(name, "") + message for name, messages in found for message in messages]
