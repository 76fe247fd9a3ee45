"""Series, events with agenda and attendance, and the reports of what was said."""

from .events import AgendaItem, Attendance, Event, Series
from .reports import Report, ReportSection

__all__ = ["AgendaItem", "Attendance", "Event", "Report", "ReportSection", "Series"]
