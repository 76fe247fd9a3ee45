"""The questionnaire as data, its rounds, and what people answer."""

from .codings import QUOTING, CodedEntry, Coding
from .consents import Consent
from .figures import PublishedFigures
from .invitations import Invitation, PersonalLink, Reminder
from .kept import KeptDraft
from .matches import Match, MatchSide
from .need_figures import NeedFigures
from .needs import Need
from .questionnaires import Choice, Question, Questionnaire, QuestionnaireVersion, Section
from .responses import Answer, Entry, Response, SkippedSection, Submission
from .reviews import EntryReview
from .rounds import Round
from .uploads import Upload

__all__ = [
    "QUOTING",
    "Answer",
    "Choice",
    "CodedEntry",
    "Coding",
    "Consent",
    "Entry",
    "EntryReview",
    "Invitation",
    "KeptDraft",
    "Match",
    "MatchSide",
    "Need",
    "NeedFigures",
    "PersonalLink",
    "PublishedFigures",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "Reminder",
    "Response",
    "Round",
    "Section",
    "SkippedSection",
    "Submission",
    "Upload",
]
