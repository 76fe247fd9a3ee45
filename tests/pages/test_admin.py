from datetime import UTC, date, datetime

import pytest

from ogl_portal.lib.registry import desk_boxes
from ogl_portal.pages.models import BarrierReport, Page

pytestmark = pytest.mark.django_db

LIST = "/admin/pages/barrierreport/"


@pytest.fixture
def ticket():
    came = datetime(2026, 1, 31, 10, tzinfo=UTC)
    return BarrierReport.objects.create(where="/termine/", what="Der Knopf", created_at=came, due_on=date(2026, 2, 28))


def test_lead_answers_a_ticket(lead, ticket):
    data = {"status": "answered", "answer": "Der Knopf geht jetzt.", "answered_on": "02.02.2026", "what": "Geändert"}
    data["seen_revision"] = ticket.revision
    assert lead.client.post(f"{LIST}{ticket.pk}/change/", data).status_code == 302
    ticket.refresh_from_db()
    assert (ticket.status, ticket.answered_on, ticket.what) == ("answered", date(2026, 2, 2), "Der Knopf")
    assert not BarrierReport.objects.open().exists()


def test_answer_without_text_is_refused(lead, ticket):
    page = lead.client.post(f"{LIST}{ticket.pk}/change/", {"status": "answered", "seen_revision": 0}).content.decode()
    assert "was Sie wann geantwortet haben" in page


@pytest.mark.parametrize("day", ["30.01.2026", "31.12.2099"])
def test_answer_on_a_day_that_cannot_be_is_refused(lead, ticket, day):
    data = {"status": "answered", "answer": "Der Knopf geht jetzt.", "answered_on": day, "seen_revision": 0}
    page = lead.client.post(f"{LIST}{ticket.pk}/change/", data).content.decode()
    assert "muss zwischen dem Eingang und heute liegen" in page and "Der Knopf geht jetzt." in page


def test_ticket_is_overdue_from_the_day_after(ticket, time_machine):
    time_machine.move_to("2026-02-28T23:59:00+01:00", tick=False)
    assert not ticket.is_overdue
    time_machine.move_to("2026-03-01T00:01:00+01:00", tick=False)
    assert ticket.is_overdue


def test_tickets_are_the_leads_and_nobody_elses(lead, member, ticket):
    assert ticket.where in lead.client.get(LIST).content.decode()
    assert member.client.get(LIST).status_code == 302
    assert lead.client.get(f"{LIST}add/").status_code == 403


def test_page_changed_meanwhile_is_not_overwritten(lead, second_lead):
    page = Page.objects.get(key=Page.Key.HELP)
    path = f"/admin/pages/page/{page.pk}/change/"
    data = {"title": "Hilfe", "reviewed_on": "", "seen_revision": page.revision}
    assert lead.client.post(path, data | {"body": "Von Lea"}).status_code == 302
    response = second_lead.client.post(path, data | {"body": "Von Luis"})
    assert response.status_code == 409
    assert "Gespeichert ist: Von Lea" in response.content.decode()
    assert Page.objects.get(pk=page.pk).body == "Von Lea"


def test_desk_names_pages_with_gaps_and_those_whose_review_is_due(lead, time_machine):
    time_machine.move_to("2026-03-01T12:00:00+01:00", tick=False)
    for key, body, day in [
        ("imprint", "[bitte ergänzen: Name] und [bitte ergänzen]", None), ("help", "Ganz", None),
        ("privacy", "Ganz", date(2025, 3, 1)), ("accessibility", "Ganz", None),
        ("plain-language", "Ganz", date(2025, 3, 2)),
    ]:  # fmt: skip
        Page.objects.filter(key=key).update(body=body, reviewed_on=day)
    [box] = [box for box in desk_boxes.ask(user=lead.user) if box.title == "Pflichtseiten mit Lücken"]
    notes = {link.text: link.note for link in box.links}
    assert list(notes.values()) == ["Prüfung fällig", "Prüfung fällig", "2 Angaben fehlen"]
    assert set(notes) == {page.title for page in Page.objects.filter(key__in=["imprint", "privacy", "accessibility"])}
