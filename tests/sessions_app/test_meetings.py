"""AG-Sitzungen: invitation by mail, answer with one click, proposals for the agenda, and the agenda's order."""

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core import signing
from django.db import connection
from django.utils import timezone

from ogl_portal.directory.models import Person
from ogl_portal.lib.models import OutgoingMail
from sessions_app import workflow
from sessions_app.models import AgendaItem, AgendaProposal, Attendance, Event
from sessions_app.workflow import meetings
from sessions_app.workflow.meetings import answer_url
from tests.factories.directory import make_person
from tests.factories.sessions_app import make_event

from .test_admin import EVENTS, act, form_data, text_of

pytestmark = pytest.mark.django_db
PROPOSALS = "/admin/sessions_app/agendaproposal/"


@pytest.fixture
def meeting():
    return make_event(title="Herbstsitzung")


def path_for(event, person) -> str:
    return answer_url(event, person).removeprefix("http://testserver")


def status_of(event, person) -> str:
    return event.attendances.get(person=person).status


# Inviting


def test_lead_invites_every_member_once(lead, member, other_member, meeting):
    AgendaItem.objects.create(event=meeting, position=1, title="Rückblick")
    meeting.attendances.create(person=other_member.person, status=Attendance.Status.DECLINED)
    assert "liegen im Postausgang" in text_of(act(lead, EVENTS, "send_invitations", meeting))
    mails = OutgoingMail.objects.filter(subject__startswith="Einladung: AG-Sitzung")
    assert {mail.recipient for mail in mails} == {lead.person.email, member.person.email}
    text = mails.get(recipient=member.person.email).text
    for part in [meeting.when, "1. Rückblick", "http://testserver/zusage/"]:
        assert part in text
    assert "sind alle schon eingeladen" in text_of(act(lead, EVENTS, "send_invitations", meeting))
    assert mails.count() == 2


def test_invitation_after_the_meeting_moved_goes_out_again(lead, meeting):
    workflow.send_invitations(event=meeting, by=lead.user)
    Event.objects.update(starts_at=meeting.starts_at + timedelta(hours=1))
    meeting.refresh_from_db()
    assert workflow.send_invitations(event=meeting, by=lead.user) == 1


def test_invitation_to_another_date_asks_anew_who_had_accepted(lead, meeting):
    workflow.send_invitations(event=meeting, by=lead.user)
    workflow.answer_invitation(event=meeting, person=lead.person, comes=True)
    Event.objects.update(starts_at=meeting.starts_at + timedelta(hours=1))
    meeting.refresh_from_db()
    workflow.send_invitations(event=meeting, by=lead.user)
    assert status_of(meeting, lead.person) == "invited"
    last = OutgoingMail.objects.latest("pk")
    assert all("Ihre Zusage galt für den bisherigen Termin." in text for text in [last.text, last.html])


