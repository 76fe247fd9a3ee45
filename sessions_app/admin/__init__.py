"""The lead's workplace for series, events and reports."""

from . import events, reports

__all__ = ["events", "reports"]
