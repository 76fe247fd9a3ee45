"""One's own items in „Mein Bereich“, and ticking them off there."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.actions import make_item, make_item_due_in, make_item_of
from tests.factories.surveys import make_round

pytestmark = pytest.mark.django_db
AREA = "/mein-bereich/"


def mine(actor) -> str:
    html = actor.client.get(AREA).content.decode()
    return html.partition('id="meine-schritte"')[2].partition("</section>")[0]


def press(actor, item):
    """Send the form that stands with an item."""
    form = re.search(rf'<form method="post" action="(/massnahmen/{item.pk}/[a-z/]*)">(.*?)</form>', mine(actor), re.S)
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[2])
    return actor.client.post(form[1], dict(fields), follow=True)


def test_own_items_stand_with_termin_and_overdue_mark(member):
    make_item_of(member.person, title="Spät", due_kind="day", due_until=date(2024, 2, 1))
    html = mine(member)
    assert "Spät" in html and "Termin: 01.02.2024" in html and "überfällig" in html


def test_own_item_is_ticked_off_without_leaving(member):
    item = make_item_of(member.person, title="Meins")
    answer = press(member, item)
    assert answer.redirect_chain[-1][0] == f"{AREA}#meine-schritte"
    assert "Der Stand ist jetzt „erledigt“" in answer.content.decode()
    item.refresh_from_db()
    assert item.status == "done" and item.history.get().by == member.user
    assert "Meins" not in mine(member)


def test_own_share_is_ticked_off_and_the_item_stays_open_for_others(member, other_member):
    item = make_item_due_in(3, title="Für alle", responsible_kind="everyone")
    answer = press(member, item)
    assert "Abgehakt. Danke!" in answer.content.decode()
    assert "Ihren Anteil haben Sie abgehakt, andere noch nicht" in mine(member)
    assert "Meinen Anteil abhaken" not in mine(member)
    assert "Meinen Anteil abhaken" in mine(other_member)
    item.refresh_from_db()
    assert item.status == "open"


def test_item_with_a_questionnaire_leads_to_it(member):
    round = make_round()
    make_item(responsible_kind="everyone", round=round)
    html = mine(member)
    assert round.get_absolute_url() in html and "abhaken" not in html


def test_item_changed_meanwhile_is_not_ticked_off_and_shows_what_changed(member):
    item = make_item_of(member.person, title="Meins")
    page = mine(member)
    type(item).objects.filter(pk=item.pk).update(revision=7, status="in-progress")
    assert 'name="revision" value="0"' in page
    answer = member.client.post(item.get_absolute_url(), {"von": "mein-bereich", "revision": "0", "status": "done"})
    assert answer.status_code == 409
    item.refresh_from_db()
    assert item.status == "in-progress"


def test_guest_has_no_items(guest):
    make_item(responsible_kind="everyone")
    assert "Sie haben gerade nichts zu erledigen" in mine(guest)


def test_area_with_many_items_costs_as_much_as_with_one(member):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            member.client.get(AREA)
        return len(queries)

    make_item_of(member.person)
    before = count()
    for _ in range(9):
        make_item_of(member.person)
        make_item(responsible_kind="everyone")
    assert count() == before
