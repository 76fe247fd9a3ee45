"""The items of „Nächste Schritte“ in few questions to the database: how many there are, one page of them, and the
timeline around today, however many items there are."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, Q, When
from django.utils import timezone

from sessions_app.models import Report

from .models import ActionItem

MOST = 12
"""How many items before today, and how many after it, the timeline shows: the list with all of them stands beside."""


@dataclass(frozen=True)
class Numbers:
    """How many items have their Termin behind them, before them, and none."""

    past: int = 0
    coming: int = 0
    undated: int = 0

    @property
    def total(self) -> int:
        return self.past + self.coming + self.undated

    def __add__(self, other: "Numbers") -> "Numbers":
        return Numbers(self.past + other.past, self.coming + other.coming, self.undated + other.undated)


def is_past() -> Q:
    return Q(due__lte=timezone.now())


def is_coming() -> Q:
    return Q(due__gt=timezone.now())


def numbers_by_report(visible, chosen) -> dict[tuple[str, str] | None, Numbers]:
    """How many of the ``visible`` items are ``chosen``, by address and title of their report, in one query.

    Reports of which none is chosen have noughts; the latest event comes first. None stands for items of no report.
    """
    is_chosen = Q() if chosen is visible else Q(pk__in=chosen.values("pk"))
    kinds = {"past": is_past(), "coming": is_coming(), "undated": Q(due=None)}
    rows = visible.with_due().order_by("-report__event__starts_at")
    rows = rows.values(slug=F("report__slug"), public_title=Report.public_title_at("report__"))
    counted = rows.annotate(**{kind: Count("pk", filter=found & is_chosen) for kind, found in kinds.items()})
    return {
        (row["slug"], row["public_title"]) if row["slug"] else None: Numbers(**{kind: row[kind] for kind in kinds})
        for row in counted
    }


class TrackerPaginator(Paginator):
    """Pages of a table whose number of items is known; the items of the timeline come with those of a page."""

    def __init__(self, rows, per_page: int, *, numbers: Numbers) -> None:
        super().__init__(rows, per_page)
        self.numbers = numbers

    @property
    def count(self) -> int:
        return self.numbers.total

    def page(self, number):
        """A page as Django's, with ``around_today``: its items."""
        number = self.validate_number(number)
        rows, first = self.object_list, (number - 1) * self.per_page
        found = list(with_timeline(rows.data.data, first, first + self.per_page))
        here = type(rows)(data=[item for item in found if item.is_on_page], table=rows.table)
        page = self._get_page(here, number, self)
        page.around_today = around_today(found)
        return page


def with_timeline(items, first: int, last: int):
    """Of a sorted queryset the items from one place to another, and those that the timeline shows."""
    on_page = items.values("pk")[first:last]
    past = items.filter(is_past()).order_by("-due", "-pk").values("pk")[:MOST]
    coming = items.filter(is_coming()).order_by("due", "pk").values("pk")[:MOST]
    shown = items.filter(Q(pk__in=on_page) | Q(pk__in=past) | Q(pk__in=coming))
    return shown.annotate(is_on_page=Case(When(pk__in=on_page, then=True), default=False))


def around_today(items: list[ActionItem]) -> list[ActionItem]:
    """Of some items the last ones before now and the first ones after it, at most ``MOST`` of each."""
    now = timezone.now()
    dated = sorted((item for item in items if item.due_at), key=lambda item: (item.due_at, item.pk))
    past = [item for item in dated if item.due_at <= now]
    return past[-MOST:] + dated[len(past) :][:MOST]
