"""Reminding those who registered: each once, rescheduled when the event moves, and the link for who has a place."""

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.utils import timezone

from ogl_portal.lib.models import OutgoingMail
from sessions_app import workflow
from sessions_app.models import Event, Registration, Subscription
from tests.factories.registrations import make_registration, make_session, path_of
from tests.factories.sessions_app import make_series

pytestmark = pytest.mark.django_db
START = timezone.make_aware(datetime(2026, 3, 20, 17))


@pytest.fixture
def session():
    return make_session(starts_at=START, capacity=1)


@pytest.fixture
def guest_with_place(session):
    return make_registration(session, confirmed_at=START - timedelta(days=20), name="Rita Rege")


def remind(before: timedelta, start: datetime = START) -> list:
    now = start - before
    with time_machine.travel(now, tick=False):
        return list(workflow.send_registration_mails(now=now))


def test_who_has_a_place_is_reminded_a_week_and_a_day_before_whatever_cron_does(guest_with_place):
    sent = [len(remind(timedelta(hours=hours))) for hours in [170, 168, 168, 100, 25, 24, 24, 1]]
    assert sent == [0, 1, 0, 0, 0, 1, 0, 0]
    assert remind(timedelta(hours=-1)) == []


def test_link_to_take_part_comes_with_the_last_reminder_only(guest_with_place, session):
    [first], [last] = remind(timedelta(days=6)), remind(timedelta(hours=20))
    assert session.join_url not in first.text + first.html
    assert session.join_url in last.text
    assert "/teilnahme/" in last.text


def test_who_waits_or_never_confirmed_gets_no_reminder(session):
    for status in ["waiting", "requested", "cancelled"]:
        make_registration(session, status)
    assert remind(timedelta(hours=20)) == []


def test_who_registered_in_the_last_week_is_reminded_once(session):
    make_registration(session, confirmed_at=START - timedelta(days=5))
    assert remind(timedelta(days=4)) == []
    assert len(remind(timedelta(hours=20))) == 1


def test_event_that_moves_says_so_to_all_who_were_told_and_reminds_anew(session, guest_with_place):
    waiting = make_registration(session, "requested")
    with time_machine.travel(START - timedelta(days=9), tick=False):
        workflow.confirm_registration(registration=waiting)
    assert len(remind(timedelta(days=6))) == 1
    later = START + timedelta(days=14)
    move(session, later, status=Event.Status.MOVED)
    told = remind(timedelta(days=10), later)
    assert {mail.recipient for mail in told} == {guest_with_place.email, waiting.email}
    assert all("03.04.2026" in mail.text for mail in told)
    assert remind(timedelta(days=5), later) == []
    assert len(remind(timedelta(hours=20), later)) == 1


def test_event_that_is_off_says_so_once_to_all(session, guest_with_place):
    make_registration(session, "waiting")
    Event.objects.update(status=Event.Status.CANCELLED)
    assert [mail.subject[:8] for mail in remind(timedelta(days=2))] == ["Abgesagt"] * 2
    assert remind(timedelta(days=1)) == []


def move(event, start, **changes) -> None:
    facts = {"starts_at": start, "ends_at": start + timedelta(hours=2), "moved_from": F("starts_at")}
    Event.objects.filter(pk=event.pk).update(**facts | changes)


def test_every_change_is_told_once_however_often_it_comes_back(session, guest_with_place):
    remind(timedelta(days=6))
    later, heard = START + timedelta(days=7), []
    for start, status in [
        (later, "moved"), (START, "moved"), (later, "moved"), (later, "cancelled"), (later, "confirmed"),
        (later, "cancelled"), (START, "confirmed"),
    ]:  # fmt: skip
        move(session, start, status=status)
        heard += [mail.subject.partition(":")[0] for mail in remind(timedelta(days=5)) + remind(timedelta(days=5))]
    moved, off, back = "Verschoben", "Abgesagt", "Findet doch statt"
    assert heard == [moved, moved, moved, off, back, off, back]


