"""What the pages add: tickets and declarations on the lead's desk, and how long tickets are kept."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from ogl_portal.lib import dates
from ogl_portal.lib.desk import box
from ogl_portal.lib.registry import desk_boxes, retention_rules
from ogl_portal.lib.retention import remove

from . import personal_data  # noqa: F401 - registers itself
from .models import GAP, BarrierReport, ContactRequest, Page, Ticket

A_YEAR = timedelta(days=365)
"""After so long the declaration on accessibility is to be reviewed (EU model declaration)."""


@desk_boxes.register
def pages_that_wait(user):
    """Barriers by the day on which the answer is due; pages that still lack something or are to be reviewed."""
    yield box("Gemeldete Barrieren", BarrierReport.objects.open(), 5, "?status__exact=open", note=answer_by)
    yield box("Anfragen", ContactRequest.objects.open(), 6, "?status__exact=open", note=answer_by)
    yield box("Pflichtseiten mit Lücken", Page.objects.unfinished(reviewed_until=last_review()), 32, note=what_to_do)


def last_review():
    """The day (date) since which a page must have been reviewed."""
    return timezone.localdate() - A_YEAR


def what_to_do(page: Page) -> str:
    """How much is to be filled in, and whether the review is due."""
    gaps = page.body.count(GAP)
    lacks = f"{gaps} {'Angabe fehlt' if gaps == 1 else 'Angaben fehlen'}" if gaps else ""
    review = "Prüfung fällig" if page.needs_review(last_review()) else ""
    return ", ".join(filter(None, [lacks, review]))


def answer_by(ticket: Ticket) -> str:
    return f"Antwort bis {dates.day(ticket.due_on)}"


@retention_rules.register
def answered_tickets(*, now, dry_run):
    """What was answered is kept for a while, so that the lead can look up what was said."""
    day = timezone.localdate(now) - timedelta(days=settings.TICKET_RECORD_DAYS)
    for what, model in {"beantwortete Meldungen": BarrierReport, "beantwortete Anfragen": ContactRequest}.items():
        facts = {"after": settings.TICKET_RECORD_DAYS, "setting": "TICKET_RECORD_DAYS", "dry_run": dry_run}
        yield remove(what, model.objects.answered_before(day), **facts)
