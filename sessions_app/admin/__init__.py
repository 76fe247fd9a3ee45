"""The lead's workplace for series, events and reports."""

from . import events, meetings, recommendations, registrations, reports, topics

__all__ = [
    "events",
    "meetings",
    "recommendations",
    "registrations",
    "reports",
    "topics",
]
