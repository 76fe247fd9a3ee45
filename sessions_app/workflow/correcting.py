"""Taking a report off the site while its correction runs: one cannot wait with that for the next version."""

from django.db import transaction
from django.db.models import F

from ogl_portal.directory.models import User
from ogl_portal.lib import search
from ogl_portal.lib.history import record
from ogl_portal.lib.registry import report_releases

from ..models import Report
from .releasing import refuse_status
from .sending import withdraw_mails_about


def withdraw_corrected_report(*, report: Report, by: User) -> None:
    """Make a report under correction a draft that nobody sees; its text is that of the correction, as far as it came.

    The versions stay kept. Raises ValidationError where no correction runs, or it was released meanwhile.
    """
    with transaction.atomic():
        standing = Report.objects.select_for_update().get(pk=report.pk)
        if not standing.is_being_corrected:
            refuse_status(standing)
        list(report_releases.ask(report=standing))
        values = {"status": Report.Status.DRAFT, "current_version": None, "released_at": None, "reason": ""}
        Report.objects.filter(pk=report.pk).update(**values, revision=F("revision") + 1)
        withdraw_mails_about(report)
        record(by, report, "Während der Korrektur ganz zurückgezogen.")
        report.refresh_from_db()
        search.update(report)
