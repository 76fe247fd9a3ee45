"""What has happened to a solution of the demo, as its leads would have done it."""

from datetime import timedelta

from django.utils import timezone

from ogl_portal.directory.models import User
from ogl_portal.lib import mail
from ogl_portal.lib.models import OutgoingMail

from .. import workflow
from ..models import Review, Solution
from .making import plain


def lead(number: str = "") -> User | None:
    return User.objects.filter(email=f"leitung{number}@example.org").first()


def go_through_life(solution: Solution, document: dict) -> None:
    """Take a new draft to the state that its document says: draft, submitted, returned, published or archived."""
    facts = document["demo"]
    state = facts.get("state", "published")
    begin(solution, {name: plain(document[name]) for name in facts.get("earlier", {})})
    if state != "draft":
        workflow.submit_solution(solution=solution, by=solution.proposed_by or lead("2"))
    if state == "returned":
        workflow.return_solution(solution=solution, by=lead(), note=facts["return_note"])
        mail.withdraw(OutgoingMail.objects.filter(recipient=solution.proposed_by.email))  # nobody reads it
    if state in {"published", "archived"}:
        publish(solution, facts)
    if state == "archived":
        workflow.archive_solution(solution=solution, by=lead())


def begin(solution: Solution, corrected: dict) -> None:
    """The draft as it was first, and what was corrected in it."""
    by = solution.proposed_by or lead("2")
    workflow.keep_snapshot(solution=solution, by=by, message="Angelegt.")
    workflow.ask_for_second_look(solution=solution, by=by)
    if corrected:
        Solution.objects.filter(pk=solution.pk).update(**corrected, revision=solution.revision + 1)
        solution.refresh_from_db()
        workflow.keep_snapshot(solution=solution, by=by, message="Nach der Erprobung angepasst.")


def publish(solution: Solution, facts: dict) -> None:
    """Publish and check it, some days ago."""
    workflow.publish_solution(solution=solution, by=lead())
    then = timezone.now() - timedelta(days=facts.get("published_days_ago", facts["reviewed_days_ago"]))
    Solution.objects.filter(pk=solution.pk).update(published_at=then, changed_at=then)
    Review.objects.create(
        solution=solution, checked_by=lead("2"), checked_on=solution.reviewed_on,
        next_review_on=solution.next_review_on, note="Angaben mit der Ansprechperson durchgesehen. (Beispiel)",
    )  # fmt: skip
