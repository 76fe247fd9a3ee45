"""Inviting by mail, sharing the work with colleagues, and saying „nicht zuständig“."""

from collections.abc import Iterable
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from ogl_portal.directory.models import Person
from ogl_portal.lib import mail, throttle
from ogl_portal.lib.models import OutgoingMail

from ..models import Invitation, PersonalLink, Reminder, Response, Round
from .errors import AlreadyMailed, AlreadySubmitted, NoMailPossible, NotShared
from .links import create_link, revoke_links

MAX_COLLEAGUES = 10
SHARES_PER_HOUR = 10
HOUR = 3600


@transaction.atomic
def mail_invitation(*, invitation: Invitation) -> None:
    """Mail the invitation with a personal link, once. Raises NoMailPossible, and AlreadyMailed of those.

    Whoever comes first claims it; another lead who presses the button at the same moment comes second.
    """
    require_mail_possible(invitation)
    unmailed = Invitation.objects.filter(pk=invitation.pk, mailed_at=None)
    if not unmailed.update(mailed_at=timezone.now()):
        raise AlreadyMailed(f"{invitation.person}: Die Einladung ist schon unterwegs.")
    mail_fresh_link(invitation)


def mail_invitations(*, round: Round) -> int:
    """Mail everybody in the round who has an address and no mail yet; returns how many. Raises NoMailPossible."""
    waiting = round.invitations.waiting().filter(mailed_at=None).exclude(person__email="").select_related("person")
    sent = 0
    for invitation in waiting:
        invitation.round = round
        with suppress(AlreadyMailed):
            mail_invitation(invitation=invitation)
            sent += 1
    return sent


@transaction.atomic
def renew_invitation(*, invitation: Invitation) -> None:
    """Revoke the invited person's links and mail a fresh one; colleagues keep theirs. Raises NoMailPossible."""
    require_mail_possible(invitation)
    Invitation.objects.filter(pk=invitation.pk).update(mailed_at=timezone.now())
    invitation.links.own().filter(revoked_at=None).update(revoked_at=timezone.now())
    mail_fresh_link(invitation)


def require_mail_possible(invitation: Invitation) -> None:
    """Raise NoMailPossible where an invitation would be too early, too late, or has nowhere to go."""
    round, person = invitation.round, invitation.person
    if not round.opened_at or round.is_over:
        raise NoMailPossible(f"„{round}“ läuft nicht. Einladungen gehen nur in eine geöffnete Runde vor ihrem Ende.")
    if not person.email:
        raise NoMailPossible(f"{person}: Bitte tragen Sie zuerst eine E-Mail-Adresse ein.")


def mail_fresh_link(invitation: Invitation) -> None:
    """Create a link for the invited person and put its mail into the outbox."""
    round, person = invitation.round, invitation.person
    link, url = create_link(invitation=invitation, email=person.email)
    context = {"invitation": invitation, "person": person, "round": round, "url": url}
    sent = mail.send("survey_invitation", to=person.email, context=context, valid_until=round.closes_at)
    PersonalLink.objects.filter(pk=link.pk).update(mail=sent)
    Invitation.objects.filter(pk=invitation.pk).update(last_mail=sent)


def share_response(*, response: Response, email: str) -> PersonalLink:
    """Mail a colleague of the same organisation a link of their own to this response.

    Nobody gets a second link while the first one holds. Raises NotShared.
    """
    email = email.strip().lower()
    check_colleague(response, email)
    with transaction.atomic():
        invitation = Invitation.objects.get_or_create(round=response.round, person=response.respondent)[0]
        Invitation.objects.select_for_update().get(pk=invitation.pk)
        if invitation.links.shared().usable().filter(email=email).exists():
            raise NotShared(f"{email} arbeitet schon mit. Einen neuen Link gibt es nach dem Widerruf des alten.")
        if invitation.links.shared().usable().count() >= MAX_COLLEAGUES:
            raise NotShared(f"Mehr als {MAX_COLLEAGUES} Personen können nicht gleichzeitig mitarbeiten.")
        return mail_colleague(invitation, response, email)


def check_colleague(response: Response, email: str) -> None:
    """Raise NotShared for an address that may not or need not get a link."""
    try:
        validate_email(email)
    except ValidationError:
        raise NotShared("Das ist keine E-Mail-Adresse. Sie sieht zum Beispiel so aus: name@example.org") from None
    if email == response.respondent.email:
        raise NotShared("An diese Adresse ist die Einladung selbst gegangen.")
    if not throttle.allow(f"survey-share:{response.pk}", limit=SHARES_PER_HOUR, seconds=HOUR):
        raise NotShared(
            "Das waren viele Einladungen in kurzer Zeit. Bitte versuchen Sie es in einer Stunde noch einmal."
        )
    known = Person.objects.filter(email=email).exclude(organisation=None).first()
    if known and known.organisation_id != response.organisation_id:
        raise NotShared("Mitarbeiten kann nur, wer zur selben Organisation gehört.")


def mail_colleague(invitation: Invitation, response: Response, email: str) -> PersonalLink:
    """Create the colleague's link and put its mail into the outbox."""
    link, url = create_link(invitation=invitation, email=email, is_shared=True)
    context = {"response": response, "round": response.round, "url": url}
    link.mail = mail.send("survey_shared", to=email, context=context, valid_until=response.closes_at)
    link.save(update_fields=["mail"])
    return link


@transaction.atomic
def decline_invitation(*, invitation: Invitation, reason: str) -> None:
    """Say „nicht zuständig“ with a word why; reminders end. Raises AlreadySubmitted; answers begun are kept."""
    if Response.objects.submitted().filter(round=invitation.round, respondent=invitation.person).exists():
        raise AlreadySubmitted
    Invitation.objects.filter(pk=invitation.pk).update(declined_at=timezone.now(), declined_reason=reason)
    withdraw_reminders(round=invitation.round, person=invitation.person)


def accept_again(*, invitation: Invitation) -> None:
    """Take „nicht zuständig“ back."""
    Invitation.objects.filter(pk=invitation.pk).update(declined_at=None, declined_reason="")


def note_submission(*, round: Round, person: Person) -> None:
    """Whoever has submitted is responsible after all, and has nothing left to be reminded of."""
    declined = Invitation.objects.filter(round=round, person=person, declined_at__isnull=False)
    declined.update(declined_at=None, declined_reason="")
    withdraw_reminders(round=round, person=person)


@transaction.atomic
def end_invitation(*, invitation: Invitation) -> None:
    """Revoke every link and take the invitation's unsent mails back; what was answered stays."""
    revoke_links(invitation=invitation)
    withdraw_reminders(round=invitation.round, person=invitation.person)
    mail.withdraw(OutgoingMail.objects.filter(pk__in=invitation.links.values("mail")))


@transaction.atomic
def delete_invitations(*, invitations: Iterable[Invitation]) -> None:
    """Delete invitations with their links, and take their unsent mails back; what was answered stays."""
    for invitation in invitations:
        end_invitation(invitation=invitation)
        invitation.delete()


def withdraw_reminders(*, round: Round, person: Person) -> None:
    """Take reminders out of the outbox that have not left: there is nothing to be reminded of any more."""
    reminders = Reminder.objects.filter(invitation__round=round, invitation__person=person)
    mail.withdraw(OutgoingMail.objects.filter(pk__in=reminders.values("mail")))
