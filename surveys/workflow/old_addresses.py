"""When a person's e-mail address changes: whoever still reads the old mailbox gets in nowhere and decides nothing."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ogl_portal.directory.models import Person
from ogl_portal.lib import mail
from ogl_portal.lib.models import OutgoingMail

from ..models import Invitation, Match, MatchSide, PersonalLink, Reminder, Response


@transaction.atomic
def end_old_links(*, person: Person) -> list[Invitation]:
    """Revoke what was mailed to an address that the person no longer has; returns the invitations it belongs to.

    Colleagues keep their links.
    """
    old = PersonalLink.objects.own().filter(invitation__person=person, revoked_at=None).exclude(email=person.email)
    ended = list(Invitation.objects.filter(links__in=old).select_related("round", "person").distinct())
    old.update(revoked_at=timezone.now())
    return ended


@transaction.atomic
def end_old_questions(*, person: Person) -> list[Match]:
    """End the links by which the person decides about an introduction; returns the matches they belong to.

    Who has not consented may be asked another time.
    """
    linked = sides_of(person).exclude(token_hash="")
    matches = list(Match.objects.filter(sides__in=linked).with_sides().distinct())
    linked.filter(consented_on=None).update(asked_at=None)
    linked.update(token_hash="")
    return matches


@transaction.atomic
def withdraw_old_mails(*, person: Person) -> int:
    """Take back what has not left for an address that the person no longer has; returns how many mails.

    Whom a reminder did not reach is reminded anew.
    """
    waiting = OutgoingMail.objects.filter(sent_at=None).exclude(recipient=person.email)
    reminders = Reminder.objects.filter(invitation__person=person, mail__in=waiting)
    links = PersonalLink.objects.own().filter(invitation__person=person, mail__in=waiting)
    letters = Response.mails.through.objects.filter(response__respondent=person, outgoingmail__in=waiting)
    matches = Match.objects.filter(sides__in=sides_of(person)).with_sides()
    old = {*reminders.values_list("mail", flat=True), *links.values_list("mail", flat=True)}
    old.update(letters.values_list("outgoingmail", flat=True), *map(old_mails_of, matches))
    reminders.delete()
    mail.withdraw(OutgoingMail.objects.filter(pk__in=old))
    return len(old)


def sides_of(person: Person):
    return MatchSide.objects.filter(Q(entry__response__respondent=person) | Q(entry=None, person=person))


def old_mails_of(match: Match) -> list[int]:
    """The mails about a match that wait for an address that neither side has."""
    recipients = [side.contact.email for side in match.sides.all() if side.contact]
    return list(match.mails.filter(sent_at=None).exclude(recipient__in=recipients).values_list("pk", flat=True))
