"""What was typed into a form whose place is gone: it is shown, and waits for an entry that can come back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ..definition import Definition
from ..models import Entry, Response
from .kept import keep, kept_draft, typed_texts


class FormGone(Exception):
    """A form was sent whose entry is removed, or whose section is asked no longer or in another way."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry


def refuse(response: Response, uuid: UUID) -> None:
    """Raise FormGone where the response has had the entry, Http404 for anything else."""
    entry = response.entries.filter(uuid=uuid).first()
    if not entry:
        raise Http404
    entry.response = response
    raise FormGone(entry)


def show_gone(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The page with what was typed, and the button that brings the entry back where that is possible."""
    response = entry.response
    removed = response.entries.removed_since(response.submitted_at).filter(pk=entry.pk)
    can_return = entry.section_key in response.round.definition.by_key and removed.exists()
    if can_return:
        keep(request)
    context = {
        "round": response.round,
        "entry": entry,
        "can_return": can_return,
        "is_kept": can_return and kept_draft(request, entry.uuid),
        "typed": typed_texts(request, definition_asking(entry)),
    }
    return render(request, "surveys/gone.html", context, status=409)


def definition_asking(entry: Entry) -> Definition:
    """The newest version of the questionnaire in which the entry has its section."""
    round = entry.response.round
    versions = round.version.questionnaire.versions.filter(number__lte=round.version.number)
    definitions = (Definition.from_document(version.document, round.words) for version in versions)
    return next((each for each in definitions if entry.section_key in each.by_key), round.definition)
