"""Which solutions belong together, seen from one of them."""

from dataclasses import dataclass

from django.db.models import Q

from .models import Relation, Solution

Kind = Relation.Kind
SEEN_FROM_THE_OTHER = {
    Kind.REPLACES: "wird ersetzt durch",
    Kind.NEEDS: "wird gebraucht von",
    Kind.ALTERNATIVE: "ist eine Alternative zu",
    Kind.VARIANT: "hat als Variante",
}
BASES = {Kind.REPLACES, Kind.VARIANT}
"""What a solution builds on."""


@dataclass(frozen=True)
class Related:
    """A published solution, and how the one at hand relates to it."""

    label: str
    solution: Solution
    is_base: bool = False


def related_to(solution: Solution) -> list[Related]:
    """Return what is related to the solution, in either direction, each once: one query."""
    names = [f"{end}__{name}" for end in ["solution", "other"] for name in ["title", "slug", "status"]]
    rows = Relation.objects.filter(Q(solution=solution) | Q(other=solution)).select_related("solution", "other")
    rows = rows.only("kind", *names)
    found = {}
    for row in rows:
        related = seen_from(solution, row)
        if related.solution.is_published:
            found.setdefault((related.label, related.solution.pk), related)
    return list(found.values())


def seen_from(solution: Solution, row: Relation) -> Related:
    """The other end of a relation."""
    if row.solution_id == solution.pk:
        return Related(row.get_kind_display(), row.other, row.kind in BASES)
    return Related(SEEN_FROM_THE_OTHER[row.kind], row.solution)
