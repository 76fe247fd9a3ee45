"""Access, requests that a foreign page sends for somebody who is signed in: no address takes one.

What a page of ours without a referrer sends: tests/directory/test_views.py; a form that the guard of the admin repeats:
tests/directory/test_admin_guard.py.
"""

import pytest
from django.conf import settings as portal
from django.http import HttpResponse
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.urls import resolve

from ogl_portal.lib.addresses import SecretAddressMixin
from tests.cast import sign_in, undone

from .asking import every_path

FOR_PROGRAMS = {"/abo/beispiel/abbestellen/", "/zielgruppen/abo/beispiel/abbestellen/"}
"""A mail program posts here, without cookies: the token in the address is what it needs (RFC 8058)."""
REFUSED = 419


def refuse(request, reason=""):
    """Stands in for the page that says so, and tells it from every other refusal."""
    return HttpResponse(status=REFUSED)


@pytest.fixture
def victim(lasting_people, settings):
    """A lead whose browser holds the cookies of session and CSRF, and sends them along."""
    settings.CSRF_FAILURE_VIEW = f"{__name__}.refuse"
    actor = lasting_people["lead"]
    with undone(actor):
        actor.strict = Client(enforce_csrf_checks=True)
        sign_in(actor.strict, actor.user)
        actor.secret = _get_new_csrf_string()
        actor.strict.cookies[portal.CSRF_COOKIE_NAME] = actor.secret
        yield actor


def taking(victim, data: dict, **headers) -> set[str]:
    """The addresses that look at what was posted."""
    return {path for path in every_path() if victim.strict.post(path, data, headers=headers).status_code != REFUSED}


def test_post_without_the_token_is_taken_nowhere_but_from_mail_programs(victim):
    assert taking(victim, {"action": "end"}) == FOR_PROGRAMS


def test_post_from_another_origin_is_refused_even_with_the_token(victim):
    assert taking(victim, {"csrfmiddlewaretoken": victim.secret}, origin="https://evil.example") == FOR_PROGRAMS


def test_post_without_an_origin_is_taken_with_the_token_by_secret_addresses_alone(victim):
    views = {path: getattr(resolve(path).func, "view_class", object) for path in every_path()}
    secret = {path for path, view in views.items() if issubclass(view, SecretAddressMixin)}
    assert len(secret) > 6
    assert taking(victim, {"csrfmiddlewaretoken": victim.secret}, origin="null") == secret | FOR_PROGRAMS
    own = victim.strict.post(
        "/kontakt/", {"csrfmiddlewaretoken": victim.secret}, headers={"Origin": "http://testserver"}
    )
    assert own.status_code == 200
