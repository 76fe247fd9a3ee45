"""Enumeration: nobody learns from an answer which addresses, accounts or hidden things there are.

Limits, and what the sign-in mails: tests/directory/test_workflow.py and test_sign_in_limits.py.
"""

import re
from collections import defaultdict
from uuid import uuid4

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from ogl_portal.directory.models import GroupSubscription, TargetGroup
from ogl_portal.lib import throttle
from ogl_portal.lib.spam import Seal
from sessions_app.models import Event, Series, Subscription
from tests.cast import undone
from tests.factories.registrations import make_registration

from .asking import ask, path_of, rows

NOWHERE = {"slug": "gibt-es-nicht", "uuid": uuid4(), "number": 98_765_432, "pk": 98_765_432, "comment": 98_765_432,
           "key": uuid4(), "token": "gibtesnicht"}  # fmt: skip
OWN_TO_EACH = re.compile(
    r'(name="(?:csrfmiddlewaretoken|seal)" value=")[^"]*|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}'
)
UNKNOWN = "niemand@example.org"
OWN = {"single-entry", "removed-entry"}
"""Entries of the member: each has pages that show no entry of its kind."""
POSTS = {row.as_post for row in rows("POST")}
LOOKING_UP = {"/anmelden/", "/serien/serie/abonnieren/", "/termine/mit-anmeldung/anmelden/"}
"""What these pages do depends on the address; with each page of a target group they take as long for every one."""


def said(response, *differing: str) -> tuple:
    """What somebody can see of an answer, without what differs from page to page."""
    text = OWN_TO_EACH.sub("…", response.getvalue().decode())
    for each in differing:
        text = text.replace(each, "…")
    return response.status_code, OWN_TO_EACH.sub("…", response.get("Location", "")), text


# Hidden things


def path_of_nothing(row, world: dict) -> str:
    """The address of a row with an object that does not exist in the place of its own."""
    *upper, last = world[row.case]
    return reverse(row.name, kwargs={name: world[row.case][name] for name in upper} | {last: NOWHERE[last]})


def hidden_from(role: str) -> set[str]:
    """The cases that no page shows to this role, and that some page denies to be."""
    statuses = defaultdict(set)
    for row in rows("GET"):
        statuses[row.case].add(row.expected[role])
    return {case for case, found in statuses.items() if 404 in found and 200 not in found} - OWN


@pytest.mark.parametrize("role", ["visitor", "guest", "member"])
def test_hidden_thing_is_answered_as_one_that_does_not_exist(role, lasting_people, lasting_world):
    actor, wrong, number = lasting_people[role], [], 0
    for row in [row for method in ["GET", "POST"] for row in rows(method) if row.case in hidden_from(role)]:
        here, there = path_of(row, lasting_world), path_of_nothing(row, lasting_world)
        found, missing = ask(actor, row.method, here), ask(actor, row.method, there)
        number += 1
        if found.status_code != missing.status_code or (found.status_code == 404 and said(found) != said(missing)):
            wrong.append((str(row), found.status_code, missing.status_code))
    assert wrong == []
    assert number > 25


# Addresses


@pytest.fixture
def known(lasting_people, lasting_world):
    """An address that signs in, is subscribed to everything and registered for everything."""
    member = lasting_people["member"]
    with undone(member):
        email = member.user.email
        for series in Series.objects.all():
            Subscription.objects.get_or_create(email=email, series=series)
        for group in TargetGroup.objects.all():
            GroupSubscription.objects.get_or_create(email=email, group=group)
        for event in Event.objects.filter(takes_registrations=True).exclude(registrations__email=email):
            make_registration(event, email=email)
        yield email


@pytest.fixture
def waited(settings, monkeypatch) -> list[float]:
    """How long the portal slept, to answer everybody after the same time; nobody waits here."""
    settings.SIGN_IN_ANSWER_SECONDS, seconds = 1000.0, []
    monkeypatch.setattr(throttle.time, "sleep", seconds.append)
    return seconds


def fill(form: forms.BaseForm, email: str) -> dict:
    """Something for every field that asks for it."""
    return {name: sample(field, email) for name, field in form.fields.items() if name != "homepage"} | {
        "seal": str(Seal.fresh(age=60))
    }


def sample(field: forms.Field, email: str):
    if isinstance(field, forms.EmailField):
        return email
    if isinstance(field, forms.ChoiceField):
        return next(value for value, _ in field.choices if value)
    if isinstance(field, forms.IntegerField):
        return 2024
    return "" if isinstance(field, forms.URLField) else "Wort"


def pages_that_ask_for_an_address(world: dict) -> dict[str, forms.BaseForm]:
    """Every page with a form for visitors in which an address is typed."""
    pages = {}
    for row in [row for row in rows("GET") if row.expected["visitor"] == 200 and row.as_post in POSTS]:
        path = path_of(row, world)
        form = (Client().get(path).context or {}).get("form")
        if form and any(isinstance(field, forms.EmailField) for field in form.fields.values()):
            pages[path] = form
    return pages


def answer_to(path: str, form: forms.BaseForm, email: str, waited: list) -> tuple:
    """What is said to somebody who types this address, and whether it took as long as for everybody."""
    del waited[:]
    answer = Client().post(path, fill(form, email))
    assert answer.status_code == 302, (path, answer.context["form"].errors)
    return said(answer, email), bool(waited)


def test_form_answers_a_known_address_as_an_unknown_one(known, waited, lasting_world):
    pages = pages_that_ask_for_an_address(lasting_world)
    assert len(pages) >= 8
    answers = {
        path: [answer_to(path, form, email, waited) for email in [known, UNKNOWN]] for path, form in pages.items()
    }
    assert [path for path, (one, other) in answers.items() if one != other] == []
    slow = {path for path, ((_, has_waited), _) in answers.items() if has_waited}
    assert {path for path in pages if path in LOOKING_UP or path.startswith("/zielgruppen/")} == slow
    assert len(slow) == 4
