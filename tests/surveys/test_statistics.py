"""Figures for the lead, and those that may be published."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ogl_portal.directory.models import Organisation
from surveys.statistics import Statistics
from surveys.suppression import SMALLEST_GROUP, pooled, protect
from tests.factories.directory import make_member
from tests.factories.surveys import fill, make_complete_response, make_entry, make_round, submit


def make_returns(round, kind: str, number: int, **answers) -> None:
    """Submitted responses of as many organisations of one kind."""
    for _ in range(number):
        response = make_complete_response(make_member(), round)
        fill(response, "A", {"A2": kind})
        fill(response, "F", answers)
        submit(response)


@pytest.fixture
def round(db):
    people = [make_member() for _ in range(2)]
    round = make_round(*people)
    for person in people:
        response = make_complete_response(person, round)
        make_entry(response, "C", {"C1": "Umstieg", "C4": ["time", "cost"]})
        make_entry(response, "C", {"C1": "Noch einer", "C4": ["time"]})
        submit(response)
    return round


def rows_of(statistics, key: str) -> dict[str, list]:
    return dict(statistics.table(statistics.definition.questions[key]).rows)


def test_responses_are_counted_once_however_many_entries_they_have(round):
    assert rows_of(Statistics(round), "C4")["fehlende Zeit"] == [2, 2]
    assert rows_of(Statistics(round), "C4")["Kosten/Finanzierung"] == [2, 2]
    assert rows_of(Statistics(round), "C4")["IT-Sicherheit"] == [0, 0]


def test_answer_about_the_kind_of_organisation_counts_before_the_profile(round):
    make_returns(round, "school", 1, F1=["talk"])
    statistics = Statistics(round)
    assert [(group.label, group.size) for group in statistics.groups] == [
        ("Kammer/Verband", 2), ("Schule/Bildungsträger", 1)
    ]  # fmt: skip
    assert rows_of(statistics, "F1")["Erfahrungsgespräch"] == [1, 0, 1]


def test_drafts_are_not_counted(round):
    make_complete_response(make_member(), round)
    assert Statistics(round).total == 2


def test_returns_over_time_have_every_day_and_the_sum(round):
    person = make_member()
    response = make_complete_response(person, round)
    submit(response, at=timezone.now() - timedelta(days=2))
    days = Statistics(round).days
    assert [(day.new, day.total) for day in days] == [(1, 1), (0, 1), (2, 3)]


def test_entries_of_each_section_are_counted(round):
    assert [row for row in Statistics(round).sections if row[0].startswith(("B", "C"))] == [
        ("B Best-Practice-Beispiel", 2, 2), ("C Erfahrung", 2, 4)
    ]  # fmt: skip


def test_number_of_queries_is_the_same_with_more_responses(round, django_assert_num_queries):
    for number in (0, 3):
        make_returns(round, "school", number)
        statistics = Statistics(type(round).objects.select_related("version").get(pk=round.pk))
        with django_assert_num_queries(4):
            assert statistics.tables and statistics.days and statistics.sections


def test_small_groups_are_pooled_until_nobody_can_be_told():
    assert pooled({"a": 9, "b": 5, "c": 6}) == []
    assert pooled({"a": 9, "b": 2, "c": 6}) == ["b", "c"]
    assert pooled({"a": 3, "b": 2, "c": 6}) == ["b", "a"]


def test_published_figures_are_those_of_groups_of_five_at_least(round):
    make_returns(round, "school", 5, F1=["talk"])
    make_returns(round, "small-company", 6, F1=["talk", "visit"])
    make_returns(round, "municipality", 4, F1=["visit"])
    statistics = Statistics(round, for_publication=True)
    assert [(group.label, group.size) for group in statistics.groups] == [
        (Organisation.Kind.SMALL_COMPANY.label, 6), (Organisation.Kind.SCHOOL.label, 5), ("übrige Gruppen", 6)
    ]  # fmt: skip
    assert rows_of(statistics, "F1")["Erfahrungsgespräch"] == [11, 6, 5, 0]


tables = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(tables, st.booleans())
def test_protected_figures_leave_nothing_small_to_work_out(cells, columns_add_up):
    figures = [[sum(row), *row] for row in cells]
    kept = protect(figures, columns_add_up=columns_add_up)
    for row, shown in zip(figures, kept, strict=True):
        assert all(figure is None or figure == 0 or figure >= SMALLEST_GROUP for figure in shown)
        gaps = [figure for figure, seen in zip(row[1:], shown[1:], strict=True) if seen is None]
        if gaps and shown[0] is not None:
            assert sum(gaps) >= SMALLEST_GROUP and len(gaps) > 1
    for original, shown in zip(figures, kept, strict=True):
        assert all(seen in {None, figure} for figure, seen in zip(original, shown, strict=True))


def page(lead, round, query: str = "") -> str:
    return lead.client.get(reverse("admin:surveys_round_statistics", args=[round.pk]) + query).content.decode()


def test_page_has_a_chart_with_a_name_beside_every_table(lead, round):
    text = page(lead, round)
    assert (
        text.count('class="ogl-chart"')
        == text.count("stehen in der Tabelle</title>")
        == 2 + len(Statistics(round).tables)
    )
    assert "C4 Was hat gebremst?" in text and "Beantwortet in 2 Rückmeldungen" in text
    assert "style=" not in text.partition("ogl-statistics")[2]


def test_page_for_publication_shows_nothing_of_a_small_round(lead, round):
    text = page(lead, round, "?ansicht=veroeffentlichung")
    assert "noch zu wenige Rückmeldungen" in text and "C4" not in text
    make_returns(round, "school", 5, F1=["talk"])
    text = page(lead, round, "?ansicht=veroeffentlichung")
    assert "übrige Gruppen" in text and "Beantwortet in" not in text


def test_page_of_a_round_without_responses_opens(lead):
    assert "noch zu wenige Rückmeldungen" in page(lead, make_round())
