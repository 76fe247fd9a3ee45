import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from ogl_portal.directory import workflow
from ogl_portal.directory.models import MailPreference, SignInLink, User
from ogl_portal.directory.views import safe_next
from ogl_portal.lib.models import OutgoingMail

pytestmark = pytest.mark.django_db

SIGN_IN = "/anmelden/"
SENT = "/anmelden/gesendet/"


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def text_of(response) -> str:
    """The page without what differs in every answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def test_sign_in_page_asks_for_the_email(visitor):
    page = visitor.client.get(SIGN_IN).content.decode()
    assert 'autocomplete="email"' in page
    assert "password" not in page


def test_sign_in_page_remembers_where_somebody_wanted_to_go(visitor):
    for page in [
        visitor.client.get(SIGN_IN, {"next": "/termine/"}),
        visitor.client.post(SIGN_IN, {"next": "/termine/"}),
    ]:
        assert page.status_code == 200 and 'value="/termine/"' in page.content.decode()


def test_sign_in_answers_known_and_unknown_addresses_identically(visitor, member):
    answers = []
    for email in [member.user.email, "niemand@example.org"]:
        response = visitor.client.post(SIGN_IN, {"email": email})
        assert (response.status_code, response.url) == (302, SENT)
        answers.append(text_of(visitor.client.get(response.url)))
    assert answers[0] == answers[1]
    assert OutgoingMail.objects.count() == 1


def test_sign_in_beyond_the_limit_answers_429_for_known_and_unknown_addresses(visitor, member):
    answers = []
    for email in [member.user.email, "mia@example.org"]:
        for _ in range(workflow.LINKS_PER_ADDRESS):
            visitor.client.post(SIGN_IN, {"email": email})
        response = visitor.client.post(SIGN_IN, {"email": email})
        assert response.status_code == 429
        answers.append(text_of(response).replace(email, "…"))
    assert answers[0] == answers[1]
    assert "in einer Stunde" in answers[0]


@pytest.mark.parametrize(
    ("email", "message", "kept"),
    [
        ("", "Bitte geben Sie Ihre E-Mail-Adresse ein", ""),
        ("keine Adresse", "vollständige E-Mail-Adresse", "keine Adresse"),
        ("mia\x00@example.org", "Steuerzeichen", "mia@example.org"),
        ("a" * 1_000_000, "zu lang", "a" * 1_000_000),
        ("mia\ud83d@example.org".encode("utf-8", "surrogatepass"), "E-Mail-Adresse", ""),
        ("\u202emia@example.org", "Steuerzeichen", "mia@example.org"),
    ],
)
def test_sign_in_with_bad_input_says_so_and_keeps_it(visitor, email, message, kept):
    response = visitor.client.post(SIGN_IN, {"email": email})
    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Fehler:" in page
    assert message in page
    assert kept in page


def test_mailed_link_signs_in_end_to_end(visitor, member, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        visitor.client.post(SIGN_IN, {"email": member.user.email, "next": "/termine/"})
    path = re.search(r"http://testserver(/anmelden/\S+)", mail.outbox[0].body)[1]
    assert "Jetzt anmelden" in visitor.client.get(path).content.decode()
    response = visitor.client.post(path)
    assert response.url == "/termine/"
    assert is_signed_in(visitor.client)


def test_link_looked_at_does_not_sign_in(visitor, member):
    path = workflow.create_sign_in_link(user=member.user)
    for method in [visitor.client.get, visitor.client.head]:
        assert method(path).status_code == 200
    assert not is_signed_in(visitor.client)
    assert SignInLink.objects.get().used_at is None


def test_link_page_is_passed_on_kept_and_indexed_nowhere(visitor, member):
    path = workflow.create_sign_in_link(user=member.user)
    for response in [visitor.client.get(path), visitor.client.post(path), visitor.client.get(path)]:
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_link_without_next_leads_to_my_area(visitor, member):
    response = visitor.client.post(workflow.create_sign_in_link(user=member.user))
    assert response.url == "/mein-bereich/"


def test_link_changes_the_session_id(visitor, member):
    visitor.client.session.save()
    visitor.client.cookies["sessionid"] = before = visitor.client.session.session_key
    visitor.client.post(workflow.create_sign_in_link(user=member.user))
    assert visitor.client.cookies["sessionid"].value != before


@pytest.mark.parametrize("method", ["get", "post"])
def test_link_used_expired_or_unknown_answers_410_with_a_form(visitor, member, method):
    used = workflow.create_sign_in_link(user=member.user)
    Client().post(used)
    expired = workflow.create_sign_in_link(user=member.user, minutes=0)
    workflow.create_sign_in_link(user=member.user)  # a good one, which opens no other address
    for path in [used, expired, "/anmelden/gibt-es-nicht/", "/anmelden/äöü😀/"]:
        response = getattr(visitor.client, method)(path)
        assert response.status_code == 410
        assert "gilt nicht mehr" in response.content.decode()
        assert 'autocomplete="email"' in response.content.decode()
    assert not is_signed_in(visitor.client)


def test_link_without_csrf_token_does_not_sign_in(member):
    client = Client(enforce_csrf_checks=True)
    path = workflow.create_sign_in_link(user=member.user)
    assert client.post(path, headers={"Origin": "null"}).status_code == 403
    assert not is_signed_in(client)


def test_link_from_a_page_without_referrer_signs_in(member):
    """A browser sends „Origin: null“ from a page with no-referrer; over HTTPS Django would refuse that."""
    client = Client(enforce_csrf_checks=True)
    path = workflow.create_sign_in_link(user=member.user)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', client.get(path, secure=True).content.decode())[1]
    response = client.post(path, {"csrfmiddlewaretoken": token}, secure=True, headers={"Origin": "null"})
    assert response.status_code == 302
    assert is_signed_in(client)


def test_link_from_a_page_of_ours_signs_in_and_the_token_is_asked_for(member):
    client = Client(enforce_csrf_checks=True)
    path = workflow.create_sign_in_link(user=member.user)
    own = {"Origin": "http://testserver"}
    assert client.post(path, headers=own).status_code == 403
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', client.get(path).content.decode())[1]
    assert client.post(path, {"csrfmiddlewaretoken": token}, headers=own).status_code == 302
    assert is_signed_in(client)


def test_link_from_a_foreign_page_does_not_sign_in(member):
    client = Client(enforce_csrf_checks=True)
    path = workflow.create_sign_in_link(user=member.user)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', client.get(path).content.decode())[1]
    response = client.post(path, {"csrfmiddlewaretoken": token}, headers={"Origin": "https://evil.example"})
    assert response.status_code == 403


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/" + "a" * 600, "home"],
)
def test_next_to_elsewhere_is_refused(visitor, member, target):
    assert "evil" not in visitor.client.get(SIGN_IN, {"next": target}).content.decode()
    visitor.client.post(SIGN_IN, {"email": member.user.email, "next": target})
    assert SignInLink.objects.get().next_path == ""


def test_next_is_a_path_of_text_and_not_too_long(rf):
    request = rf.get("/", secure=True)
    longest = "/" + "a" * 499
    assert safe_next(request, longest) == longest
    assert [safe_next(request, path) for path in [longest + "a", "//testserver/", "/\x00", "/\ud83d"]] == [""] * 4


def test_next_to_elsewhere_in_a_stored_link_is_refused(visitor, member):
    path = workflow.create_sign_in_link(user=member.user, next_path="https://evil.example/")
    assert visitor.client.post(path).url == "/mein-bereich/"


def test_sign_in_page_of_somebody_signed_in_says_so(member):
    assert "bereits angemeldet" in member.client.get(SIGN_IN, {"next": "/admin/"}).content.decode()


def test_sign_out_looked_at_only_shows_a_button(member):
    assert "Jetzt abmelden" in member.client.get("/abmelden/").content.decode()
    assert is_signed_in(member.client)


@pytest.mark.parametrize("path", ["/abmelden/", "/admin/logout/"])
def test_sign_out_ends_the_session_on_the_server(member, path):
    cookie = member.client.cookies["sessionid"].value
    response = member.client.post(path, follow=True)
    assert "Sie sind abgemeldet" in response.content.decode()
    stolen = Client()
    stolen.cookies["sessionid"] = cookie
    assert stolen.get("/mein-bereich/").status_code == 302


def test_sign_out_sets_no_other_cookies_than_session_and_csrf(member):
    member.client.post("/abmelden/", follow=True)
    assert set(member.client.cookies) <= {"sessionid", "csrftoken"}


def test_admin_sends_visitors_to_the_mailed_link(visitor):
    response = visitor.client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/anmelden/?next=%2Fadmin%2F"
    assert 'type="password"' not in response.content.decode()


def test_admin_takes_no_password(visitor, superuser):
    superuser.user.set_password("geheim")
    superuser.user.save()
    visitor.client.post("/admin/login/", {"username": superuser.user.email, "password": "geheim"})
    assert not is_signed_in(visitor.client)


@pytest.mark.parametrize("target", ["home", "\ufffd", "//evil.example/", "https://evil.example/"])
def test_admin_login_with_a_strange_target_leads_to_the_admin(lead, target):
    assert lead.client.get("/admin/login/", {"next": target}).url == "/admin/"


@pytest.mark.parametrize("name", ["guest", "member"])
def test_admin_refuses_others_clearly_and_without_a_loop(request, name):
    response = request.getfixturevalue(name).client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) == 1


def test_admin_login_of_the_lead_leads_on(lead):
    assert lead.client.get("/admin/login/?next=/admin/directory/person/").url == "/admin/directory/person/"


def test_my_area_of_a_visitor_asks_to_sign_in(visitor):
    assert visitor.client.get("/mein-bereich/").url == "/anmelden/?next=/mein-bereich/"


def test_my_area_shows_what_is_held(member):
    response = member.client.get("/mein-bereich/")
    page = response.content.decode()
    assert all(
        text in page for text in ["Mia Mitglied", member.user.email, member.person.organisation.name, "28.01.2021"]
    )
    assert "no-store" in response.headers["Cache-Control"]


def test_my_area_of_a_guest_says_so(guest):
    assert "als Gast" in guest.client.get("/mein-bereich/").content.decode()


def test_my_area_of_a_user_without_person_works():
    client = Client()
    client.force_login(User.objects.create_superuser("betrieb@example.org"))
    assert client.get(reverse("directory:my-area")).status_code == 200


def test_person_chooses_how_much_mail_comes_and_for_nobody_else(visitor, member, other_member):
    path, other = "/mein-bereich/mails/", MailPreference.objects.create(person=other_member.person, steps="none")
    for choice in [("once", "none"), ("once", "all")]:
        page = member.client.post(path, dict(zip(["steps", "events"], choice, strict=True)), follow=True)
        assert "Ihre Wahl ist gespeichert." in page.content.decode()
        chosen = MailPreference.objects.get(person=member.person)
        assert (chosen.steps, chosen.events) == choice
    assert member.client.get(path).context["form"]["steps"].value() == "once"
    bad = member.client.post(path, {"steps": "oft", "events": ""})
    assert bad.status_code == 200 and "Bitte" in bad.content.decode()
    other.refresh_from_db()
    assert other.steps == "none"
    assert visitor.client.get(path)["Location"].startswith("/anmelden/")
    visitor.client.force_login(User.objects.create_superuser("betrieb@example.org"))
    assert visitor.client.get(path).status_code == 403


def test_my_area_of_the_lead_links_the_admin(lead):
    assert 'href="/admin/"' in lead.client.get("/mein-bereich/").content.decode()


def test_next_with_nul_answers_the_same_for_known_and_unknown_addresses(visitor, member):
    answers = [
        visitor.client.post(reverse("directory:sign-in"), {"email": email, "next": "/%00x"}).status_code
        for email in [member.user.email, "niemand@example.org"]
    ]
    assert answers[0] == answers[1] == 302


def test_sign_out_clears_what_the_browser_kept(member):
    assert member.client.post(reverse("directory:sign-out"))["Clear-Site-Data"] == '"cache"'
