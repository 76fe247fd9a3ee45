"""The lead's workplace for the Wissensdatenbank."""

from . import classification, reuse, solutions, suggestions

__all__ = ["classification", "reuse", "solutions", "suggestions"]
