"""The Wissensdatenbank: digital solutions, documented for reuse."""

from .parts import Contact, Link, Step
from .solutions import MUNICIPALITIES, Solution

__all__ = ["MUNICIPALITIES", "Contact", "Link", "Solution", "Step"]
