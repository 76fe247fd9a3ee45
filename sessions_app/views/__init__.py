"""Pages of series, events and reports."""

from .events import EventDetailView, EventListView, SeriesDetailView
from .recommendations import PaperPDFView, PaperView, RecommendationDetailView, RecommendationListView
from .reports import ReportDetailView, ReportListView, ReportPDFView
from .review import CommentView, ConfirmView

__all__ = [
    "CommentView",
    "ConfirmView",
    "EventDetailView",
    "EventListView",
    "PaperPDFView",
    "PaperView",
    "RecommendationDetailView",
    "RecommendationListView",
    "ReportDetailView",
    "ReportListView",
    "ReportPDFView",
    "SeriesDetailView",
]
