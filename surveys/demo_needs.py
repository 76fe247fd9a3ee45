"""The exemplary round as it might be evaluated: needs, the words they come from, and what answers them here."""

import json
from pathlib import Path

from ogl_portal.directory.models import TargetGroup, User
from sessions_app.models import Event, Recommendation

from . import workflow
from .models import Entry, Need, Round
from .passages import Passage, codable_texts

NEEDS = Path(__file__).parent / "definitions" / "demo-needs.json"
READ_TO_THE_END = ["Beispiel-Schreinerei", "Beispiel-Steuerkanzlei"]
"""Whose entries say no need: somebody has read them all the same."""


def documents() -> list[dict]:
    """The needs with their codings and with what answers them, in every app."""
    return json.loads(NEEDS.read_text(encoding="utf-8"))


def load(round: Round) -> None:
    """Code a round that has just been filled."""
    lead = User.objects.get(email="leitung@example.org")
    entries, groups = entries_of(round), {group.slug: group for group in TargetGroup.objects.all()}
    needs = [(load_need(document), document) for document in documents()]
    for need, document in needs:
        for each in document["codings"]:
            entry = entries[each["who"], each["entry"]]
            code(entry, each["words"], need=need, target_group=groups[each["group"]], by=lead)
    for need, document in needs:  # once everything is coded: a release freezes the figures
        if document["released"]:
            workflow.release_need(need=need, by=lead)
    for entry in Entry.objects.filter(response__round=round, response__organisation__name__in=READ_TO_THE_END):
        if not entry.is_single:
            workflow.finish_entry(entry=entry, by=lead)


def load_need(document: dict) -> Need:
    need = workflow.need_called(title=document["title"], is_example=True)
    Need.objects.filter(pk=need.pk).update(weight=document["weight"], description=document["description"])
    need.recommendations.set(Recommendation.objects.filter(title__in=document.get("recommendations", [])))
    need.events.set(Event.objects.filter(slug__in=document.get("events", [])))
    need.refresh_from_db()
    return need


def entries_of(round: Round) -> dict[tuple[str, str], Entry]:
    """The entries by who wrote them, a member's mail address or an organisation, and by name: „B2“, the second of B."""
    related = ["response__respondent", "response__organisation", "response__round__version"]
    entries = Entry.objects.filter(response__round=round).select_related(*related)
    found = {}
    for entry in entries.prefetch_related("answers", "response__submissions"):
        for who in [entry.response.respondent.email, entry.response.organisation.name]:
            found[who, f"{entry.section_key}{entry.position}"] = entry
    return found


def code(entry: Entry, words: str, **facts) -> None:
    """Code the words where they stand in an entry, as it was submitted last."""
    submission = max(each.number for each in entry.response.submissions.all())
    workflow.code_passages(entry=entry, passages=[passage(entry, words)], submission=submission, **facts)


def passage(entry: Entry, words: str) -> Passage:
    """Where the words stand; raises StopIteration where they do not."""
    questions = entry.response.round.definition.questions.values()
    texts = codable_texts(questions, entry.answers.all(), [])
    return next(filter(None, (text.find(words) for text in texts)))
