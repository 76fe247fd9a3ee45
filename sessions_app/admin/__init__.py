"""The lead's workplace for series, events and reports."""

from . import events, recommendations, reports, topics

__all__ = ["events", "recommendations", "reports", "topics"]
