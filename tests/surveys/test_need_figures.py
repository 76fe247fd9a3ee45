"""The figures of needs: frozen at the release, and nobody can be told from them or from what two Stands differ in."""

from itertools import product

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from surveys import workflow
from surveys.need_figures import Reckoning, describe
from surveys.workflow.needing import published_figures
from tests.factories.needs import make_coding, make_released_need, make_told
from tests.factories.surveys import make_round

NAMES = ["a", "b"]


def reckoning(figures, sizes) -> Reckoning:
    """Nobody speaks for two groups, so that everything adds up: the best an attacker can hope for."""
    groups, sizes = (dict(zip(NAMES, row, strict=True)) for row in [figures, sizes])
    return Reckoning(sum(figures), 100, groups, sizes)


def agrees(figures, document) -> bool:
    """Whether these figures may stand behind what is shown."""
    shown = [document["total"], *document["groups"].values()]
    return all(seen in {None, figure} for seen, figure in zip(shown, [sum(figures), *figures], strict=True))


def given_away(stands, documents, sizes) -> list[str]:
    """What an attacker is sure to count one to four organisations: figures, and what came in between two Stands.

    Tries everything that the documents allow; knows the sizes, and that nobody takes back what was said.
    """
    ways = [
        [guess for guess in product(*(range(size + 1) for size in sizes)) if agrees(guess, document)]
        for document in documents
    ]
    thought = {}
    for guess in product(*ways):
        if all(before <= after for pair in zip(guess, guess[1:]) for before, after in zip(*pair)):  # noqa: B905, RUF007
            for name, figure in facts(guess):
                thought.setdefault(name, set()).add(figure)
    true = dict(facts(stands[: len(documents)]))
    return [name for name, figures in thought.items() if max(figures) < 5 and true[name]]


def facts(stands):
    """Every figure of every Stand, and every difference of the last from the first."""
    for number, stand in enumerate(stands):
        yield from ((f"Stand {number}: {name}", figure) for name, figure in zip(NAMES, stand, strict=True))
    if len(stands) > 1:
        yield from (
            (f"new: {name}", last - first) for name, first, last in zip(NAMES, stands[0], stands[-1], strict=True)
        )
        yield "new", sum(stands[-1]) - sum(stands[0])


@st.composite
def growth(draw):
    """What two groups said on one day and on a later one, and how many organisations each has."""
    first = [draw(st.integers(0, 7)) for _ in NAMES]
    last = [figure + draw(st.sampled_from([0, 1, 2, 5, 6])) for figure in first]
    return first, last, [max(5, figure + draw(st.sampled_from([0, 2, 5]))) for figure in last]


@example(([0, 5], [5, 6], [5, 11]))
@given(growth())
def test_no_attacker_is_sure_of_a_small_group_behind_one_stand_or_two(drawn):
    first, last, sizes = drawn
    documents = [describe(reckoning(first, sizes), [])]
    documents += filter(None, [describe(reckoning(last, sizes), documents)])
    assert all(agrees(stand, document) for stand, document in zip([first, last], documents, strict=False))
    assert given_away([first, last], documents, sizes) == []


@pytest.mark.django_db
def test_figures_are_set_beside_those_of_needs_that_were_merged_or_split():
    [parent] = documents = [describe(reckoning([10, 0], [20, 20]), [])]
    assert parent["total"] == 10 and describe(reckoning([7, 0], [20, 20]), [], [documents]) is None
    need, merged = make_released_need(), make_released_need()
    other = workflow.split_need(need=need, codings=need.codings.all(), title="Abgeteilt", by=None)
    assert published_figures(other) == ([], [[need.figures.get().document]])
    workflow.merge_needs(need=merged, into=need, by=None)
    assert published_figures(need)[1] == [[merged.figures.get().document]]


@pytest.mark.django_db
def test_figures_stay_as_they_were_released_until_enough_is_new(lead, client):
    need, round = make_released_need(5), make_round()
    page = f"/admin/surveys/need/{need.pk}/change/"
    for number in range(1, 6):
        make_coding(need=need, entry=make_told(round=round))
        assert "Insgesamt 5 Organisationen" in client.get(need.get_absolute_url()).content.decode()
        if number < 5:
            with pytest.raises(ValidationError, match="weniger als fünf"):
                workflow.renew_figures(need=need, by=lead.user)
    answer = lead.client.post("/admin/surveys/need/", {"action": "renew_figures", "_selected_action": need.pk})
    assert answer.status_code == 302 and "10 Organisationen, Stand" in lead.client.get(page).content.decode()
    assert "Insgesamt 10 Organisationen" in client.get(need.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_need_that_is_taken_back_and_released_again_does_not_tell_who_came_in_between(lead, client):
    need = make_released_need(5)
    workflow.withdraw_need(need=need, by=lead.user)
    make_coding(need=need)
    workflow.release_need(need=need, by=lead.user)
    assert "Insgesamt 5 Organisationen" in client.get(need.get_absolute_url()).content.decode()