def test_change_of_place_is_told_at_once_and_that_of_the_link_to_who_has_it(session, guest_with_place):
    remind(timedelta(days=6))
    Event.objects.update(join_url="https://anders.example.org/1")
    assert remind(timedelta(days=5)) == []
    Event.objects.update(place="Rathaus")
    [told] = remind(timedelta(days=4)) + remind(timedelta(days=4))
    assert told.subject.startswith("Geändert: ") and "Rathaus" in told.text
    [last] = remind(timedelta(hours=20))
    assert "https://anders.example.org/1" in last.text
    Event.objects.update(join_url="https://anders.example.org/2")
    [told] = remind(timedelta(hours=2)) + remind(timedelta(hours=2))
    assert told.subject.startswith("Geändert: ") and "https://anders.example.org/2" in told.text


def test_event_that_is_confirmed_after_it_was_planned_is_no_news(session, guest_with_place):
    Event.objects.update(status=Event.Status.PLANNED)
    remind(timedelta(days=6))
    Event.objects.update(status=Event.Status.CONFIRMED)
    assert remind(timedelta(days=5)) == []


def test_who_registers_again_in_the_last_hours_gets_the_link_with_the_place(session, guest_with_place):
    assert len(remind(timedelta(hours=20))) == 1
    with time_machine.travel(START - timedelta(hours=10), tick=False):
        workflow.cancel_registration(registration=guest_with_place)
        Registration.objects.update(status=Registration.Status.REQUESTED)
        workflow.confirm_registration(registration=guest_with_place)
    mail = OutgoingMail.objects.order_by("pk").last()
    assert all(session.join_url in text for text in [mail.text, mail.html, mail.calendar])
    assert "24 Stunden vorher" not in mail.text and remind(timedelta(hours=9)) == []
    Event.objects.update(join_url="https://anders.example.org/3")
    [told] = remind(timedelta(hours=8))
    assert told.subject.startswith("Geändert: ") and "https://anders.example.org/3" in told.text


