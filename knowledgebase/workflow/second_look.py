"""What one person changes in a published entry stays public, and waits for a second person to look at it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from ogl_portal.lib import audit
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.history import record

from ..models import Solution
from .history import keep_snapshot

OWN_CHANGE = "„{}“ haben Sie selbst geändert. Gegenlesen muss das eine zweite Person der OGL-Leitung."
NOTHING_WAITS = "Bei „{}“ ist nichts gegenzulesen."
LOOKED_AT = "Änderung gegengelesen."


@transaction.atomic
def confirm_change(*, solution: Solution, by) -> None:
    """Keep that a second person has looked at the change; ValidationError for who made it, or where none waits."""
    stored = Solution.objects.select_for_update().get(pk=solution.pk)
    if stored.changed_alone_at is None or not stored.is_published:
        raise ValidationError(NOTHING_WAITS.format(stored))
    if stored.changed_alone_by_id == by.pk:
        raise ValidationError(OWN_CHANGE.format(stored))
    nobody = {"changed_alone_at": None, "changed_alone_by": None}
    Solution.objects.filter(pk=stored.pk).update(**nobody, revision=F("revision") + 1)
    solution.refresh_from_db()
    record(by, solution, LOOKED_AT)
    audit.record(AuditRecord.Kind.CHANGED, LOOKED_AT, by=by, thing=solution)
    keep_snapshot(solution=solution, by=by, message=LOOKED_AT, is_significant=False)
