"""Pages of series, events and reports."""

from .events import EventDetailView, EventListView, SeriesDetailView
from .meetings import AnswerView, InvitationView, ProposeItemView
from .recommendations import PaperPDFView, PaperView, RecommendationDetailView, RecommendationListView
from .registrations import RegisterSentView, RegisterView, RegistrationView
from .reports import ReportDetailView, ReportListView, ReportPDFView
from .review import CommentView, ConfirmView
from .subscriptions import SubscribeSentView, SubscribeView, SubscriptionView
from .topics import (
    DeleteTopicCommentView,
    ProposeTopicView,
    TopicCommentView,
    TopicDetailView,
    TopicDotsView,
    TopicListView,
)

__all__ = [
    "AnswerView",
    "CommentView",
    "ConfirmView",
    "DeleteTopicCommentView",
    "EventDetailView",
    "EventListView",
    "InvitationView",
    "PaperPDFView",
    "PaperView",
    "ProposeItemView",
    "ProposeTopicView",
    "RecommendationDetailView",
    "RecommendationListView",
    "RegisterSentView",
    "RegisterView",
    "RegistrationView",
    "ReportDetailView",
    "ReportListView",
    "ReportPDFView",
    "SeriesDetailView",
    "SubscribeSentView",
    "SubscribeView",
    "SubscriptionView",
    "TopicCommentView",
    "TopicDetailView",
    "TopicDotsView",
    "TopicListView",
]
