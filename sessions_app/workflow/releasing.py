"""How a report becomes public: members check it, the gate asks what is missing, the release keeps what was rendered."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Max
from django.template.loader import render_to_string
from django.utils import timezone

from ogl_portal.directory.distribution import DistributionList
from ogl_portal.directory.models import User
from ogl_portal.lib import pdf, search
from ogl_portal.lib.history import record
from ogl_portal.lib.registry import Gap, begun_corrections, release_checks, report_releases

from ..models import Report, ReportVersion
from .annexes import name_annexes
from .reviewing import carry_over_confirmations
from .sending import withdraw_mails_about
from .spellings import taking_out_private_names, without_private_names
from .withdrawn_names import redact_what_was_withdrawn_meanwhile

Status = Report.Status
ALLOWED_FROM = {
    Status.IN_REVIEW: {Status.DRAFT},
    Status.RELEASED: {Status.DRAFT, Status.IN_REVIEW},
    Status.DRAFT: {Status.IN_REVIEW, Status.RELEASED},
}


class NotReleasable(ValidationError):
    """The report lacks what the release needs; ``gaps`` says what, and where to mend it."""

    def __init__(self, report: Report, gaps: list[Gap]) -> None:
        missing = "; ".join(gap.text for gap in gaps)
        super().__init__(f"„{report}“ ist noch nicht vollständig. Es fehlt: {missing}.")
        self.gaps = gaps


def gaps(report: Report) -> list[Gap]:
    """What the report lacks for its release, as every app sees it."""
    return list(release_checks.ask(report=report))


def submit_report(*, report: Report, by: User, until: date | None = None) -> None:
    """Let the members check a draft until a day (its last); raises ValidationError where it is none.

    Without ``until`` the day holds that the report names, unless that is over.
    """
    named = report.review_until
    until = until or (named if named and named >= timezone.localdate() else None)
    with transaction.atomic():
        change_status(report, Status.IN_REVIEW, by, "Zur Mitgliederprüfung gegeben.", review_until=until)
        report.confirmations.all().delete()
        report.review_mails.all().delete()


def release_report(*, report: Report, by: User, at: datetime | None = None) -> ReportVersion:
    """Publish a report as its next version, rendered now, text and PDF, and never again.

    ``at`` (aware) is the moment of a release that took place before the portal knew of it; default: now.
    Raises NotReleasable with the gaps, ValidationError where its status does not fit, while its event is hidden or
    to come, or when somebody changed it meanwhile; RenderError when the PDF cannot be made.
    """
    report.refresh_from_db()
    refuse_release(report)
    rendered = Rendered.of(report, by)
    with transaction.atomic():
        Report.objects.select_for_update().get(pk=report.pk)
        if pages(report, by) != (rendered.public_html, rendered.members_html):
            refuse_status(report)
        version = keep_version(report, rendered, by, at or timezone.now())
        list(report_releases.ask(report=report))
        values = {"released_at": version.released_at, "current_version": version, "reason": "", "title": version.title}
        change_status(report, Status.RELEASED, by, "Freigegeben.", report.revision, **values)
    redact_what_was_withdrawn_meanwhile(version)
    return version


def refuse_release(report: Report) -> None:
    if report.status not in ALLOWED_FROM[Status.RELEASED]:
        refuse_status(report)
    if report.event.starts_at > timezone.now():
        raise ValidationError(f"„{report.event.title}“ steht noch bevor. Freigeben können Sie den Report danach.")
    for event in [report.event, report.next_meeting]:
        if event and not event.is_published:
            raise ValidationError(f"Bitte veröffentlichen Sie zuerst den Termin „{event.title}“.")
    if report.current_version_id and not report.reason:
        raise ValidationError("Bitte nennen Sie den Grund der Korrektur. Er steht bei der neuen Fassung.")
    if missing := gaps(report):
        raise NotReleasable(report, missing)


@dataclass(frozen=True)
class Rendered:
    """A report as it reads at its release: for the public and for members, as part of a page and as PDF."""

    public_html: str
    members_html: str
    public_document: str
    public_pdf: bytes
    members_pdf: bytes

    @classmethod
    def of(cls, report: Report, by: User) -> "Rendered":
        """Render all of it; raises RenderError when a PDF cannot be made."""
        public_html, members_html = pages(report, by)
        public, members = texts(report, by, "sessions_app/report_pdf.html", for_pdf=True)
        document = without_private_names(public)
        with ThreadPoolExecutor(2) as pool:  # each in a process of its own: the lead waits for the longer one only
            public_pdf, members_pdf = pool.map(pdf.from_html, [document, members])
        return cls(
            public_html=public_html,
            members_html=members_html,
            public_document=document,
            public_pdf=public_pdf,
            members_pdf=members_pdf,
        )


def pages(report: Report, by: User) -> tuple[str, str]:
    """The text of the next version as part of a page, for the public and for members."""
    public, members = texts(report, by, "sessions_app/_report.html", for_pdf=False)
    return without_private_names(public), members


def texts(report: Report, by: User, template: str, *, for_pdf: bool) -> list[str]:
    """The next version by a template, for the public and for members; the public one still names whom it names."""
    report = Report.objects.complete().get(pk=report.pk)
    readers = [AnonymousUser(), by]
    return [render_to_string(template, {**reading(report, reader), "for_pdf": for_pdf}) for reader in readers]


def reading(report: Report, user) -> dict:
    """What the template of a released report needs, for one reader; members and lead read the same."""
    number = next_number(report)
    return {"report": report, "user": user, "for_members": user.is_authenticated, "draft": False, "number": number}


def next_number(report: Report) -> int:
    """The number of the version that comes next."""
    return (report.versions.aggregate(last=Max("number"))["last"] or 0) + 1


def keep_version(report: Report, rendered: Rendered, by: User, released_at) -> ReportVersion:
    """Write the version with its PDFs, their hashes, its annexes, and the Verteiler of the day."""
    clean = taking_out_private_names()
    version = ReportVersion(
        report=report,
        number=next_number(report),
        title=clean(report.title, is_html=False)[:200],
        reason=clean(report.reason, is_html=False)[:300],
        released_at=released_at,
        released_by=by,
        distribution=distribution_snapshot(report, by),
        public_html=rendered.public_html,
        members_html=rendered.members_html,
        public_document=rendered.public_document,
        public_sha256=sha256(rendered.public_pdf).hexdigest(),
        members_sha256=sha256(rendered.members_pdf).hexdigest(),
    )
    version.public_pdf.save("public", ContentFile(rendered.public_pdf), save=False)
    version.members_pdf.save("members", ContentFile(rendered.members_pdf), save=False)
    version.save()
    name_annexes(version)
    return version


def distribution_snapshot(report: Report, by: User) -> list[dict]:
    """The Verteiler of the report's day: who was on it, for which organisation, and what of that was public."""
    return [
        {
            "name": entry.person.full_name,
            "organisation": entry.organisation.name if entry.organisation else "",
            "public_name": entry.person.full_name if entry.person.name_is_public else "",
        }
        for entry in DistributionList(report.distribution_date, by).entries
    ]


