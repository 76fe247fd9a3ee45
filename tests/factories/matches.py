"""Pairs of the Vernetzung."""

import re

from ogl_portal.lib.models import OutgoingMail
from surveys import workflow
from surveys.models import Match, Response

from . import surveys
from .directory import make_member, make_person

PROJECT = {"D1": "Azubis im Netz finden", "D2": "Mehr Bewerbungen.", "D3": ["mint-nachwuchs"], "D5": ["plan-together"]}


def make_answered(round, *, project=None, **decisions) -> Response:
    """A submitted response of a member with a project, and what it allows: ``G3="yes"``."""
    person = make_member()
    workflow.invite(round=round, person=person)
    response = surveys.make_response(person, round)
    who = {"A1-organisation": "Haus", "A1-name": "Name", "A1-email": "n@example.org", "A2": "chamber"}
    surveys.fill(response, "A", who)
    surveys.make_entry(response, "D", PROJECT | (project or {}))
    surveys.fill(response, "F", {name: decisions.pop(name) for name in ["F1", "F2"] if name in decisions})
    surveys.fill(response, "G", {"G5": "yes"} | decisions)
    surveys.submit(response)
    response.refresh_from_db()
    return response


def make_match(*, first=None, second=None, is_approved=True) -> Match:
    """A pair of two responses of one round; ``first`` and ``second`` say what each allows (both all)."""
    round, everything = surveys.make_round(), {"G3": "yes", "G4": "yes"}
    for decisions in [first, second]:
        make_answered(round, **(everything if decisions is None else decisions))
    workflow.find_matches(round=round)
    match = Match.objects.get(round=round)
    if is_approved:
        workflow.approve_match(match=match, by=None)
    return Match.objects.with_sides().get(pk=match.pk)


def make_hand_match(**people) -> Match:
    """An approved pair entered by hand, both sides from a published source; ``first`` and ``second`` are persons."""
    match = Match.objects.create(reason="beide: Ausbildungsmarketing")
    for position, name in enumerate(["first", "second"], start=1):
        person = people.get(name) or make_person()
        facts = {"title": f"Vorhaben {position}", "organisation": person.organisation, "source": "Report"}
        match.sides.create(position=position, person=person, **facts)
    workflow.approve_match(match=match, by=None)
    return match


def consent_token(match: Match) -> str:
    """Ask both sides, and return the token that the first one was sent."""
    workflow.introduce_match(match=match, by=None)
    side = match.sides.first()
    text = OutgoingMail.objects.filter(recipient=side.contact.email).latest("pk").text
    return re.search(r"/einwilligung/([\w-]+)/", text)[1]
