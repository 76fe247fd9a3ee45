"""Solutions of the Wissensdatenbank."""

from datetime import timedelta

from django.utils import timezone

from knowledgebase import workflow
from knowledgebase.models import Contact, Solution, Step
from ogl_portal.directory.models import TargetGroup, Topic

from . import numbers
from .directory import make_organisation


def make_draft(**overrides) -> Solution:
    """Make a draft with a title and nothing else."""
    number = next(numbers)
    return Solution.objects.create(**{"title": f"Lösung {number}", "slug": f"loesung-{number}"} | overrides)


def make_complete(*, target_group="kommunalverwaltungen", topic="sonstiges", **overrides) -> Solution:
    """Make a draft that has all that publication needs."""
    today = timezone.localdate()
    fields = {
        "summary": "Was sie tut, in einem Satz.", "description": "Wie sie es tut. " * 20,
        "problem": "Es fehlte etwas.", "benefit": "Es geht schneller.",
        "kind": "guide", "reuse_model": "template", "stage": "productive", "licence": "CC0-1.0",
        "effort_days_from": 2, "effort_days_to": 4, "duration_weeks": 3, "once_kind": "none",
        "yearly_kind": "on-request",
        "reviewed_on": today - timedelta(days=10), "next_review_on": today + timedelta(days=355),
    }  # fmt: skip
    if "publisher" not in overrides:
        fields["publisher"] = make_organisation()
    solution = make_draft(**fields | overrides)
    solution.target_groups.set(TargetGroup.objects.filter(slug=target_group))
    solution.topics.set(Topic.objects.filter(slug=topic))
    Step.objects.create(solution=solution, position=1, title="Anfangen")
    make_contact(solution)
    return solution


def make_published(**overrides) -> Solution:
    """Make a solution and publish it."""
    solution = make_complete(**overrides)
    workflow.publish_solution(solution=solution, by=None)
    return solution


def make_contact(solution: Solution, **overrides) -> Contact:
    """Make a contact with a consent that holds today."""
    today = timezone.localdate()
    fields = {"name": "Karla Kontakt", "email": "karla@example.org", "consented_on": today, "valid_until": today}
    return Contact.objects.create(solution=solution, **fields | overrides)
