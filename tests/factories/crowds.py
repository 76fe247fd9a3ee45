"""Many responses at once, written straight into the tables: what reads them cannot tell."""

from uuid import uuid4

from django.utils import timezone

from ogl_portal.directory.models import Organisation, Person, TargetGroup
from surveys.models import Answer, Coding, Entry, Need, Response, Round

from . import numbers
from .needs import LEARNED, WISH

NEEDS = 40
"""So many different needs a round says, about."""


def make_crowd(round: Round, count: int, *, coded: int = 3) -> list[Entry]:
    """So many organisations with a submitted experience each, in which as many passages are coded; the entries."""
    first = next(numbers) * 100_000
    names = [f"Haus {first + number}" for number in range(count)]
    houses = Organisation.objects.bulk_create(
        [Organisation(name=name, slug=f"haus-{first + number}") for number, name in enumerate(names)], batch_size=500
    )
    people = Person.objects.bulk_create(
        [Person(family_name=house.name, email=f"{house.slug}@example.org", organisation=house) for house in houses],
        batch_size=500,
    )
    facts = {"round": round, "status": Response.Status.SUBMITTED, "submitted_at": timezone.now()}
    responses = Response.objects.bulk_create(
        [Response(respondent=person, organisation=person.organisation, **facts) for person in people], batch_size=500
    )
    entries = Entry.objects.bulk_create([Entry(response=each, section_key="C") for each in responses], batch_size=500)
    answers = [Answer(entry=entry, question_key="C3", value=LEARNED) for entry in entries]
    Answer.objects.bulk_create(answers, batch_size=500)
    code(entries, coded)
    return entries


def code(entries: list[Entry], times: int) -> None:
    """Code every entry so many times, with all needs and target groups in turn."""
    for number in range(Need.objects.count(), NEEDS):
        moment = {"released_at": timezone.now(), "status": Need.Status.RELEASED}
        Need.objects.create(title=f"Bedarf Nummer {number}", slug=f"nummer-{number}", **moment)
    needs, groups = list(Need.objects.current()), list(TargetGroup.objects.all())
    start = LEARNED.index(WISH)
    place = {"question_key": "C3", "start": start, "end": len(LEARNED), "quote": WISH}
    codings = []
    for number, entry in enumerate(entries):
        token, facts = uuid4(), {"entry": entry, "response": entry.response, "round": entry.response.round}
        for time in range(times):
            need, group = needs[(number + 7 * time) % len(needs)], groups[(number // 3 + time) % len(groups)]
            codings.append(Coding(need=need, target_group=group, organisation_token=token, **facts, **place))
    Coding.objects.bulk_create(codings, batch_size=500)
