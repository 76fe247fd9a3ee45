"""Reminders: only to those who have not answered, each stage once, whatever cron does."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from ogl_portal.lib.models import OutgoingMail
from surveys import workflow
from surveys.models import Invitation, Reminder, Response
from surveys.workflow.links import create_link
from tests.factories.directory import make_person
from tests.factories.surveys import make_complete_response, make_response, make_round, submit

DAY = timedelta(days=1)
CLOSES = datetime(2021, 7, 12, 22, tzinfo=UTC)
FIRST, SECOND_STAGE = CLOSES - 7 * DAY, CLOSES - 2 * DAY


@pytest.fixture
def round(db, member):
    """A round like that of 2021, with one member invited on its first day."""
    with time_machine.travel(CLOSES - 30 * DAY, tick=False):
        return make_round(member.person, opens_at=CLOSES - 40 * DAY, closes_at=CLOSES)


def remind_at(moment) -> list[str]:
    """Let cron come by; returns who was mailed."""
    before = len(mail.outbox)
    with time_machine.travel(moment, tick=False):
        call_command("remind", verbosity=0)
    return [message.to[0] for message in mail.outbox[before:]]


def test_each_stage_goes_out_once_however_often_cron_comes(round, member):
    address = member.person.email
    assert remind_at(FIRST - timedelta(seconds=1)) == []
    assert [remind_at(FIRST), remind_at(FIRST), remind_at(FIRST + DAY)] == [[address], [], []]
    assert [remind_at(SECOND_STAGE), remind_at(SECOND_STAGE + DAY), remind_at(CLOSES)] == [[address], [], []]
    assert list(Reminder.objects.values_list("stage", flat=True)) == [7, 2]


def test_stages_begin_anew_once_the_deadline_is_another_day(round, member):
    address = member.person.email
    assert [remind_at(FIRST), remind_at(SECOND_STAGE)] == [[address], [address]]
    type(round).objects.update(closes_at=CLOSES - timedelta(minutes=1))
    assert remind_at(SECOND_STAGE + DAY) == [], "It is still the same day."
    type(round).objects.update(closes_at=CLOSES + 28 * DAY)
    assert [remind_at(CLOSES), remind_at(FIRST + 28 * DAY), remind_at(SECOND_STAGE + 28 * DAY)] == [
        [], [address], [address],
    ]  # fmt: skip


def test_late_cron_sends_only_the_most_urgent_stage(round, member):
    assert remind_at(SECOND_STAGE + timedelta(hours=3)) == [member.person.email]
    assert Reminder.objects.get().stage == 2


def test_after_the_deadline_nobody_is_reminded(round):
    assert remind_at(CLOSES) == [] and remind_at(CLOSES + 900 * DAY) == []


@pytest.mark.parametrize("fields", [{"reminder_days": ""}, {"opened_at": None}, {"opens_at": FIRST}])
def test_round_that_reminds_nobody_or_is_not_open_yet_sends_nothing(round, fields):
    type(round).objects.update(**fields)
    assert remind_at(FIRST) == []


def test_stages_of_a_round_are_its_own(round, member):
    type(round).objects.update(reminder_days="1,14")
    assert remind_at(FIRST) == [member.person.email]
    assert remind_at(CLOSES - DAY) == [member.person.email]


def test_who_has_submitted_or_declined_is_not_reminded_but_who_has_only_begun(round, member, other_member, guest):
    with time_machine.travel(CLOSES - 20 * DAY, tick=False):
        for actor in [other_member, guest]:
            workflow.invite(round=round, person=actor.person)
        submit(make_complete_response(member.person, round))
        make_response(other_member.person, round)
        workflow.decline_invitation(invitation=round.invitations.get(person=guest.person), reason="Nein")
    mail.outbox.clear()
    OutgoingMail.objects.all().delete()
    assert remind_at(FIRST) == [other_member.person.email]
    assert "Sie haben schon begonnen" in mail.outbox[-1].body


def test_reminder_that_waits_is_taken_back_by_the_submission(round, member):
    with time_machine.travel(FIRST, tick=False):
        response = make_complete_response(member.person, round)
        [waiting] = workflow.send_due_reminders(now=FIRST)
        submit(response)
        assert not OutgoingMail.objects.filter(pk=waiting.pk).exists()
    assert Reminder.objects.get().mail is None


def test_who_has_answered_on_paper_is_not_reminded_and_what_waits_is_taken_back(round, member, lead):
    with time_machine.travel(FIRST, tick=False):
        assert list(workflow.send_due_reminders(now=FIRST))
        workflow.begin_paper_return(round=round, person=member.person, by=lead.user)
        assert not OutgoingMail.objects.exists()
    assert remind_at(SECOND_STAGE) == []


def test_who_was_invited_after_a_stage_began_waits_for_the_next(round, other_member):
    with time_machine.travel(FIRST + timedelta(hours=1), tick=False):
        workflow.invite(round=round, person=other_member.person)
    assert other_member.person.email not in remind_at(FIRST + timedelta(hours=2))
    assert other_member.person.email in remind_at(SECOND_STAGE)


def test_somebody_without_an_account_is_reminded_with_a_fresh_link(round):
    outsider = make_person(email="greta@gast.example.org")
    invitation = Invitation.objects.create(round=round, person=outsider, created_at=CLOSES - 20 * DAY)
    assert outsider.email not in remind_at(FIRST)
    create_link(invitation=invitation, email=outsider.email)
    assert outsider.email in remind_at(SECOND_STAGE)
    assert "/fragebogen/e/" in mail.outbox[-1].body and invitation.links.count() == 2


def test_revoked_link_is_not_renewed_by_a_reminder(round):
    outsider = make_person(email="greta@gast.example.org")
    invitation = Invitation.objects.create(round=round, person=outsider, created_at=CLOSES - 20 * DAY)
    create_link(invitation=invitation, email=outsider.email)
    workflow.end_invitation(invitation=invitation)
    assert outsider.email not in remind_at(FIRST)


def test_whom_no_mail_reaches_is_not_reminded(round, member):
    failed = OutgoingMail.objects.create(recipient="x@example.org", failed_at=FIRST, subject="", text="")
    Invitation.objects.update(last_mail=failed)
    assert remind_at(FIRST) == []


def test_reminder_and_its_mail_come_into_being_together(round, monkeypatch):
    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("surveys.workflow.reminders.mail.send", fail)
    with pytest.raises(ZeroDivisionError):
        list(workflow.send_due_reminders(now=FIRST))
    assert not Reminder.objects.exists()


def test_database_refuses_a_second_reminder_of_a_stage(round):
    invitation = round.invitations.get()
    sent = {"invitation": invitation, "stage": 7, "last_day": round.last_day}
    Reminder.objects.create(**sent)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(**sent)


@pytest.mark.django_db(transaction=True)
def test_two_crons_at_once_remind_once(member):
    round = make_round(member.person, closes_at=CLOSES, opens_at=CLOSES - 40 * DAY)
    Invitation.objects.update(created_at=CLOSES - 30 * DAY)
    started, sent = Barrier(4), []

    def cron():
        try:
            started.wait()
            sent.extend(workflow.send_due_reminders(now=FIRST))
        finally:
            connection.close()

    threads = [Thread(target=cron) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == 1 and OutgoingMail.objects.count() == 1 and not Response.objects.exists()
    assert Reminder.objects.get().invitation.round == round
