"""Series, events with agenda and attendance, and the reports of what was said."""

from .events import AgendaItem, Attendance, Event, Series
from .recommendations import Recommendation, has_paper
from .reminders import EventMail
from .reports import Report, ReportSection
from .versions import ReportAnnex, ReportVersion, ReviewComment, ReviewConfirmation

__all__ = [
    "AgendaItem",
    "Attendance",
    "Event",
    "EventMail",
    "Recommendation",
    "Report",
    "ReportAnnex",
    "ReportSection",
    "ReportVersion",
    "ReviewComment",
    "ReviewConfirmation",
    "Series",
    "has_paper",
]
