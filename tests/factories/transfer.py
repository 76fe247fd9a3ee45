"""Examples of the questionnaire on their way into the Wissensdatenbank."""

from django.utils import timezone

from knowledgebase import workflow as solutions
from knowledgebase.models import Solution
from surveys import workflow
from surveys.models import Entry, EntryReview

from . import numbers, surveys
from .directory import make_person
from .knowledgebase import make_contact

ANSWERS = {
    "B2": "Bewerbungen lagen wochenlang. Jetzt antworten wir am selben Tag.", "B3": ["mint-nachwuchs"],
    "B4": ["kommunalverwaltungen"], "B5": "in-use", "B6": "3 statt 10 Tage", "B7": "Zwei Tage Einrichtung",
    "B8": "freely", "B9": "https://beispiel.example.org/antworten",
}  # fmt: skip
REST = {
    "summary": "Antworten am selben Tag.", "description": "Wie es geht. " * 20, "kind": "process",
    "reuse_model": "template", "licence": "CC0-1.0", "effort_days_from": 1, "effort_days_to": 2, "duration_weeks": 1,
    "once_kind": "none", "yearly_kind": "none",
}  # fmt: skip


def make_example(*, decision: str = "named", is_checked: bool = True, by=None, **answers) -> Entry:
    """A submitted example with this decision in G1, looked through unless that is off."""
    response = surveys.make_complete_response(make_person())
    entry = response.entries.get(section_key="B")
    entry.response = response
    title = {"B1": f"Schnell antworten {next(numbers)}"}
    workflow.save_entry(entry=entry, draft=title | ANSWERS | answers, revision=entry.revision)
    surveys.fill(response, "G", {"G1": decision})
    surveys.submit(response)
    entry = Entry.objects.select_related("response__round__version", "response__organisation").get(pk=entry.pk)
    if is_checked:
        workflow.judge_entry(entry=entry, state=EntryReview.State.REVIEWED, note="", revision=0, by=by)
    return Entry.objects.select_related("response__round__version", "response__organisation").get(pk=entry.pk)


def make_transferred(*, by, **overrides) -> Solution:
    """A published solution that came from an example."""
    solution = solutions.transfer_entry(entry=make_example(by=by, **overrides), by=by)
    today = timezone.localdate()
    dates = {"reviewed_on": today, "next_review_on": today.replace(year=today.year + 1, day=1)}
    Solution.objects.filter(pk=solution.pk).update(**REST, **dates)
    solution.steps.create(position=1, title="Anfangen")
    make_contact(solution)
    solutions.submit_solution(solution=solution, by=by)
    solutions.publish_solution(solution=solution, by=None)
    return solution


def change_answers(entry: Entry, **answers) -> None:
    """The respondent changes the example and submits again."""
    entry = Entry.objects.select_related("response__round__version").get(pk=entry.pk)
    workflow.save_entry(entry=entry, draft=entry.draft | answers, revision=entry.revision)
    surveys.submit(entry.response)
