"""What people see of the questionnaire."""

from .filling import (
    AddEntryView,
    EntryView,
    RemoveEntryView,
    RestoreEntryView,
    SectionView,
    SkipSectionView,
    UploadView,
)
from .review import ReviewView, SubmittedView, SubmitView
from .rounds import BeginView, BlankPdfView, RoundDetailView, RoundListView

__all__ = [
    "AddEntryView",
    "BeginView",
    "BlankPdfView",
    "EntryView",
    "RemoveEntryView",
    "RestoreEntryView",
    "ReviewView",
    "RoundDetailView",
    "RoundListView",
    "SectionView",
    "SkipSectionView",
    "SubmitView",
    "SubmittedView",
    "UploadView",
]
