"""What other pages show of the questionnaire."""

from django import template

from .. import addresses
from ..models import Response, Round

register = template.Library()


@register.simple_tag
def card_url(round, card) -> str:
    """Where an entry is filled in."""
    return addresses.card_url(round, card)


@register.inclusion_tag("surveys/_open_rounds.html")
def open_rounds(user):
    """Rounds that take answers now, for the start page."""
    return {"rounds": Round.objects.running(), "user": user}


@register.inclusion_tag("surveys/_my_rounds.html")
def my_rounds(user):
    """Rounds that the signed-in user is invited to, with the state of the own response."""
    if not getattr(user, "person_id", None):
        return {"pairs": []}
    rounds = list(Round.objects.published().filter(invitations__person=user.person_id))
    responses = {response.round_id: response for response in Response.objects.of(user).filter(round__in=rounds)}
    return {"pairs": [(round, responses.get(round.pk)) for round in rounds]}


@register.inclusion_tag("surveys/_report_questionnaires.html", takes_context=True)
def report_questionnaires(context, report):
    """The blank questionnaires that hang on a report as its Anlage; without links where ``for_pdf`` is set."""
    rounds = Round.objects.published().filter(report=report).select_related("version").order_by("opens_at")
    return {"rounds": rounds, "for_pdf": context.get("for_pdf", False)}


@register.inclusion_tag("surveys/_round_progress.html")
def round_progress(report):
    """How many of those invited have submitted, for the rounds of a report."""
    return {"rounds": Round.objects.published().filter(report=report).with_counts()}


@register.filter
def problem_label(problem, sheet) -> str:
    """The question that a problem belongs to."""
    question = sheet.definition.questions.get(problem.field.partition("-")[0])
    return question.label if question else problem.field


@register.filter
def blank_copies(section, copies: int) -> range:
    """The numbers of a section's copies on the blank form: repeatable ones have several."""
    return range(1, 1 + (copies if section.is_repeatable else 1))


@register.filter
def writing_lines(question) -> range:
    """How many lines to write on the blank form has for a question."""
    limit = question.max_length or 0
    return range(1 if limit <= 200 else 2 if limit <= 500 else 4 if limit <= 1000 else 6)
