"""The lead's workplace for series, events and reports."""

from . import events, meetings, registrations, reports

__all__ = ["events", "meetings", "registrations", "reports"]
