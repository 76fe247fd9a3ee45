"""Action items: what was agreed, until when, by whom, and what became of it."""

from .history import StatusChange
from .items import ActionItem, DueDay
from .matches import ItemForMatch
from .needs import ItemForNeed
from .shares import Comment, ItemMail, Share

__all__ = ["ActionItem", "Comment", "DueDay", "ItemForMatch", "ItemForNeed", "ItemMail", "Share", "StatusChange"]
