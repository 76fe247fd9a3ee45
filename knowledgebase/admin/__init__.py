"""The lead's workplace for the Wissensdatenbank."""

from . import classification, reuse, solutions, suggestions, transfer

__all__ = ["classification", "reuse", "solutions", "suggestions", "transfer"]
