"""The Wissensdatenbank: digital solutions, documented for reuse."""

from .classification import LifeSituation, OzgField, PublicService
from .life import Review, Snapshot, Suggestion
from .parts import Attachment, Audience, Contact, EfaCheck, Link, Relation, Step
from .reuse import Reuse
from .solutions import MUNICIPALITIES, Solution

__all__ = [
    "MUNICIPALITIES",
    "Attachment",
    "Audience",
    "Contact",
    "EfaCheck",
    "LifeSituation",
    "Link",
    "OzgField",
    "PublicService",
    "Relation",
    "Reuse",
    "Review",
    "Snapshot",
    "Solution",
    "Step",
    "Suggestion",
]