def start_correction(*, report: Report, by: User, reason: str) -> None:
    """Make a released report a draft again; the released version stays public until the next one."""
    if not reason.strip():
        raise ValidationError("Bitte nennen Sie den Grund der Korrektur. Er steht bei der neuen Fassung.")
    if not report.is_released:
        refuse_status(report)
    rendered = None if report.current_version_id else render_what_was_released(report, by)
    with transaction.atomic():
        values = {"reason": reason.strip()}
        if rendered:
            values["current_version"] = keep_version(report, rendered, by, report.released_at)
        change_status(report, Status.DRAFT, by, f"Korrektur begonnen: {reason}"[:200], **values)
        report.confirmations.all().delete()  # they were given to the text before
        list(begun_corrections.ask(report=report))


def render_what_was_released(report: Report, by: User) -> Rendered:
    """A report of whose release no version was kept: what is public now becomes its version 1."""
    try:
        return Rendered.of(report, by)
    except pdf.RenderError as failure:
        raise ValidationError(str(failure)) from failure


def withdraw_report(*, report: Report, by: User) -> None:
    """Take a report back to the drafts; one that is released is then not public any more, its versions stay kept."""
    with transaction.atomic():
        values = {"current_version": None, "released_at": None} if report.is_released else {}
        change_status(report, Status.DRAFT, by, "Zurückgezogen.", **values)
        if values:
            withdraw_mails_about(report)


def change_status(
    report: Report, status: Status, by: User, message: str, revision: int | None = None, **values
) -> None:
    """Move a report to a status, if it stands where that is possible, and at this ``revision`` where one is given."""
    movable = Report.objects.filter(pk=report.pk, status__in=ALLOWED_FROM[status])
    if revision is not None:
        movable = movable.filter(revision=revision)
    with transaction.atomic():
        if not movable.update(status=status, revision=F("revision") + 1, **values):
            report.refresh_from_db()
            refuse_status(report)
        record(by, report, message)
        search.update(report)
        report.refresh_from_db()
        carry_over_confirmations(report=report, before=report.revision - 1)


def refuse_status(report: Report) -> None:
    """Raise the ValidationError that says what stands in the way."""
    if report.status == Status.RELEASED:
        raise ValidationError(f"Das geht nicht: „{report}“ hat den Stand „{report.get_status_display()}“.")
    raise ValidationError(
        f"Das geht nicht: „{report}“ hat den Stand „{report.get_status_display()}“ oder wurde gerade geändert."
    )
