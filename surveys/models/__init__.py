"""The questionnaire as data, its rounds, and what people answer."""

from .questionnaires import Choice, Question, Questionnaire, QuestionnaireVersion, Section
from .responses import Answer, Consent, Entry, Response, SkippedSection, Submission
from .rounds import Invitation, Round
from .uploads import Upload

__all__ = [
    "Answer",
    "Choice",
    "Consent",
    "Entry",
    "Invitation",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "Response",
    "Round",
    "Section",
    "SkippedSection",
    "Submission",
    "Upload",
]
