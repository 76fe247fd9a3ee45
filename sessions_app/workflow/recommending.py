"""The way of a recommendation: drafted, agreed and so public, handed over, answered."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ogl_portal.directory.models import User
from ogl_portal.lib import search
from ogl_portal.lib.history import record

from ..models import Recommendation

Status = Recommendation.Status
STEP_BACK = {Status.HANDED_OVER: Status.AGREED, Status.ANSWERED: Status.HANDED_OVER}


def agree_recommendation(*, recommendation: Recommendation, by: User) -> None:
    """Make a draft public, as the AG agreed on it; raises ValidationError with all that is missing."""
    refuse_gaps(recommendation, "abgestimmt", gaps_before_agreement(recommendation))
    change_recommendation(
        recommendation, Status.DRAFT, Status.AGREED, by, "Abgestimmt.", agreed_on=timezone.localdate()
    )


def gaps_before_agreement(recommendation: Recommendation) -> Iterator[str]:
    if not recommendation.text.strip():
        yield "der Text"
    if not recommendation.reasoning.strip():
        yield "die Begründung"
    if not recommendation.event:
        yield "die Session, auf die sie sich stützt"
    elif not recommendation.event.is_published:
        yield f"die Veröffentlichung der Session „{recommendation.event.title}“"


def hand_over_recommendation(*, recommendation: Recommendation, by: User) -> None:
    """Note that it is handed over, to whom and when it says; raises ValidationError where that is missing."""
    refuse_gaps(recommendation, "übergeben", gaps_before_handing_over(recommendation))
    message = f"Übergeben an: {recommendation.handed_over_to}"
    change_recommendation(recommendation, Status.AGREED, Status.HANDED_OVER, by, message)


def gaps_before_handing_over(recommendation: Recommendation) -> Iterator[str]:
    if not recommendation.handed_over_to.strip():
        yield "an wen („übergeben an“)"
    if not recommendation.handed_over_on:
        yield "wann („übergeben am“)"


def answer_recommendation(*, recommendation: Recommendation, by: User) -> None:
    """Note that it is answered, as its fields say; raises ValidationError where the answer or its day is missing."""
    refuse_gaps(recommendation, "beantwortet", gaps_before_answer(recommendation))
    change_recommendation(recommendation, Status.HANDED_OVER, Status.ANSWERED, by, "Antwort erhalten.")


def gaps_before_answer(recommendation: Recommendation) -> Iterator[str]:
    if not recommendation.answer.strip():
        yield "der Text der Antwort"
    if not recommendation.answered_on:
        yield "ihr Tag („Antwort vom“)"


def withdraw_recommendation(*, recommendation: Recommendation, by: User) -> None:
    """Take an agreed recommendation back to the drafts, where its text can be changed; nobody else sees it then."""
    change_recommendation(recommendation, Status.AGREED, Status.DRAFT, by, "Zurück zum Entwurf.", agreed_on=None)


def take_step_back(*, recommendation: Recommendation, by: User) -> None:
    """Take back that it was handed over, or answered, so that what was noted of that can be corrected.

    Until it is noted anew nobody else reads it. Raises ValidationError where neither was noted.
    """
    before = Status(recommendation.status)
    if before not in STEP_BACK:
        raise ValidationError(f"Das geht nicht: „{recommendation}“ hat den Stand „{before.label}“.")
    after = STEP_BACK[before]
    change_recommendation(recommendation, before, after, by, f"Zurück zu „{after.label}“.")


def refuse_gaps(recommendation: Recommendation, state: str, gaps: Iterator[str]) -> None:
    if missing := list(gaps):
        text = f"„{recommendation}“ ist noch nicht {state}. Es fehlt: {'; '.join(missing)}."
        raise ValidationError(text)


def change_recommendation(
    recommendation: Recommendation, before: Status, after: Status, by: User, message: str, **values
) -> None:
    """Move it one step, if it stands there and nobody changed it since it was read."""
    with transaction.atomic():
        movable = Recommendation.objects.filter(pk=recommendation.pk, status=before, revision=recommendation.revision)
        if not movable.update(status=after, revision=F("revision") + 1, **values):
            recommendation.refresh_from_db()
            state = recommendation.get_status_display()
            raise ValidationError(f"Das geht nicht: „{recommendation}“ hat den Stand „{state}“ oder wurde geändert.")
        recommendation.refresh_from_db()
        record(by, recommendation, message[:200])
        search.update(recommendation)
