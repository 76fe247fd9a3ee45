"""Series, events with agenda and attendance, and the reports of what was said."""

from .events import AgendaItem, Attendance, Event, Series
from .recommendations import Recommendation, has_paper
from .reminders import EventMail
from .reports import Report, ReportSection
from .topics import DOTS, DOTS_ON_ONE, TopicCollection, TopicComment, TopicDot, WorkshopTopic
from .versions import ReportAnnex, ReportVersion, ReviewComment, ReviewConfirmation

__all__ = [
    "DOTS",
    "DOTS_ON_ONE",
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
    "TopicCollection",
    "TopicComment",
    "TopicDot",
    "WorkshopTopic",
    "has_paper",
]
