"""The questionnaire as data, its rounds, and what people answer."""

from .consents import Consent
from .figures import PublishedFigures
from .invitations import Invitation, PersonalLink, Reminder
from .kept import KeptDraft
from .matches import Match, MatchSide
from .questionnaires import Choice, Question, Questionnaire, QuestionnaireVersion, Section
from .responses import Answer, Entry, Response, SkippedSection, Submission
from .reviews import EntryReview
from .rounds import Round
from .uploads import Upload

__all__ = [
    "Answer",
    "Choice",
    "Consent",
    "Entry",
    "EntryReview",
    "Invitation",
    "KeptDraft",
    "Match",
    "MatchSide",
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
