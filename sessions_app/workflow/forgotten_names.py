"""When somebody is deleted, nothing would find the name any more: it goes from what may become public later, too."""

from collections.abc import Callable, Collection
from functools import partial

from django.db.models import F

from ogl_portal.directory.models import Person
from ogl_portal.lib import search
from ogl_portal.lib.personal_data import Refused

from ..models import Report, ReportAnnex, ReportSection
from .spellings import may_name, take_out, without_name
from .withdrawn_names import versions_naming

NOT_REDACTED = (
    "Ein Report mit dem Namen wurde gerade freigegeben. Es wurde nichts gelöscht. Bitte versuchen Sie es noch einmal."
)


def forget_name(*, person: Person) -> None:
    """Put the stand-in into the texts of which the next versions of reports are made, in the caller's transaction.

    What was released was redacted before. Raises Refused where that is not done. Reports that are being released are
    waited for: what comes out of them counts.
    """
    list(Report.objects.select_for_update().order_by("pk").values_list("pk"))
    clean = partial(without_name, person=person)
    reports = Report.objects.filter(may_name(person, "title", "reason"))
    changed = {report.pk for report in cleaned(reports, clean, ["title", "reason"])}
    sections = ReportSection.objects.filter(may_name(person, "body"))
    changed |= {section.report_id for section in cleaned(sections, clean, ["body"])}
    annexes = ReportAnnex.objects.filter(may_name(person, "title"))
    changed |= {annex.report_id for annex in cleaned(annexes, clean, ["title"])}
    note_change(changed)
    require_no_public_name(person)


def cleaned(rows, clean: Callable[..., str], names: Collection[str]) -> list:
    """Store the rows of a queryset whose texts change by ``clean``, and return them."""
    changed = [row for row in rows if take_out(row, clean, text=names)]
    for row in changed:
        row.save(update_fields=names)
    return changed


def note_change(reports: Collection[int]) -> None:
    """A page that is open with the old text shall not bring it back, and the search finds the new one."""
    Report.objects.filter(pk__in=reports).update(revision=F("revision") + 1)
    for report in Report.objects.filter(pk__in=reports):
        search.update(report)


def require_no_public_name(person: Person) -> None:
    """A PDF that is not drawn anew yet is withheld, and made of that text alone: it does not name them either."""
    if any(versions_naming(person, "public_document")):
        raise Refused(NOT_REDACTED)
