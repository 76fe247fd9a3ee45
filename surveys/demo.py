"""Anlage 1 of the report of 27.05.2021, and beside it a round that is open, with 30 exemplary responses."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone
from django.utils.text import slugify

from ogl_portal.directory.models import Organisation, Person, User
from ogl_portal.lib.dates import end_of_day
from sessions_app.models import Report

from . import workflow
from .models import Entry, EntryReview, QuestionnaireVersion, Response, Round, SkippedSection

DEFINITION = Path(__file__).parent / "definitions" / "anlage-1.json"
RESPONSES = Path(__file__).parent / "definitions" / "demo-responses.json"
NOTE_OF_2021 = (
    "Der Wortlaut der Fragen von 2021 ist nicht bekannt; der Report nennt nur den Titel. "
    "Die Fragen hier sind für dieses Portal neu geschrieben."
)
DAYS_OPEN = 30
DAYS_BEFORE = 14
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
        load_responses(round)
        load_reviews(round)
        absent = round.invitations.get(person__email="mitglied12@example.org")
        workflow.decline_invitation(invitation=absent, reason="Beispiel: Das macht unsere Schulverwaltung.")


def load_reviews(round: Round) -> None:
    """The lead has begun to look through the examples."""
    lead = User.objects.get(email="leitung@example.org")
    State = EntryReview.State
    states = [State.REVIEWED, State.REVIEWED, State.IN_REVIEW, State.UNUSABLE]
    examples = Entry.objects.filter(response__round=round, section_key="B").order_by("response__submitted_at")
    for entry, state in zip(examples, states, strict=False):
        workflow.judge_entry(entry=entry, state=state, note="", revision=0, by=lead)


def load_responses(round: Round) -> None:
    """What members and invited guests answer; mitglied1 and mitglied8 leave theirs for trying out."""
    returns = json.loads(RESPONSES.read_text(encoding="utf-8"))
    for number, each in enumerate(returns, start=1):
        person = member(each) if "email" in each else guest(number, each)
        workflow.invite(round=round, person=person)
        load_response(round, person, each["answers"], at=moment_of_return(round, number, len(returns)))


def member(document: dict) -> Person:
    return Person.objects.select_related("organisation").get(email=document["email"])


def guest(number: int, document: dict) -> Person:
    """Somebody of an exemplary organisation who is invited without belonging to the AG, and has no sign-in."""
    name = document["organisation"]
    values = {"slug": slugify(name), "kind": document["kind"], "is_example": True}
    organisation, _ = Organisation.objects.get_or_create(name=name, defaults=values)
    values = {"given_name": document["given_name"], "role": document["role"], "organisation": organisation}
    values |= {"family_name": f"Beispiel (Gast {number})", "is_example": True}
    return Person.objects.get_or_create(email=f"gast{number}@example.org", defaults=values)[0]


def moment_of_return(round: Round, number: int, count: int) -> datetime:
    """When an exemplary response arrived: many at the beginning, then fewer, all before now."""
    share = (number * 7 % count + 1) / (count + 1)
    return round.opens_at + (timezone.now() - round.opens_at) * share**2


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
        "note": NOTE_OF_2021,
    }
    Round.objects.get_or_create(slug="anlage-1-2021", defaults=fields)


def load_open_round(version: QuestionnaireVersion) -> tuple[Round, bool]:
    """A round to try out, open for two weeks and for 30 more days from the first loading."""
    today = timezone.localdate()
    last_day = today + timedelta(days=DAYS_OPEN)
    fields = {
        "version": version,
        "title": "Beispiele und Vorhaben: Was läuft, was ist geplant?",
        "opens_at": berlin(today - timedelta(days=DAYS_BEFORE)),
        "opened_at": berlin(today - timedelta(days=DAYS_BEFORE)),
        "closes_at": end_of_day(last_day),
        "evaluation_until": last_day + timedelta(days=DAYS_OF_EVALUATION),
        "delete_raw_on": last_day + timedelta(days=180),
        "is_example": True,
    }
    return Round.objects.get_or_create(slug="beispiele-und-vorhaben", defaults=fields)


def berlin(day: date) -> datetime:
    """The first moment of a day in Berlin."""
    return timezone.make_aware(datetime(day.year, day.month, day.day))


def load_response(round: Round, person: Person, sections: dict, *, at: datetime) -> None:
    """One exemplary response: its drafts are written at once, then submitted in the way that people do it."""
    response = workflow.begin_response(round=round, person=person)
    for entry in response.entries.filter(section_key__in=sections):
        draft = entry.draft | sections[entry.section_key][0]
        Entry.objects.filter(pk=entry.pk).update(draft=draft, saved_at=at)
    write_repeating(response, sections, at)
    Response.objects.filter(pk=response.pk).update(created_at=at - timedelta(minutes=25))
    key = uuid5(NAMESPACE_URL, f"submission:{round.slug}:{person.email}")
    workflow.submit_response(response=response, revision=response.revision, key=key, confirm=False, at=at)


def write_repeating(response: Response, sections: dict, at: datetime) -> None:
    """Entries of the sections that repeat; where there are none, „Dazu haben wir derzeit nichts“."""
    repeating = [section.key for section in response.round.definition if section.is_repeatable]
    Entry.objects.bulk_create(
        Entry(
            response=response,
            section_key=key,
            position=number,
            draft=draft,
            saved_at=at,
            uuid=uuid_of(response.respondent, key, number),
        )
        for key in repeating
        for number, draft in enumerate(sections.get(key, []), start=1)
    )
    SkippedSection.objects.bulk_create(
        SkippedSection(response=response, section_key=key) for key in repeating if key not in sections
    )


def uuid_of(person: Person, section_key: str, number: int) -> UUID:
    """The same on every machine."""
    return uuid5(NAMESPACE_URL, f"entry:{person.email}:{section_key}{number}")
