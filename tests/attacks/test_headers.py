"""Headers: every answer of every address carries the strict policies, errors, files and the admin included.

The policies themselves and HTTPS: tests/lib/test_headers.py; the cookies of production: test_session_fixation.py; what
nginx sets: tests/test_deploy.py.
"""

import pytest
from django.db import OperationalError

from ogl_portal.lib import throttle
from ogl_portal.views import HomeView
from tests.cast import undone

from .asking import ask, path_of, rows

EVERYWHERE = {
    "X-Frame-Options": {"DENY"},
    "X-Content-Type-Options": {"nosniff"},
    "Referrer-Policy": {"same-origin", "no-referrer"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
    "Cross-Origin-Resource-Policy": {"same-origin"},
}
DISCREET = {
    "Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"
}  # fmt: skip
CALENDAR = DISCREET | {"Cache-Control": "private, no-cache"}  # programs ask whether it is still the same


def lacking(response) -> list[str]:
    """What is missing or too weak in the headers of an answer."""
    headers = response.headers
    wrong = [name for name, allowed in EVERYWHERE.items() if headers.get(name) not in allowed]
    if headers.get("Access-Control-Allow-Origin") == "*" or headers.get("Content-Type") == "image/png":
        wrong = [name for name in wrong if name != "Cross-Origin-Resource-Policy"]  # open data, and pictures to share
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy or "http" in policy or "*" in policy:
        wrong.append("Content-Security-Policy")
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        wrong.append("Permissions-Policy")
    return wrong


@pytest.mark.parametrize(("role", "method"), [("member", "POST"), ("lead", "GET")])
def test_every_answer_carries_the_policies(role, method, lasting_people, lasting_world, quick_documents):
    asked = [row for row in rows(method) if role != "lead" or row.name.startswith("admin:")]
    answers = {str(row): ask(lasting_people[role], method, path_of(row, lasting_world)) for row in asked}
    assert {row: lacking(answer) for row, answer in answers.items() if lacking(answer)} == {}
    cookies = {row: set(answer.cookies) - {"csrftoken", "sessionid"} for row, answer in answers.items()}
    assert {row: names for row, names in cookies.items() if names} == {}


def may_be_shared(response) -> bool:
    return "public" in response.get("Cache-Control", "")


def test_page_carries_the_policies_and_what_caches_may_share_is_the_same_for_everybody(
    lasting_people, lasting_world, quick_documents
):
    """And whatever else somebody with a session gets is theirs alone."""
    shared = 0
    for row in [row for row in rows("GET") if not row.name.startswith("admin:")]:
        path = path_of(row, lasting_world)
        own = ask(lasting_people["member"], "GET", path)
        assert lacking(own) == [], row
        if may_be_shared(own):
            shared += 1
            assert own.getvalue() == ask(lasting_people["visitor"], "GET", path).getvalue(), row
        else:
            assert {"private", "no-store"} & set(own["Cache-Control"].split(", ")), row
    assert shared > 8


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_address_with_a_token_is_passed_on_and_kept_nowhere(method, lasting_people, lasting_world):
    asked = [row for row in rows(method) if "token" in lasting_world[row.case] and row.expected["visitor"] != 404]
    assert len(asked) > 18
    visitor, wrong = lasting_people["visitor"], {}
    for row in asked:
        answer = ask(visitor, method, path_of(row, lasting_world))
        expected = CALENDAR if row.name == "sessions_app:personal-calendar" else DISCREET
        if (found := {name: answer.get(name) for name in DISCREET}) != expected:
            wrong[str(row)] = found
    assert wrong == {}


def raise_error(error):
    def fail(*args, **kwargs):
        raise error

    return fail


def refusal(status: int, people, monkeypatch):
    """An answer with the status, each made in its own way."""
    client, data = people["member"].client, {"email": "x@example.org"}
    if status in {500, 503}:
        error = ValueError if status == 500 else OperationalError
        monkeypatch.setattr(HomeView, "get", raise_error(error))
        monkeypatch.setattr(client, "raise_request_exception", False)
        return client.get("/")
    if status == 403:
        return client.get("/admin/login/")
    monkeypatch.setattr(throttle, "allow", lambda *args, **kwargs: status != 429)
    posted = {413: dict.fromkeys(map(str, range(1001)), "x"), 429: data}
    if status in posted:
        return client.post("/anmelden/", posted[status])
    paths = {
        400: "/suche/?q=%00",
        404: "/gibt-es-nicht/",
        405: "/mein-bereich/geraete/beenden/",
        410: "/abo/unbekannt/",
    }
    return client.get(paths[status])


@pytest.mark.logs_errors
@pytest.mark.parametrize("status", [400, 403, 404, 405, 410, 413, 429, 500, 503])
def test_every_refusal_carries_the_policies_and_is_kept_by_no_shared_cache(status, lasting_people, monkeypatch):
    with undone(lasting_people["member"]):
        response = refusal(status, lasting_people, monkeypatch)
    assert response.status_code == status
    assert lacking(response) == []
    assert {"private", "no-store"} & set(response["Cache-Control"].split(", "))
