"""Which exemplary solutions answer which exemplary needs of the questionnaire."""

from surveys.demo_needs import documents
from surveys.models import Need

from .models import Solution, SolutionForNeed


def load() -> None:
    """Link what is not linked yet; a need that was taken away since stays away."""
    for document in documents():
        need = Need.objects.filter(title=document["title"], is_example=True).first()
        for solution in Solution.objects.filter(slug__in=document.get("solutions", [])) if need else []:
            SolutionForNeed.objects.get_or_create(need=need, solution=solution)
