"""The questionnaire Anlage 1, rounds and responses."""

import json
from copy import deepcopy
from datetime import timedelta
from functools import cache
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from ogl_portal.directory.models import Person
from surveys import workflow
from surveys.demo import DEFINITION
from surveys.models import Entry, Questionnaire, QuestionnaireVersion, Response, Round

from . import numbers

CONFIRMED = {"G5": "yes"}
EXAMPLE = {"B1": "Bauantrag digital begleiten", "B2": "Früher auf Papier, jetzt am Bildschirm."}


def publish_anlage_1() -> QuestionnaireVersion:
    """Publish Anlage 1 as it can be edited; made before, the same version comes back."""
    document = json.loads(DEFINITION.read_text(encoding="utf-8"))
    return workflow.publish_version(questionnaire=workflow.load_definition(document=document))


@cache
def frozen_anlage_1() -> tuple[dict, str]:
    """What a version of Anlage 1 holds, and its digest; published once in a test run and taken back."""
    with transaction.atomic():
        version = publish_anlage_1()
        transaction.set_rollback(True)
    return version.document, version.sha256


def make_version() -> QuestionnaireVersion:
    """A version of Anlage 1, without rows to edit unless they are there; made before, the same comes back."""
    document, sha256 = frozen_anlage_1()
    values = {"title": document["title"], "intro": document["intro"]}
    questionnaire, is_new = Questionnaire.objects.get_or_create(slug=document["slug"], defaults=values)
    if questionnaire.sections.exists():
        return workflow.publish_version(questionnaire=questionnaire)
    if not is_new:
        return questionnaire.versions.get()
    return questionnaire.versions.create(number=1, document=deepcopy(document), sha256=sha256)


def make_round(*people: Person, **overrides) -> Round:
    """A round that is open for a week, with these people invited."""
    number, now = next(numbers), timezone.now()
    fields = {
        "version": overrides.pop("version", None) or make_version(),
        "title": f"Runde {number}",
        "slug": f"runde-{number}",
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=7),
        "evaluation_until": (now + timedelta(days=20)).date(),
        "opened_at": now,
    }
    round = Round.objects.create(**fields | overrides)
    for person in people:
        workflow.invite(round=round, person=person)
    return round


def make_response(person: Person, round: Round | None = None) -> Response:
    """A response that has just begun, with what the profile knows."""
    return workflow.begin_response(round=round or make_round(person), person=person)


def make_entry(response: Response, section_key: str = "B", draft: dict | None = None) -> Entry:
    """An entry with a valid example in it, unless another draft is given."""
    entry = workflow.add_entry(response=response, section_key=section_key, uuid=uuid4())
    entry.response = response
    workflow.save_entry(entry=entry, draft=EXAMPLE if draft is None else draft, revision=1)
    return entry


def fill(response: Response, section_key: str, draft: dict) -> Entry:
    """Write into the one entry of a section that does not repeat; what stood there stays."""
    entry = response.entries.get(section_key=section_key)
    entry.response = response
    workflow.save_entry(entry=entry, draft=entry.draft | draft, revision=entry.revision)
    return entry


def make_complete_response(person: Person, round: Round | None = None) -> Response:
    """A response that can be submitted: one example, everything needed confirmed."""
    response = make_response(person, round)
    fill(response, "A", {"A1-organisation": "Haus", "A1-name": "Name", "A1-email": "name@example.org", "A2": "chamber"})
    make_entry(response)
    fill(response, "G", CONFIRMED)
    response.refresh_from_db()
    return response


def submit(response: Response, **overrides):
    """Submit the response as it stands."""
    response = Response.objects.select_related("round__version", "respondent").get(pk=response.pk)
    return workflow.submit_response(**{"response": response, "revision": response.revision, "key": uuid4()} | overrides)
