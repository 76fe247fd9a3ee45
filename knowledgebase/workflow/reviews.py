"""Checking again whether a published page still holds, and asking for it when its day has come."""

from collections.abc import Iterator
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ogl_portal.directory.models import User
from ogl_portal.lib.history import record
from ogl_portal.lib.models import OutgoingMail

from ..models import Review, Solution
from .history import keep_snapshot
from .mails import ask_for_review, ask_lead_for_review


@transaction.atomic
def review_solution(*, solution: Solution, by, next_review_on: date, note: str = "") -> Review:
    """Keep that ``by`` checked the solution today, and when it is to be checked next; ValidationError for the past."""
    today = timezone.localdate()
    if next_review_on <= today:
        raise ValidationError("Die nächste Prüfung muss nach heute liegen.")
    values = {"reviewed_on": today, "next_review_on": next_review_on}
    Solution.objects.filter(pk=solution.pk).update(**values, revision=F("revision") + 1)
    solution.refresh_from_db()
    review = Review.objects.create(
        solution=solution, checked_on=today, checked_by=by, next_review_on=next_review_on, note=note
    )
    record(by, solution, "Geprüft.")
    keep_snapshot(solution=solution, by=by, message="Geprüft.", is_significant=False)
    return review


def send_due_reviews(*, now: datetime) -> Iterator[OutgoingMail]:
    """Ask whoever may know of every solution whose review is due at ``now`` (aware), once for each due day."""
    day = timezone.localdate(now)
    for solution in not_asked(Solution.objects.due_for_review(day)):
        yield from ask_somebody(solution=solution, day=day)


@transaction.atomic
def ask_somebody(*, solution: Solution, day: date) -> list[OutgoingMail]:
    """Mail every contact who consented to be asked, else the leads; nobody where another process was first."""
    contacts = {contact.email.lower(): contact for contact in solution.contacts.consenting(day)}
    leads = [] if contacts else User.objects.in_charge()
    due_on = solution.next_review_on
    claimed = not_asked(Solution.objects.due_for_review(day).filter(pk=solution.pk, next_review_on=due_on))
    if not (contacts or leads) or not claimed.update(review_mailed_for=due_on):
        return []
    asked = [ask_for_review(contact=contact, solution=solution) for contact in contacts.values()]
    return asked or [ask_lead_for_review(lead=lead, solution=solution) for lead in leads]


def not_asked(solutions):
    """Those about which nobody was yet asked for the review that is due."""
    return solutions.exclude(review_mailed_for=F("next_review_on"))
