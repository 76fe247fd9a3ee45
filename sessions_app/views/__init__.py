"""Pages of series, events and reports."""

from .events import EventDetailView, EventListView, SeriesDetailView
from .recommendations import PaperPDFView, PaperView, RecommendationDetailView, RecommendationListView
from .reports import ReportDetailView, ReportListView, ReportPDFView
from .review import CommentView, ConfirmView
from .topics import (
    DeleteTopicCommentView,
    ProposeTopicView,
    TopicCommentView,
    TopicDetailView,
    TopicDotsView,
    TopicListView,
)

__all__ = [
    "CommentView",
    "ConfirmView",
    "DeleteTopicCommentView",
    "EventDetailView",
    "EventListView",
    "PaperPDFView",
    "PaperView",
    "ProposeTopicView",
    "RecommendationDetailView",
    "RecommendationListView",
    "ReportDetailView",
    "ReportListView",
    "ReportPDFView",
    "SeriesDetailView",
    "TopicCommentView",
    "TopicDetailView",
    "TopicDotsView",
    "TopicListView",
]
