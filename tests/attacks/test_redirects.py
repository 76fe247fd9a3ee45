"""Open redirects: no address of the portal sends anybody to another one, whatever it is asked for.

What the sign-in keeps of a wanted page: tests/directory/test_views.py; the code: tests/directory/test_second_factor.py.
"""

from itertools import cycle
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from ogl_portal.directory.models import SignInLink
from ogl_portal.directory.workflow import create_sign_in_link
from ogl_portal.lib.mail import deliver_outbox
from tests import cast
from tests.cast import undone
from tests.second_factor import code_of, give_factor

from .asking import ask, path_of, rows

KEYWORDS = ["next", "von", "back", "zurueck", "page", "url", "redirect", "return", "to", "mehr", "_continue",
            "_changelist_filters", "_popup", "_to_field", "_save", "version", "runde"]  # fmt: skip
"""What our own pages, Django's admin, and the pages of others take for the way on."""
ELSEWHERE = [
    "//evil.example/", "///evil.example/", "////evil.example", "https://evil.example/", "http:evil.example",
    "https:/evil.example", "https:///evil.example", "HTTPS://EVIL.EXAMPLE", "\\\\evil.example", "/\\evil.example",
    "\\/evil.example", "/\t/evil.example", "\t//evil.example", "/\n/evil.example", "\r\nLocation: https://evil.example",
    " https://evil.example", "\u00a0//evil.example", "https://testserver@evil.example/",
    "https://testserver.evil.example/", "http://testserver:80@evil.example", "//testserver\\@evil.example",
    "javascript:alert(document.domain)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>",
    "vbscript:x", "evil.example", ".evil.example", "／／evil.example", "//evil。example",
    "ftp://evil.example", "mailto:x@evil.example", "//[::1]/", "//[", "https://evil.example#@testserver",
]  # fmt: skip
PATHS = [
    "//evil.example", "//evil.example/", "//evil.example/admin", "//evil.example/admin/", "///evil.example/admin",
    "/admin//evil.example", "/admin//evil.example/..", "/admin/\\\\evil.example", "/\\evil.example", "/\t/evil.example",
    "/termine//evil.example", "//evil.example/%2e%2e", "/.//evil.example", "/admin/directory/person//evil.example",
]  # fmt: skip
HOME = "http://testserver"


def stays_here(location: str) -> bool:
    """Whether a browser that is sent there stays: it drops tabs and line ends, and takes a backslash for a slash."""
    read = location.strip("\0 ").translate({9: None, 10: None, 13: None}).replace("\\", "/")
    parts = urlsplit(urljoin(f"{HOME}/anmelden/", read))
    return f"{parts.scheme}://{parts.netloc}" == HOME


@pytest.mark.parametrize(
    ("role", "method"), [("visitor", "GET"), ("member", "POST"), ("lead", "GET"), ("lead", "POST")]
)
def test_no_address_sends_away_whatever_its_parameters_name(
    role, method, lasting_people, lasting_world, quick_documents
):
    vectors, away, sent = cycle(vector for vector in ELSEWHERE if vector.isprintable()), [], 0
    for row in [row for row in rows(method) if role != "lead" or row.name.startswith("admin:")]:
        data = dict.fromkeys(KEYWORDS, next(vectors))
        location = ask(lasting_people[role], method, path_of(row, lasting_world), data).get("Location", "")
        sent += bool(location)
        if not stays_here(location):
            away.append((str(row), data["next"], location))
    assert away == []
    assert sent


def test_sign_in_leads_to_no_page_of_others(lasting_people):
    member, led = lasting_people["member"], {}
    for vector in ELSEWHERE:
        with undone(member):
            Client().post("/anmelden/", {"email": member.user.email, "next": vector})
            stored = SignInLink.objects.get(user=member.user, used_at=None).next_path
            path = create_sign_in_link(user=member.user, next_path=vector)
            led[vector] = (stored, Client().post(path).url)
    assert set(led.values()) == {("", "/mein-bereich/")}


def test_second_factor_leads_to_no_page_of_others(lasting_people):
    lead, led = lasting_people["lead"], set()
    with undone(lead):
        give_factor(lead.user)
        cast.sign_in(lead.client, lead.user)
        for vector in ELSEWHERE:
            led.add(lead.client.get("/mein-bereich/zweiter-faktor/code/", {"next": vector}).url)
            led.add(lead.client.get("/admin/login/", {"next": vector}).url)
            led.add(lead.client.post("/admin/login/", {"next": vector}, query_params={"next": vector}).url)
            page = lead.client.get("/mein-bereich/zweiter-faktor/einrichten/", {"next": vector})
            assert page.context["next"] == "", vector
        lead.client.force_login(lead.user)
        given = {"code": code_of(lead.user), "next": ELSEWHERE[0]}
        led.add(lead.client.post("/mein-bereich/zweiter-faktor/code/?next=//evil.example", given).url)
    assert led == {"/admin/"}


def test_visitor_at_the_door_of_the_admin_is_led_to_it_alone(lasting_people):
    visitor, wanted = lasting_people["visitor"], set()
    for vector in ELSEWHERE:
        query = urlsplit(visitor.client.get("/admin/login/", {"next": vector}).url).query
        wanted.add(parse_qs(query)["next"][0])
    assert wanted == {"/admin/"}


@pytest.mark.parametrize("role", ["visitor", "lead"])
def test_path_that_looks_like_another_site_is_not_followed(role, lasting_people):
    led = set()
    for path in PATHS:
        location = lasting_people[role].client.get("/", PATH_INFO=path).get("Location", "")
        led |= {location, *parse_qs(urlsplit(location).query).get("next", [])}
    assert [location for location in led if not stays_here(location)] == []


@pytest.mark.django_db
def test_header_of_another_host_reaches_no_mail_and_no_redirect(member):
    client = Client()
    data = {"email": member.user.email}
    assert client.post("/anmelden/", data, headers={"Host": "evil.example"}).status_code == 400
    names = ["X-Forwarded-Host", "X-Forwarded-Server", "X-Host", "X-Original-URL", "X-Rewrite-URL"]
    forged = dict.fromkeys(names, "evil.example") | {"Forwarded": "host=evil.example"}
    answer = client.post("/anmelden/", data, headers=forged)
    assert answer.url == reverse("directory:sign-in-sent")
    deliver_outbox()
    assert "evil.example" not in mail.outbox[-1].body + str(mail.outbox[-1].alternatives)
