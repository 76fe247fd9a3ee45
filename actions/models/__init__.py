"""Action items: what was agreed, until when, by whom, and what became of it."""

from .history import StatusChange
from .items import ActionItem, DueDay
from .querysets import sees_names

__all__ = ["ActionItem", "DueDay", "StatusChange", "sees_names"]
