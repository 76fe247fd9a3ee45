"""When somebody no longer wants to be named, the public part of what was released names them no more.

security.md, personal data: withdrawal acts at once, also on released documents; the former hash and the reason stay.
The text is clean from the first moment on. The PDF, which takes its time, is withheld until it is drawn anew.
"""

import logging
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ogl_portal.directory.models import Person
from ogl_portal.lib import pdf, search
from ogl_portal.lib.files import delete_stored

from ..models import Report, ReportVersion
from .spellings import may_name, names, take_out, taking_out_private_names, without_name

REASON = "Eine Person hat die Einwilligung widerrufen, hier genannt zu werden."
HTML, TYPED = ("public_html", "public_document"), ("title", "reason")
"""What the public reads of a version."""
logger = logging.getLogger(__name__)


def redact_versions(*, person: Person) -> int:
    """Take a person's name out of the public text and PDF of every released version; return how many changed.

    The document that the PDF was made of is kept for that. Where no PDF can be made now, there is none until
    ``draw_missing_pdfs`` can.
    """
    clean = partial(without_name, person=person)
    found = [version.pk for version in versions_naming(person, "public_document")]
    count = sum([redact(pk, clean) for pk in found])
    for report in Report.objects.filter(status=Report.Status.RELEASED, current_version=None):
        if take_out(report, clean, text=["title"]):
            report.save(update_fields=["title"])
        search.update(report)  # its page takes the names out by itself
    draw_missing_pdfs()
    return count


def redact_what_was_withdrawn_meanwhile(version: ReportVersion) -> None:
    """Take out of a version that was just released whom somebody withdrew while it was being released.

    Who withdraws searches the versions after the withdrawal is stored, and this searches the withdrawals after the
    version is stored: whichever comes first, one of the two finds the other.
    """
    if redact(version.pk, taking_out_private_names()):
        draw_missing_pdfs()
        version.refresh_from_db()


def versions_naming(person: Person, text: str) -> Iterator[ReportVersion]:
    """The released versions whose ``text`` (the name of a field) names the person; only that field is loaded."""
    likely = ReportVersion.objects.filter(may_name(person, text))
    for version in likely.only(text).iterator(chunk_size=20):
        if names(getattr(version, text), person):
            yield version


@transaction.atomic
def redact(pk: int, clean: Callable[..., str]) -> bool:
    """Store the public part of a version without the names that ``clean`` takes out, and withhold the PDF.

    The version is read under a lock, so that two withdrawals at once do not undo each other. Returns whether there
    was anything to take out.
    """
    version = locked(pk)
    if not take_out(version, clean, html=HTML, text=TYPED):
        return False
    old_file = version.public_pdf.name
    version.former_sha256 = version.former_sha256 or version.public_sha256  # of what was released first
    version.public_pdf, version.public_sha256 = "", ""
    version.redacted_at, version.redaction_reason = timezone.now(), REASON
    version.save()
    shown = Report.objects.filter(current_version=pk, status=Report.Status.RELEASED).exclude(title=version.title)
    shown.update(title=version.title, revision=F("revision") + 1)
    search.update(version.report)
    delete_stored([old_file] if old_file else [])
    return True


def locked(pk: int) -> ReportVersion:
    """The version as it stands now, without what only members read; nobody else changes it until the end."""
    return ReportVersion.objects.defer("members_html", "distribution").select_for_update().get(pk=pk)


def draw_missing_pdfs() -> None:
    """Draw the public PDFs that were withheld anew; after one that cannot be made now, the others wait too.

    Nobody shall wait for each of them where none can be made. One that never can keeps no other waiting for good: which
    one comes first is left to chance.
    """
    for version in ReportVersion.objects.without_public_pdf().only("public_document").order_by("?"):
        try:
            keep_pdf(version, pdf.from_html(version.public_document))
        except (pdf.RenderError, OSError) as failure:
            logger.warning("Das PDF einer Fassung (%s) ließ sich nicht neu herstellen: %s", version.pk, failure)
            return


@transaction.atomic
def keep_pdf(version: ReportVersion, content: bytes) -> None:
    """Store the PDF of a version, unless somebody else has done so or its text is another one by now."""
    current = locked(version.pk)
    if not current.public_pdf and current.public_document == version.public_document:
        current.public_sha256 = sha256(content).hexdigest()
        current.public_pdf.save("public", ContentFile(content), save=False)
        current.save(update_fields=["public_pdf", "public_sha256"])
