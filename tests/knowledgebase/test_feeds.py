"""The Atom feed (RFC 4287; interop.md)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree

from knowledgebase import workflow
from knowledgebase.models import Solution
from tests.factories.knowledgebase import make_archived, make_draft, make_many, make_published

pytestmark = pytest.mark.django_db
FEED = reverse("knowledgebase:feed")
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def read(actor) -> etree._Element:
    response = actor.client.get(FEED)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def texts(feed, path: str) -> list[str]:
    return feed.xpath(f"{path}", namespaces=ATOM)


def test_feed_names_itself_its_language_and_its_page(visitor):
    feed = read(visitor)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert texts(feed, "a:link[@rel='self']/@href") == [f"http://testserver{FEED}"]
    assert texts(feed, "a:link[@rel='alternate']/@href") == [
        f"http://testserver{reverse('knowledgebase:solution-list')}"
    ]
    assert texts(feed, "a:id/text()")[0].startswith("urn:uuid:")
    assert texts(feed, "a:author/a:name/text()")


def test_feed_entry_is_identified_for_good_and_dated_by_its_last_significant_change(visitor):
    solution = make_published(title="Büro & Co.", summary="<b>Kein</b> HTML")
    changed_at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    Solution.objects.filter(pk=solution.pk).update(changed_at=changed_at)
    feed = read(visitor)
    assert texts(feed, "a:entry/a:id/text()") == [solution.uuid.urn]
    assert texts(feed, "a:entry/a:title/text()") == ["Büro & Co."]
    assert texts(feed, "a:entry/a:updated/text()") == texts(feed, "a:updated/text()") == [changed_at.isoformat()]
    assert texts(feed, "a:entry/a:summary[@type='html']/text()") == ["&lt;b&gt;Kein&lt;/b&gt; HTML"]
    assert texts(feed, "a:entry/a:author/a:name/text()") == [solution.publisher.name]
    assert texts(feed, "a:entry/a:link/@href") == [f"http://testserver{solution.get_absolute_url()}"]


def test_feed_is_not_stirred_by_a_review(visitor):
    solution = make_published()
    before = visitor.client.get(FEED).content
    later = solution.next_review_on + timedelta(days=10)
    workflow.review_solution(solution=solution, by=None, next_review_on=later)
    assert visitor.client.get(FEED).content == before


def test_feed_holds_published_ones_only_the_last_changed_first(lead):
    make_draft(), make_archived()
    first, second = make_published(), make_published()
    assert texts(read(lead), "a:entry/a:id/text()") == [second.uuid.urn, first.uuid.urn]


def test_feed_strips_control_characters(visitor):
    solution = make_published()
    Solution.objects.filter(pk=solution.pk).update(title="Selt\x0bsam", summary="Ein\x1fSatz")
    feed = read(visitor)
    assert texts(feed, "a:entry/a:title/text()") == ["Seltsam"]
    assert texts(feed, "a:entry/a:summary/text()") == ["EinSatz"]


def test_feed_has_stable_bytes_and_is_not_sent_again(visitor):
    for make in [lambda: None, make_published]:
        make()
        first, second = visitor.client.get(FEED), visitor.client.get(FEED)
        assert first.content == second.content
        again = visitor.client.get(FEED, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, first.headers["Cache-Control"]) == (304, "public, no-cache")


def test_feed_has_50_entries_at_most_with_the_same_few_queries(visitor):
    make_published()
    counts = []
    for many in [0, 55]:
        make_many(many)
        with CaptureQueriesContext(connection) as captured:
            feed = read(visitor)
        counts.append(len(captured))
    assert len(texts(feed, "a:entry")) == 50
    assert counts[0] == counts[1] <= 3
