"""Anlage 1 of the report of 27.05.2021, and beside it a round that is open, with 30 exemplary responses."""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image, ImageDraw

from ogl_portal.directory.models import Organisation, Person, User
from ogl_portal.lib.dates import end_of_day
from ogl_portal.lib.models import OutgoingMail
from sessions_app.models import Report

from . import demo_matches, demo_needs, workflow
from .models import (
    Entry,
    EntryReview,
    Invitation,
    QuestionnaireVersion,
    Response,
    Round,
    SkippedSection,
    Upload,
)

DEFINITION = Path(__file__).parent / "definitions" / "anlage-1.json"
RESPONSES = Path(__file__).parent / "definitions" / "demo-responses.json"
NOTE_OF_2021 = (
    "Der Wortlaut der Fragen von 2021 ist nicht bekannt; der Report nennt nur den Titel. "
    "Die Fragen hier sind für dieses Portal neu geschrieben, und die Rückmeldungen kommen von Beispielpersonen."
)
BEGUN = {"organisation": "Beispiel-Museum", "kind": "other", "given_name": "Nora", "role": "Museumsleitung"}
UNREACHABLE = {"organisation": "Beispiel-Reederei", "kind": "large-company", "given_name": "Uwe", "role": "Disposition"}
REFUSAL = "SMTPRecipientsRefused: 550 Beispiel: Dieses Postfach gibt es nicht."
NOT_MAILED = ["gast@example.org", "mitglied8@example.org"]
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
        load_invitations(round)
        demo_needs.load(round)
    demo_matches.load(round)


def load_invitations(round: Round) -> None:
    """Of each state on the board at least one. Nothing was ever sent; a member and the guest wait for a mail."""
    absent = round.invitations.get(person__email="mitglied12@example.org")
    workflow.decline_invitation(invitation=absent, reason="Beispiel: Das macht unsere Schulverwaltung.")
    for number, each in enumerate([BEGUN, UNREACHABLE], start=31):
        workflow.invite(round=round, person=guest(number, each))
    workflow.begin_response(round=round, person=Person.objects.get(email="gast31@example.org"))
    round.invitations.exclude(person__email__in=NOT_MAILED).update(mailed_at=round.opened_at)
    refused = OutgoingMail.objects.create(
        recipient="gast32@example.org", subject=f"Fragebogen: {round.title}", text="", attempts=1, error=REFUSAL,
        created_at=round.opened_at, failed_at=round.opened_at,
    )  # fmt: skip
    Invitation.objects.filter(round=round, person__email=refused.recipient).update(last_mail=refused)


def load_reviews(round: Round) -> None:
    """The lead has begun to look through the examples, and has redacted one."""
    lead = User.objects.get(email="leitung@example.org")
    State = EntryReview.State
    states = [State.REVIEWED, State.REVIEWED, State.IN_REVIEW, State.UNUSABLE]
    examples = Entry.objects.filter(response__round=round, section_key="B").order_by("response__submitted_at")
    for entry, state in zip(examples, states, strict=False):
        workflow.judge_entry(entry=entry, state=state, note="", revision=0, by=lead)
    for each in filter(lambda each: "redacted" in each, returns()):
        response = round.responses.get(respondent__email=each["email"])
        for code, texts in each["redacted"].items():
            redact(entry_of(response, code), texts, lead)


def redact(entry: Entry, texts: dict, lead: User) -> None:
    facts = {"submission": entry.response.submissions.first(), "revision": workflow.review_of(entry).revision}
    workflow.redact_entry(entry=entry, texts=texts, by=lead, **facts)


def returns() -> list[dict]:
    """What members and guests answer, and what some of them changed later."""
    return json.loads(RESPONSES.read_text(encoding="utf-8"))


def load_responses(round: Round) -> None:
    """What members and invited guests answer; mitglied1 and mitglied8 leave theirs for trying out."""
    found = returns()
    people = [member(each) if "email" in each else guest(number, each) for number, each in enumerate(found, start=1)]
    invite(round, people)
    for number, (person, each) in enumerate(zip(people, found, strict=True), start=1):
        load_return(round, person, each, at=moment_of_return(round, number, len(found)))


def invite(round: Round, people: Iterable[Person]) -> None:
    """Let all of them respond."""
    Invitation.objects.bulk_create([Invitation(round=round, person=person) for person in people], ignore_conflicts=True)


def load_return(round: Round, person: Person, each: dict, *, at: datetime) -> None:
    """One exemplary response with its files; some were submitted a second time, one was changed and not submitted."""
    response = load_response(round, person, each["answers"], at=at)
    for code, name in each.get("files", {}).items():
        attach(entry_of(response, code), name, at=at - timedelta(minutes=5))
    submit(response, 1, at=at)
    if "later" in each:
        later = at + (timezone.now() - at) / 2
        change(response, each["later"], at=later)
        submit(response, 2, at=later)
    for key, drafts in each.get("unsent", {}).items():
        entry = entry_of(response, f"{key}1")
        workflow.save_entry(entry=entry, draft=entry.draft | drafts[0], revision=entry.revision)


