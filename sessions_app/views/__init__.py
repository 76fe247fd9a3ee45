"""Pages of series, events and reports."""

from .annexes import AnnexView
from .calendars import CalendarView, EventCalendarView, PersonalCalendarView, RenewCalendarView, SeriesCalendarView
from .events import EventDetailView, EventListView, SeriesDetailView
from .feeds import EventFeedView, ReportFeedView
from .materials import MaterialView, PictureView
from .meetings import AnswerView, InvitationView, ProposeItemView
from .own_topics import ChangeTopicView, WithdrawTopicView
from .recommendations import PaperPDFView, PaperView, RecommendationDetailView, RecommendationListView
from .registrations import CancelRegistrationView, RegisterSentView, RegisterView, RegistrationView
from .reports import ReportDetailView, ReportListView, ReportPDFView
from .review import CommentView, ConfirmView
from .subscriptions import OneClickView, SubscribeSentView, SubscribeView, SubscriptionView
from .topics import (
    DeleteTopicCommentView,
    ProposeTopicView,
    TopicCommentView,
    TopicDetailView,
    TopicDotsView,
    TopicListView,
)

__all__ = [
    "AnnexView",
    "AnswerView",
    "CalendarView",
    "CancelRegistrationView",
    "ChangeTopicView",
    "CommentView",
    "ConfirmView",
    "DeleteTopicCommentView",
    "EventCalendarView",
    "EventDetailView",
    "EventFeedView",
    "EventListView",
    "InvitationView",
    "MaterialView",
    "OneClickView",
    "PaperPDFView",
    "PaperView",
    "PersonalCalendarView",
    "PictureView",
    "ProposeItemView",
    "ProposeTopicView",
    "RecommendationDetailView",
    "RecommendationListView",
    "RegisterSentView",
    "RegisterView",
    "RegistrationView",
    "RenewCalendarView",
    "ReportDetailView",
    "ReportFeedView",
    "ReportListView",
    "ReportPDFView",
    "SeriesCalendarView",
    "SeriesDetailView",
    "SubscribeSentView",
    "SubscribeView",
    "SubscriptionView",
    "TopicCommentView",
    "TopicDetailView",
    "TopicDotsView",
    "TopicListView",
    "WithdrawTopicView",
]
