import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from ogl_portal.directory import browsers, workflow
from ogl_portal.directory.models import SignedInBrowser
from ogl_portal.lib.browsers import browser_in_words
from tests.second_factor import code_of, give_factor

pytestmark = pytest.mark.django_db
BROWSERS = "/mein-bereich/geraete/"
PHONE = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0"


def signed_in(user, user_agent: str = FIREFOX) -> Client:
    """A browser that signed in by a mailed link."""
    client = Client(headers={"User-Agent": user_agent})
    client.post(workflow.create_sign_in_link(user=user))
    return client


def is_signed_in(client) -> bool:
    return client.get(BROWSERS).status_code == 200


def ends(page: str) -> list[str]:
    return re.findall(rf'action="({BROWSERS}[0-9a-f-]+/beenden/)"', page)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox auf Windows"),
        (EDGE, "Edge auf Windows"),
        (PHONE, "Chrome auf Android"),
        (IPHONE, "Safari auf iPhone"),
        ("", "unbekannter Browser"),
        ("<script>\x00" * 1000, "unbekannter Browser"),
    ],
)
def test_browser_in_words_is_what_people_call_it(user_agent, words):
    assert browser_in_words(user_agent) == words


def test_list_shows_own_browsers_and_ends_one_or_all_others(member, other_member, visitor):
    here, phone, tablet = signed_in(member.user), signed_in(member.user, PHONE), signed_in(member.user, IPHONE)
    response = here.get(BROWSERS)
    page = response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert page.index("Firefox auf Windows") < page.index("dieses Gerät") < page.index("Safari auf iPhone")
    assert "Chrome auf Android" in page and len(ends(page)) == 3  # the cast has a browser of its own
    assert not any(session.session_key in page for session in Session.objects.all())
    assert other_member.client.post(ends(page)[0]).status_code == 404
    for path in [ends(page)[0], f"{BROWSERS}beenden/"]:
        assert visitor.client.post(path)["Location"].startswith("/anmelden/")
    assert is_signed_in(tablet)
    own = SignedInBrowser.objects.get(session=here.session.session_key)
    assert here.post(f"{BROWSERS}{own.pk}/beenden/").status_code == 404
    assert "Safari auf iPhone ist abgemeldet." in here.post(ends(page)[0], follow=True).content.decode()
    assert not is_signed_in(tablet) and is_signed_in(phone)
    for words in ["Alle anderen Geräte sind abgemeldet.", "Andere Geräte gab es nicht."]:
        assert words in here.post(f"{BROWSERS}beenden/", follow=True).content.decode()
    assert not is_signed_in(phone) and not is_signed_in(member.client)
    assert is_signed_in(here) and is_signed_in(other_member.client)


def test_browser_in_which_somebody_signs_in_again_is_the_same_with_its_name_and_moment_of_now(member, time_machine):
    time_machine.move_to("2026-03-02T09:00:00+01:00", tick=False)
    client = signed_in(member.user)
    time_machine.shift(timedelta(hours=1))
    client.post(workflow.create_sign_in_link(user=member.user), headers={"User-Agent": EDGE})
    browser = SignedInBrowser.objects.get(session=client.session.session_key)
    assert (browser.name, browser.signed_in_at) == ("Edge auf Windows", timezone.now())


def test_browser_stays_in_the_list_under_the_session_id_that_the_second_factor_renews(lead):
    give_factor(lead.user)
    phone, here = signed_in(lead.user, PHONE), signed_in(lead.user)
    before = SignedInBrowser.objects.get(session=here.session.session_key)
    here.post("/mein-bereich/zweiter-faktor/code/", {"code": code_of(lead.user)})
    assert SignedInBrowser.objects.get(pk=before.pk).session_id == here.session.session_key != before.session_id
    assert SignedInBrowser.objects.get(session=phone.session.session_key).name == "Chrome auf Android"
    SignedInBrowser.objects.filter(pk=before.pk).delete()
    browsers.renew_key(here.session)


def test_session_that_two_requests_renew_at_once_stays_one_which_can_be_ended(member):
    first, second = (member.client.session for _ in range(2))
    assert first.keys() == second.keys()  # both are read
    browsers.renew_key(first)
    with pytest.raises(SessionInterrupted):
        browsers.renew_key(second)
    browsers.end(member.user.browsers.all())
    assert not Session.objects.exists()
    browsers.renew_key(type(first)(first.session_key))  # the cookie of a session that is long over begins a new one


def test_session_is_let_go_of_where_it_was_ended_and_nowhere_else(member, other_member):
    ended, other = member.client.session, other_member.client.session
    assert ended.keys() and other.keys()  # both are read
    begun = type(ended)()
    begun["text"] = "noch nicht gesichert"
    browsers.end(member.user.browsers.all())
    for session in [ended, other, begun]:
        browsers.let_go(session)
    assert not ended.keys() and ended.session_key is None
    assert other.keys() and other.session_key == other_member.client.session.session_key
    assert begun["text"] == "noch nicht gesichert"


def test_last_use_is_written_every_few_minutes_only(member, time_machine):
    time_machine.move_to("2026-03-02T09:00:00+01:00", tick=False)
    client, other = signed_in(member.user), signed_in(member.user)
    used = []
    for minutes in [1, 1, 1, 2]:
        time_machine.shift(timedelta(minutes=minutes))
        client.get("/hilfe/")
        used.append(SignedInBrowser.objects.get(session=client.session.session_key).used_at.minute)
    assert used == [0, 0, 3, 3]
    assert SignedInBrowser.objects.get(session=other.session.session_key).used_at.minute == 0


def test_sign_out_ends_the_session_on_the_server(member):
    client = signed_in(member.user)
    key = client.session.session_key
    client.post("/abmelden/")
    client.cookies["sessionid"] = key
    assert not is_signed_in(client)
    assert not Session.objects.filter(pk=key).exists() and not SignedInBrowser.objects.filter(session=key).exists()


def test_prune_forgets_browsers_whose_session_is_over(member, time_machine):
    client = signed_in(member.user)
    assert client.get(BROWSERS).context["here"] and len(client.get(BROWSERS).context["others"]) == 1
    Session.objects.exclude(pk=client.session.session_key).update(expire_date=timezone.now())
    assert client.get(BROWSERS).context["others"] == []
    time_machine.move_to(timezone.now() + timedelta(days=15))
    call_command("prune")
    assert not SignedInBrowser.objects.exists()


def test_sessions_from_before_the_list_are_in_it_after_the_update(member):
    SignedInBrowser.objects.all().delete()
    Session.objects.create(session_key="nobody", session_data="kaputt", expire_date="2999-01-01T00:00:00Z")
    migration = import_module("ogl_portal.directory.migrations.0006_browsers_of_running_sessions")
    migration.note_browsers(apps, None)
    assert SignedInBrowser.objects.get().user == member.user
    assert is_signed_in(member.client)


def test_who_signs_in_where_somebody_else_was_signed_in_is_noted_alone(member, other_member):
    path = workflow.create_sign_in_link(user=other_member.user)
    assert member.client.post(path).status_code == 302
    assert [browser.user for browser in SignedInBrowser.objects.filter(session=member.client.session.session_key)] == [
        other_member.user
    ]
