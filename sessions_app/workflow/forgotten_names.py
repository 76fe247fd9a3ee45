"""When somebody is deleted, nothing would find the name any more: it goes from what may become public later, too."""

from ogl_portal.directory.models import Person
from ogl_portal.lib.personal_data import Refused

from ..models import Report, ReportAnnex, ReportSection
from .cleaning import clean_rows, note_cleaned
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
    reports = clean_rows(Report.objects.all(), ["title", "reason"], person)
    parts = clean_rows(ReportSection.objects.select_related("report"), ["body"], person)
    parts += clean_rows(ReportAnnex.objects.select_related("report"), ["title"], person)
    note_cleaned([*reports, *(part.report for part in parts)])
    require_no_public_name(person)


def require_no_public_name(person: Person) -> None:
    """A PDF that is not drawn anew yet is withheld, and made of that text alone: it does not name them either."""
    if any(versions_naming(person, "public_document")):
        raise Refused(NOT_REDACTED)
