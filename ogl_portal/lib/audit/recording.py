"""Writing the audit trail."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from .models import AuditRecord
from .pages import current_page, current_user

PORTAL = "Portal"


def record(
    kind: AuditRecord.Kind, what: str, *, by=None, thing: models.Model | None = None, label: str = "", actor: str = ""
) -> None:
    """Write one row; call it in the transaction of what it is about.

    ``by`` is the user who did it, or says in words who did, as ``actor`` does; where nobody is named it is who is
    signed in, else the portal itself. ``thing`` is named by its kind and number, or by ``label`` where that says more
    and names nobody.
    """
    if isinstance(by, str):
        by, actor = None, by
    by = by or (None if actor else current_user())
    about = {}
    if thing is not None:
        about = {"model": thing._meta.label_lower, "object_key": str(thing.pk)[:40]}
        about["label"] = (label or f"{thing._meta.verbose_name} {thing.pk}")[:200]
    AuditRecord.objects.create(
        kind=kind,
        what=what[:500],
        actor=(str(by) if by else actor or PORTAL)[:200],
        actor_key=by.pk if by else None,
        page=current_page(),
        kept_until=timezone.localdate() + timedelta(days=settings.AUDIT_RECORD_DAYS),
        **({"label": label[:200]} | about),
    )
