"""Pages of series, events and reports."""

from .calendars import (
    CalendarView,
    EventCalendarView,
    PersonalCalendarView,
    RenewCalendarView,
    SeriesCalendarView,
)
from .events import EventDetailView, EventListView, SeriesDetailView
from .feeds import EventFeedView, ReportFeedView
from .materials import MaterialView, PictureView
from .reports import ReportDetailView, ReportListView, ReportPDFView
from .review import CommentView, ConfirmView

__all__ = [
    "CalendarView",
    "CommentView",
    "ConfirmView",
    "EventCalendarView",
    "EventDetailView",
    "EventFeedView",
    "EventListView",
    "MaterialView",
    "PersonalCalendarView",
    "PictureView",
    "RenewCalendarView",
    "ReportDetailView",
    "ReportFeedView",
    "ReportListView",
    "ReportPDFView",
    "SeriesCalendarView",
    "SeriesDetailView",
]
