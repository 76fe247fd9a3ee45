"""Figures for the lead, and those that may be published."""

import re
from collections import defaultdict
from datetime import timedelta
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ogl_portal.directory.models import Organisation
from surveys import workflow
from surveys.models import Entry, PublishedFigures, Round
from surveys.progress import codable_entries
from surveys.statistics import Statistics
from surveys.suppression import SMALLEST_GROUP, pooled, protect
from tests import cast
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


def test_removal_changes_no_figure_before_it_is_submitted(round):
    response = round.responses.first()
    experience = response.entries.filter(section_key="C").first()
    workflow.save_entry(entry=experience, draft=experience.draft | {"C4": ["security"]}, revision=experience.revision)
    submit(response)

    def figures():
        statistics = Statistics(Round.objects.get(pk=round.pk))
        coded = codable_entries(round).filter(section_key="C").count()
        return rows_of(statistics, "C4")["IT-Sicherheit"], statistics.sections, coded

    before = figures()
    assert before[0] == [1, 1] and before[2] == 4
    workflow.remove_entry(entry=Entry.objects.get(pk=experience.pk))
    assert figures() == before
    submit(response)
    assert figures()[0] == [0, 0] and figures()[2] == 3


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


# Nobody can be told by subtracting


def possible(shown, sizes: list[int], *, adds_up: bool, exact: bool = False) -> dict[tuple, set[int]]:
    """What somebody who knows the sizes of the groups thinks possible, figure by figure; by trying out everything.

    What the rows leave of each group stands in a row of its own behind them: who gave none of these answers. ``exact``
    is somebody who knows besides that everybody answered.
    """
    columns = [
        [
            guess
            for guess in product(*(range(size + 1) if row[place] is None else [row[place]] for row in shown))
            if (not adds_up or sum(guess) <= size) and (not exact or sum(guess) == size)
        ]
        for place, size in enumerate(sizes[1:], start=1)
    ]
    found = defaultdict(set)
    for guess in product(*columns):
        rows = [[sum(row), *row] for row in zip(*guess, strict=True)]
        if all(row[0] in {None, total[0]} for total, row in zip(rows, shown, strict=True) if row[0] is not None):
            note(found, rows, sizes)
    return found


def note(found: dict, rows: list[list[int]], sizes: list[int]) -> None:
    """Add one table that would explain what is shown, and for each figure what it leaves of its group."""
    for number, row in enumerate(rows):
        for place, figure in enumerate(row):
            found["chose", number, place].add(figure)
            found["did not", number, place].add(sizes[place] - figure)


def given_away(rows, shown, sizes, **facts) -> list[tuple]:
    """The figures of which somebody can be sure that one to four people stand behind them."""
    thought = possible(shown, sizes, **facts)
    true = defaultdict(set)
    note(true, rows, sizes)
    return [spot for spot, figures in thought.items() if max(figures) < SMALLEST_GROUP and true[spot] != {0}]


def with_sums(*rows: list[int]) -> list[list[int]]:
    return [[sum(row), *row] for row in rows]


@pytest.mark.parametrize(
    ("row", "sizes", "shown"),
    [
        ([8, 9, 9], [20, 20, 20], [26, 8, 9, 9]),
        ([2, 8, 9], [20, 20, 20], [19, None, None, 9]),  # 19 - 8 - 9: the sum gives a single gap away
        ([18, 8, 9], [20, 20, 20], [35, None, None, 9]),  # 2 of 20 did not choose it
        ([2, 1, 9], [20, 20, 20], [12, None, None, None]),  # 12 - 9: two gaps that are three people together
        ([19, 19, 9], [20, 20, 20], [47, None, None, None]),  # 2 of 40 did not
        ([0, 0, 3], [20, 20, 20], [None, 0, 0, None]),
        ([20, 20, 17], [20, 20, 20], [None, 20, 20, None]),  # the sum leaves 3
        ([0, 20, 20], [20, 20, 20], [40, 0, 20, 20]),
    ],
)
def test_figure_of_several_choices_is_not_to_be_reckoned_from_the_others(row, sizes, shown):
    rows, sizes = with_sums(row), with_sums(sizes)[0]
    assert protect(rows, sizes, sizes, adds_up=False) == [shown]


def test_answer_that_nearly_all_gave_who_were_asked_is_kept_back_though_others_were_not_asked():
    """Six of ten were asked, which may be known from the question before; five of them chose it."""
    rows, sizes, answered = with_sums([5, 8]), [30, 10, 20], [26, 6, 20]
    assert protect(rows, sizes, sizes, adds_up=False) == [[13, 5, 8]]
    assert protect(rows, sizes, answered, adds_up=False) == [[13, None, None]]


def test_answers_that_exclude_each_other_are_not_to_be_reckoned_from_the_column():
    rows, sizes = with_sums([6, 9], [9, 6], [5, 3]), [38, 20, 18]
    shown = protect(rows, sizes, sizes, adds_up=True)
    assert shown[2][2] is None and not given_away(rows, shown, sizes, adds_up=True, exact=True)
    assert [row[0] for row in shown] == [15, 15, 8]
    naive = [[None if 0 < figure < 5 else figure for figure in row] for row in rows]
    assert ("chose", 2, 2) in given_away(rows, naive, sizes, adds_up=True, exact=True)


def test_few_who_did_not_answer_are_not_to_be_reckoned_from_those_who_did():
    """Whoever was not asked answered the question before in one certain way."""
    rows, sizes = with_sums([9, 10], [9, 10]), [40, 20, 20]
    shown = protect(rows, sizes, [38, 18, 20], adds_up=True)
    assert None in {row[1] for row in shown} and [row[0] for row in shown if row[0]]


