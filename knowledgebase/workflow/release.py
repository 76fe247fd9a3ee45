"""What G1 of the questionnaire allows of a solution that came from there."""

from surveys.models import Consent, Entry, Response

from ..models import Solution, Transfer

QUESTION, NAMED, UNNAMED = "G1", "named", "unnamed"


def decision_on(entry: Entry | None, response: Response) -> str:
    """What G1 allows of an example now; the decision on itself counts before that on all, and none is a refusal."""
    decided = Consent.objects.current().filter(response=response, question_key=QUESTION)
    values = dict(decided.values_list("entry", "value"))
    return values.get(entry.pk if entry else None, values.get(None, Consent.REFUSED))


def field_naming(solution: Solution, response: Response) -> str:
    """The field in which a solution names the organisation that reported the example; nothing where none does."""
    fields = ["publisher", "operator"] if response.organisation_id else []
    return next((field for field in fields if getattr(solution, f"{field}_id") == response.organisation_id), "")


def field_against_release(solution: Solution) -> str:
    """The same of a solution that was taken over without the name and must not say it, however it came there."""
    transfers = Transfer.objects.filter(solution=solution.pk, is_named=False, response__isnull=False)
    transfer = transfers.select_related("response", "solution__origin").first()
    field = field_naming(solution, transfer.response) if transfer else ""
    return field if field and decision_on(transfer.solution.origin, transfer.response) != NAMED else ""
