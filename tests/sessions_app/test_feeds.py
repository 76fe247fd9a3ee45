"""The Atom feeds of events and reports (RFC 4287; interop.md)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from sessions_app import workflow
from sessions_app.models import Event
from tests.factories.sessions_app import make_event, make_report, make_series

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
EVENTS, REPORTS = "/termine/feed.atom", "/reports/feed.atom"


def read(actor, path: str) -> etree._Element:
    response = actor.client.get(path)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def texts(feed, path: str) -> list[str]:
    return feed.xpath(path, namespaces=ATOM)


@pytest.mark.parametrize(("path", "page"), [(EVENTS, "/termine/"), (REPORTS, "/reports/")])
def test_feed_keeps_the_rules_of_the_standard_with_and_without_entries(visitor, path, page):
    for make in [lambda: None, make_report]:
        make()
        feed = read(visitor, path)
        assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
        assert texts(feed, "a:link[@rel='self']/@href") == [f"http://testserver{path}"]
        assert texts(feed, "a:link[@rel='alternate']/@href") == [f"http://testserver{page}"]
        for element in [feed, *texts(feed, "a:entry")]:
            for name in ["id", "title", "updated"]:
                assert len(texts(element, f"a:{name}")) == 1, name
            assert texts(element, "a:id/text()")[0].startswith("urn:uuid:")
            assert datetime.fromisoformat(texts(element, "a:updated/text()")[0]).tzinfo
        assert texts(feed, "a:author/a:name/text()")
    assert texts(feed, "a:entry")
    ids = texts(feed, "//a:id/text()")
    assert len(ids) == len(set(ids))


def test_feed_of_events_is_stirred_by_significant_changes_only(visitor, lead):
    event = make_event(title="Abend")
    Event.objects.filter(pk=event.pk).update(changed_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    before = visitor.client.get(EVENTS).content
    event.refresh_from_db()
    event.description = "Tippfehler berichtigt"
    workflow.note_changes(event=event)
    event.save()
    assert visitor.client.get(EVENTS).content == before
    event.status, event.status_note = Event.Status.CANCELLED, "Krankheit."
    workflow.note_changes(event=event)
    event.save()
    feed = read(visitor, EVENTS)
    assert texts(feed, "a:entry/a:title/text()") == ["Abgesagt: Abend"]
    assert "Krankheit" in texts(feed, "a:entry/a:summary/text()")[0]
    assert texts(feed, "a:entry/a:updated/text()") == [event.changed_at.isoformat()]


def test_feed_of_events_holds_published_ones_the_last_changed_first(lead):
    make_event(is_published=False)
    first, second = make_event(), make_event()
    assert texts(read(lead, EVENTS), "a:entry/a:id/text()") == [second.uid.urn, first.uid.urn]


def test_feed_strips_control_characters(visitor):
    event = make_event()
    Event.objects.filter(pk=event.pk).update(title="Selt\x0bsam", summary="Ein\x1fSatz & <b>mehr</b>")
    feed = read(visitor, EVENTS)
    assert texts(feed, "a:entry/a:title/text()") == ["Seltsam"]
    assert "EinSatz &amp; &lt;b&gt;mehr" in texts(feed, "a:entry/a:summary/text()")[0]


def test_feed_of_reports_holds_released_ones_as_they_were_released(lead):
    make_report(status="draft", released_at=None), make_report(status="in-review", released_at=None)
    released_at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    report = make_report(released_at=released_at)
    feed = read(lead, REPORTS)
    assert texts(feed, "a:entry/a:title/text()") == [report.title]
    assert texts(feed, "a:entry/a:updated/text()") == [released_at.isoformat()]
    assert texts(feed, "a:entry/a:id/text()") != [report.event.uid.urn]


@pytest.mark.parametrize("path", [EVENTS, REPORTS])
def test_feed_is_announced_not_sent_twice_and_costs_one_query(visitor, path):
    for _ in range(3):
        make_report(event=make_event(series=make_series(), starts_at=datetime.now(UTC) - timedelta(days=3)))
    page = visitor.client.get(path.rpartition("/")[0] + "/").content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in page and f'href="{path}"' in page
    first = visitor.client.get(path)
    assert visitor.client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    with CaptureQueriesContext(connection) as captured:
        visitor.client.get(path)
    assert len(captured) == 1


def test_feed_of_reports_does_not_name_an_event_that_is_hidden_again(visitor):
    report = make_report()
    Event.objects.filter(pk=report.event_id).update(title="Interner Name")
    assert "Interner Name" in "".join(texts(read(visitor, REPORTS), "a:entry/a:summary/text()"))
    Event.objects.filter(pk=report.event_id).update(is_published=False)
    [summary] = texts(read(visitor, REPORTS), "a:entry/a:summary/text()")
    assert summary == report.event.when