@pytest.mark.django_db(transaction=True)
def test_two_crons_at_once_remind_once():
    session = make_session(starts_at=timezone.now() + timedelta(hours=5))
    make_registration(session)
    start, sent = Barrier(3), []

    def cron():
        try:
            start.wait(timeout=20)
            sent.extend(workflow.send_registration_mails(now=timezone.now()))
        finally:
            connection.close()

    threads = [Thread(target=cron) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == 1
    assert OutgoingMail.objects.count() == 1


def test_prune_forgets_who_registered_after_the_event_and_what_was_never_confirmed(settings, capsys):
    settings.REGISTRATION_DAYS = 30
    now = timezone.now()
    old = make_session(starts_at=now - timedelta(days=31))
    recent, coming = make_session(starts_at=now - timedelta(days=29)), make_session()
    for event in [old, recent, coming]:
        make_registration(event, name="bleibt")
    make_registration(coming, "requested", name="wartet", requested_at=now - timedelta(days=6))
    make_registration(coming, "requested", name="verfallen", requested_at=now - timedelta(days=8))
    make_registration(coming, "cancelled", name="abgemeldet", cancelled_at=now - timedelta(days=8))
    series = make_series()
    Subscription.objects.create(series=series, email="alt@example.org", requested_at=now - timedelta(days=8))
    Subscription.objects.create(series=series, email="neu@example.org")
    call_command("prune", dry_run=True)
    assert Registration.objects.count() == 6
    call_command("prune")
    assert sorted(Registration.objects.values_list("name", flat=True)) == ["bleibt", "bleibt", "wartet"]
    assert Subscription.objects.get().email == "neu@example.org"
    assert "Gelöscht: 1 × Anmeldungen zu vergangenen Terminen" in capsys.readouterr().out


def test_who_waits_for_a_new_date_is_kept_and_hears_of_it_though_the_former_has_passed(client, session):
    placed, waiting = make_registration(session), make_registration(session, "waiting")
    Event.objects.update(status=Event.Status.MOVED)
    assert len(remind(timedelta(days=3))) == 2
    passed = START + timedelta(days=60)
    with time_machine.travel(passed, tick=False):
        call_command("prune")
        assert "vorbei" not in client.get(path_of(placed)).content.decode()
        assert workflow.is_counted_on(Event.objects.get())
        workflow.cancel_registration(registration=placed)
        off, moved_up = list(OutgoingMail.objects.order_by("pk"))[-2:]
        assert (off.subject[:10], moved_up.subject[:10]) == ("Abgemeldet", "Angemeldet")
        assert {off, moved_up} <= set(OutgoingMail.objects.due())
        move(session, passed + timedelta(days=20))
    assert [mail.recipient for mail in remind(timedelta(days=19), passed + timedelta(days=20))] == [waiting.email]


def test_who_moves_up_while_the_event_waits_for_a_new_date_reads_so_and_gets_no_link(session, guest_with_place):
    waiting = make_registration(session, "waiting")
    Event.objects.update(status=Event.Status.MOVED)
    with time_machine.travel(START - timedelta(hours=3), tick=False):
        workflow.cancel_registration(registration=guest_with_place)
        told = OutgoingMail.objects.get(recipient=waiting.email)
    assert told.subject.startswith("Angemeldet: ") and "STATUS:TENTATIVE" in told.calendar
    for text in [told.text, told.html]:
        assert "bisher 20.03.2026" in text and "der neue steht noch nicht fest" in text
        assert session.join_url not in text + told.calendar
    assert remind(timedelta(hours=2)) == [], "it has just been said"


def test_who_waits_for_a_new_date_hears_that_there_is_none_though_the_former_has_passed(session, guest_with_place):
    Event.objects.update(status=Event.Status.MOVED)
    remind(timedelta(days=3))
    Event.objects.update(status=Event.Status.CANCELLED)
    with time_machine.travel(START + timedelta(days=9), tick=False):
        assert workflow.is_counted_on(Event.objects.get())
    [told] = remind(timedelta(days=-9)) + remind(timedelta(days=-9))
    assert told.subject.startswith("Abgesagt: ") and told.valid_until is None
    with time_machine.travel(START + timedelta(days=9), tick=False):
        assert not workflow.is_counted_on(Event.objects.get())
        call_command("prune")
    assert Registration.objects.exists()
    with time_machine.travel(START + timedelta(days=40), tick=False):
        call_command("prune")
    assert not Registration.objects.exists()


def test_who_registered_hears_that_the_new_date_falls_through_and_is_reminded_of_none(session, guest_with_place):
    later = START + timedelta(days=14)
    move(session, later, status=Event.Status.MOVED)
    assert [mail.subject.partition(":")[0] for mail in remind(timedelta(days=10), later)] == ["Verschoben"]
    Event.objects.update(moved_from=None)
    [told, *more] = [mail for days in [9, 6, 0.8] for mail in remind(timedelta(days=days), later)]
    assert told.subject.startswith("Verschoben, neuer Termin folgt: ") and not more


def test_who_registers_after_it_moved_while_it_was_hidden_is_reminded_of_the_new_date(session, guest_with_place):
    Event.objects.update(is_published=False)
    event, later = Event.objects.get(), START + timedelta(days=14)
    event.starts_at, event.ends_at, event.status = later, later + timedelta(hours=2), Event.Status.MOVED
    workflow.note_changes(event=event)
    event.is_published = True
    event.save()
    assert [mail.subject.partition(":")[0] for mail in remind(timedelta(days=10), later)] == ["Verschoben"]
    newcomer = make_registration(session, "requested")
    Event.objects.update(capacity=2)
    with time_machine.travel(later - timedelta(days=9), tick=False):
        workflow.confirm_registration(registration=newcomer)
    last = [mail for hours in [8 * 24, 20] for mail in remind(timedelta(hours=hours), later)]
    assert {mail.recipient for mail in last} == {guest_with_place.email, newcomer.email}
    assert all(session.join_url in mail.text for mail in last)


def test_who_registered_hears_once_that_it_is_put_off_and_then_of_the_date(session, guest_with_place):
    remind(timedelta(days=6))
    Event.objects.update(status=Event.Status.MOVED)
    [told] = remind(timedelta(days=3)) + remind(timedelta(hours=20))
    assert told.subject.startswith("Verschoben, neuer Termin folgt: ") and "Ihren Platz behalten Sie." in told.text
    assert session.join_url not in told.text + told.calendar
    Event.objects.update(status=Event.Status.CONFIRMED)
    [back, last] = remind(timedelta(hours=19)) + remind(timedelta(hours=18))
    assert back.subject.startswith("Findet doch statt: ")
    assert "wir erinnern an" in last.text and session.join_url in last.text
