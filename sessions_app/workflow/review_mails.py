"""Members hear that a draft waits for their eyes, and what became of what they said to it."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ogl_portal.directory.models import Person, User
from ogl_portal.lib import dates, mail
from ogl_portal.lib.models import OutgoingMail

from ..models import Report, ReportSection, ReviewComment, ReviewMail


def send_review_mails(*, now: datetime) -> Iterator[OutgoingMail]:
    """Ask the members of the day who can sign in to check what is in Mitgliederprüfung, once for each submission."""
    today = timezone.localdate(now)
    for report in Report.objects.in_review(on=today).order_by("pk"):
        people = Person.objects.members(on=today).exclude(email="").filter(user__is_active=True)
        people = people.exclude(review_mails__report=report).exclude(user__report_confirmations__report=report)
        for person in people.order_by("pk"):
            if sent := send_review_mail(report=report, person=person, now=now):
                yield sent


@transaction.atomic
def send_review_mail(*, report: Report, person: Person, now: datetime) -> OutgoingMail | None:
    """Ask one member and remember it in the same transaction; None where another process was faster."""
    if not ReviewMail.objects.get_or_create(report=report, person=person, defaults={"sent_at": now})[1]:
        return None
    context = {"report": report, "person": person, "url": settings.SITE_URL + report.get_draft_url()}
    valid_until = dates.end_of_day(report.review_until) if report.review_until else None
    return mail.send("report_review", to=person.email, context=context, valid_until=valid_until, at_once=False)


def send_answer(*, comment: ReviewComment) -> OutgoingMail | None:
    """Tell the author what became of the comment; None where that is nothing yet, or nobody to be told."""
    author, section = comment.author, comment.section
    if comment.outcome == ReviewComment.Outcome.OPEN or author == comment.answered_by or not author.is_active:
        return None
    report = section.report
    context = {"comment": comment, "section": section, "report": report, "person": author.person}
    return mail.send("review_answered", to=author.email, context=context | {"url": address_for(author, section)})


def address_for(author: User, section: ReportSection) -> str:
    """Where the author may read the section now: in the draft, in what is public, or nowhere."""
    report = section.report
    if not (report.text_readable_by(author) or report.is_public):
        return ""
    path = report.get_draft_url() if report.text_readable_by(author) else report.get_absolute_url()
    return f"{settings.SITE_URL}{path}#abschnitt-{section.number}"
