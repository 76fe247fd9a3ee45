"""„Für uns geeignet?“: which solutions fit an organisation, and why the others do not."""

from dataclasses import dataclass

from .cards import count_reuses
from .models import Solution
from .wording import number_text

COLUMNS = ["revision", "title", "slug", "published_at", "next_review_on", "stage", "effort_days_to", "once_kind",
           "once_to", "yearly_kind", "yearly_to", "cost_basis"]  # fmt: skip


@dataclass(frozen=True)
class Wishes:
    """What an organisation is and can afford; what is None does not matter."""

    kind: str | None = None  # an Audience.Kind
    days: int | None = None
    once: int | None = None  # Euro
    yearly: int | None = None  # Euro
    only_reused: bool = False


@dataclass(frozen=True)
class LeftOut:
    """A solution that does not fit, with every reason."""

    solution: Solution
    reasons: list[str]


def judge(wishes: Wishes) -> tuple[list[Solution], list[LeftOut]]:
    """Return the published solutions that fit and those that do not, current and new ones first: three queries."""
    solutions = Solution.objects.published().newest_first().only(*COLUMNS).prefetch_related("audiences")
    fitting, left_out, reuses = [], [], count_reuses()
    for solution in sorted(solutions, key=lambda solution: solution.review_is_due):
        reasons = reasons_against(solution, wishes, reuses[solution.pk])
        left_out.append(LeftOut(solution, reasons)) if reasons else fitting.append(solution)
    return fitting, left_out


def reasons_against(solution: Solution, wishes: Wishes, reuse_count: int) -> list[str]:
    """Say in German why the solution does not fit; nothing where it does."""
    reasons = [
        "ist von etwas Neuerem abgelöst" if solution.stage == solution.Stage.SUPERSEDED else "",
        against_kind(solution, wishes.kind),
        against_days(solution.effort_days_to, wishes.days),
        against_cost(solution, "once", "einmalig", wishes.once),
        against_cost(solution, "yearly", "im Jahr", wishes.yearly),
        "noch hat niemand eine Nachnutzung bestätigt" if wishes.only_reused and not reuse_count else "",
    ]
    return [reason for reason in reasons if reason]


def against_kind(solution: Solution, kind: str | None) -> str:
    made_for = {audience.kind: str(audience) for audience in solution.audiences.all()}
    if not kind or not made_for or kind in made_for:
        return ""
    return f"ist gedacht für {listing(list(made_for.values()))}"


def listing(names: list[str]) -> str:
    """Return „A, B und C“ for people, three at most."""
    shown = [f"„{name}“" for name in names[:3]]
    if len(names) > 3:
        return f"{', '.join(shown)} und andere"
    return " und ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))


def against_days(days: int | None, most: int | None) -> str:
    if most is None:
        return ""
    if days is None:
        return "der Aufwand ist nicht angegeben"
    unit = "Personentag" if days == 1 else "Personentage"
    return f"braucht bis zu {number_text(days)} {unit}" if days > most else ""


def against_cost(solution: Solution, cost: str, when: str, most: int | None) -> str:
    """``cost`` is once or yearly, ``when`` the same in German; amounts that depend on a number are not compared."""
    kind, amount = getattr(solution, f"{cost}_kind"), getattr(solution, f"{cost}_to")
    if most is None or kind == solution.CostKind.NONE:
        return ""
    if kind == solution.CostKind.ON_REQUEST:
        return f"was es {when} kostet, erfahren Sie nur auf Anfrage"
    if amount is None:
        return f"was es {when} kostet, ist nicht angegeben"
    if solution.cost_basis not in {"", solution.CostBasis.FLAT}:
        return f"was es {when} kostet, ist {solution.get_cost_basis_display()} berechnet"
    return f"kostet {when} bis zu {number_text(amount)} Euro" if amount > most else ""
