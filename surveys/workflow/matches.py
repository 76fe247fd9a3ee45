"""Vernetzung: finding pairs, deciding on them, introducing both sides, and forgetting them."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from ogl_portal.directory.models import Person, User
from ogl_portal.lib import audit, mail
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.history import record
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.personal_data import forget_history
from ogl_portal.lib.tokens import hash_of, new_token

from ..matching import Candidate, candidates, title_now
from ..models import Entry, Match, MatchSide, Response, Round
from ..models.matches import MatchQuerySet

Status, Kind = Match.Status, AuditRecord.Kind
NEEDS_TWO = "Zu einer Vernetzung gehören zwei Seiten aus verschiedenen Organisationen."
NOT_APPROVED = "„{}“ ist noch nicht freigegeben."
ALREADY_INTRODUCED = "„{}“: Beide sind einander schon vorgestellt."
NOT_THERE = "„{}“ steht nicht mehr in der Rückmeldung oder ist dort als nicht verwendbar gekennzeichnet."
NO_ADDRESS = "Für „{}“ ist keine Person mit E-Mail-Adresse eingetragen. Bitte ergänzen Sie sie."
WORDING = (
    "Die OGL-Leitung darf den Titel meines Vorhabens, meinen Namen, meine Organisation und meine dienstliche "
    "E-Mail-Adresse an die andere Seite weitergeben, damit wir miteinander Kontakt aufnehmen."
)


@transaction.atomic
def find_matches(*, round: Round, by: User | None = None) -> int:
    """Propose the pairs that the round's answers make now; returns how many.

    What was decided on stays as it is, and so does what somebody has worked on. Of the other proposals, those that no
    longer hold go, and those that do say the reason as it is now.
    """
    Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    known = {match.pair: match for match in Match.objects.filter(round=round).exclude(pair="")}
    decided = [pair for pair, match in known.items() if match.status != Status.PROPOSED]
    found = {each.pair: each for each in candidates(round, decided)}
    renew_candidates([each for each in known.values() if each.status == Status.PROPOSED and not each.revision], found)
    write_candidates(round, [each for pair, each in found.items() if pair not in known])
    audit.record(Kind.READ, "Antworten durchgesehen: Vorschläge zur Vernetzung", by=by, thing=round)
    return len(found)


def renew_candidates(matches: list[Match], found: dict[str, Candidate]) -> None:
    """Let proposals that nobody has worked on say what speaks for them now, and go where nothing does."""
    if gone := [match.pk for match in matches if match.pair not in found]:
        Match.objects.filter(pk__in=gone).delete()
    kept = [match for match in matches if match.pair in found]
    for match in kept:
        each = found[match.pair]
        match.score, match.reason, match.note = each.score, each.reason[:1000], each.inner_reason
    Match.objects.bulk_update(kept, ["score", "reason", "note"])


def write_candidates(round: Round, found: list[Candidate]) -> None:
    """Write all of them in two statements."""
    facts = {"round": round, "is_example": round.is_example}
    matches = Match.objects.bulk_create(
        Match(pair=each.pair, score=each.score, reason=each.reason[:1000], note=each.inner_reason, **facts)
        for each in found
    )
    MatchSide.objects.bulk_create(
        MatchSide(match=match, position=position, entry_id=side.entry_id, title=side.title)
        for match, each in zip(matches, found, strict=True)
        for position, side in enumerate([each.first, each.second], start=1)
    )


def rename_sides(entries: QuerySet[Entry]) -> None:
    """Let the sides of entries be called as these are now, where they were submitted or redacted in other words."""
    for entry in entries.filter(match_sides__isnull=False).distinct().select_related("review"):
        MatchSide.objects.filter(entry=entry).update(title=title_now(entry))


@transaction.atomic
def approve_match(*, match: Match, by: User) -> None:
    """Let members see the pair as far as both sides allow it; what is approved stays as it is, its questions too.

    ValidationError where it is no pair, or introduced.
    """
    locked = lock(match)
    if locked.status == Status.APPROVED:
        return
    houses = [side.house or side for side in locked.sides.all()]
    if len(set(houses)) != 2:
        raise ValidationError(NEEDS_TWO)
    decide(locked, Status.APPROVED, by, "Freigegeben.")


@transaction.atomic
def reject_match(*, match: Match, by: User) -> None:
    """Keep the pair as rejected, so that it is not proposed again. ValidationError where both are introduced."""
    decide(lock(match), Status.REJECTED, by, "Verworfen.")


def decide(match: Match, status: str, by: User, message: str) -> None:
    if match.status == Status.INTRODUCED:
        raise ValidationError(ALREADY_INTRODUCED.format(match))
    write(match, status=status, decided_at=timezone.now(), decided_by=by, requested_at=None)
    withdraw_mails(match)
    record(by, match, message)
    audit.record(Kind.CHANGED, message, by=by, thing=match)


@transaction.atomic
def introduce_match(*, match: Match, by: User | None) -> bool:
    """Send each side the other's contact, once; where a side has not allowed that, ask it instead, once, and wait.

    Returns whether they are introduced. ValidationError where the pair is not approved, is introduced already, or
    nobody can be written to.
    """
    locked = lock(match)
    if locked.status != Status.APPROVED:
        text = ALREADY_INTRODUCED if locked.status == Status.INTRODUCED else NOT_APPROVED
        raise ValidationError(text.format(locked))
    if reason := obstacle(locked):
        raise ValidationError(reason)
    if locked.waiting_for:
        ask_for_consent(locked)
        return False
    send_introduction(locked)
    record(by, locked, "Einander vorgestellt.")
    audit.record(Kind.CHANGED, "Einander vorgestellt: Kontakte weitergegeben", by=by, thing=locked)
    return True


def obstacle(match: Match) -> str:
    """Why the two cannot be introduced, whatever they allow, in German; nothing where they can."""
    for side in match.sides.all():
        if not side.is_there:
            return NOT_THERE.format(side.title)
        if not (side.contact and side.contact.email):
            return NO_ADDRESS.format(side.title)
    return ""


def ask_for_consent(match: Match) -> None:
    """Ask every side that has not allowed the introduction and was not asked yet."""
    write(match, requested_at=match.requested_at or timezone.now())
    for side in match.waiting_for:
        token = new_token()
        if MatchSide.objects.filter(pk=side.pk, asked_at=None).update(
            asked_at=timezone.now(), token_hash=hash_of(token)
        ):
            url = settings.SITE_URL + reverse("matches:consent", args=[token])
            other = next(each for each in match.sides.all() if each.pk != side.pk)
            send(match, "match_consent", side, other=other if other.is_told else None, url=url)


def send_introduction(match: Match) -> None:
    write(match, status=Status.INTRODUCED, introduced_at=timezone.now())
    for side, other in [match.sides.all(), list(match.sides.all())[::-1]]:
        send(match, "match_introduction", side, other=other, reason=match.reason if other.is_told else "")


def send(match: Match, template: str, side: MatchSide, **context) -> None:
    """Put a mail to one side into the outbox; it goes with the match as long as it has not left."""
    context |= {"match": match, "side": side, "person": side.contact, "wording": WORDING}
    match.mails.add(mail.send(template, to=side.contact.email, context=context))


def introduce_waiting(*, now: datetime):
    """Introduce those whose consents have come since by another way; for ``manage.py remind``. Yields the mails."""
    asked = Match.objects.filter(status=Status.APPROVED, requested_at__isnull=False).with_sides()
    for match in asked:
        if not match.waiting_for and not obstacle(match):
            try:
                introduce_match(match=match, by=None)
            except ValidationError:  # another process was faster
                continue
            yield from match.mails.filter(created_at__gte=now)


def forget_matches(*, response: Response) -> None:
    """Delete the matches of a response that goes, within its transaction; of an introduction the number stays."""
    forget(Match.objects.filter(sides__entry__response=response))


def forget_matches_of_person(*, person: Person) -> None:
    """The same for the matches that name a person by hand, before the person goes."""
    forget(Match.objects.filter(sides__person=person))


def forget(matches: MatchQuerySet) -> None:
    """Delete matches with what has not been sent about them; an introduction stays as a number."""
    for match in matches:
        withdraw_mails(match)
    forget_history(matches)
    introduced = list(matches.filter(status=Status.INTRODUCED).values_list("pk", flat=True))
    matches.exclude(pk__in=introduced).delete()
    MatchSide.objects.filter(match__in=introduced).delete()
    nothing = {"reason": "", "note": "", "pair": "", "forgotten_at": timezone.now()}
    Match.objects.filter(pk__in=introduced).update(**nothing, revision=F("revision") + 1)


def withdraw_mails(match: Match) -> None:
    """Take back what has not left yet; whom a question did not reach may be asked another time."""
    unread = list(match.mails.filter(sent_at=None).values_list("recipient", flat=True))
    if not unread:
        return
    mail.withdraw(OutgoingMail.objects.filter(pk__in=match.mails.values("pk")))
    if match.status != Status.INTRODUCED:
        theirs = Q(entry__response__respondent__email__in=unread) | Q(entry=None, person__email__in=unread)
        asked = [side.pk for side in match.sides.filter(theirs)]
        MatchSide.objects.filter(pk__in=asked).update(asked_at=None, token_hash="")


def lock(match: Match) -> Match:
    """Hold the row and read it with its sides as they stand."""
    Match.objects.select_for_update().get(pk=match.pk)
    return Match.objects.with_sides().get(pk=match.pk)


def write(match: Match, **values) -> None:
    """Write new values of a locked match."""
    Match.objects.filter(pk=match.pk).update(**values, revision=F("revision") + 1)
    for name, value in values.items():
        setattr(match, name, value)
