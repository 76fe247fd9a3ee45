"""What the sides of a match allow: by the mailed link, which also takes it back, and as their responses say it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ogl_portal.lib import audit
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.tokens import hash_of

from ..models import Match, MatchSide, Response
from ..models.matches import CONTACT, VISIBLE
from .matches import WORDING, introduce_match, lock, obstacle, withdraw_mails

Status = Match.Status
LINKED = {Status.APPROVED, Status.INTRODUCED}
ONE_SIDE = "eine Seite"


def side_of_token(token: str) -> MatchSide | None:
    """Whom a mailed link belongs to, as long as the match is about to be introduced."""
    sides = MatchSide.objects.with_consents().select_related("match", "entry__response__respondent", "person")
    approved = sides.filter(match__status__in=LINKED, match__forgotten_at=None)
    return approved.filter(token_hash=hash_of(token)).first()


@transaction.atomic
def consent_to_match(*, side: MatchSide, wording: str = WORDING) -> bool:
    """Keep that this side may be introduced, and do so if that was all that was missing; returns whether they are.

    Nothing happens where the link of the side has ended since it was read.
    """
    match = lock(side.match)
    if not decide_by_link(match, side, consented_on=timezone.localdate(), consent_wording=wording):
        return False
    what = f"Seite {side.position} hat in die Vorstellung eingewilligt"
    audit.record(AuditRecord.Kind.CONSENT, what, actor=ONE_SIDE, thing=match)
    if match.status != Status.APPROVED or not match.requested_at:
        return match.status == Status.INTRODUCED
    return not obstacle(match) and introduce_match(match=match, by=None)


@transaction.atomic
def withdraw_match_consent(*, side: MatchSide) -> None:
    """Take back what this side allowed by its link: no mail goes out on it, and its contact is shown no more."""
    match = lock(side.match)
    if decide_by_link(match, side, consented_on=None, consent_wording=""):
        what = f"Seite {side.position} hat die Einwilligung in die Vorstellung widerrufen"
        audit.record(AuditRecord.Kind.CONSENT, what, actor=ONE_SIDE, thing=match)
        if match.status == Status.INTRODUCED:
            withdraw_mails(match)


def decide_by_link(match: Match, side: MatchSide, **values) -> bool:
    """Write what a side says through its link, as long as that holds; the match is locked."""
    linked = MatchSide.objects.filter(pk=side.pk, token_hash=side.token_hash).exclude(token_hash="")
    return match.status in LINKED and bool(linked.update(**values))


def end_match_consents(*, response: Response, question_key: str) -> None:
    """Follow a withdrawn consent, in its transaction: no introduction goes out on it any more."""
    if question_key not in {VISIBLE, CONTACT}:
        return
    sides = MatchSide.objects.filter(entry__response=response)
    sides.update(consented_on=None, consent_wording="", token_hash="")
    for match in Match.objects.filter(sides__in=sides):
        withdraw_mails(match)


def end_refused(*, response: Response, since: datetime) -> None:
    """Follow what a submission of that moment refuses and the one before did not."""
    refused = response.consents.current().refused().filter(entry=None, given_at=since)
    for question_key in refused.values_list("question_key", flat=True):
        end_match_consents(response=response, question_key=question_key)
