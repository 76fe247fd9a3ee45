"""Text that was typed but could not be saved: it is shown again, and waits for the next sign-in in this browser."""

import json
from uuid import UUID

from django.http import HttpRequest

from ogl_portal.lib.text import plain

from .. import workflow
from ..definition import Definition
from ..models import Entry, KeptDraft
from .posted import posted_revision

SESSION_KEY = "kept_drafts"
MAX_KEPT = 200_000
NOT_TYPED = {"csrfmiddlewaretoken", "revision", "page", "step", "entry", "key", "next", "back"}


def posted_texts(request: HttpRequest) -> dict[str, list[str]]:
    """Everything that a form of ours sent, as plain text."""
    return {
        plain(name): [plain(value) for value in values]
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
    }


def typed_texts(request: HttpRequest, definition: Definition | None = None) -> list[tuple[str, str]]:
    """What was typed, with the question it answers, to be copied by hand."""
    questions = definition.questions if definition else {}
    found = []
    for name, values in posted_texts(request).items():
        question = questions.get(name.partition("-")[0])
        labels = [question.choice_label(value) for value in values] if question and question.options else values
        text = "\n".join(label for label in labels if label.strip())
        found += [(question.field_label(name) if question else name, text)] if text else []
    return found


def keep(request: HttpRequest) -> None:
    """Keep what was typed for one entry until its respondent has signed in again.

    Only who had the form open knows the entry's uuid, so nobody else can fill our tables.
    """
    entry, fields = posted_entry(request), posted_texts(request)
    if entry and len(json.dumps(fields)) <= MAX_KEPT:
        kept, revision = kept_keys(request), posted_revision(request)
        new = workflow.keep_draft(entry=entry, revision=revision, fields=fields, instead_of=kept.get(str(entry.uuid)))
        request.session[SESSION_KEY] = kept | {str(entry.uuid): new.pk}


def posted_entry(request: HttpRequest) -> Entry | None:
    """The entry that the form belongs to."""
    try:
        return Entry.objects.filter(uuid=UUID(plain(request.POST.get("entry", "")))).first()
    except ValueError:
        return None


def kept_keys(request: HttpRequest) -> dict[str, int]:
    """What this browser has kept: the keys of the texts by the uuid of their entry."""
    return request.session.get(SESSION_KEY, {})


def kept_draft(request: HttpRequest, uuid: UUID) -> KeptDraft | None:
    """What this browser has kept for an entry."""
    pk = kept_keys(request).get(str(uuid))
    return KeptDraft.objects.filter(pk=pk, entry__uuid=uuid).first() if pk else None


def forget(request: HttpRequest, uuid: UUID) -> None:
    """The text for this entry has been saved."""
    kept = dict(kept_keys(request))
    if pk := kept.pop(str(uuid), None):
        workflow.forget_draft(pk=pk)
        request.session[SESSION_KEY] = kept
