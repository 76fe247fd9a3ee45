"""What people see of the questionnaire."""

from .autosave import AutosaveView
from .filling import (
    AddEntryView,
    EntryView,
    RemoveEntryView,
    RestoreEntryView,
    SectionView,
    SkipSectionView,
    UploadView,
)
from .invitations import DeclineView, LeaveView, PersonalLinkView, RevokeLinkView, TeamView
from .matches import MatchConsentView, MatchListView
from .needs import NeedDetailView, NeedListView, NeedsPdfView
from .own_data import ConsentsView, DeleteResponseView, MyAnswersPdfView, WithdrawConsentView
from .review import ReviewView, SubmittedView, SubmitView
from .rounds import BeginView, BlankPdfView, RoundDetailView, RoundListView

__all__ = [
    "AddEntryView",
    "AutosaveView",
    "BeginView",
    "BlankPdfView",
    "ConsentsView",
    "DeclineView",
    "DeleteResponseView",
    "EntryView",
    "LeaveView",
    "MatchConsentView",
    "MatchListView",
    "MyAnswersPdfView",
    "NeedDetailView",
    "NeedListView",
    "NeedsPdfView",
    "PersonalLinkView",
    "RemoveEntryView",
    "RestoreEntryView",
    "ReviewView",
    "RevokeLinkView",
    "RoundDetailView",
    "RoundListView",
    "SectionView",
    "SkipSectionView",
    "SubmitView",
    "SubmittedView",
    "TeamView",
    "UploadView",
    "WithdrawConsentView",
]
