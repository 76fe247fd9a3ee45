"""Action items: what was agreed, until when, by whom, and what became of it."""

from .history import StatusChange
from .items import ActionItem, DueDay

__all__ = ["ActionItem", "DueDay", "StatusChange"]
