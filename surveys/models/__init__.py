"""The questionnaire as data, its rounds, and what people answer."""

from .invitations import Invitation, PersonalLink, Reminder
from .questionnaires import Choice, Question, Questionnaire, QuestionnaireVersion, Section
from .responses import Answer, Consent, Entry, Response, SkippedSection, Submission
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
    "PersonalLink",
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
