"""The files of a report: what a released version names is kept, everything else goes when it is removed."""

from django.db import transaction
from django.utils import timezone

from ogl_portal.lib.files import delete_files

from ..models import Report, ReportAnnex, ReportVersion, VersionAnnex


def remove_annex(*, annex: ReportAnnex) -> None:
    """Take an annex out of the report as it is now; the versions that name it keep it."""
    annex.removed_at = timezone.now()
    ReportAnnex.objects.filter(pk=annex.pk).update(removed_at=annex.removed_at)


@transaction.atomic
def drop_unused_annexes(*, report: Report) -> None:
    """Delete what was removed and no version names, the files with it."""
    unused = report.annexes.unused()
    delete_files(unused)
    unused.delete()


def name_annexes(version: ReportVersion) -> None:
    """Write down which annexes a version has, from its release on."""
    annexes = version.report.annexes.current()
    VersionAnnex.objects.bulk_create(
        VersionAnnex(version=version, annex=annex, is_public=annex.is_public) for annex in annexes
    )
