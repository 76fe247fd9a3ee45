"""Anlage 1 of the report of 27.05.2021, and beside it a round that is open, with a few exemplary responses."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from ogl_portal.directory.models import Person
from ogl_portal.lib.dates import end_of_day
from sessions_app.models import Report

from . import workflow
from .demo_texts import RESPONSES
from .models import QuestionnaireVersion, Response, Round

DEFINITION = Path(__file__).parent / "definitions" / "anlage-1.json"
DAYS_OPEN = 30
DAYS_OF_EVALUATION = 18


def load() -> None:
    """Load what is missing; safe to run again, the open round keeps the days it was first given."""
    questionnaire = workflow.load_definition(document=json.loads(DEFINITION.read_text(encoding="utf-8")))
    version = questionnaire.versions.order_by("number").first() or workflow.publish_version(questionnaire=questionnaire)
    load_round_of_2021(version)
    round, is_new = load_open_round(version)
    if is_new:
        workflow.open_round(round=round)
        workflow.invite(round=round, person=Person.objects.get(email="gast@example.org"))
        for email, response in RESPONSES.items():
            load_response(round, Person.objects.select_related("organisation").get(email=email), response)


def load_round_of_2021(version: QuestionnaireVersion) -> None:
    """Anlage 1 as the report dates it (section 6, b and c). Nobody is invited: the portal did not exist then."""
    fields = {
        "version": version,
        "title": "Digitalisierung: Best-Practice-Beispiele, Erfahrungen, geplante Projekte",
        "label": "Anlage 1",
        "opens_at": berlin(date(2021, 5, 27)),
        "opened_at": berlin(date(2021, 5, 27)),
        "closes_at": end_of_day(date(2021, 7, 12)),
        "evaluation_until": date(2021, 7, 30),
        "report": Report.objects.filter(slug="workshop-2021-05-27").first(),
    }
    Round.objects.get_or_create(slug="anlage-1-2021", defaults=fields)


def load_open_round(version: QuestionnaireVersion) -> tuple[Round, bool]:
    """A round to try out, open for 30 days from the first loading."""
    today = timezone.localdate()
    last_day = today + timedelta(days=DAYS_OPEN)
    fields = {
        "version": version,
        "title": "Beispiele und Vorhaben: Was läuft, was ist geplant?",
        "opens_at": berlin(today),
        "closes_at": end_of_day(last_day),
        "evaluation_until": last_day + timedelta(days=DAYS_OF_EVALUATION),
        "delete_raw_on": last_day + timedelta(days=180),
        "is_example": True,
    }
    return Round.objects.get_or_create(slug="beispiele-und-vorhaben", defaults=fields)


def berlin(day: date) -> datetime:
    """The first moment of a day in Berlin."""
    return timezone.make_aware(datetime(day.year, day.month, day.day))


def load_response(round: Round, person: Person, sections: dict) -> None:
    """One exemplary response, filled in and submitted in the way that people do it; no mail leaves."""
    response = workflow.begin_response(round=round, person=person)
    for key, drafts in sections.items():
        for number, draft in enumerate(drafts, start=1):
            fill_in(response, key, number, draft)
    for section in round.definition:
        if section.is_repeatable and section.key not in sections:
            workflow.skip_section(response=response, section_key=section.key, skipped=True)
    response = Response.objects.get(pk=response.pk)
    key = uuid5(NAMESPACE_URL, f"submission:{round.slug}:{person.email}")
    workflow.submit_response(response=response, revision=response.revision, key=key, confirm=False)


def fill_in(response: Response, section_key: str, number: int, draft: dict) -> None:
    """Write one entry; what the profile filled in stays."""
    entry = response.entries.filter(section_key=section_key, is_single=True).first()
    if not entry:
        uuid = uuid5(NAMESPACE_URL, f"entry:{response.respondent.email}:{section_key}{number}")
        entry = workflow.add_entry(response=response, section_key=section_key, uuid=uuid)
    entry.response = response
    workflow.save_entry(entry=entry, draft=entry.draft | draft, revision=entry.revision)
