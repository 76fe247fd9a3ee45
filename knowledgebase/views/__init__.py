"""Pages of the Wissensdatenbank."""

from .catalogue import SolutionDetailView, SolutionListView

__all__ = ["SolutionDetailView", "SolutionListView"]