def submit(response: Response, number: int, *, at: datetime) -> None:
    """Submit as people do, but dated back and without the mail that confirms it."""
    response.refresh_from_db(fields=["revision", "status", "submitted_at"])
    key = uuid5(NAMESPACE_URL, f"submission:{response.round.slug}:{response.respondent.email}:{number}")
    workflow.submit_response(response=response, revision=response.revision, key=key, confirm=False, at=at)


def change(response: Response, sections: dict, *, at: datetime) -> None:
    """Change entries in their order, add what comes beyond them, and remove those that have become null."""
    for key, drafts in sections.items():
        entries = response.entries.present().filter(section_key=key)
        for number, (entry, draft) in enumerate(zip_longest(entries, drafts, fillvalue={}), start=1):
            if not entry:
                Entry.objects.bulk_create(new_entries(response, key, [draft], at=at, first=number))
            elif draft is None:
                Entry.objects.filter(pk=entry.pk).update(removed_at=at)
            elif draft:
                Entry.objects.filter(pk=entry.pk).update(draft=entry.draft | draft, saved_at=at)


def entry_of(response: Response, code: str) -> Entry:
    """The entry that is called „B2“ here: the second of section B."""
    entry = response.entries.get(section_key=code[0], position=int(code[1:]))
    entry.response = response
    return entry


def attach(entry: Entry, name: str, *, at: datetime) -> None:
    """Upload an exemplary file to the question for documents (B9)."""
    upload = workflow.add_upload(entry=entry, question_key="B9", file=exemplary_file(name))
    Upload.objects.filter(pk=upload.pk).update(created_at=at)


def exemplary_file(name: str) -> SimpleUploadedFile:
    """A page on which stands „Beispiel“, as PNG or PDF as the name ends."""
    page = Image.new("RGB", (600, 400), "white")
    pen = ImageDraw.Draw(page)
    pen.rectangle((20, 20, 580, 380), outline="#2044aa", width=4)
    pen.text((60, 60), "Beispiel", fill="#131525", font_size=48)
    buffer = BytesIO()
    page.save(buffer, name.rpartition(".")[2].upper())
    return SimpleUploadedFile(name, buffer.getvalue())


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
    """Anlage 1 as the report dates it (section 6, b and c); who answers it is exemplary, the note says so."""
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
    closes_at = fields.pop("closes_at")
    open_today = {"closes_at": timezone.now() + timedelta(days=1)}
    round, is_new = Round.objects.get_or_create(slug="anlage-1-2021", defaults=fields | open_today)
    if is_new:
        load_returns_of_2021(round)
        Round.objects.filter(pk=round.pk).update(closes_at=closes_at)


def load_returns_of_2021(round: Round) -> None:
    """The exemplary members of that day are invited; most have answered, a few days apart, before the deadline."""
    people = Person.objects.members(date(2021, 5, 27)).filter(is_example=True)
    invite(round, people)
    round.invitations.update(mailed_at=round.opened_at)
    answered = [each for each in returns() if "email" in each]
    for number, each in enumerate(answered):
        at = round.opened_at + timedelta(days=3 + 5 * number, hours=14)
        submit(load_response(round, member(each), each["answers"], at=at), 1, at=at)


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


def load_response(round: Round, person: Person, sections: dict, *, at: datetime) -> Response:
    """The drafts of one exemplary response, written at once."""
    response = workflow.begin_response(round=round, person=person)
    singles = list(response.entries.filter(section_key__in=sections))
    for entry in singles:
        entry.draft, entry.saved_at = entry.draft | sections[entry.section_key][0], at
    Entry.objects.bulk_update(singles, ["draft", "saved_at"])
    write_repeating(response, sections, at)
    Response.objects.filter(pk=response.pk).update(created_at=at - timedelta(minutes=25))
    return response


def write_repeating(response: Response, sections: dict, at: datetime) -> None:
    """Entries of the sections that repeat; where there are none, „Dazu haben wir derzeit nichts“."""
    repeating = [section.key for section in response.round.definition if section.is_repeatable]
    entries = [entry for key in repeating for entry in new_entries(response, key, sections.get(key, []), at=at)]
    Entry.objects.bulk_create(entries)
    SkippedSection.objects.bulk_create(
        SkippedSection(response=response, section_key=key) for key in repeating if key not in sections
    )


def new_entries(response: Response, key: str, drafts: list[dict], *, at: datetime, first: int = 1) -> list[Entry]:
    """Entries of a section that are not stored yet."""
    return [
        Entry(
            response=response,
            section_key=key,
            position=number,
            draft=draft,
            saved_at=at,
            uuid=uuid_of(response, key, number),
        )
        for number, draft in enumerate(drafts, start=first)
    ]


def uuid_of(response: Response, section_key: str, number: int) -> UUID:
    """The same on every machine."""
    return uuid5(NAMESPACE_URL, f"entry:{response.round.slug}:{response.respondent.email}:{section_key}{number}")
