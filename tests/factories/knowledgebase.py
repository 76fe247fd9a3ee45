"""Solutions of the Wissensdatenbank."""

from datetime import timedelta

from django.utils import timezone

from knowledgebase import workflow
from knowledgebase.models import Attachment, Contact, Reuse, Solution, Step
from ogl_portal.directory.models import TargetGroup, Topic
from ogl_portal.lib.files import put_file
from ogl_portal.lib.uploads import CheckedFile

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
        "summary": "Was sie tut, in einem Satz.", "description": "Wie sie es tut. " * 20 + "Fertig.",
        "problem": "Es fehlte etwas.", "benefit": "Es geht schneller.",
        "kind": "guide", "reuse_model": "template", "stage": "productive", "licence": "CC0-1.0",
        "effort_days_from": 2, "effort_days_to": 4, "duration_weeks": 3, "once_kind": "none",
        "yearly_kind": "on-request", "cost_basis": "flat", "costs_as_of": today,
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


def make_submitted(*, by=None, **overrides) -> Solution:
    """Make a complete solution and submit it as the user ``by``."""
    solution = make_complete(**overrides)
    workflow.submit_solution(solution=solution, by=by)
    return solution


def make_published(**overrides) -> Solution:
    """Make a solution that somebody has submitted, and publish it."""
    solution = make_complete(**{"status": Solution.Status.SUBMITTED, "submitted_at": timezone.now()} | overrides)
    workflow.publish_solution(solution=solution, by=None)
    return solution


def make_archived(**overrides) -> Solution:
    """Make a solution that was published once."""
    solution = make_published(**overrides)
    workflow.archive_solution(solution=solution, by=None)
    return solution


def make_contact(solution: Solution, **overrides) -> Contact:
    """Make a contact with a consent that holds today, who was told of it."""
    today = timezone.localdate()
    fields = {"name": "Karla Kontakt", "email": "karla@example.org", "consented_on": today, "valid_until": today}
    fields["told_at"] = timezone.now()
    return Contact.objects.create(solution=solution, **fields | overrides)


def make_attachment(solution: Solution, *, title="Muster", is_accessible=True, **overrides) -> Attachment:
    """Make an attachment with a file of its own."""
    attachment = Attachment(solution=solution, title=title, is_accessible=is_accessible, **overrides)
    put_file(attachment, CheckedFile("muster.pdf", "application/pdf", b"%PDF-1.7 Muster %%EOF"))
    attachment.save()
    return attachment


def make_reuse(solution: Solution, *, days=300, **overrides) -> Reuse:
    """Make a confirmed use that counts for so many days from today."""
    again = timezone.localdate() + timedelta(days=days)
    fields = {"organisation_name": "Gemeinde Beispiel", "place": "Musterdorf", "status": "productive",
              "since_year": 2024, "confirmed_at": timezone.now(), "confirm_again_on": again}  # fmt: skip
    return Reuse.objects.create(solution=solution, **fields | overrides)


def make_many(count: int, **overrides) -> None:
    """Write so many published solutions at once, past workflow and search: for what must not depend on the number."""
    today = timezone.localdate()
    fields = {
        "status": "published", "published_at": timezone.now(), "version": 1, "kind": "guide", "stage": "productive",
        "effort_days_from": 2, "effort_days_to": 4, "reviewed_on": today, "next_review_on": today + timedelta(days=99),
    }  # fmt: skip
    names = [f"viele-{next(numbers)}" for _ in range(count)]
    Solution.objects.bulk_create(Solution(title=name, slug=name, **fields | overrides) for name in names)
