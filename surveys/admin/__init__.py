"""The lead's workplace for questionnaires, rounds and responses."""

from . import questionnaires, responses, rounds

__all__ = ["questionnaires", "responses", "rounds"]
