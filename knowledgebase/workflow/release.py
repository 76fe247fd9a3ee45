"""What G1 of the questionnaire allows of a solution that came from there."""

from surveys.models import Consent, Entry, Response

from ..models import Solution, Transfer

QUESTION, NAMED, UNNAMED = "G1", "named", "unnamed"


def decision_on(entry: Entry | None, response: Response) -> str:
    """What G1 allows of an example now; the decision on itself counts before that on all, and none is a refusal."""
    decided = Consent.objects.current().filter(response=response, question_key=QUESTION)
    values = dict(decided.values_list("entry", "value"))
    return values.get(entry.pk if entry else None, values.get(None, Consent.REFUSED))


def names_who_answered(solution: Solution, response: Response) -> bool:
    """Whether a solution is published or run by the organisation that reported the example."""
    return response.organisation_id in {solution.publisher_id, solution.operator_id} - {None}


def names_against_release(solution: Solution) -> bool:
    """Whether a solution that was taken over without the name says it now, however it came there."""
    transfers = Transfer.objects.filter(solution=solution.pk, is_named=False, response__isnull=False)
    transfer = transfers.select_related("response", "solution__origin").first()
    if transfer is None or not names_who_answered(solution, transfer.response):
        return False
    return decision_on(transfer.solution.origin, transfer.response) != NAMED
