"""The timeline of the list of items."""

import re
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions import workflow
from actions.tracker import MOST
from tests.factories.actions import make_item, make_item_due_in, make_item_of

pytestmark = pytest.mark.django_db


def timeline(actor, **query) -> str:
    return actor.client.get("/massnahmen/", query).content.decode().partition('id="zeitleiste"')[2]


def labels(html: str) -> list[str]:
    """What stands in the list, in its order, today included."""
    return re.findall(r'<a href="/massnahmen/\d+/">(.*?)</a>|(Heute), ', html)


def test_timeline_is_a_list_in_the_order_of_termine_with_today_between(visitor):
    make_item_due_in(5, title="später")
    make_item_due_in(-5, title="früher")
    make_item_due_in(2, title="bald")
    html = timeline(visitor)
    assert [item or today for item, today in labels(html)] == ["früher", "Heute", "bald", "später"]
    assert '<ol class="ogl-timeline">' in html and "überfällig" in html


def test_timeline_uses_the_words_of_the_table(visitor):
    item = make_item(title="an zwei Tagen", status="dropped")
    item.time_from, item.time_until = time(17), time(18, 30)
    workflow.write_days(item=item, days=[date(2021, 6, 3), date(2021, 6, 17)])
    make_item_due_in(5, status="in-progress")
    make_item_due_in(-5, status="in-progress")
    make_item_due_in(-9, status="done")
    html = timeline(visitor)
    assert "03.06. und 17.06.2021, jeweils 17.00–18.30 Uhr" in html and "03.06.–17.06.2021" not in html
    states = re.findall(r'<span class="ogl-timeline__state">(.*?)</span>', html)
    assert states == ["entfallen", "erledigt", "überfällig und in Arbeit", "in Arbeit"]


def test_timeline_follows_the_filter_and_counts_what_has_no_termin(visitor):
    make_item_due_in(5, title="offenes")
    make_item_due_in(6, title="fertiges", status="done")
    make_item(title="ohne", status="done")
    html = timeline(visitor, stand="erledigt")
    assert "fertiges" in html and "offenes" not in html
    assert "Ohne festen Termin: 1 Schritt." in html
    assert "Kein Schritt dieser Auswahl hat einen Termin." in timeline(visitor, stand="entfallen")


def test_timeline_names_persons_to_members_only(visitor, member, other_member):
    make_item_of(other_member.person, due_kind="day", due_until=date(2030, 1, 1))
    assert "Otto Ander" in timeline(member)
    assert "Otto Ander" not in timeline(visitor)


def test_timeline_of_many_items_is_short_and_says_so(visitor):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            visitor.client.get("/massnahmen/")
        return len(queries)

    for days in [-1, 1]:
        make_item_due_in(days)
    before = count()
    for number in range(MOST + 1):
        make_item_due_in(-2 - number)
        make_item_due_in(2 + number)
    html = timeline(visitor)
    assert len(labels(html)) == 2 * MOST + 1
    assert "liegen 2 weitere Schritte" in html and "kommen 2 weitere Schritte" in html
    assert count() == before
