"""A response laid out along its questionnaire: what is there, what is missing, what it reads like.

Works on entries as they stand and on those of a submitted document alike; only ``Sheet.of`` asks the database.
"""

from .cards import Card, Variation
from .lines import Line, answer_texts
from .sheets import Part, Sheet

__all__ = ["Card", "Line", "Part", "Sheet", "Variation", "answer_texts"]
