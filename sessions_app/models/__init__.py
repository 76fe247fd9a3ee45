"""Series, events with agenda and attendance, and the reports of what was said."""

from .annexes import ReportAnnex, VersionAnnex
from .events import AgendaItem, Attendance, Event, Series
from .reminders import EventMail
from .reports import Report, ReportSection
from .versions import ReportVersion, ReviewComment, ReviewConfirmation

__all__ = [
    "AgendaItem",
    "Attendance",
    "Event",
    "EventMail",
    "Report",
    "ReportAnnex",
    "ReportSection",
    "ReportVersion",
    "ReviewComment",
    "ReviewConfirmation",
    "Series",
    "VersionAnnex",
]
