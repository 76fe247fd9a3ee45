"""What a solution's admin page says of the example that it came from."""

from django import template

from ..models import Transfer

register = template.Library()


@register.inclusion_tag("knowledgebase/admin/_transfer.html")
def transfer_note(solution):
    """Where it came from, and what has changed there since."""
    transfers = Transfer.objects.select_related("response__round__version", "transferred_by__person")
    transfer = transfers.filter(solution=solution).first() if solution else None
    return {"transfer": transfer, "changed": changed_questions(transfer) if transfer else [], "solution": solution}


def changed_questions(transfer: Transfer) -> list[str]:
    """The questions that are answered differently now; nothing where the response is gone."""
    if not transfer.response or not transfer.changed_keys:
        return []
    questions = transfer.response.round.definition.questions
    return [questions[key].label for key in transfer.changed_keys if key in questions]


@register.inclusion_tag("knowledgebase/admin/_transfer_verbs.html")
def transfer_verbs(solution):
    """The buttons that belong to the note, beside those that save."""
    transfer = Transfer.objects.select_related("response").filter(solution=solution).first()
    submissions = transfer.response.submissions if transfer and transfer.changed_at and transfer.response else None
    return {"transfer": transfer, "submission": submissions and submissions.first()}
