"""Suggestions from outside: they wait until the OGL-Leitung makes a draft of them or declines."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ogl_portal.lib import spam
from ogl_portal.lib.history import record

from ..models import Link, Solution, Suggestion
from .addresses import free_slug, free_title
from .history import keep_snapshot
from .mails import tell_leads, thank_for_suggestion

ALREADY_DECIDED = "Über „{}“ ist schon entschieden."


def receive_suggestion(*, key: UUID, client: str, **values) -> None:
    """Keep what somebody suggests and tell the leads; the address that was given gets one mail.

    ``key`` names the page that sent it: the same sent twice is kept once. ``client`` is the client's IP address, used
    for the limit only and not stored. Raises spam.TooMany.
    """
    spam.admit("suggestion", client=client)
    with transaction.atomic():
        if not spam.is_new("suggestion", key=key, values=values):
            return
        suggestion = Suggestion.objects.create(**values)
        tell_leads("suggestion_received", suggestion)
        if suggestion.email and spam.may_mail(suggestion.email):
            thank_for_suggestion(suggestion)


@transaction.atomic
def take_suggestion(*, suggestion: Suggestion, by) -> Solution:
    """Make a draft of a suggestion that waits, with what it says; ValidationError where it was decided on."""
    decide(suggestion, by)
    title = free_title(suggestion.title)
    solution = Solution.objects.create(title=title, slug=free_slug(title), description=suggestion.text)
    if suggestion.url:
        Link.objects.create(solution=solution, kind=Link.Kind.LANDING, url=suggestion.url)
    Suggestion.objects.filter(pk=suggestion.pk).update(solution=solution)
    suggestion.solution = solution
    record(by, suggestion, "Entwurf daraus gemacht.")
    record(by, solution, "Aus einem Vorschlag von außen angelegt.")
    keep_snapshot(solution=solution, by=by, message="Aus einem Vorschlag von außen angelegt.")
    return solution


@transaction.atomic
def decline_suggestion(*, suggestion: Suggestion, by) -> None:
    """Decline a suggestion that waits; ValidationError where it was decided on."""
    decide(suggestion, by)
    record(by, suggestion, "Abgelehnt.")


def decide(suggestion: Suggestion, by) -> None:
    """Note the decision if nobody was faster, by one update."""
    waiting = Suggestion.objects.waiting().filter(pk=suggestion.pk)
    if not waiting.update(decided_at=timezone.now(), decided_by=by):
        raise ValidationError(ALREADY_DECIDED.format(suggestion))
    suggestion.refresh_from_db()
