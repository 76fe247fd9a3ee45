"""The figures of a need as they may be known: reckoned at its release, as a document that is frozen then.

Groups of fewer than five organisations are counted together, and figures are kept back as in the statistics of a round:
from 1 to 4, what leaves 1 to 4 over, and what would give those away. How big the groups are is not published, so that
nothing can be reckoned from the columns. A later Stand tells of nobody either when it is compared with those before:
where a figure differs from what was shown last by 1 to 4, it is kept back, and so is what would give that away.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from .matrix import ORGANISATIONS
from .models import Coding, Need
from .suppression import is_big, is_small, pooled, protect

REST = ""
"""The place of all groups that are too small to be named."""
Figures = dict[str, int]


@dataclass(frozen=True)
class Reckoning:
    """All figures of a need, which nobody outside may know."""

    total: int
    organisations: int  # that say any need at all
    groups: Figures  # by the slug of the target group; those that are not named together
    sizes: Figures  # organisations that speak for each at all

    @classmethod
    def of(cls, need: Need) -> "Reckoning":
        """Two questions to the database, and one more where groups are counted together."""
        rows = (
            Coding.objects.order_by().values("target_group__slug").annotate(**both(need)).order_by("target_group__slug")
        )
        sizes = {row["target_group__slug"]: row for row in rows}
        small = pooled({slug: row["everybody"] for slug, row in sizes.items()})
        shown = {slug: row for slug, row in sizes.items() if slug not in small}
        if small:
            shown[REST] = Coding.objects.filter(target_group__slug__in=small).aggregate(**both(need))
        whole = Coding.objects.aggregate(**both(need))
        groups, sizes = ({slug: row[name] for slug, row in shown.items()} for name in ["own", "everybody"])
        return cls(whole["own"], whole["everybody"], groups, sizes)


def both(need: Need) -> dict[str, Count]:
    """The organisations that say anything, and those that say this need."""
    return {"everybody": ORGANISATIONS, "own": Count("organisation_token", distinct=True, filter=Q(need=need))}


def describe(now: Reckoning, before: list[dict], others: Iterable[list[dict]] = ()) -> dict | None:
    """The figures of a need for publication; None where they would tell of a few, set beside those ``before``.

    ``others`` are the documents of each need that went up in this one, or that it was split from: whoever sets them
    beside this one's must not learn more.
    """
    known = [shown_last(documents) for documents in [before, *others] if documents]
    if any(is_small(abs(now.total - last["total"])) for last in known if "total" in last):
        return None
    hidden = kept_back(now, now.groups)
    for last in known:
        changes = {slug: abs(figure - last.get(slug, 0)) for slug, figure in now.groups.items()}
        hidden |= kept_back(now, changes)
    total = now.total if is_total_known(now) and "total" not in hidden else None
    groups = {slug: None if slug in hidden else figure for slug, figure in now.groups.items()}
    return {"total": total, "of": now.organisations if is_big(now.organisations) else None, "groups": groups}


def kept_back(now: Reckoning, figures: Figures) -> set[str]:
    """The places whose figures must not be shown, where all of them together may be known."""
    sizes = list(now.sizes.values())
    sizes, line = [sum(sizes), *sizes], [sum(figures.values()), *figures.values()]
    (shown,) = protect([line], sizes, sizes, adds_up=False)
    return {place for place, figure in zip(["total", *figures], shown, strict=True) if figure is None}


def is_total_known(now: Reckoning) -> bool:
    """Whether those behind a need may be counted: unless they are few, or all but few."""
    return is_big(now.total) and not is_small(now.organisations - now.total)


def shown_last(documents: list[dict]) -> Figures:
    """The last figure that was shown at each place, the oldest document first."""
    last: Figures = {}
    for document in documents:
        shown = {"total": document["total"], **document["groups"]}
        last |= {place: figure for place, figure in shown.items() if figure is not None}
    return last
