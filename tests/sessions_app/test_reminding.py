"""Mails about coming meetings: each once, rescheduled when the event moves, taken back when it is off."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from icalendar import Calendar

from ogl_portal.directory.models import MailPreference
from ogl_portal.lib.models import OutgoingMail
from sessions_app import workflow
from sessions_app.models import AgendaItem, Attendance, Event, EventMail, Subscription
from tests.factories.actions import make_item
from tests.factories.directory import make_membership, make_person, make_user
from tests.factories.registrations import make_registration
from tests.factories.sessions_app import make_event, make_series

pytestmark = pytest.mark.django_db
START = timezone.make_aware(datetime(2026, 3, 20, 16))
SENDERS = [workflow.send_event_mails, workflow.send_registration_mails, workflow.send_series_news]


@pytest.fixture
def member_of_ag():
    return make_membership(begins_on=START.date() - timedelta(days=100)).person


@pytest.fixture
def meeting(member_of_ag):
    event = make_event(starts_at=START, join_url="https://treffen.example.org/ag")
    AgendaItem.objects.create(event=event, position=1, title="Rückblick")
    return event


def remind(before: timedelta, start: datetime = START) -> list:
    now = start - before
    with time_machine.travel(now, tick=False):
        return list(workflow.send_event_mails(now=now))


def test_member_is_reminded_a_week_and_a_day_before_whatever_cron_does(meeting, member_of_ag):
    sent = [len(remind(timedelta(hours=hours))) for hours in [170, 168, 168, 100, 25, 24, 24, 1]]
    assert sent == [0, 1, 0, 0, 0, 1, 0, 0]
    assert remind(timedelta(hours=-1)) == []


def test_reminder_after_a_long_pause_is_one(meeting):
    assert [mail.subject for mail in remind(timedelta(hours=2))] == ["AG-Sitzung am 20.03.2026: " + meeting.title]


def test_reminder_says_when_where_what_and_the_own_open_items(meeting, member_of_ag):
    mine = make_item(title="Protokoll gegenlesen", due_kind="open", responsible_kind="persons")
    mine.responsible_persons.add(member_of_ag)
    make_item(title="Gehört jemand anderem", due_kind="open", responsible_kind="persons")
    (mail,) = remind(timedelta(hours=24))
    for text in [meeting.when, "https://treffen.example.org/ag", "1. Rückblick", "Protokoll gegenlesen"]:
        assert text in mail.text
    assert "Gehört jemand anderem" not in mail.text


def test_event_that_moves_says_so_and_reminds_anew(meeting):
    assert len(remind(timedelta(days=6))) == 1
    later = START + timedelta(days=14)
    move(meeting, later, status=Event.Status.MOVED)
    (told,) = remind(timedelta(days=10), later)
    assert told.subject.startswith("Verschoben: ")
    assert "03.04.2026" in told.text
    assert remind(timedelta(days=9), later) == []
    assert len(remind(timedelta(hours=20), later)) == 1


def test_event_that_is_off_says_so_once_to_whom_it_was_announced(meeting):
    remind(timedelta(days=6))
    newcomer = make_membership(begins_on=START.date()).person
    Event.objects.filter(pk=meeting.pk).update(status=Event.Status.CANCELLED)
    (told,) = remind(timedelta(days=1))
    assert told.subject.startswith("Abgesagt: ")
    assert told.recipient != newcomer.email
    assert remind(timedelta(hours=5)) == []


def move(event, start, **changes) -> None:
    facts = {"starts_at": start, "ends_at": start + timedelta(hours=2), "moved_from": F("starts_at")}
    Event.objects.filter(pk=event.pk).update(**facts | changes)


def test_every_change_is_told_once_however_often_it_comes_back(meeting):
    remind(timedelta(days=6))
    later, heard = START + timedelta(days=8), []
    for start, status in [
        (later, "moved"), (START, "moved"), (later, "moved"), (later, "cancelled"), (later, "confirmed"),
        (later, "cancelled"),
    ]:  # fmt: skip
        move(meeting, start, status=status)
        heard += [mail.subject.partition(":")[0] for mail in remind(timedelta(days=5)) + remind(timedelta(days=5))]
    moved, off, back = "Verschoben", "Abgesagt", "Findet doch statt"
    assert heard == [moved, moved, moved, off, back, off]


@pytest.mark.parametrize("changes", [{"place": "Rathaus, Raum 2"}, {"join_url": "https://neu.example.org/x"}])
def test_change_of_place_or_link_after_the_reminder_is_told_once(meeting, changes):
    remind(timedelta(days=6))
    Event.objects.update(**changes)
    [told] = remind(timedelta(days=5)) + remind(timedelta(days=5))
    assert told.subject.startswith("Geändert: ")
    assert next(iter(changes.values())) in told.text
    for text in [told.text, told.html]:
        assert "Neu: Ort." in text if "place" in changes else "Neu: Link zur Teilnahme." in text


def test_link_that_is_set_after_the_invitation_is_no_news(meeting, lead, time_machine):
    Event.objects.update(join_url="")
    time_machine.move_to(START - timedelta(days=20))
    workflow.send_invitations(event=Event.objects.get(), by=lead.user)
    Event.objects.update(join_url="https://treffen.example.org/ag")
    assert remind(timedelta(days=10)) == []


def test_change_of_place_is_told_to_those_alone_who_come_or_may(meeting, member_of_ag):
    guest = make_person(email="gast@example.org")
    meeting.attendances.create(person=guest)
    with time_machine.travel(START - timedelta(days=20), tick=False):
        workflow.send_invitations(event=meeting, by=make_user(is_staff=True, is_superuser=True))
    meeting.attendances.filter(person=member_of_ag).update(status=Attendance.Status.DECLINED)
    Event.objects.update(place="Rathaus, Raum 2")
    assert [mail.recipient for mail in remind(timedelta(days=5))] == [guest.email]
    meeting.attendances.filter(person=guest).delete()
    Event.objects.update(place="Rathaus, Raum 3")
    assert remind(timedelta(days=4)) == []


def accept(event, person, before: timedelta, start: datetime = START) -> None:
    with time_machine.travel(start - before, tick=False):
        workflow.answer_invitation(event=Event.objects.get(pk=event.pk), person=person, comes=True)


def test_who_accepted_on_the_page_without_an_invitation_hears_that_it_is_off(meeting, member_of_ag):
    accept(meeting, member_of_ag, timedelta(days=20))
    assert remind(timedelta(days=19)) == []
    Event.objects.update(status=Event.Status.CANCELLED)
    [told] = remind(timedelta(days=18)) + remind(timedelta(days=18))
    assert (told.subject[:8], told.recipient) == ("Abgesagt", member_of_ag.email)


def test_who_is_on_the_list_without_a_mail_hears_that_it_is_off(meeting):
    guest = make_person(email="gast@example.org")
    meeting.attendances.create(person=guest)
    Event.objects.update(status=Event.Status.CANCELLED)
    assert [mail.recipient for mail in remind(timedelta(days=18))] == [guest.email]


def test_who_accepted_is_asked_anew_when_it_moves_and_the_answer_to_the_new_date_holds(meeting, member_of_ag):
    accept(meeting, member_of_ag, timedelta(days=20))
    later = START + timedelta(days=14)
    move(meeting, later, status=Event.Status.MOVED)
    [told] = remind(timedelta(days=18)) + remind(timedelta(days=18))
    assert "Ihre Zusage galt für den bisherigen Termin." in told.text
    assert meeting.attendances.get().status == Attendance.Status.INVITED
    accept(meeting, member_of_ag, timedelta(days=17))
    move(meeting, START, status=Event.Status.MOVED)
    accept(meeting, member_of_ag, timedelta(days=16))  # reads the new date on the page before the mail comes
    [told] = remind(timedelta(days=16)) + remind(timedelta(days=16))  # which puts it into the calendar
    assert "galt für den bisherigen" not in told.text
    assert meeting.attendances.get().status == Attendance.Status.ACCEPTED


def test_invitation_move_and_cancellation_go_into_the_calendar_and_reminders_do_not(meeting, member_of_ag):
    with time_machine.travel(START - timedelta(days=20), tick=False):
        workflow.send_invitations(event=meeting, by=make_user(is_staff=True, is_superuser=True))
    invitation = OutgoingMail.objects.get()
    [reminder] = remind(timedelta(days=6))
    move(meeting, START + timedelta(days=7), status=Event.Status.MOVED)
    [moved] = remind(timedelta(days=5))
    Event.objects.update(status=Event.Status.CANCELLED)
    [off] = remind(timedelta(days=4))
    assert reminder.calendar == ""
    files = [Calendar.from_ical(each.calendar) for each in (invitation, moved, off)]
    assert [file["METHOD"] for file in files] == ["REQUEST", "REQUEST", "CANCEL"]
    events = [file.walk("VEVENT")[0] for file in files]
    assert {event["UID"] for event in events} == {f"{meeting.uid}@ogl-portal.invalid"}
    assert {event["ATTENDEE"] for event in events} == {f"mailto:{member_of_ag.email}"}
    assert events[1].decoded("DTSTART") == START + timedelta(days=7)
    assert events[2]["STATUS"] == "CANCELLED"


def test_who_left_the_group_hears_that_it_moves_without_the_link(meeting, member_of_ag):
    remind(timedelta(days=6))
    member_of_ag.memberships.update(ends_on=(START - timedelta(days=6)).date())
    move(meeting, START + timedelta(days=7), status=Event.Status.MOVED)
    [told] = remind(timedelta(days=5))
    assert "treffen.example.org" not in told.text + told.html


def test_session_hidden_event_and_who_declined_get_no_mail(meeting, member_of_ag):
    Attendance.objects.create(event=meeting, person=member_of_ag, status=Attendance.Status.DECLINED)
    make_event(starts_at=START, kind=Event.Kind.SESSION)
    make_event(starts_at=START, is_published=False)
    make_person(email="gast@example.org")
    assert remind(timedelta(days=1)) == []
    assert not EventMail.objects.exists()


@pytest.mark.parametrize(("choice", "count"), [("all", 2), ("once", 1), ("none", 0)])
def test_member_gets_as_much_as_wanted(meeting, member_of_ag, choice, count):
    MailPreference.objects.create(person=member_of_ag, events=choice)
    assert len(remind(timedelta(days=6)) + remind(timedelta(hours=24))) == count


def test_event_that_is_put_off_says_so_once_and_reminds_of_no_old_date(meeting):
    remind(timedelta(days=6))
    Event.objects.update(status=Event.Status.MOVED)
    [told, *more] = [mail for days in [3, 2, 0.8] for mail in remind(timedelta(days=days))]
    assert told.subject.startswith("Verschoben, neuer Termin folgt: ") and not more
    assert "bisher 20.03.2026" in told.text and "wir erinnern" not in told.text
    assert meeting.join_url not in told.text + told.html + told.calendar and "STATUS:TENTATIVE" in told.calendar
    move(meeting, START + timedelta(days=7))
    [new_date] = remind(timedelta(hours=10))
    assert new_date.subject.startswith("Verschoben: AG-Sitzung am 27.03.2026")


def test_event_whose_new_date_falls_through_is_put_off_once_more(meeting):
    remind(timedelta(days=6))
    later = START + timedelta(days=14)
    move(meeting, later, status=Event.Status.MOVED)
    assert [mail.subject.partition(":")[0] for mail in remind(timedelta(days=10), later)] == ["Verschoben"]
    Event.objects.update(moved_from=None)
    [told, *more] = [mail for days in [9, 6, 0.8] for mail in remind(timedelta(days=days), later)]
    assert told.subject.startswith("Verschoben, neuer Termin folgt: ") and not more
    assert "bisher 03.04.2026" in told.text and meeting.join_url not in told.text


@pytest.mark.parametrize("changes", [{"status": "cancelled"}, {"status": "cancelled", "is_published": False}, {}])
def test_who_waits_for_a_new_date_hears_of_it_or_that_there_is_none_though_the_former_has_passed(meeting, changes):
    remind(timedelta(days=6))
    Event.objects.update(status=Event.Status.MOVED)
    assert len(remind(timedelta(days=5))) == 1 and remind(timedelta(days=-10)) == []
    with time_machine.travel(START + timedelta(days=10), tick=False):
        with pytest.raises(ValidationError, match="ist verschoben"):
            workflow.send_invitations(event=Event.objects.get(), by=make_user())
        if changes:
            Event.objects.update(**changes)
        else:
            move(meeting, START + timedelta(days=30))
        assert workflow.is_counted_on(Event.objects.get())
        [told] = workflow.send_event_mails(now=timezone.now())
        assert (
            told.subject.startswith("Abgesagt: " if changes else "Verschoben: AG-Sitzung")
            and told in OutgoingMail.objects.due()
        )
        assert list(workflow.send_event_mails(now=timezone.now())) == []
        assert workflow.is_counted_on(Event.objects.get()) == (not changes)


def test_event_that_was_held_and_is_called_off_afterwards_tells_nobody(meeting):
    remind(timedelta(days=6))
    Event.objects.update(status=Event.Status.MOVED)
    remind(timedelta(days=5))
    move(meeting, START + timedelta(days=7))
    assert len(remind(timedelta(days=4))) == 1
    Event.objects.update(status=Event.Status.CANCELLED)
    assert remind(timedelta(days=-9)) == []


def test_event_that_is_off_and_hidden_at_once_says_so_to_those_alone_who_were_told(meeting, member_of_ag):
    session = make_event(starts_at=START, kind=Event.Kind.SESSION, series=make_series())
    make_registration(session, email="rege@example.org")
    subscription = Subscription.objects.create(series=session.series, email="abo@example.org")
    with time_machine.travel(START - timedelta(days=9), tick=False):
        workflow.confirm_subscription(subscription=subscription)
    remind(timedelta(days=6))
    meeting.attendances.create(person=make_person())
    Event.objects.update(status=Event.Status.CANCELLED, is_published=False)
    now = START - timedelta(days=4)
    with time_machine.travel(now, tick=False):
        told = [mail for send in SENDERS for mail in [*send(now=now), *send(now=now)]]
    assert [mail.recipient for mail in told] == [member_of_ag.email, "rege@example.org", "abo@example.org"]
    assert all("fällt aus" in mail.text and session.get_absolute_url() not in mail.text for mail in told)
