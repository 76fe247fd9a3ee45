"""The lead's workplace for questionnaires, rounds and responses."""

from . import codings, entries, invitations, needs, questionnaires, responses, rounds

__all__ = ["codings", "entries", "invitations", "needs", "questionnaires", "responses", "rounds"]
