"""The lead's workplace for questionnaires, rounds and responses."""

from . import entries, invitations, matches, questionnaires, responses, rounds

__all__ = ["entries", "invitations", "matches", "questionnaires", "responses", "rounds"]
