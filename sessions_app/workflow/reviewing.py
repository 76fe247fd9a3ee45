"""Mitgliederprüfung: members confirm a draft or say what is to change; the lead answers or takes it over."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ogl_portal.directory.models import User

from ..models import Report, ReportSection, ReviewComment, ReviewConfirmation
from .review_mails import send_answer

OVER = "Die Mitgliederprüfung dieses Reports ist vorbei. Bitte wenden Sie sich an die OGL-Leitung."

CHANGED = "Der Entwurf wurde inzwischen geändert. Bitte lesen Sie ihn noch einmal, bevor Sie ihn bestätigen."


def comment_section(*, section: ReportSection, by: User, text: str) -> ReviewComment:
    """Say something to a section of a draft; raises ValidationError once its review is over."""
    with transaction.atomic():
        refuse_when_over(section.report_id)
        return ReviewComment.objects.create(section=section, author=by, text=text)


def confirm_report(*, report: Report, by: User, seen: int | None = None) -> None:
    """Say that the draft is right as it stands; of a text that was saved anew since that can be said again.

    ``seen`` is the revision that stood on the page, where it had one. Raises ValidationError once the review is over,
    or where the draft has another one by now.
    """
    with transaction.atomic():
        revision = refuse_when_over(report.pk).revision
        if seen not in {None, revision}:
            raise ValidationError(CHANGED)
        now = {"revision": revision, "at": timezone.now()}
        ReviewConfirmation.objects.update_or_create(report=report, user=by, defaults=now)


def carry_over_confirmations(*, report: Report, before: int) -> None:
    """What was confirmed at the revision ``before`` holds for the one that the report has now: the text is the same."""
    report.confirmations.filter(revision=before).update(revision=report.revision)


def refuse_when_over(report_id: int) -> Report:
    report = Report.objects.select_for_update().get(pk=report_id)
    if not report.takes_comments:
        raise ValidationError(OVER)
    return report


@transaction.atomic
def answer_comment(*, comment: ReviewComment, by: User, outcome: str, answer: str = "") -> None:
    """Answer a comment, or note that the text was changed accordingly, and tell its author what is new of that.

    Raises ValidationError without an answer.
    """
    if outcome == ReviewComment.Outcome.ANSWERED and not answer.strip():
        raise ValidationError("Bitte schreiben Sie eine Antwort.")
    is_new = not ReviewComment.objects.filter(pk=comment.pk, outcome=outcome, answer=answer).exists()
    values = {"outcome": outcome, "answer": answer, "answered_by": by, "answered_at": timezone.now()}
    ReviewComment.objects.filter(pk=comment.pk).update(**values, revision=F("revision") + 1)
    comment.refresh_from_db()
    if is_new:
        send_answer(comment=comment)
