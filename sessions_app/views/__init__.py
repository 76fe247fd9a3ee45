"""Pages of series, events and reports."""

from .events import EventDetailView, EventListView, SeriesDetailView
from .reports import ReportDetailView, ReportListView, ReportPDFView
from .review import CommentView, ConfirmView

__all__ = [
    "CommentView",
    "ConfirmView",
    "EventDetailView",
    "EventListView",
    "ReportDetailView",
    "ReportListView",
    "ReportPDFView",
    "SeriesDetailView",
]
