"""Somebody takes a consent back and then the whole answer: with a click each, on a phone and without JavaScript too."""

import re

import pytest
from playwright.sync_api import expect

from ogl_portal.directory.workflow import create_sign_in_link
from surveys.models import Response
from tests.factories.surveys import fill, make_complete_response, submit

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def demo(live_server, member):
    """One submitted response with a consent: the demo's data would take seconds to load."""
    response = make_complete_response(member.person)
    fill(response, "G", {"G2": "yes"})
    submit(response)
    return live_server.url


@pytest.mark.parametrize(
    "options", [{}, {"size": PHONE, "javascript": False}], ids=["desktop", "phone-without-javascript"]
)
def test_member_withdraws_a_consent_and_deletes_the_response(set_out, demo, options):
    response = Response.objects.filter(respondent__user__isnull=False, consents__value="yes").distinct().first()
    walk = set_out(**options)
    walk.go(create_sign_in_link(user=response.respondent.user))
    walk.press("Jetzt anmelden")
    walk.go(response.round.get_absolute_url())
    assert walk.fetch("Meine Antworten als PDF").startswith(b"%PDF-")
    walk.follow("Meine Freigaben ansehen oder widerrufen")
    agreed = response.consents.current().filter(value="yes")
    before = agreed.count()
    walk.press(re.compile("^Widerrufen"), inside="main")
    walk.sees("widerrufen")
    assert agreed.count() == before - 1
    walk.go(response.round.get_absolute_url())
    walk.follow("Meine Rückmeldung löschen")
    walk.follow("Nicht löschen")
    walk.follow("Meine Rückmeldung löschen")
    walk.press("Endgültig löschen")
    expect(walk.page.get_by_role("status")).to_contain_text("gelöscht")
    assert not Response.objects.filter(pk=response.pk).exists()
