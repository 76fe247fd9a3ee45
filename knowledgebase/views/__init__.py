"""Pages of the Wissensdatenbank."""

from .catalogue import SolutionListView
from .consents import ConsentWithdrawnView, WithdrawConsentView
from .feed import FeedView
from .package import PackageView
from .proposals import (
    AddProposalView,
    DeleteProposalView,
    ProposalSectionView,
    ProposalView,
    ProposeView,
    SubmitProposalView,
)
from .reuse import (
    RenewReuseView,
    ReportReuseView,
    ReuseAnsweredView,
    ReuseThanksView,
    SuggestThanksView,
    SuggestView,
)
from .solution import AttachmentView, SolutionDetailView
from .suitability import SuitabilityView

__all__ = [
    "AddProposalView",
    "AttachmentView",
    "ConsentWithdrawnView",
    "DeleteProposalView",
    "FeedView",
    "PackageView",
    "ProposalSectionView",
    "ProposalView",
    "ProposeView",
    "RenewReuseView",
    "ReportReuseView",
    "ReuseAnsweredView",
    "ReuseThanksView",
    "SolutionDetailView",
    "SolutionListView",
    "SubmitProposalView",
    "SuggestThanksView",
    "SuggestView",
    "SuitabilityView",
    "WithdrawConsentView",
]
