"""The lead's workplace for the Wissensdatenbank."""

from . import solutions

__all__ = ["solutions"]
