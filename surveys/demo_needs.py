"""The exemplary round as it might be evaluated: needs, the words they come from, and what answers them here."""

import json
from collections import defaultdict
from pathlib import Path
from uuid import uuid4

from ogl_portal.directory.models import TargetGroup, User
from sessions_app.models import Event, Recommendation

from . import workflow
from .models import Coding, Entry, Need, Round
from .passages import Passage, codable_texts
from .workflow.coding import coding_of
from .workflow.needing import free_slug

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
    found, tokens, codings = documents(), defaultdict(uuid4), []
    needs = load_needs(found)
    for need, document in zip(needs, found, strict=True):
        for each in document["codings"]:
            entry = entries[each["who"], each["entry"]]
            token = tokens[entry.response.organisation_id]
            codings.append(coding_of(entry, passage(entry, each["words"]), need, groups[each["group"]], token, lead))
    Coding.objects.bulk_create(codings)
    for need, document in zip(needs, found, strict=True):
        if document["released"]:
            workflow.release_need(need=need, by=lead)
    read = Entry.objects.filter(response__round=round, response__organisation__name__in=READ_TO_THE_END)
    for entry in read.select_related("response__respondent"):
        if not entry.is_single:
            workflow.finish_entry(entry=entry, submission=1, by=lead)


def load_needs(found: list[dict]) -> list[Need]:
    """The needs in the order of their documents; those that are not there yet in one go."""
    known = {need.title.lower() for need in Need.objects.current()}
    Need.objects.bulk_create([new_need(each) for each in found if each["title"].lower() not in known])
    needs = {need.title.lower(): need for need in Need.objects.current()}
    return [linked(needs[each["title"].lower()], each) for each in found]


def new_need(document: dict) -> Need:
    title, facts = document["title"], {"weight": document["weight"], "description": document["description"]}
    return Need(title=title, slug=free_slug(title), is_example=True, **facts)


def linked(need: Need, document: dict) -> Need:
    """The need with what answers it of the sessions' app."""
    need.recommendations.add(*Recommendation.objects.filter(title__in=document.get("recommendations", [])))
    need.events.add(*Event.objects.filter(slug__in=document.get("events", [])))
    return need


def entries_of(round: Round) -> dict[tuple[str, str], Entry]:
    """The entries by who wrote them, a member's mail address or an organisation, and by name: „B2“, the second of B."""
    related = ["response__respondent", "response__organisation", "response__round__version"]
    entries = Entry.objects.filter(response__round=round).select_related(*related)
    found = {}
    for entry in entries.prefetch_related("answers"):
        for who in [entry.response.respondent.email, entry.response.organisation.name]:
            found[who, f"{entry.section_key}{entry.position}"] = entry
    return found


def passage(entry: Entry, words: str) -> Passage:
    """Where the words stand; raises StopIteration where they do not."""
    questions = entry.response.round.definition.questions.values()
    texts = codable_texts(questions, entry.answers.all(), [])
    return next(filter(None, (text.find(words) for text in texts)))
