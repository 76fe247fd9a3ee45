"""The search answers the labelled queries as well as search.md asks, on both databases."""

import pytest

from tests import search_set

pytestmark = pytest.mark.django_db
RECALL, MRR, WRONG = 0.93, 0.90, 3


@pytest.fixture
def halves():
    search_set.load_documents()
    return search_set.halves()


def test_labelled_set_is_large_and_names_documents_that_exist():
    queries, slugs = search_set.load_queries(), {block[0].split(" | ")[0] for block in search_set.blocks()}
    assert len(slugs) >= 60
    assert len({query.text for query in queries}) == len(queries) >= 90
    assert set().union(*(query.right for query in queries)) <= slugs


def test_answers_to_both_halves_are_as_good_as_wanted(halves):
    for half in halves:
        judged = search_set.judge(search_set.answers(half))
        assert judged.recall >= RECALL
        assert judged.mrr >= MRR
        assert judged.wrong <= WRONG
