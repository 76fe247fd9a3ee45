"""The life of a solution: draft → submitted → published by a second person → archived."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from ogl_portal.lib import audit
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.history import record

from ..models import TITLE_IS_TAKEN, Solution, Transfer
from .consents import tell_contacts
from .gaps import Gap, missing_fields
from .history import keep_snapshot
from .mails import tell_proposer, tell_returned
from .transfer import reason_to_hide

Status = Solution.Status
IN_ANOTHER_STATE = {
    Status.DRAFT: "„{}“ ist ein Entwurf und noch nicht eingereicht.",
    Status.SUBMITTED: "„{}“ ist schon eingereicht.",
    Status.PUBLISHED: "„{}“ ist schon veröffentlicht.",
    Status.ARCHIVED: "„{}“ ist schon archiviert.",
}
SECOND_PERSON = "„{}“ haben Sie selbst eingereicht. Veröffentlichen muss eine zweite Person der OGL-Leitung."
OWN_TEXT = (
    "An „{}“ haben Sie selbst mitgeschrieben. Veröffentlichen muss eine Person der OGL-Leitung, die nichts daran "
    "geändert hat."
)

WITHDRAWN = "„{}“ darf nicht veröffentlicht werden. {}"


class NotPublishable(ValidationError):
    """The solution lacks what publication needs; ``gaps`` says what, the message in German."""

    def __init__(self, solution: Solution, gaps: list[Gap]):
        named = ", ".join(map(str, gaps))
        super().__init__(f"„{solution}“ lässt sich noch nicht veröffentlichen. Es fehlt: {named}.")
        self.solution, self.gaps = solution, gaps


@transaction.atomic
def submit_solution(*, solution: Solution, by) -> None:
    """Hand a draft to the OGL-Leitung for review; ValidationError where it is no draft."""
    lock(solution, {Status.DRAFT})
    values = {"submitted_at": timezone.now(), "submitted_by": by, "return_note": ""}
    move(solution, by, "Eingereicht.", status=Status.SUBMITTED, **values)


@transaction.atomic
def return_solution(*, solution: Solution, by, note: str) -> None:
    """Send a submitted solution back to draft and mail the proposer what is asked for; ValidationError without it."""
    note = note.strip()
    if not note:
        raise ValidationError("Bitte schreiben Sie, was noch zu ergänzen ist.")
    lock(solution, {Status.SUBMITTED})
    submitter = solution.submitted_by
    move(solution, by, "Zurückgegeben.", status=Status.DRAFT, submitted_at=None, submitted_by=None, return_note=note)
    tell_returned(solution=solution, submitter=submitter)


@transaction.atomic
def publish_solution(*, solution: Solution, by) -> None:
    """Publish a submitted and complete solution; ``by`` is a user who neither submitted it nor wrote at it.

    NotPublishable says what is missing; ValidationError where it is not submitted, or was by the same person.
    """
    lock(solution, {Status.SUBMITTED})
    if by and by.pk == solution.submitted_by_id:
        raise ValidationError(SECOND_PERSON.format(solution))
    if by and solution.authors.filter(pk=by.pk).exists():
        raise ValidationError(OWN_TEXT.format(solution))
    refuse_withdrawn(solution)
    if gaps := missing_fields(solution):
        raise NotPublishable(solution, gaps)
    values = {"published_at": timezone.now(), "published_by": by, "version": F("version") + 1}
    seen = {"changed_alone_at": None, "changed_alone_by": None}
    try:
        with transaction.atomic():
            move(solution, by, "Veröffentlicht.", status=Status.PUBLISHED, **values, **seen)
    except IntegrityError:  # another with the same title was faster
        raise ValidationError(TITLE_IS_TAKEN) from None
    solution.authors.clear()
    audit.record(AuditRecord.Kind.CHANGED, "Von einer zweiten Person veröffentlicht", by=by, thing=solution)
    tell_proposer(solution=solution)
    tell_contacts(solution=solution)


def refuse_withdrawn(solution: Solution) -> None:
    """Raise ValidationError where the questionnaire does not allow it now, noted here already or not."""
    transfer = Transfer.objects.select_related("solution__origin", "response").filter(solution=solution).first()
    reason = (transfer.withdrawn_reason or reason_to_hide(transfer)) if transfer else ""
    if reason:
        raise ValidationError(WITHDRAWN.format(solution, reason))


@transaction.atomic
def archive_solution(*, solution: Solution, by) -> None:
    """Take a solution off the public pages; ValidationError where it is archived already."""
    lock(solution, set(Status) - {Status.ARCHIVED})
    move(solution, by, "Archiviert.", status=Status.ARCHIVED)


@transaction.atomic
def reopen_solution(*, solution: Solution, by) -> None:
    """Make an archived solution a draft again; ValidationError where it is not archived."""
    lock(solution, {Status.ARCHIVED})
    values = {"submitted_at": None, "submitted_by": None}
    move(solution, by, "Wieder als Entwurf geöffnet.", status=Status.DRAFT, **values)


def lock(solution: Solution, allowed: set) -> None:
    """Hold the row and read it as it stands; ValidationError unless it has one of the allowed states."""
    Solution.objects.select_for_update().get(pk=solution.pk)
    solution.refresh_from_db()
    if solution.status not in allowed:
        raise ValidationError(IN_ANOTHER_STATE[solution.status].format(solution))


def move(solution: Solution, by, message: str, **values) -> None:
    """Write the new values of a locked solution, and note who did what."""
    Solution.objects.filter(pk=solution.pk).update(**values, revision=F("revision") + 1)
    solution.refresh_from_db()
    record(by, solution, message)
    keep_snapshot(solution=solution, by=by, message=message)
