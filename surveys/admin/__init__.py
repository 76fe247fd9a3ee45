"""The lead's workplace for questionnaires, rounds and responses."""

from . import entries, invitations, questionnaires, responses, rounds

__all__ = ["entries", "invitations", "questionnaires", "responses", "rounds"]
