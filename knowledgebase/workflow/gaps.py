"""What an entry still lacks for publication: the fields that knowledgebase.md marks with an asterisk."""

from dataclasses import dataclass

from ..models import Solution
from .release import field_against_release

IN_FORM = ["title", "summary", "kind", "description", "problem", "benefit", "target_groups", "topics", "reuse_model",
           "stage", "licence", "publisher", "operator", "effort_days_from", "duration_weeks", "once_kind",
           "yearly_kind", "cost_basis", "costs_as_of", "reviewed_on", "next_review_on", "steps",
           "contacts"]  # fmt: skip
"""What a gap may name, in the order of the form."""
REQUIRED = ["summary", "description", "problem", "benefit", "kind", "reuse_model", "stage", "once_kind", "yearly_kind",
            "licence", "publisher", "reviewed_on", "next_review_on"]  # fmt: skip
UNNAMED = "Verzicht auf den Namen der Organisation, die geantwortet hat (G1: ohne Namensnennung)"
MAY_NOT_BE_NAMED = "Diese Organisation möchte nicht genannt werden (G1: ohne Namensnennung)."
DESCRIPTION_LENGTH = range(150, 10_001)


@dataclass(frozen=True)
class Gap:
    """Something that is missing: what people call it, and the field or set of rows of the form that holds it.

    ``advice`` stands at the field where that is not empty but must not say what it does.
    """

    label: str
    field: str
    advice: str = "Ohne diese Angabe darf die Lösung nicht veröffentlicht sein."

    def __str__(self):
        return self.label


def missing_core_fields(solution: Solution) -> list[Gap]:
    """Name what the entry's own columns lack for publication."""
    fields = [solution._meta.get_field(name) for name in REQUIRED]
    missing = [Gap(field.verbose_name, field.name) for field in fields if not getattr(solution, field.attname)]
    if solution.description and len(solution.description) not in DESCRIPTION_LENGTH:
        missing.append(Gap("Beschreibung mit 150 bis 10.000 Zeichen", "description"))
    if solution.effort_days_to is None:
        missing.append(Gap("Aufwand in Personentagen von–bis", "effort_days_from"))
    if solution.duration_weeks is None:
        missing.append(Gap("Dauer in Wochen", "duration_weeks"))
    if field := field_against_release(solution):
        missing.append(Gap(UNNAMED, field, MAY_NOT_BE_NAMED))
    return missing + missing_cost_details(solution)


def missing_cost_details(solution: Solution) -> list[Gap]:
    """An amount says nothing without what it is counted by, and as of when."""
    if solution.CostKind.RANGE not in {solution.once_kind, solution.yearly_kind}:
        return []
    details = {"cost_basis": "wie die Kosten berechnet sind", "costs_as_of": "von wann die Kosten sind"}
    return [Gap(label, name) for name, label in details.items() if not getattr(solution, name)]


def missing_fields(solution: Solution) -> list[Gap]:
    """Name everything that publication lacks, in the order of the form; steps, contacts and vocabulary included."""
    missing = missing_lasting_fields(solution)
    if not solution.public_contacts:
        missing.append(Gap("eine Ansprechperson mit Einwilligung, die heute gilt", "contacts"))
    return in_order(missing)


def missing_lasting_fields(solution: Solution) -> list[Gap]:
    """Name what a published entry must never lack: all but the contacts, as a consent may end or be withdrawn."""
    missing = missing_core_fields(solution)
    if Solution.objects.named(solution.title).exclude(pk=solution.pk).exists():
        missing.append(Gap("ein Titel, den noch keine veröffentlichte Lösung hat", "title"))
    if not solution.target_groups.exists():
        missing.append(Gap("Zielgruppen", "target_groups"))
    if not 1 <= solution.topics.count() <= 3:
        missing.append(Gap("Themen (ein bis drei)", "topics"))
    if not solution.steps.exists():
        missing.append(Gap("mindestens ein Schritt", "steps"))
    return in_order(missing)


def in_order(gaps: list[Gap]) -> list[Gap]:
    return sorted(gaps, key=lambda gap: IN_FORM.index(gap.field))
