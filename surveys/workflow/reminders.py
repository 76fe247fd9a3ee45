"""Reminding of a deadline: only who has not answered, and each stage once, whatever cron does.

Where the lead moves the end of a round to another day, its stages begin anew.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from ogl_portal.lib import mail
from ogl_portal.lib.models import OutgoingMail

from ..models import Invitation, Reminder, Response, Round
from .links import create_link


def send_due_reminders(*, now: datetime) -> Iterator[OutgoingMail]:
    """Put the reminders that are due at ``now`` (aware) into the outbox and yield them.

    Of several stages that have come only the most urgent counts: after a long pause nobody gets two at once.
    """
    for round in Round.objects.running(now):
        stage = stage_at(round, now)
        for invitation in to_remind(round, stage) if stage is not None else []:
            invitation.round = round
            sent = remind(invitation=invitation, stage=stage)
            if sent:
                yield sent


def stage_at(round: Round, now: datetime) -> int | None:
    """The most urgent stage that has come; stages from before the round's beginning never do."""
    come = (days for days in round.reminder_stages if round.opens_at < stage_begins(round, days) <= now)
    return next(come, None)


def stage_begins(round: Round, days: int) -> datetime:
    """The moment from which a stage is due."""
    return round.closes_at - timedelta(days=days)


def to_remind(round: Round, stage: int):
    """Whom the stage concerns: invited before it began, not answered, not reminded, and with a way in."""
    invited = round.invitations.waiting().filter(created_at__lt=stage_begins(round, stage)).exclude(person__email="")
    way_in = Q(person__user__is_active=True) | Q(links__is_shared=False, links__revoked_at=None, links__isnull=False)
    sent = Reminder.objects.filter(invitation=OuterRef("pk"), stage=stage, last_day=round.last_day)
    found = invited.filter(way_in).exclude(Exists(sent)).exclude(is_undeliverable())
    return found.select_related("person", "person__user").distinct()


def is_undeliverable() -> Q:
    """The mail server refused the last mail to this person."""
    return Q(last_mail__in=OutgoingMail.objects.undeliverable())


@transaction.atomic
def remind(*, invitation: Invitation, stage: int) -> OutgoingMail | None:
    """Send one reminder and remember it in the same transaction; None where it is not needed or was sent before.

    The response is locked first, so that a submission is either seen here or takes the mail back.
    """
    list(Response.objects.select_for_update().filter(round=invitation.round, respondent=invitation.person))
    if not Invitation.objects.waiting().filter(pk=invitation.pk).exists():
        return None
    facts = {"invitation": invitation, "stage": stage, "last_day": invitation.round.last_day}
    reminder, is_new = Reminder.objects.get_or_create(**facts)
    if not is_new:
        return None
    reminder.mail = mail_reminder(invitation)
    reminder.save(update_fields=["mail"])
    Invitation.objects.filter(pk=invitation.pk).update(last_mail=reminder.mail)
    return reminder.mail


def mail_reminder(invitation: Invitation) -> OutgoingMail:
    """The mail: with a personal link for those who have one, else to the page that asks for the sign-in."""
    person, round = invitation.person, invitation.round
    url = settings.SITE_URL + round.get_absolute_url()
    if invitation.links.own().usable().exists():
        url = create_link(invitation=invitation, email=person.email)[1]
    context = {"person": person, "round": round, "url": url, "has_begun": has_begun(invitation)}
    return mail.send("survey_reminder", to=person.email, context=context, valid_until=round.closes_at, at_once=False)


def has_begun(invitation: Invitation) -> bool:
    """Whether there is a response already."""
    return Response.objects.filter(round=invitation.round, respondent=invitation.person).exists()