@pytest.mark.parametrize("changes", [{"kind": "session"}, {"is_published": False}, {"status": "cancelled"}])
def test_invitation_to_what_is_no_coming_meeting_is_refused(lead, meeting, changes):
    Event.objects.update(**changes)
    assert "Einladen lässt sich nur" in text_of(act(lead, EVENTS, "send_invitations", meeting))
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_leads_invite_at_once_and_each_member_gets_one_mail(lead, member):
    event, start = make_event(), Barrier(2)

    def invite():
        try:
            start.wait(timeout=20)
            workflow.send_invitations(event=event, by=lead.user)
        except Exception as refusal:
            assert "schon eingeladen" in str(refusal)
        finally:
            connection.close()

    threads = [Thread(target=invite) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert OutgoingMail.objects.count() == 2


# Answering


def test_link_of_the_mail_shows_buttons_that_answer_and_the_answer_can_change(client, member, meeting):
    meeting.attendances.create(person=member.person)
    path = path_for(meeting, member.person)
    assert "Ja, ich bin dabei" in text_of(client.get(path))
    client.post(path, {"answer": "vielleicht"})
    assert status_of(meeting, member.person) == "invited"
    for answer, status, shown in [("ja", "accepted", "Sie haben zugesagt"), ("nein", "declined", "Sie haben abgesagt")]:
        assert shown in text_of(client.post(path, {"answer": answer}, follow=True))
        assert status_of(meeting, member.person) == status
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_link_of_somebody_who_is_no_member_or_changed_by_hand_is_gone(client, guest, member, meeting):
    assert client.get(path_for(meeting, guest.person)).status_code == 410
    path = path_for(meeting, member.person)
    assert client.post(path[:-3] + "xx/", {"answer": "ja"}).status_code == 410
    meeting.attendances.create(person=guest.person)
    assert client.get(path_for(meeting, guest.person)).status_code == 200
    Event.objects.update(is_published=False)
    assert {client.get(path_for(meeting, each.person)).status_code for each in [guest, member]} == {410}


def test_link_of_whoever_had_the_number_before_a_restore_is_gone_and_one_of_before_marks_stays(client, member, meeting):
    path, old = path_for(meeting, member.person), signing.dumps([meeting.pk, member.person.pk], salt=meetings.__name__)
    assert [client.get(each).status_code for each in [path, f"/zusage/{old}/"]] == [200, 200]
    Person.objects.filter(pk=member.person.pk).update(email="nach-der-sicherung@example.org")
    assert client.get(path).status_code == client.post(path, {"answer": "ja"}).status_code == 410


def test_answer_is_of_one_person_for_one_meeting(client, member, other_member, meeting):
    second = make_event(title="Wintersitzung")
    for event, person in [(meeting, other_member.person), (second, member.person), (meeting, member.person)]:
        event.attendances.create(person=person)
    client.post(path_for(meeting, member.person), {"answer": "nein"})
    assert Attendance.objects.filter(status="declined").get() == meeting.attendances.get(person=member.person)
    Attendance.objects.filter(person=member.person).delete()
    for event in [meeting, second]:
        shown = client.get(path_for(event, member.person)).context["attendance"]
        assert (shown.event, shown.person) == (event, member.person)


def test_reminder_has_the_link_for_members_whom_nobody_put_on_the_list(client, member):
    event = make_event(starts_at=timezone.now() + timedelta(days=5))
    [mail] = workflow.send_event_mails(now=timezone.now())
    path = re.search(r"/zusage/[\w:-]+/", mail.text)[0]
    client.post(path, {"answer": "ja"})
    assert status_of(event, member.person) == "accepted"


def test_answer_after_the_meeting_or_once_noted_as_there_changes_nothing(client, member, meeting):
    meeting.attendances.create(person=member.person, status=Attendance.Status.ATTENDED)
    path = path_for(meeting, member.person)
    assert client.post(path, {"answer": "nein"}).status_code == 200
    Attendance.objects.update(status=Attendance.Status.INVITED)
    Event.objects.update(status=Event.Status.CANCELLED)
    assert "fällt aus" in text_of(client.post(path, {"answer": "nein"}))
    assert status_of(meeting, member.person) == "invited"


def test_member_answers_on_the_page_of_the_meeting(member, visitor, meeting):
    page = meeting.get_absolute_url()
    assert "Sind Sie dabei?" not in text_of(visitor.client.get(page))
    assert "Ja, ich bin dabei" in text_of(member.client.get(page))
    assert "wir freuen uns auf Sie" in text_of(member.client.post(f"{page}zusage/", {"answer": "ja"}, follow=True))
    assert status_of(meeting, member.person) == "accepted"
    assert "Bitte wählen Sie" in text_of(member.client.post(f"{page}zusage/", {}, follow=True))


def test_answer_on_a_page_is_for_the_ag_and_its_published_meetings(visitor, guest, member, superuser, meeting):
    def answer(actor, event=meeting):
        return actor.client.post(f"{event.get_absolute_url()}zusage/", {"answer": "ja"})

    assert "/anmelden/" in answer(visitor).url
    for event in [make_event(is_published=False), make_event(kind=Event.Kind.SESSION)]:
        assert answer(member, event).status_code == 404
    assert [answer(actor).status_code for actor in [guest, superuser]] == [404, 302]
    given = Attendance.objects.get()
    assert (given.event, given.person, given.as_member) == (meeting, superuser.person, False)
    superuser.user.person = None
    superuser.user.save()
    assert answer(superuser).status_code == 404


def test_answer_to_a_date_that_is_no_longer_true_is_refused_and_the_new_one_shown(client, member, meeting):
    pages = [(client, path_for(meeting, member.person), ""), (member.client, meeting.get_absolute_url(), "zusage/")]
    seen = [re.search(r'name="starts_at" value="(\d+)"', text_of(browser.get(page)))[1] for browser, page, _ in pages]
    move_event(meeting, timedelta(days=1))
    meeting.refresh_from_db()
    for (browser, page, form), date in zip(pages, seen, strict=True):
        refused = text_of(browser.post(page + form, {"answer": "ja", "starts_at": date}, follow=True))
        assert f"inzwischen verschoben: {meeting.when}. Bitte antworten Sie noch einmal." in refused
        assert not meeting.attendances.exists()
        now = re.search(r'name="starts_at" value="(\d+)"', refused)[1]
    browser.post(page + form, {"answer": "ja", "starts_at": now})
    assert status_of(meeting, member.person) == "accepted"


def test_answer_that_the_lead_enters_is_to_the_date_of_the_day(lead, member, meeting):
    meeting.attendances.create(person=member.person)
    assert save_agenda(lead, meeting, **{"attendances-0-status": "accepted"}).status_code == 302
    assert meeting.mails.get().stage == "answered"
    move_event(meeting, timedelta(days=1))
    [told] = workflow.send_event_mails(now=timezone.now())
    assert "Ihre Zusage galt für den bisherigen Termin." in told.text


def test_answer_that_came_while_the_lead_had_the_page_open_stays(lead, member, meeting):
    meeting.attendances.create(person=member.person)
    path = f"{EVENTS}{meeting.pk}/change/"
    opened = form_data(lead.client.get(path))
    workflow.answer_invitation(event=meeting, person=member.person, comes=False)
    assert lead.client.post(path, opened | {"summary": "Neu"}).status_code == 302
    assert status_of(meeting, member.person) == "declined"


def test_answer_that_somebody_gave_before_any_mail_stays_when_the_move_is_told(member, meeting):
    meeting.attendances.create(person=member.person, status=Attendance.Status.ACCEPTED)
    move_event(meeting, timedelta(days=10))
    [told] = workflow.send_event_mails(now=timezone.now())
    assert "ist verschoben" in told.text
    assert status_of(meeting, member.person) == "accepted"


def move_event(event, by: timedelta) -> None:
    start = event.starts_at + by
    facts = {"starts_at": start, "ends_at": start + timedelta(hours=2), "moved_from": event.starts_at}
    Event.objects.filter(pk=event.pk).update(status=Event.Status.MOVED, **facts)


def test_lead_notes_who_accepted_as_there_once_it_has_begun(lead, member, other_member, meeting):
    meeting.attendances.create(person=member.person, status=Attendance.Status.ACCEPTED)
    meeting.attendances.create(person=other_member.person, status=Attendance.Status.DECLINED)
    assert "noch nicht begonnen" in text_of(act(lead, EVENTS, "note_attendance", meeting))
    Event.objects.update(starts_at=timezone.now() - timedelta(minutes=5), status=Event.Status.MOVED)
    assert "noch nicht begonnen" in text_of(act(lead, EVENTS, "note_attendance", meeting)), "it waits for a new date"
    Event.objects.update(status=Event.Status.CONFIRMED)
    act(lead, EVENTS, "note_attendance", meeting)
    assert [status_of(meeting, each.person) for each in (member, other_member)] == ["attended", "declined"]


# Proposing


def test_member_proposes_and_members_alone_read_it(member, other_member, visitor, guest, meeting):
    page = meeting.get_absolute_url()
    wish = {"title": "Wetterfragen", "description": "Wer hat <b>Verträge</b>?"}
    assert "liegt der OGL-Leitung vor" in text_of(member.client.post(f"{page}vorschlagen/", wish, follow=True))
    shown = text_of(other_member.client.get(page))
    assert "Wetterfragen" in shown
    assert "&lt;b&gt;Verträge" in shown
    for outsider in [visitor, guest]:
        assert "Wetterfragen" not in text_of(outsider.client.get(page))


def test_proposal_that_is_empty_or_too_late_is_refused_and_kept(member, meeting):
    address = f"{meeting.get_absolute_url()}vorschlagen/"
    answer = text_of(member.client.post(address, {"title": "", "description": "Lange überlegt"}))
    assert "Bitte nennen Sie ein Thema." in answer
    assert "Lange überlegt" in answer
    Event.objects.update(status=Event.Status.CANCELLED)
    answer = text_of(member.client.post(address, {"title": "Zu spät", "description": ""}))
    assert "nichts mehr vorschlagen" in answer
    assert not AgendaProposal.objects.exists()


def test_lead_takes_a_proposal_over_and_it_reaches_the_report(lead, member, meeting):
    AgendaItem.objects.create(event=meeting, position=4, title="Rückblick")
    wish = {"title": "Daten*schutz*", "description": "Nur *so*."}
    proposal = workflow.propose_item(event=meeting, by=member.user, **wish)
    change = f"{PROPOSALS}{proposal.pk}/change/"
    assert "Auf die Tagesordnung nehmen" in text_of(lead.client.get(change))
    answer = lead.client.post(change, {"answer": "", "_take_over": ""})
    assert answer.url == f"{EVENTS}{meeting.pk}/change/"
    assert list(meeting.agenda.values_list("position", "title")) == [(4, "Rückblick"), (5, "Daten*schutz*")]
    assert "steht auf der Tagesordnung" in text_of(member.client.get(meeting.get_absolute_url()))
    report = workflow.start_report(event=meeting, by=lead.user)
    assert "TOP 5: Daten\\*schutz\\*" in report.sections.get(number=2).body
    assert "schon entschieden" in text_of(act(lead, PROPOSALS, "take_over", proposal))


def test_lead_declines_a_proposal_with_a_reason_only(lead, member, meeting):
    proposal = workflow.propose_item(event=meeting, by=member.user, title="Wetter", description="")
    change = f"{PROPOSALS}{proposal.pk}/change/"
    assert "warum" in text_of(lead.client.post(change, {"answer": " ", "_decline": ""}, follow=True))
    lead.client.post(change, {"answer": "Das gehört in den Workshop.", "_decline": ""})
    assert "Das gehört in den Workshop." in text_of(member.client.get(meeting.get_absolute_url()))
    assert not meeting.agenda.exists()


def test_answer_that_was_typed_while_somebody_else_decided_is_shown_again_and_enter_takes_nothing_over(
    lead, member, meeting
):
    proposal = workflow.propose_item(event=meeting, by=member.user, title="Wetter", description="")
    change, typed = f"{PROPOSALS}{proposal.pk}/change/", {"answer": "Dazu fehlt uns die Zeit."}
    shown = text_of(lead.client.get(change))
    assert shown.index('name="_decline"') < shown.index('name="_take_over"')
    assert '<textarea name="answer"' in shown
    pressed_neither = text_of(lead.client.post(change, typed))
    assert all(words in pressed_neither for words in [typed["answer"], "Bitte wählen Sie, was"])
    lead.client.post(change, {"answer": "Gern,\nwir freuen uns.", "_take_over": ""})
    too_late = lead.client.post(change, typed | {"_decline": ""})
    assert too_late.status_code == 409
    assert all(words in text_of(too_late) for words in [typed["answer"], "inzwischen entschieden", "Gespeichert ist"])
    assert "Gern,<br>wir freuen uns." in text_of(member.client.get(meeting.get_absolute_url()))


def test_proposal_waits_on_the_desk_of_the_lead(lead, member, meeting):
    workflow.propose_item(event=meeting, by=member.user, title="Wetterbericht", description="")
    assert "Wetterbericht" in text_of(lead.client.get("/admin/"))


# The order of the agenda


def make_agenda(event, *titles) -> None:
    for position, title in enumerate(titles, start=1):
        AgendaItem.objects.create(event=event, position=position, title=title)


def save_agenda(lead, event, **changes):
    path = f"{EVENTS}{event.pk}/change/"
    return lead.client.post(path, form_data(lead.client.get(path)) | changes)


def test_lead_puts_the_agenda_in_another_order(lead, meeting):
    make_agenda(meeting, "A", "B", "C")
    changes = {"agenda-0-position": "3", "agenda-2-position": "1", "agenda-2-title": "C neu"}
    assert save_agenda(lead, meeting, **changes).status_code == 302
    assert list(meeting.agenda.values_list("position", "title")) == [(1, "C neu"), (2, "B"), (3, "A")]


def test_lead_adds_and_deletes_rows_and_the_agenda_has_no_gap(lead, meeting):
    make_agenda(meeting, "A", "B", "C")
    new = {"agenda-TOTAL_FORMS": "4", "agenda-3-position": "1", "agenda-3-title": "Neu", "agenda-3-description": ""}
    new |= {"agenda-3-id": "", "agenda-3-event": str(meeting.pk), "agenda-1-DELETE": "on"}
    assert save_agenda(lead, meeting, **new).status_code == 302
    assert list(meeting.agenda.values_list("position", "title")) == [(1, "A"), (2, "Neu"), (3, "C")]


@pytest.mark.parametrize("number", ["0", "99999", "x", ""])
def test_agenda_with_a_strange_number_is_refused_in_words(lead, meeting, number):
    make_agenda(meeting, "A")
    answer = save_agenda(lead, meeting, **{"agenda-0-position": number, "agenda-0-title": "Anders"})
    assert answer.status_code == 200
    assert "Anders" in text_of(answer)
    assert meeting.agenda.get().title == "A"


def test_person_without_address_is_on_the_list_and_gets_no_mail(lead, meeting):
    meeting.attendances.create(person=make_person(email=""))
    assert workflow.send_invitations(event=meeting, by=lead.user) == 1
