"""The lead's workplace for questionnaires, rounds and responses."""

from . import codings, entries, invitations, matches, needs, questionnaires, responses, rounds

__all__ = [
    "codings",
    "entries",
    "invitations",
    "matches",
    "needs",
    "questionnaires",
    "responses",
    "rounds",
]
