"""The exemplary round as it might be evaluated: needs, the words they come from, and what answers them here."""

import json
from pathlib import Path

from django.db.models import Q

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
    for document in documents():
        need = load_need(document)
        for each in document["codings"]:
            code(round, need, each, lead)
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


def code(round: Round, need: Need, document: dict, lead: User) -> None:
    """Code the words of an entry, which is called „B2“ here: the second of section B."""
    entry = entry_of(round, document["who"], document["entry"])
    facts = {"need": need, "target_group": TargetGroup.objects.get(slug=document["group"]), "by": lead}
    submission = entry.response.submissions.first().number
    workflow.code_passages(entry=entry, passages=[passage(entry, document["words"])], submission=submission, **facts)


def entry_of(round: Round, who: str, code: str) -> Entry:
    """The entry of a member, by mail address, or of an exemplary organisation."""
    by = Q(response__respondent__email=who) | Q(response__organisation__name=who)
    entries = Entry.objects.filter(by, response__round=round).select_related("response__round__version")
    return entries.get(section_key=code[0], position=int(code[1:]))


def passage(entry: Entry, words: str) -> Passage:
    """Where the words stand; raises StopIteration where they do not."""
    questions = entry.response.round.definition.questions.values()
    texts = codable_texts(questions, entry.answers.filter(part=""), [])
    return next(filter(None, (text.find(words) for text in texts)))
