"""What the pages add to the lead's desk: barriers that wait for an answer, declarations to look through again."""

from datetime import timedelta

from django.utils import timezone

from ogl_portal.lib import dates
from ogl_portal.lib.desk import box
from ogl_portal.lib.registry import desk_boxes

from .models import BarrierReport, Page

A_YEAR = timedelta(days=365)
"""After so long the declaration on accessibility is to be reviewed (EU model declaration)."""


@desk_boxes.register
def pages_that_wait(user):
    """Barriers by the day on which the answer is due; the declaration once its review is a year old or missing."""
    yield box("Gemeldete Barrieren", BarrierReport.objects.open(), 5, "?status__exact=open", note=answer_by)
    old = Page.objects.filter(key=Page.Key.ACCESSIBILITY)
    yield box("Pflichtseiten zu prüfen", old.exclude(reviewed_on__gt=timezone.localdate() - A_YEAR), 120)


def answer_by(report: BarrierReport) -> str:
    return f"Antwort bis {dates.day(report.due_on)}"
