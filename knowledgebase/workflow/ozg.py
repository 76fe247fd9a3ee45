"""Taking over lists of the OZG catalogue."""

from dataclasses import dataclass

from django.db import transaction

from ogl_portal.lib import search

from ..models import LifeSituation, PublicService
from ..ozg import key_of

MODELS = {LifeSituation: ["ozg_field"], PublicService: ["name", "ozg_id"]}
"""What a list may change of something that is known by its key."""


@dataclass
class Outcome:
    """How many of one kind were new, changed, or known as they are."""

    label: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def __str__(self):
        return f"{self.label}: {self.new} neu, {self.changed} geändert, {self.unchanged} unverändert"


@transaction.atomic
def import_ozg(*, things: list[LifeSituation | PublicService], dry_run: bool = False) -> list[Outcome]:
    """Write what ``ozg.read`` found, all or nothing; what is there already by its key is changed, none is deleted.

    A dry run counts what would happen and writes nothing.
    """
    return [
        import_model(model, [each for each in things if isinstance(each, model)], dry_run=dry_run) for model in MODELS
    ]


def import_model(model, things: list, *, dry_run: bool) -> Outcome:
    """Write the things of one model and count them."""
    known = {key_of(thing): thing for thing in model.objects.all()}
    new = [thing for thing in things if key_of(thing) not in known]
    changed = [known[key_of(thing)] for thing in things if key_of(thing) in known and take_over(thing, known)]
    if not dry_run:
        model.objects.bulk_create(new, batch_size=500)
        model.objects.bulk_update(changed, MODELS[model], batch_size=200)
        for thing in changed:
            search.update(thing)  # it is found under its new name
    unchanged = len(things) - len(new) - len(changed)
    return Outcome(str(model._meta.verbose_name_plural), len(new), len(changed), unchanged)


def take_over(thing, known: dict) -> bool:
    """Give the known one the values of the other; return whether that changed anything."""
    stored = known[key_of(thing)]
    values = {name: getattr(thing, name) for name in MODELS[type(thing)]}
    differs = any(getattr(stored, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(stored, name, value)
    return differs