def test_limit_of_choices_gives_no_figure_away():
    """Each of six chose two of three answers: whoever sees 6 and 5 knows that only one is left of twelve."""
    rows, sizes = with_sums([6, 6], [5, 5], [1, 1]), [12, 6, 6]
    assert protect(rows, sizes, sizes, adds_up=False, limit=2)[2] == [None] * 3


group_sizes = st.lists(st.integers(5, 9), min_size=1, max_size=3)


@st.composite
def several_of(draw):
    """One answer of several, by groups: sizes, how many answered at all, and how many gave this answer."""
    sizes = draw(group_sizes)
    answered = [draw(st.sampled_from([size, size - 1, size // 2])) for size in sizes]
    return sizes, answered, [draw(st.integers(0, number)) for number in answered]


@given(several_of())
def test_no_attacker_is_sure_of_a_small_group_behind_one_of_several_answers(drawn):
    sizes, answered, chosen = (with_sums(row)[0] for row in drawn)
    shown = protect([chosen], sizes, answered, adds_up=False)
    assert all(seen in {None, figure} for figure, seen in zip(chosen, shown[0], strict=True))
    assert given_away([chosen], shown, sizes, adds_up=False) == []
    known = [number if number >= SMALLEST_GROUP else size for number, size in zip(answered, sizes, strict=True)]
    known = with_sums(known[1:])[0]
    assert given_away([chosen], shown, known, adds_up=False) == []


@given(st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=2, max_size=2), st.integers(0, 3))
def test_no_attacker_is_sure_of_a_small_group_behind_answers_that_exclude_each_other(cells, silent):
    rows = with_sums(*([2 * figure for figure in row] for row in cells))
    answered = [sum(column) for column in zip(*rows, strict=True)]
    sizes = with_sums([max(SMALLEST_GROUP, number + silent) for number in answered[1:]])[0]
    shown = protect(rows, sizes, answered, adds_up=True)
    assert given_away(rows, shown, sizes, adds_up=True) == []
    if sizes == answered:
        assert given_away(rows, shown, sizes, adds_up=True, exact=True) == []


def test_single_choice_in_a_section_that_repeats_may_count_a_response_twice():
    """Two entries, two answers: the rows do not add up to those who answered, and tell less."""
    rows, sizes = with_sums([6, 6], [6, 6]), [12, 6, 6]
    assert protect(rows, sizes, sizes, adds_up=True) == rows


# The figures for publication are frozen


@pytest.fixture
def finished(round):
    """A round that is over, with enough answers to publish."""
    make_returns(round, "school", 5, F1=["talk"])
    end(round)
    return round


def end(round) -> None:
    now = timezone.now()
    type(round).objects.filter(pk=round.pk).update(opens_at=now - timedelta(days=9), closes_at=now)


def freeze(lead, round) -> str:
    return lead.client.post(reverse("admin:surveys_round_statistics", args=[round.pk]), follow=True).content.decode()


def test_published_figures_stay_when_somebody_goes_afterwards(lead, finished):
    before = page(lead, finished, "?ansicht=veroeffentlichung")
    assert "Zahlen festschreiben" in before and "Noch nicht festgeschrieben" in before
    assert "Die Zahlen sind festgeschrieben" in freeze(lead, finished)
    frozen = tables_in(page(lead, finished, "?ansicht=veroeffentlichung"))
    assert frozen == tables_in(before) and "Erfahrungsgespräch" in frozen
    workflow.delete_response(response=finished.responses.first())
    assert tables_in(page(lead, finished, "?ansicht=veroeffentlichung")) == frozen
    assert tables_in(page(lead, finished)) != frozen
    freeze(lead, finished)
    figures = PublishedFigures.objects.get()
    assert figures.published_by == lead.user and figures.document["total"] == 7
    assert "Festgeschrieben am" in page(lead, finished, "?ansicht=veroeffentlichung")


def tables_in(text: str) -> str:
    """The part of the page with figures."""
    return text.partition('id="gruppen"')[2]


def test_figures_of_a_running_round_are_a_preview_only(lead, round):
    make_returns(round, "school", 3, F1=["talk"])
    assert "Vorschau, solange die Runde läuft" in page(lead, round, "?ansicht=veroeffentlichung")
    assert "Die Runde läuft noch" in freeze(lead, round)
    assert not PublishedFigures.objects.exists()


def test_figures_of_too_few_are_not_frozen(lead, round):
    end(round)
    assert "zu wenige Rückmeldungen" in freeze(lead, round)
    assert not PublishedFigures.objects.exists()


def test_figures_are_frozen_by_who_may_change_the_round(finished, member):
    cast.make_staff(member, "view_round", "view_response")
    address = reverse("admin:surveys_round_statistics", args=[finished.pk])
    assert member.client.get(address).status_code == 200 and member.client.post(address).status_code == 403
    assert not PublishedFigures.objects.exists()


def test_frozen_figures_outlive_who_froze_them(lead, finished):
    freeze(lead, finished)
    lead.user.delete()
    assert PublishedFigures.objects.get().published_by is None


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
    assert "noch zu wenige Rückmeldungen" in text and not re.search(r"\bC4\b", text)  # within a token it may stand
    make_returns(round, "school", 5, F1=["talk"])
    text = page(lead, round, "?ansicht=veroeffentlichung")
    assert "übrige Gruppen" in text and "Beantwortet in" not in text


def test_page_of_a_round_without_responses_opens(lead):
    assert "noch zu wenige Rückmeldungen" in page(lead, make_round())
