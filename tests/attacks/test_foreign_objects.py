"""Access, foreign objects: what belongs elsewhere is as unknown as what does not exist, under every address.

What belongs to somebody else under its own address: the columns of members and leads in tests/access_matrix.py.
"""

from collections import defaultdict
from uuid import uuid4

import pytest
from django.urls import reverse

from sessions_app.models import Report, WorkshopTopic
from surveys.models import Round
from surveys.workflow import responses, rounds
from tests import access_matrix
from tests.addresses import all_addresses
from tests.cast import undone
from tests.factories.topics import make_topic
from tests.world import make_round

from .asking import ask

pytestmark = pytest.mark.usefixtures("quick_documents", "quick_refusals")
OBJECTS = {"uuid", "number", "pk", "comment"}
"""Placeholders that name a row of a table; the others name something that it belongs to, or no object at all."""
COUNTED = {"sessions_app:report-comment"}
"""Here the number counts the sections of each report, and is no object's own."""
NOWHERE = {"uuid": uuid4(), "number": 98_765_432, "pk": 98_765_432, "comment": 98_765_432}


ADDED = {"entry of the second round": "fragebogen/", "topic beside": "themen/", "topic elsewhere": "themen/"}


@pytest.fixture
def elsewhere(lasting_people, lasting_world):
    """The world, with a second open round and further topics of the member: so every parent has a foreign child."""
    member = lasting_people["member"]
    with undone(member):
        second = make_round(Round.objects.get(slug="laufend").version, "zweite", days=20)
        rounds.open_round(round=second)
        response = responses.begin_response(round=second, person=member.person)
        entry = responses.add_entry(response=response, section_key="B", uuid=uuid4())
        beside = make_topic(collection=WorkshopTopic.objects.get().collection, proposed_by=member.user)
        other = make_topic(proposed_by=member.user)
        yield lasting_world | {
            "entry of the second round": {"slug": "zweite", "uuid": entry.uuid},
            "topic beside": {"slug": beside.collection.event.slug, "number": beside.pk},
            "topic elsewhere": {"slug": other.collection.event.slug, "number": other.pk},
        }


def parents(world: dict) -> dict[tuple[str, str], set]:
    """All values that stand in for a placeholder, by the beginning of the address and the placeholder."""
    beginnings = {address.name: address.route.partition("<")[0] for address in all_addresses()}
    known = defaultdict(set)
    for row in access_matrix.ROWS:
        for name, value in world[row.case].items():
            known[beginnings[row.name], name].add(value)
    for case, beginning in ADDED.items():
        for name, value in world[case].items():
            known[beginning, name].add(value)
    return {(name, key): known[beginnings[name], key] for name in beginnings for _, key in list(known)}


def swapped(world: dict):
    """Each address of an object with another parent in front of it; beside it the same with an object of nowhere."""
    known = parents(world)
    for row in access_matrix.ROWS:
        kwargs = world[row.case]
        if row.name in COUNTED or len(kwargs) < 2 or list(kwargs)[-1] not in OBJECTS:
            continue
        *upper, last = kwargs
        for name in upper:
            for value in known[row.name, name] - {kwargs[name]}:
                foreign = kwargs | {name: value}
                if foreign not in world.values():  # a case that is foreign itself comes home that way
                    yield row, foreign, foreign | {last: NOWHERE[last]}


@pytest.mark.parametrize("role", ["visitor", "member", "other_member", "lead"])
def test_object_under_another_parent_is_as_unknown_as_one_of_nowhere(role, lasting_people, elsewhere):
    actor, wrong, number = lasting_people[role], [], 0
    for row, foreign, nowhere in swapped(elsewhere):
        here, there = (reverse(row.name, kwargs=kwargs) for kwargs in [foreign, nowhere])
        found, missing = ask(actor, row.method, here), ask(actor, row.method, there)
        number += 1
        if found.status_code != missing.status_code or found.status_code == 200 or found.tables:
            wrong.append((str(row), here, found.status_code, missing.status_code, found.tables))
    assert wrong == []
    assert number > 100


def answers(actor, page: str, report, versions) -> dict[str, int]:
    path = reverse(f"sessions_app:{page}", args=[report.slug])
    return {version: ask(actor, "GET", path, {"version": version}).status_code for version in versions}


def test_text_and_versions_of_a_report_are_readable_for_whom_they_are(lasting_people, lasting_world):
    """``?version=`` is no way around: the draft of a released report is its writers', an unknown version is 404."""
    report = Report.objects.get(slug="mit-anlagen")
    asked = {"": 200, "1": 200, "2": 404, "entwurf": 404, "0": 404, "-1": 404, "９": 404, "1" * 30: 404}
    for role in ["visitor", "guest", "member", "lead"]:
        expected = asked | ({"entwurf": 200} if role == "lead" else {})
        assert answers(lasting_people[role], "report-detail", report, asked) == expected, role
        hidden = {word: 404 for word, status in expected.items() if status == 404}
        assert answers(lasting_people[role], "report-pdf", report, hidden) == hidden, role
