"""Text that was typed but could not be saved: it is shown again, and waits in the session for the next sign-in."""

import json
from uuid import UUID

from django.http import HttpRequest

from ogl_portal.lib.text import plain

from ..definition import Definition
from ..models import Entry
from .posted import posted_revision

SESSION_KEY = "kept_answers"
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

    Only who had the form open knows the entry's uuid, so nobody else can fill our sessions.
    """
    entry = plain(request.POST.get("entry", ""))
    kept = {"entry": entry, "revision": posted_revision(request), "fields": posted_texts(request)}
    if len(json.dumps(kept)) <= MAX_KEPT and is_entry(kept["entry"]):
        request.session[SESSION_KEY] = kept


def is_entry(text: str) -> bool:
    """Whether the text is the uuid of an entry."""
    try:
        return Entry.objects.filter(uuid=UUID(text)).exists()
    except ValueError:
        return False


def kept_draft(request: HttpRequest, uuid) -> dict | None:
    """What was kept for this entry, as values of its form; None where nothing was."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["entry"] != str(uuid):
        return None
    return {name: values for name, values in kept["fields"].items() if values}


def kept_revision(request: HttpRequest) -> int:
    """The revision that the kept text was typed on."""
    return request.session[SESSION_KEY].get("revision", 0)


def forget(request: HttpRequest) -> None:
    """The text has been saved."""
    if SESSION_KEY in request.session:
        del request.session[SESSION_KEY]
