"""What other pages show of the questionnaire."""

from itertools import pairwise, zip_longest

from django import template
from django.utils.html import format_html, format_html_join

from ogl_portal.lib.text import without_pictographs

from .. import addresses, conditions
from ..differences import differences
from ..models import Response, Round

register = template.Library()
SLASH = format_html("{}<wbr>", "/")


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


@register.inclusion_tag("surveys/_my_round_figures.html")
def my_round_figures(user):
    """Running rounds to which the user is invited and has not submitted, for the start page."""
    if not getattr(user, "person_id", None):
        return {"rounds": []}
    submitted = Response.objects.of(user).filter(status=Response.Status.SUBMITTED)
    invited = Round.objects.running().filter(invitations__person=user.person_id)
    return {"rounds": invited.exclude(pk__in=submitted.values("round"))}


@register.simple_tag
def blank_forms(report):
    """The rounds whose blank questionnaire hangs on a report as its Anlage."""
    return Round.objects.published().filter(report=report).select_related("version").order_by("opens_at")


@register.inclusion_tag("surveys/_report_questionnaires.html", takes_context=True)
def report_questionnaires(context, report):
    """The blank questionnaires that hang on a report as its Anlage; without links where ``for_pdf`` is set."""
    return {"rounds": blank_forms(report), "for_pdf": context.get("for_pdf", False)}


@register.simple_tag
def report_rounds(report):
    """The rounds of a report to which people were invited, with their counts."""
    return list(Round.objects.published().filter(report=report).with_counts().filter(invited__gt=0))


@register.inclusion_tag("surveys/_round_progress.html")
def round_progress(report, due=None):
    """How many of those invited have submitted, for the rounds of a report; with ``due`` for those that end then.

    So the report's step „Alle melden bis 12.07.2021 zurück“ shows the round that closes at its Termin.
    """
    rounds = Round.objects.published().filter(report=report).with_counts()
    return {"rounds": rounds.filter(closes_at=due) if due else rounds, "with_link": False}


@register.inclusion_tag("surveys/_round_progress.html")
def progress_of_round(pk):
    """How many of those invited to one round have submitted, with the way to it."""
    return {"rounds": Round.objects.published().with_counts().filter(pk=pk), "with_link": True}


@register.inclusion_tag("surveys/admin/_submissions.html")
def submission_history(response):
    """Until when a response may change, and its submissions, the newest first, each with what it changed."""
    submissions = list(response.submissions.all())
    for submission in submissions:
        submission.response = response
    changes = [differences(before, after) for after, before in pairwise(submissions)]
    return {"response": response, "history": list(zip_longest(submissions, changes))}


@register.filter
def breakable(text: str):
    """The text with a place to break the line behind every slash: browsers see „Hochschule/Forschung“ as one word."""
    return format_html_join(SLASH, "{}", ([part] for part in text.split("/")))


@register.filter
def problem_label(problem, sheet) -> str:
    """The question that a problem belongs to."""
    question = sheet.definition.questions.get(problem.field.partition("-")[0])
    return question.label if question else problem.field


@register.filter
def condition(question, definition) -> str:
    """After which answer a question is asked, in words; empty for one that everybody is asked."""
    return conditions.in_words(question, definition)


@register.filter
def blank_copies(section, copies: int) -> range:
    """The numbers of a section's copies on the blank form: repeatable ones have several."""
    return range(1, 1 + (copies if section.is_repeatable else 1))


@register.filter
def writing_lines(question) -> range:
    """How many lines to write on the blank form has for a question."""
    limit = 0 if question.kind in {"number", "date"} else question.max_length or 0
    return range(1 if limit <= 200 else 2 if limit <= 500 else 4 if limit <= 1000 else 6)


@register.filter
def printable(text) -> str:
    """A text with what the fonts of our PDFs can show."""
    return without_pictographs(str(text))
