"""PostgreSQL answers the questions of the search from their indexes."""

import pytest
from django.db import connection

from ogl_portal.lib import search
from ogl_portal.lib.search import retrieval, spelling
from ogl_portal.lib.search.models import SearchPosting
from tests import search_set

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


@pytest.fixture
def filled():
    """An index that is large enough for PostgreSQL to prefer indexes, with its statistics."""
    search_set.load_documents()
    with connection.cursor() as cursor:
        for name in ["posting", "key", "word", "trigram", "document"]:
            cursor.execute(f"ANALYZE lib_search{name}")
        cursor.execute("SET LOCAL enable_seqscan = off")  # a small table is read as a whole, a large one never


def test_plan_of_the_question_for_postings_uses_their_indexes(filled):
    rows = retrieval.question(["antrag", "bauantrag"], [search.Audience.ALL])
    plan = rows.explain()
    assert "search_key_lookup" in plan
    assert "search_posting_lookup" in plan
    assert "Seq Scan" not in plan


def test_plan_of_the_question_for_similar_words_uses_their_indexes(filled):
    plan = spelling.candidates(["Bauantrg"], [search.Audience.ALL]).explain()
    assert "search_trigram_lookup" in plan
    assert "Seq Scan" not in plan


def test_plan_of_removing_a_document_uses_an_index(filled):
    plan = SearchPosting.objects.filter(document__in=[1, 2]).explain()
    assert "Seq Scan" not in plan
