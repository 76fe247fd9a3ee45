"""Series, events with agenda and attendance, and the reports of what was said."""

from .calendars import PersonalCalendar
from .events import AgendaItem, Attendance, Event, Series
from .materials import EventMaterial, EventSpeaker
from .reminders import EventMail
from .reports import Report, ReportSection
from .versions import ReportAnnex, ReportVersion, ReviewComment, ReviewConfirmation

__all__ = [
    "AgendaItem",
    "Attendance",
    "Event",
    "EventMail",
    "EventMaterial",
    "EventSpeaker",
    "PersonalCalendar",
    "Report",
    "ReportAnnex",
    "ReportSection",
    "ReportVersion",
    "ReviewComment",
    "ReviewConfirmation",
    "Series",
]
