"""The Wissensdatenbank: digital solutions, documented for reuse."""

from .classification import LifeSituation, OzgField, PublicService
from .life import Review, Snapshot, Suggestion
from .needs import SolutionForNeed
from .parts import CONSENT_ENDS_SOON, Attachment, Audience, Contact, EfaCheck, Link, Relation, Step
from .reuse import Reuse
from .solutions import MUNICIPALITIES, RESERVED_SLUGS, TITLE_IS_TAKEN, Solution
from .transfer import Transfer

__all__ = [
    "CONSENT_ENDS_SOON",
    "MUNICIPALITIES",
    "RESERVED_SLUGS",
    "TITLE_IS_TAKEN",
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
    "SolutionForNeed",
    "Step",
    "Suggestion",
    "Transfer",
]
