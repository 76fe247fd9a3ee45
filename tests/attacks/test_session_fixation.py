"""Fixation: every way in gives the browser a new session id, every way out ends it on the server, and no id is adopted.

The code and its half hour: tests/directory/test_admin_guard.py; the list of signed-in browsers: test_browsers.py there.
"""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from ogl_portal import settings as production
from ogl_portal.directory import second_factor
from ogl_portal.directory.models import SignedInBrowser, User
from ogl_portal.directory.workflow import create_sign_in_link
from surveys.models import PersonalLink
from surveys.workflow import links
from tests import cast
from tests.factories.surveys import make_round
from tests.second_factor import code_of, code_of_key, give_factor

pytestmark = pytest.mark.django_db
OWN = "/mein-bereich/"
CHOSEN = "a" * 32
COOKIES = ["NAME", "SECURE", "HTTPONLY", "SAMESITE", "PATH", "DOMAIN"]


def session_id(client: Client) -> str | None:
    cookie = client.cookies.get("sessionid")
    return cookie.value if cookie else None


def opens(session: str) -> bool:
    """Whether somebody who only knows the id is let in with it."""
    return Client(headers={"Cookie": f"sessionid={session}"}).get(OWN).status_code == 200


def sign_in(client: Client, user: User):
    return client.post(create_sign_in_link(user=user))


def test_id_that_somebody_else_chose_is_adopted_by_no_sign_in(member):
    client = Client()
    client.cookies["sessionid"] = CHOSEN
    client.get("/anmelden/")
    assert not Session.objects.filter(pk=CHOSEN).exists()
    sign_in(client, member.user)
    assert session_id(client) != CHOSEN and client.get(OWN).status_code == 200
    assert not Session.objects.filter(pk=CHOSEN).exists() and not opens(CHOSEN)


def test_id_from_before_the_sign_in_is_worth_nothing_after_it(member, other_member):
    """Also where the attacker's own, signed-in session was put into the browser."""
    planted = session_id(other_member.client)
    victim = Client()
    victim.cookies["sessionid"] = planted
    sign_in(victim, member.user)
    assert session_id(victim) != planted
    assert not opens(planted)
    assert victim.get(OWN).context["person"] == member.person


@pytest.fixture
def proving(lead):
    """A lead who has signed in by mail only."""
    give_factor(lead.user)
    lead.client = Client()
    sign_in(lead.client, lead.user)
    return lead


def give_code(actor) -> None:
    actor.client.post("/mein-bereich/zweiter-faktor/code/", {"code": code_of(actor.user)})


def set_up_anew(actor) -> None:
    cast.sign_in(actor.client, User.objects.get(pk=actor.user.pk))
    actor.client.get("/mein-bereich/zweiter-faktor/einrichten/")
    key = actor.client.session["second_factor_key"]
    actor.client.post("/mein-bereich/zweiter-faktor/einrichten/", {"code": code_of_key(key)})


def open_personal_link(actor) -> None:
    round = make_round(actor.person)
    _, url = links.create_link(invitation=round.invitations.get(), email=actor.person.email)
    actor.client.post(url.removeprefix("http://testserver"))
    assert PersonalLink.objects.get(invitation__round=round).used_at


def type_in_a_paper(actor) -> None:
    give_code(actor)
    before = session_id(actor.client)
    round = make_round(actor.person)
    actor.client.post("/admin/surveys/response/papier/", {"_begin": "1", "round": round.pk, "person": actor.person.pk})
    assert actor.client.session["paper_returns"] and session_id(actor.client) != before


@pytest.mark.parametrize("step", [give_code, set_up_anew, open_personal_link, type_in_a_paper])
def test_step_that_opens_more_changes_the_id_and_keeps_the_browser_in_the_list(proving, step):
    before = session_id(proving.client)
    step(proving)
    after = session_id(proving.client)
    assert after != before and not opens(before) and opens(after)
    assert SignedInBrowser.objects.filter(user=proving.user, session=after).exists()


def sign_out(actor) -> None:
    actor.client.post("/abmelden/")


def reset_the_factor(actor) -> None:
    second_factor.reset(user=actor.user, by="Systemverwaltung")


def end_from_elsewhere(actor) -> None:
    other = Client()
    sign_in(other, actor.user)
    other.post("/mein-bereich/geraete/beenden/")


def lock_out(actor) -> None:
    User.objects.filter(pk=actor.user.pk).update(is_active=False)


@pytest.mark.parametrize("step", [sign_out, reset_the_factor, end_from_elsewhere, lock_out])
def test_step_that_ends_a_sign_in_makes_its_id_worthless(proving, step):
    give_code(proving)
    session = session_id(proving.client)
    assert opens(session)
    step(proving)
    assert not opens(session)


def test_cookies_of_production_are_bound_to_host_https_and_our_own_pages(member, settings):
    """``__Host-`` lets no other host of the domain set or see them (RFC 6265bis, 4.1.3.2)."""
    for name in [f"{kind}_COOKIE_{what}" for kind in ["SESSION", "CSRF"] for what in COOKIES]:
        if hasattr(production, name):
            setattr(settings, name, getattr(production, name))
    client = Client()
    client.get("/anmelden/", secure=True)
    client.post(create_sign_in_link(user=member.user), secure=True)
    assert set(client.cookies) == {"__Host-sessionid", "__Host-csrftoken"}
    for cookie in client.cookies.values():
        bound = (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"])
        assert bound == (True, True, "Lax", "/", "")
