"""Series, events with agenda and attendance, and the reports of what was said."""

from .annexes import ReportAnnex, VersionAnnex
from .calendars import PersonalCalendar
from .events import POSTPONED, AgendaItem, Attendance, Event, Series
from .materials import EventMaterial, EventSpeaker
from .meetings import AgendaProposal
from .recommendations import Recommendation, has_paper
from .registrations import Registration, RegistrationLink, RegistrationMail
from .reminders import DETAILS, EventMail, details_of
from .reports import Report, ReportSection
from .review_mails import ReviewMail
from .subscriptions import Subscription, SubscriptionMail
from .topics import DOTS, DOTS_ON_ONE, TopicCollection, TopicComment, TopicDot, WorkshopTopic
from .versions import ReportVersion, ReviewComment, ReviewConfirmation

__all__ = [
    "DETAILS",
    "DOTS",
    "DOTS_ON_ONE",
    "POSTPONED",
    "AgendaItem",
    "AgendaProposal",
    "Attendance",
    "Event",
    "EventMail",
    "EventMaterial",
    "EventSpeaker",
    "PersonalCalendar",
    "Recommendation",
    "Registration",
    "RegistrationLink",
    "RegistrationMail",
    "Report",
    "ReportAnnex",
    "ReportSection",
    "ReportVersion",
    "ReviewComment",
    "ReviewConfirmation",
    "ReviewMail",
    "Series",
    "Subscription",
    "SubscriptionMail",
    "TopicCollection",
    "TopicComment",
    "TopicDot",
    "VersionAnnex",
    "WorkshopTopic",
    "details_of",
    "has_paper",
]
