"""Action items: what was agreed, until when, by whom, and what became of it."""

from .days import DueDay
from .history import StatusChange
from .items import WORDING, ActionItem
from .matches import ItemForMatch
from .needs import ItemForNeed
from .shares import Comment, ItemMail, Share
from .struck import StruckItem

__all__ = [
    "WORDING",
    "ActionItem",
    "Comment",
    "DueDay",
    "ItemForMatch",
    "ItemForNeed",
    "ItemMail",
    "Share",
    "StatusChange",
    "StruckItem",
]
