"""Pages of series, events and reports."""

from .events import EventDetailView, EventListView, SeriesDetailView
from .meetings import AnswerView, InvitationView, ProposeItemView
from .registrations import RegisterSentView, RegisterView, RegistrationView
from .reports import ReportDetailView, ReportListView, ReportPDFView
from .review import CommentView, ConfirmView
from .subscriptions import SubscribeSentView, SubscribeView, SubscriptionView

__all__ = [
    "AnswerView",
    "CommentView",
    "ConfirmView",
    "EventDetailView",
    "EventListView",
    "InvitationView",
    "ProposeItemView",
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
]
