"""What the Wissensdatenbank adds to the mails that are due, and how long it keeps what people tell about themselves."""

from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from ogl_portal.lib.desk import box
from ogl_portal.lib.registry import Removal, desk_boxes, due_mails, retention_rules
from ogl_portal.lib.retention import remove

from . import needs  # noqa: F401 - registers itself
from .models import Reuse, Solution, Suggestion
from .workflow import ask_again, send_due_reviews

KEPT = timedelta(days=90)
"""How long personal data stays after the decision, for questions about it."""

due_mails.register(send_due_reviews)
due_mails.register(ask_again)


@desk_boxes.register
def entries_that_wait(user):
    """Proposals to check, suggestions and reuses to decide on, entries whose day of review has come."""
    submitted = Solution.objects.filter(status=Solution.Status.SUBMITTED).order_by("submitted_at")
    yield box("Lösungen zu veröffentlichen", submitted, 80, "?status__exact=submitted")
    yield box("Vorschläge von außen", Suggestion.objects.waiting().order_by("created_at"), 90, "?entscheidung=offen")
    reuses = Reuse.objects.waiting().select_related("solution").order_by("reported_at")
    yield box("Nachnutzungen zu bestätigen", reuses, 100, "?bestaetigung=wartet")
    due = Solution.objects.due_for_review(timezone.localdate()).order_by("next_review_on")
    yield box("Lösungen zu prüfen", due, 110, "?pruefung=faellig")


@retention_rules.register
def suggestions(*, now, dry_run):
    """What was declined goes; of what became a draft, who suggested it."""
    before = Q(decided_at__lt=now - KEPT)
    yield remove("abgelehnte Hinweise auf Lösungen", Suggestion.objects.declined().filter(before), dry_run=dry_run)
    taken = Suggestion.objects.taken().filter(before).exclude(name="", email="")
    yield forget("Namen und Adressen zu Hinweisen", taken, dry_run=dry_run, name="", email="")


@retention_rules.register
def reuses(*, now, dry_run):
    """What was declined goes; of what ended or was long not confirmed again, who reported it."""
    declined = Reuse.objects.declined().filter(declined_at__lt=now - KEPT)
    yield remove("abgelehnte Nachnutzungen", declined, dry_run=dry_run)
    over = Q(status=Reuse.Status.ENDED) | Q(confirm_again_on__lt=timezone.localdate(now) - KEPT)
    known = Reuse.objects.filter(over).exclude(reporter_name="", reporter_email="")
    nobody = {"reporter_name": "", "reporter_email": "", "contact_released": False, "revision": F("revision") + 1}
    yield forget("Namen und Adressen zu Nachnutzungen", known, dry_run=dry_run, **nobody)


def forget(what: str, rows: QuerySet, *, dry_run: bool, **values) -> Removal:
    """Overwrite personal data of rows that stay, unless it is a dry run, and say how many there were."""
    return Removal(what, rows.count() if dry_run else rows.update(**values))
