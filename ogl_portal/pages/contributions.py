"""What the pages add: tickets and declarations on the lead's desk, and how long tickets are kept."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from ogl_portal.lib import dates
from ogl_portal.lib.desk import box
from ogl_portal.lib.registry import desk_boxes, retention_rules
from ogl_portal.lib.retention import remove

from . import personal_data  # noqa: F401 - registers itself
from .models import BarrierReport, ContactRequest, Page, Ticket

A_YEAR = timedelta(days=365)
"""After so long the declaration on accessibility is to be reviewed (EU model declaration)."""


@desk_boxes.register
def pages_that_wait(user):
    """Barriers by the day on which the answer is due; the declaration once its review is a year old or missing."""
    yield box("Gemeldete Barrieren", BarrierReport.objects.open(), 5, "?status__exact=open", note=answer_by)
    old = Page.objects.filter(key=Page.Key.ACCESSIBILITY)
    yield box("Anfragen", ContactRequest.objects.open(), 6, "?status__exact=open", note=answer_by)
    yield box("Pflichtseiten zu prüfen", old.exclude(reviewed_on__gt=timezone.localdate() - A_YEAR), 120)


def answer_by(ticket: Ticket) -> str:
    return f"Antwort bis {dates.day(ticket.due_on)}"


@retention_rules.register
def answered_tickets(*, now, dry_run):
    """What was answered is kept for a while, so that the lead can look up what was said."""
    day = timezone.localdate(now) - timedelta(days=settings.TICKET_RECORD_DAYS)
    for what, model in {"beantwortete Meldungen": BarrierReport, "beantwortete Anfragen": ContactRequest}.items():
        facts = {"after": settings.TICKET_RECORD_DAYS, "setting": "TICKET_RECORD_DAYS", "dry_run": dry_run}
        yield remove(what, model.objects.answered_before(day), **facts)
