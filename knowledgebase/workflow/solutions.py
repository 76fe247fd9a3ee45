"""The life of a solution: draft → submitted → published → archived."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ogl_portal.lib.history import record

from ..models import Solution

REQUIRED = ["summary", "description", "problem", "benefit", "kind", "reuse_model", "stage", "once_kind", "yearly_kind",
            "licence", "publisher", "reviewed_on", "next_review_on"]  # fmt: skip
DESCRIPTION_LENGTH = range(150, 10_001)


class NotPublishable(ValidationError):
    """The solution lacks what publication needs; ``messages`` names the fields, in German."""


def missing_core_fields(solution: Solution) -> list[str]:
    """Name what the entry's own fields lack for publication (knowledgebase.md, the fields marked with *)."""
    fields = [solution._meta.get_field(name) for name in REQUIRED]
    missing = [field.verbose_name for field in fields if not getattr(solution, field.attname)]
    if solution.description and len(solution.description) not in DESCRIPTION_LENGTH:
        missing.append("Beschreibung mit 150 bis 10.000 Zeichen")
    if solution.effort_days_to is None or solution.duration_weeks is None:
        missing.append("Aufwand (Personentage von–bis und Dauer in Wochen)")
    return missing


def missing_fields(solution: Solution) -> list[str]:
    """Name everything that publication lacks, steps, contacts and vocabulary included."""
    missing = missing_core_fields(solution)
    if not solution.target_groups.exists():
        missing.append("Zielgruppen")
    if not 1 <= solution.topics.count() <= 3:
        missing.append("Themen (ein bis drei)")
    if not solution.steps.exists():
        missing.append("mindestens ein Schritt")
    if not solution.public_contacts:
        missing.append("eine Ansprechperson mit Einwilligung, die heute gilt")
    return missing


@transaction.atomic
def submit_solution(*, solution: Solution, by) -> None:
    """Hand a draft to the OGL-Leitung for review; ValidationError where it is no draft."""
    move(solution, {Solution.Status.DRAFT}, by, "Eingereicht.", status=Solution.Status.SUBMITTED)


@transaction.atomic
def publish_solution(*, solution: Solution, by) -> None:
    """Publish a complete solution, ``by`` a user; NotPublishable names what it lacks, in German."""
    missing = missing_fields(solution)
    if missing:
        raise NotPublishable(f"„{solution}“ lässt sich noch nicht veröffentlichen. Es fehlt: {', '.join(missing)}.")
    unpublished = set(Solution.Status) - {Solution.Status.PUBLISHED}
    values = {"status": Solution.Status.PUBLISHED, "published_at": timezone.now(), "published_by": by}
    move(solution, unpublished, by, "Veröffentlicht.", **values)


@transaction.atomic
def archive_solution(*, solution: Solution, by) -> None:
    """Take a solution off the public pages; ValidationError where it is archived already."""
    shown = set(Solution.Status) - {Solution.Status.ARCHIVED}
    move(solution, shown, by, "Archiviert.", status=Solution.Status.ARCHIVED)


def move(solution: Solution, allowed: set, by, message: str, **values) -> None:
    """Write the new values if the solution still has one of the allowed states, by one update, and note by whom."""
    movable = Solution.objects.filter(pk=solution.pk, status__in=allowed)
    if not movable.update(**values, revision=F("revision") + 1):
        current = Solution.objects.get(pk=solution.pk)
        raise ValidationError(f"„{solution}“ ist schon {current.get_status_display()}.")
    record(by, solution, message)
    solution.refresh_from_db(fields=[*values, "revision"])
