"""Nachnutzung: reported by somebody, confirmed by a second person, confirmed again every twelve months."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from ogl_portal.lib import dates, mail, search, spam
from ogl_portal.lib.history import record
from ogl_portal.lib.models import OutgoingMail

from ..models import Reuse
from .mails import tell_leads, thank_for_reuse
from .refusals import LinkGone

LINK_SECONDS = 180 * 86_400
FORGOTTEN_WITHIN = timedelta(days=14)
"""For so long after a use stopped to count it is looked after that the search forgets it; ``remind`` may come late."""
OWN = "„{}“ haben Sie selbst gemeldet. Bestätigen muss das eine zweite Person der OGL-Leitung."
ALREADY_DECIDED = "Über „{}“ ist schon entschieden."
OWN_CHANGE = "„{}“ haben Sie selbst geändert. Bestätigen muss das eine zweite Person der OGL-Leitung."
NOT_DECLINED = "„{}“ ist nicht abgelehnt."
NOT_CONFIRMED = "„{}“ ist noch nicht bestätigt."


def report_reuse(*, key: UUID, client: str, reported_by=None, **values) -> None:
    """Keep that somebody uses a solution, until a second person confirms it, and tell the leads.

    ``key`` names the page that sent it: the same sent twice is kept once. ``client`` is the client's IP address, used
    for the limit only and not stored. ``reported_by`` is the user where one is signed in. Raises spam.TooMany.
    """
    spam.admit("reuse", client=client)
    with transaction.atomic():
        if not spam.is_new("reuse", key=key, values=values):
            return
        reuse = Reuse.objects.create(reported_by=reported_by, **values)
        tell_leads("reuse_reported", reuse, except_for=reported_by)
        if reuse.reporter_email and spam.may_mail(reuse.reporter_email):
            thank_for_reuse(reuse)


@transaction.atomic
def confirm_reuse(*, reuse: Reuse, by) -> None:
    """Let a reuse count for twelve months.

    ValidationError where ``by`` reported it or has changed what it says, or where it was decided on.
    """
    refuse_reporter(reuse, by)
    if reuse.changed_by_id == by.pk:
        raise ValidationError(OWN_CHANGE.format(reuse))
    values = {"confirmed_by": by, "confirmed_at": timezone.now(), "confirm_again_on": in_twelve_months()}
    values |= {"changed_by": None}
    change(reuse, Reuse.objects.waiting(), ALREADY_DECIDED, **values)
    record(by, reuse, "Bestätigt.")


def counts_already(reuse: Reuse) -> bool:
    """Whether another confirmed use by the same organisation counts, so that this one adds none."""
    others = Reuse.objects.in_use().filter(solution=reuse.solution_id).exclude(pk=reuse.pk)
    return any(other.organisation_key == reuse.organisation_key for other in others)


def unconfirm(reuse: Reuse, by) -> bool:
    """Note on a reuse that is about to be saved that ``by`` has changed what it says in public.

    A second person confirms that anew. Returns whether it had been confirmed; what has ended counts no more anyhow.
    """
    was_confirmed = reuse.confirmed_at is not None and reuse.status != Reuse.Status.ENDED
    reuse.changed_by = by
    if was_confirmed:
        reuse.confirmed_by = reuse.confirmed_at = reuse.confirm_again_on = None
    return was_confirmed


@transaction.atomic
def decline_reuse(*, reuse: Reuse, by) -> None:
    """Decline a reuse, or take back that it was confirmed; ValidationError where it is declined already."""
    values = {"confirmed_by": None, "confirmed_at": None, "confirm_again_on": None, "declined_at": timezone.now()}
    change(reuse, Reuse.objects.filter(declined_at=None), ALREADY_DECIDED, **values)
    record(by, reuse, "Abgelehnt.")


@transaction.atomic
def reconsider_reuse(*, reuse: Reuse, by) -> None:
    """Let a declined reuse wait for a decision again; ValidationError where it is not declined."""
    change(reuse, Reuse.objects.declined(), NOT_DECLINED, declined_at=None)
    record(by, reuse, "Ablehnung zurückgenommen.")


@transaction.atomic
def renew_reuse(*, reuse: Reuse, by) -> None:
    """Let a reuse count for twelve months more, as the lead knows; ValidationError as with the first time."""
    refuse_reporter(reuse, by)
    change(reuse, Reuse.objects.filter(confirmed_at__isnull=False), NOT_CONFIRMED, confirm_again_on=in_twelve_months())
    record(by, reuse, "Für weitere zwölf Monate bestätigt.")


@transaction.atomic
def answer_renewal(*, token: str, is_used: bool) -> None:
    """Write what the reporter says a year later: still in use, or no more. Raises LinkGone.

    For this no second person is needed: two stood behind the first confirmation, and the reporter, whom the link was
    mailed to, only says that it still holds. Anything else in the record is the lead's to change.
    """
    reuse = reuse_of(token)
    values = {"confirm_again_on": in_twelve_months()} if is_used else {"status": Reuse.Status.ENDED}
    asked = Reuse.objects.not_ended().filter(pk=reuse.pk, confirm_again_on=reuse.confirm_again_on)
    if not asked.update(**values, revision=F("revision") + 1):
        raise LinkGone
    search.update(reuse)
    record(reuse.reported_by, reuse, "Nutzt die Lösung weiter." if is_used else "Nutzt die Lösung nicht mehr.")


def ask_again(*, now: datetime) -> Iterator[OutgoingMail]:
    """Put a mail to the reporter of each reuse that is overdue at ``now`` (aware) into the outbox, and yield it."""
    today = timezone.localdate(now)
    forget_expired(today)
    due = Reuse.objects.to_ask_again(today).select_related("solution", "reported_by")
    for reuse in due.order_by("pk"):
        sent = ask(reuse)
        if sent:
            yield sent


def forget_expired(today: date) -> None:
    """Have solutions not found any more by uses that stopped to count of late: no verb was there on that day."""
    lately = Reuse.objects.overdue(today).filter(confirm_again_on__gt=today - FORGOTTEN_WITHIN)
    for reuse in {reuse.solution_id: reuse for reuse in lately.order_by("pk")}.values():
        search.update(reuse)


@transaction.atomic
def ask(reuse: Reuse) -> OutgoingMail | None:
    """Ask one reporter, if nobody has for this time: of parallel commands one update wins."""
    unasked = Reuse.objects.exclude(asked_for=F("confirm_again_on"))
    if not unasked.filter(pk=reuse.pk, confirm_again_on=reuse.confirm_again_on).update(asked_for=F("confirm_again_on")):
        return None
    url = settings.SITE_URL + reverse("knowledgebase:reuse-renew", args=[token_of(reuse)])
    return mail.send("reuse_renewal", to=reuse.reporter_address, context={"reuse": reuse, "url": url}, at_once=False)


def token_of(reuse: Reuse) -> str:
    """The signed word in the address that asks again: it is about one reuse and one time, and no table knows it."""
    return signing.dumps([reuse.pk, reuse.confirm_again_on.isoformat()], salt=__name__)


def reuse_of(token: str) -> Reuse:
    """Return what a mailed link asks about, while it is not answered. Raises LinkGone."""
    try:
        pk, day = signing.loads(token, salt=__name__, max_age=LINK_SECONDS)
    except signing.BadSignature:
        raise LinkGone from None
    asked = Reuse.objects.not_ended().filter(pk=pk, confirm_again_on=day, asked_for=day)
    reuse = asked.select_related("solution", "reported_by").first()
    if reuse is None:
        raise LinkGone
    return reuse


def refuse_reporter(reuse: Reuse, by) -> None:
    """Nobody confirms what they reported themselves, signed in or not."""
    if reuse.reported_by_id == by.pk or reuse.reporter_email.lower() == by.email:
        raise ValidationError(OWN.format(reuse))


def change(reuse: Reuse, allowed, refusal: str, **values) -> None:
    """Write the new values if the reuse is still among the allowed ones, by one update."""
    if not allowed.filter(pk=reuse.pk).update(**values, revision=F("revision") + 1):
        raise ValidationError(refusal.format(reuse))
    reuse.refresh_from_db()
    search.update(reuse)


def in_twelve_months() -> date:
    """The day until which a confirmation of today counts."""
    return dates.years_later(timezone.localdate())
