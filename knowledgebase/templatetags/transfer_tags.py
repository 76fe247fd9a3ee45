"""What a solution's admin page says of the example that it came from."""

from django import template

from ..models import Transfer

register = template.Library()


@register.inclusion_tag("knowledgebase/admin/_transfer.html")
def transfer_note(solution):
    """Where it came from, and what has changed there since."""
    transfers = Transfer.objects.select_related("response__round__version", "transferred_by__person")
    transfer = transfers.filter(solution=solution).first() if solution else None
    questions = transfer.response.round.definition.questions if transfer and transfer.changed_keys else {}
    changed = [questions[key].label for key in transfer.changed_keys if key in questions] if transfer else []
    return {"transfer": transfer, "changed": changed, "solution": solution}
