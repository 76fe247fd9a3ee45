"""Action items: what was agreed, until when, by whom, and what became of it."""

from .days import DueDay
from .history import StatusChange
from .items import LETTER_IS_TAKEN, WORDING, ActionItem
from .matches import ItemForMatch
from .needs import ItemForNeed
from .shares import Comment, ItemMail, Share
from .struck import StruckItem

__all__ = [
    "LETTER_IS_TAKEN",
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
