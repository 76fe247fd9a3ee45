"""PostgreSQL answers the pages of a large Wissensdatenbank from indexes by its own choice, and uses all of ours."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from knowledgebase.models import Contact, Link, Relation, Reuse, Solution, Step
from ogl_portal.lib.search import Audience, spelling
from ogl_portal.lib.search import models as search_models
from ogl_portal.lib.search.models import SearchPosting
from tests.factories.knowledgebase import make_many

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
NUMBER = 3_000
TEXT = "Was sie tut, und wie man sie übernimmt. " * 15
STAND_FOR_THEMSELVES = re.compile(r"_(pkey|key|uniq|like|[0-9a-f]{8})$|^one_|^a_")
"""Keys and constraints keep order among the rows; those of foreign keys are asked when what they point to goes."""
INDEX = """
INSERT INTO lib_searchdocument (source, object_id, title, url, kind, summary, text, audience, is_example)
  SELECT 'solutions', id, title, '/' || slug, 'Leitfaden', '', repeat('Wort ', 300), 0, false
  FROM knowledgebase_solution;
INSERT INTO lib_searchword (spelling) SELECT 'wort' || n FROM generate_series(1, 5000) n;
INSERT INTO lib_searchkey (word_id, key, share) SELECT id, spelling, 100 FROM lib_searchword;
INSERT INTO lib_searchtrigram (word_id, trigram)
  SELECT id, substr(md5(spelling || n), 1, 2) || n FROM lib_searchword, generate_series(1, 8) n;
INSERT INTO lib_searchposting (document_id, word_id, audience, weight)
  SELECT DISTINCT ON (d.id, w.id) d.id, w.id, 0, 200 FROM lib_searchdocument d, generate_series(1, 40) n
  JOIN lib_searchword w ON true WHERE w.spelling = 'wort' || ((d.id * 37 + n * 113) % 5000 + 1);
"""


def load() -> None:
    """So many solutions as two counties may have one day, with their rows and words, in a database that is in use."""
    now, today = timezone.now(), timezone.localdate()
    make_many(NUMBER, description=TEXT, problem=TEXT)
    keys = list(Solution.objects.order_by("pk").values_list("pk", flat=True))
    hours = timedelta(hours=1)
    moments = [Solution(pk=pk, published_at=now - place * hours, changed_at=now - place * hours)
               for place, pk in enumerate(keys)]  # fmt: skip
    Solution.objects.bulk_update(moments, ["published_at", "changed_at"], batch_size=1000)
    day = today + timedelta(days=300)
    use = {"place": "Ort", "status": "productive", "since_year": 2024, "confirmed_at": now, "confirm_again_on": day}
    contact = {"name": "K", "email": "k@example.org", "consented_on": today, "valid_until": day}
    parts = {Step: {"position": 1, "title": "Anfangen"}, Link: {"kind": "demo", "url": "https://example.org/"},
             Contact: contact, Reuse: {"organisation_name": "A", **use}}  # fmt: skip
    for model, fields in parts.items():
        model.objects.bulk_create((model(solution_id=pk, **fields) for pk in keys), batch_size=1000)
    Relation.objects.bulk_create(Relation(solution_id=one, other_id=two, kind="needs") for one, two in pairwise(keys))
    with connection.cursor() as cursor:
        cursor.execute(INDEX)
        cursor.execute("VACUUM ANALYZE")


def plans(ask) -> str:
    """How the database goes about every question that is asked."""
    for one in caches.all():
        one.clear()
    with CaptureQueriesContext(connection) as captured:
        ask()
    found = []
    with connection.cursor() as cursor:
        for query in [query for query in captured if query["sql"].startswith("SELECT")]:
            cursor.execute(f"EXPLAIN {query['sql']}")
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def indexes(*models) -> dict[str, list[str]]:
    """The indexes of tables, each with its columns."""
    with connection.cursor() as cursor:
        tables = [connection.introspection.get_constraints(cursor, model._meta.db_table) for model in models]
    return {name: facts["columns"] for table in tables for name, facts in table.items() if facts["index"]}


def test_pages_of_a_large_wissensdatenbank_use_indexes_and_every_index_is_used(visitor):
    load()
    entry = Solution.objects.published().order_by("pk")[NUMBER // 2]
    pages = ["/wissensdatenbank/", "/", "/wissensdatenbank/feed.atom", "/daten/", "/suche/?q=wort17"]
    seen = [plans(lambda page=page: visitor.client.get(page)) for page in [entry.get_absolute_url(), *pages]]
    assert not re.search(r"Seq Scan on knowledgebase_(solution|step|link|contact|relation|reuse)\b", seen[0])
    assert "Seq Scan on knowledgebase_solution " not in "".join(seen[2:5])
    assert not re.search(r"Seq Scan on lib_search(posting|key|trigram|word)", "".join(seen[5:]))
    seen.append(spelling.candidates(["Bauantrg"], [Audience.ALL]).explain())
    assert not re.search(r"Seq Scan on lib_search(posting|trigram)", seen[-1])
    removal = SearchPosting.objects.filter(document__in=[1, 2]).explain()
    assert "one_search_posting_per_word" in removal

    own = [*apps.get_app_config("knowledgebase").get_models(), *vars(search_models).values()]
    tables = [model for model in own if hasattr(model, "_meta") and model._meta.app_label in {"knowledgebase", "lib"}]
    ours = indexes(*(model for model in tables if not model._meta.abstract))
    chosen = {name for name in ours if not STAND_FOR_THEMSELVES.search(name)}
    assert {name for name in chosen if not re.search(rf"\b{name}\b", "".join(seen))} == set()


def test_no_index_begins_with_all_that_another_one_holds():
    twice = []
    for model in apps.get_app_config("knowledgebase").get_models():
        found = [(name, columns) for name, columns in indexes(model).items() if columns and not name.endswith("_like")]
        twice += [(one, other) for one, few in found for other, more in found
                  if len(few) < len(more) and more[: len(few)] == few]  # fmt: skip
    assert twice == []
