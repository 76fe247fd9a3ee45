"""What everyone has to do: each ticks off the own share; comments; items that an event or a round settles."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from actions import workflow
from actions.models import ActionItem, Share
from sessions_app.models import Event
from tests.factories.actions import make_item
from tests.factories.directory import make_member
from tests.factories.sessions_app import make_event

pytestmark = pytest.mark.django_db


def page(actor, item) -> str:
    return actor.client.get(item.get_absolute_url()).content.decode()


@pytest.fixture
def for_all():
    return make_item(responsible_kind="everyone", due_kind="open")


def test_member_ticks_off_the_own_share_once_and_takes_it_back(for_all, member, other_member, visitor):
    address = f"{for_all.get_absolute_url()}anteil/"
    for _ in range(2):
        assert "Abgehakt. Danke!" in member.client.post(address, follow=True).content.decode()
    assert "<strong>1 von 2</strong> Mitgliedern" in page(member, for_all)
    assert "doch noch offen" in page(member, for_all)
    assert "Meinen Anteil abhaken" in page(other_member, for_all)
    assert "Anteil abhaken" not in page(visitor, for_all)
    back = member.client.post(address, {"zurueck": "1"}, follow=True)
    assert "Ihr Anteil ist wieder offen." in back.content.decode()
    assert not Share.objects.exists()


def test_who_ticks_off_signed_out_comes_back_to_the_page_on_which_the_button_stands(for_all, visitor):
    address = for_all.get_absolute_url()
    for data, stands_on in [({}, address), ({"von": "mein-bereich"}, "/mein-bereich/#meine-schritte")]:
        asked = visitor.client.post(f"{address}anteil/", data)
        assert parse_qs(urlsplit(asked.url).query)["next"] == [stands_on]


def test_share_is_ticked_by_members_and_where_everyone_has_one(for_all, member, superuser):
    assert superuser.client.post(f"{for_all.get_absolute_url()}anteil/").status_code == 404
    assert member.client.post(f"{make_item().get_absolute_url()}anteil/").status_code == 404
    assert not Share.objects.exists()


def test_share_of_a_settled_item_is_neither_ticked_nor_taken_back(for_all, member):
    workflow.change_status(item=for_all, to="done")
    address = f"{for_all.get_absolute_url()}anteil/"
    answer = member.client.post(address, follow=True)
    assert "Dieser Schritt hat schon den Stand „erledigt“." in answer.content.decode()
    assert not Share.objects.exists()
    workflow.tick_off_share(item=for_all, person=member.person)
    member.client.post(address, {"zurueck": "1"})
    assert Share.objects.exists()


def test_last_share_leaves_the_item_to_the_lead(for_all, member):
    workflow.tick_off_share(item=for_all, person=member.person)
    for_all.refresh_from_db()
    assert for_all.status == ActionItem.Status.OPEN


def test_share_of_a_former_member_does_not_count(for_all, member):
    former = make_member()
    workflow.tick_off_share(item=for_all, person=former)
    former.memberships.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert "<strong>0 von 1</strong> Mitgliedern" in page(member, for_all)


def test_comment_is_for_the_ag_and_an_empty_one_is_refused(for_all, member, other_member, visitor):
    address = f"{for_all.get_absolute_url()}kommentar/"
    said = member.client.post(address, {"text": "Ich kümmere mich <b>morgen</b>."}, follow=True)
    assert "Ihr Kommentar steht jetzt beim Schritt." in said.content.decode()
    assert "Ich kümmere mich &lt;b&gt;morgen&lt;/b&gt;." in page(other_member, for_all)
    assert "kümmere" not in page(visitor, for_all)
    refused = member.client.post(address, {"text": " "})
    assert refused.status_code == 422
    assert "Bitte schreiben Sie einen Kommentar." in refused.content.decode()


def make_done_by_event(**event_fields) -> ActionItem:
    event = make_event(**event_fields)
    return make_item(due_kind="event", due_event=event, is_done_by_event=True, responsible_kind="lead")


def test_item_tied_to_an_event_is_done_once_that_took_place(visitor):
    past = timezone.now() - timedelta(days=2)
    held, coming = make_done_by_event(starts_at=past), make_done_by_event()
    off = make_done_by_event(starts_at=past, status=Event.Status.CANCELLED)
    moved = make_done_by_event(starts_at=past, status=Event.Status.MOVED, moved_from=past - timedelta(days=7))
    put_off = make_done_by_event(starts_at=past, status=Event.Status.MOVED)
    assert set(ActionItem.objects.done()) == {held, moved}
    assert set(ActionItem.objects.open()) == {coming, off, put_off}
    assert set(ActionItem.objects.overdue()) == {off}
    assert [item.is_settled for item in [held, coming, off, put_off]] == [True, False, False, False]
    assert "der Termin hat stattgefunden" in page(visitor, held)
    held.refresh_from_db()
    assert held.status == ActionItem.Status.OPEN


def test_item_due_at_an_event_without_a_date_is_due_once_that_has_one(visitor):
    event = make_event(starts_at=timezone.now() - timedelta(days=2), status=Event.Status.MOVED)
    item = make_item(due_kind="event", due_event=event)
    assert not item.is_overdue and ActionItem.objects.with_due().get().due is None
    assert "neuer Termin folgt" in page(visitor, item)
    event.moved_from, event.starts_at = event.starts_at, timezone.now() + timedelta(days=2)
    event.ends_at = event.starts_at + timedelta(hours=1)
    event.save()
    assert ActionItem.objects.upcoming().get().due_at == event.ends_at
    assert "neuer Termin folgt" not in page(visitor, item)


def test_only_an_item_due_at_an_event_is_done_by_one(lead):
    form = {"title": "x", "due_kind": "open", "responsible_kind": "open", "status": "open", "is_done_by_event": "on"}
    answer = lead.client.post("/admin/actions/actionitem/add/", form)
    assert "Mit dem Termin erledigt sein kann nur" in answer.content.decode()
