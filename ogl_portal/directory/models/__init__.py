"""Who belongs to the working group: people, their organisations, memberships; and the portal's one vocabulary."""

from ..permissions import LEAD_GROUP
from .logos import Logo
from .people import Membership, Organisation, Person
from .preferences import MailPreference
from .sign_ins import BackupCode, SignedInBrowser
from .subscriptions import GroupSubscription, KnownNews
from .users import SignInLink, User, belongs_to_group
from .vocabulary import TargetGroup, Topic

__all__ = [
    "LEAD_GROUP",
    "BackupCode",
    "GroupSubscription",
    "KnownNews",
    "Logo",
    "MailPreference",
    "Membership",
    "Organisation",
    "Person",
    "SignInLink",
    "SignedInBrowser",
    "TargetGroup",
    "Topic",
    "User",
    "belongs_to_group",
]
