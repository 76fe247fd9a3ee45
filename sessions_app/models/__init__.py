"""Series, events with agenda and attendance, and the reports of what was said."""

from .events import AgendaItem, Attendance, Event, Series
from .meetings import AgendaProposal
from .registrations import UNCONFIRMED_DAYS, Registration, RegistrationLink, RegistrationMail
from .reminders import EventMail
from .reports import Report, ReportSection
from .subscriptions import Subscription, SubscriptionMail
from .versions import ReportAnnex, ReportVersion, ReviewComment, ReviewConfirmation

__all__ = [
    "UNCONFIRMED_DAYS",
    "AgendaItem",
    "AgendaProposal",
    "Attendance",
    "Event",
    "EventMail",
    "Registration",
    "RegistrationLink",
    "RegistrationMail",
    "Report",
    "ReportAnnex",
    "ReportSection",
    "ReportVersion",
    "ReviewComment",
    "ReviewConfirmation",
    "Series",
    "Subscription",
    "SubscriptionMail",
]
