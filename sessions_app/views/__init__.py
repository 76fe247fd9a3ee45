"""Pages of series, events and reports."""

from .annexes import AnnexView
from .events import EventDetailView, EventListView, SeriesDetailView
from .reports import ReportDetailView, ReportListView, ReportPDFView
from .review import CommentView, ConfirmView

__all__ = [
    "AnnexView",
    "CommentView",
    "ConfirmView",
    "EventDetailView",
    "EventListView",
    "ReportDetailView",
    "ReportListView",
    "ReportPDFView",
    "SeriesDetailView",
]
