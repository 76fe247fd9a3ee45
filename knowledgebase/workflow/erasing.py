"""What becomes of a solution whose ground is gone for good: the answers were deleted, or are never released again."""

from django.db.models import F
from django.utils import timezone

from ogl_portal.lib import audit, search
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.files import delete_files
from ogl_portal.lib.personal_data import forget_history

from ..interchange.shape import KEYED, WORDS, own_fields
from ..models import Solution, Transfer
from .addresses import free_slug
from .history import keep_snapshot
from .mails import tell_erased

TITLE = "Zurückgezogene Musterlösung"
ROWS = ["contacts", "attachments", "steps", "links", "relations", "relations_from_others", "audiences", "efa_checks",
        "reviews", "snapshots", "answered_needs"]  # fmt: skip
"""All that belongs to a solution but what others reported of using it, and the note of where it came from."""


def erase(transfer: Transfer, reason: str) -> None:
    """Delete a solution that was never public, and leave of one that was an empty row; the leads are told.

    Called within the transaction that takes the ground away.
    """
    solution = Solution.objects.select_for_update().get(pk=transfer.solution_id)
    values = {"withdrawn_at": timezone.now(), "withdrawn_reason": reason, "changed_at": None, "changed_keys": []}
    Transfer.objects.filter(pk=transfer.pk).update(response=None, digests={}, **values)
    tell_erased(solution=solution)
    delete_files(solution.attachments.all())
    forget_history(Solution.objects.filter(pk=solution.pk))
    audit.record(AuditRecord.Kind.DELETED, f"Musterlösung aus dem Fragebogen: {reason}", thing=solution)
    if solution.version:
        empty(solution, reason)
    else:
        with search.removal(solution):
            solution.delete()


def empty(solution: Solution, reason: str) -> None:
    """Leave of a solution that it was public from when on, and why it is not; nothing in it tells what it was."""
    for name in ROWS:
        getattr(solution, name).all().delete()
    for name in [*WORDS, *KEYED, "authors"]:
        getattr(solution, name).clear()
    blank = {field.name: field.get_default() for field in own_fields() if field.name != "is_example"}
    blank |= {"title": TITLE, "slug": free_slug(TITLE), "origin": None, "return_note": ""}
    blank |= {"changed_alone_at": None, "changed_alone_by": None, "status": Solution.Status.ARCHIVED}
    Solution.objects.filter(pk=solution.pk).update(**blank, revision=F("revision") + 1)
    solution.refresh_from_db()
    keep_snapshot(solution=solution, by=None, message=f"Inhalt gelöscht: {reason}")
