"""The sheet of who has which value: complete, in order, and never older than the last change."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from knowledgebase import workflow
from knowledgebase.facets import FACETS, CostClass, as_bits, cost_class, current_sheet
from knowledgebase.models import Audience, Solution
from ogl_portal.directory.models import Topic
from tests.factories.knowledgebase import make_archived, make_draft, make_published

pytestmark = pytest.mark.django_db
FLAT = {"cost_basis": "flat", "once_kind": "range", "yearly_kind": "none"}


def ids(sheet, places) -> list[int]:
    return [sheet.ids[place] for place in places]


def having(name, key) -> set[int]:
    sheet = current_sheet()
    return set(ids(sheet, sheet.newest(sheet.having(name, [key]))))


def overdue(**overrides) -> Solution:
    today = timezone.localdate()
    return make_published(reviewed_on=today - timedelta(days=400), next_review_on=today, **overrides)


def test_sheet_holds_published_ones_only():
    make_draft(kind="data"), make_archived(kind="data")
    published = make_published(kind="data")
    assert having("art", "data") == {published.pk}
    assert list(current_sheet().ids) == [published.pk]


def test_sheet_without_solutions_is_empty():
    sheet = current_sheet()
    assert (sheet.all, list(sheet.newest(sheet.all)), list(sheet.last_checked(0))) == (0, [], [])


def test_sheet_puts_the_newest_first_and_those_due_for_review_last():
    due, old, new = overdue(), make_published(), make_published()
    sheet = current_sheet()
    assert ids(sheet, sheet.newest(sheet.all)) == [new.pk, old.pk, due.pk]
    assert [sheet.is_due(place) for place in range(3)] == [False, False, True]


def test_sheet_puts_the_one_checked_last_first_and_those_due_last():
    today = timezone.localdate()
    due = overdue()
    long_ago = make_published(reviewed_on=today - timedelta(days=90))
    lately = make_published(reviewed_on=today - timedelta(days=1))
    make_published(reviewed_on=today - timedelta(days=50), kind="data")
    sheet = current_sheet()
    assert ids(sheet, sheet.last_checked(sheet.having("art", ["guide"]))) == [lately.pk, long_ago.pk, due.pk]


def test_sheet_follows_the_day(monkeypatch):
    solution = make_published()
    assert current_sheet().current == 1
    monkeypatch.setattr(timezone, "localdate", lambda: solution.next_review_on)
    assert current_sheet().current == 0


@pytest.mark.parametrize(
    ("facet", "key", "fields"),
    [("art", "software", {"kind": "software"}), ("stand", "pilot", {"stage": "pilot"}),
     ("nachnutzung", "fim", {"reuse_model": "fim"}), ("themenfeld", "umwelt", {"ozg_field": "umwelt"}),
     ("aufwand", "high", {"effort_days_to": 40}), ("aufwand", "low", {"effort_days_to": 5}),
     ("kosten", "bis-1000", FLAT | {"once_from": 0, "once_to": 1000})],
)  # fmt: skip
def test_sheet_knows_each_value(facet, key, fields):
    make_published(effort_days_to=10)
    solution = make_published(**fields)
    assert having(facet, key) == {solution.pk}


def test_sheet_knows_target_groups_topics_and_several_audiences():
    first, second = make_published(topic="sonstiges"), make_published(topic="mint-nachwuchs")
    for solution, kind in [(first, "chamber"), (first, "district"), (second, "district")]:
        Audience.objects.create(solution=solution, kind=kind)
    cache.clear()
    assert having("thema", Topic.objects.get(slug="mint-nachwuchs").pk) == {second.pk}
    assert (having("eignung", "chamber"), having("eignung", "district")) == ({first.pk}, {first.pk, second.pk})


def test_sheet_counts_a_solution_without_audience_for_every_one():
    solution = make_published()
    assert all(having("eignung", kind) == {solution.pk} for kind in Audience.Kind.values)


def test_sheet_has_bits_for_every_facet():
    make_published()
    assert set(current_sheet().bits) == {facet.name for facet in FACETS}


@pytest.mark.parametrize("change", ["publish", "archive", "edit", "delete", "replace"])
def test_sheet_is_made_anew_after_every_change(change):
    solution = make_published(kind="guide")
    before = having("art", "guide")
    if change == "publish":
        before = before | {make_published(kind="guide").pk}
    elif change == "edit":
        Solution.objects.filter(pk=solution.pk).update(kind="data", revision=solution.revision + 1)
        before = set()
    else:
        workflow.archive_solution(solution=solution, by=None) if change == "archive" else solution.delete()
        before = {make_published(kind="guide").pk} if change == "replace" else set()
    assert having("art", "guide") == before


def test_sheet_is_kept_while_nothing_changes(django_assert_num_queries):
    make_published()
    current_sheet()
    with django_assert_num_queries(1):
        current_sheet()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"once_kind": "none", "yearly_kind": "none"}, CostClass.NONE),
        ({"once_kind": "none", "yearly_kind": ""}, None),
        ({"once_kind": "none", "yearly_kind": "on-request"}, CostClass.ON_REQUEST),
        (FLAT | {"once_to": 1000}, CostClass.LOW),
        (FLAT | {"once_to": 1000, "yearly_kind": "range", "yearly_to": 1}, CostClass.MEDIUM),
        (FLAT | {"once_to": 10_000}, CostClass.MEDIUM),
        (FLAT | {"once_to": 10_001}, CostClass.HIGH),
        (FLAT | {"once_to": 5, "cost_basis": "per-case"}, CostClass.PER_UNIT),
    ],
)
def test_cost_class_adds_up_the_first_year(fields, expected):
    assert cost_class(Solution(**fields)) == expected


def test_as_bits_sets_the_bits_at_the_places():
    assert as_bits([0, 3, 9], 10) == 0b1000001001
    assert as_bits([], 0) == 0
