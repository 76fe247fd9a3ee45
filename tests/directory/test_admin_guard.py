from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ogl_portal.directory.models import Organisation, User
from tests.addresses import all_addresses
from tests.second_factor import code_of, give_factor, hidden_fields

pytestmark = pytest.mark.django_db
OWN_PAGES = {"admin:login", "admin:logout"}  # the portal's sign-in stands at these addresses
CODE, SET_UP = "/mein-bereich/zweiter-faktor/code/", "/mein-bereich/zweiter-faktor/einrichten/"
ADD = "/admin/directory/organisation/add/"


def admin_paths() -> list[str]:
    """Every address of the admin, with sample values, and one that no pattern but its last one knows."""
    named = [each for each in all_addresses() if each.is_admin and each.name.rpartition(":")[2]]
    paths = [reverse(each.name, kwargs=dict(each.samples)) for each in named if each.name not in OWN_PAGES]
    return [*paths, "/admin/directory/person/1/", "/admin/gibt-es-nicht/"]


@pytest.fixture
def unproven(lead):
    """A lead who has signed in by mail and has not given the code."""
    give_factor(lead.user)
    lead.client = Client()
    lead.client.force_login(lead.user)
    return lead


def test_every_address_of_the_admin_asks_for_the_second_factor_first(unproven, superuser):
    User.objects.filter(pk=superuser.user.pk).update(second_factor_since=None)
    paths = admin_paths()
    assert len(paths) > 200
    open_doors = []
    for actor, page in [(unproven, CODE), (superuser, SET_UP)]:
        for path in paths:
            response = actor.client.get(path)
            if response.status_code != 302 or response.url.partition("?")[0] != page:
                open_doors.append((page, path))
    assert open_doors == []


def test_every_address_of_the_admin_refuses_a_form_without_the_second_factor(unproven, monkeypatch):
    monkeypatch.setattr("ogl_portal.directory.admin_guard.render", lambda *args, status: HttpResponse(status=status))
    assert [path for path in admin_paths() if unproven.client.post(path).status_code != 403] == []


def test_code_leads_back_to_the_wanted_address_and_changes_the_session_id(unproven):
    wanted = "/admin/directory/person/?q=mia"
    page = unproven.client.get(wanted, follow=True)
    assert 'autocomplete="one-time-code"' in page.content.decode()
    before = unproven.client.session.session_key
    code = {"code": code_of(unproven.user)}
    response = unproven.client.post(page.request["PATH_INFO"], hidden_fields(page) | code)
    assert response.url == wanted
    assert unproven.client.session.session_key != before
    assert unproven.client.get(wanted).status_code == 200
    assert Client(headers={"Cookie": f"sessionid={before}"}).get("/mein-bereich/").status_code == 302


def test_guard_leaves_who_may_not_enter_to_the_admin(member, visitor):
    for actor in [member, visitor]:
        assert actor.client.get("/admin/directory/person/").url.startswith("/admin/login/")


def test_middleware_begins_no_session_and_asks_for_none_that_the_page_does_not_need(
    visitor, member, django_assert_num_queries
):
    assert visitor.client.get("/anmelden/").status_code == 200 and "sessionid" not in visitor.client.cookies
    with django_assert_num_queries(0):
        assert member.client.get("/robots.txt").status_code == 200


def test_second_factor_that_was_replaced_or_reset_opens_no_session_any_more(lead):
    assert lead.client.get("/admin/").status_code == 200
    User.objects.filter(pk=lead.user.pk).update(second_factor_since=timezone.now() + timedelta(seconds=1))
    assert lead.client.get("/admin/").url.startswith(CODE)


def test_debug_asks_only_who_has_set_one_up(unproven, second_lead, settings):
    settings.SECOND_FACTOR_IN_ADMIN = False
    User.objects.filter(pk=second_lead.user.pk).update(second_factor_since=None)
    assert second_lead.client.get("/admin/").status_code == 200
    assert unproven.client.get("/admin/").url.startswith(CODE)


# After half an hour


@pytest.mark.parametrize("first_page", ["/hilfe/", "/admin/"])
def test_lead_is_asked_again_after_half_an_hour_without_use_whatever_comes_first(unproven, time_machine, first_page):
    time_machine.move_to("2026-03-02T09:00:00+01:00", tick=False)
    unproven.client.force_login(unproven.user)
    time_machine.shift(timedelta(minutes=31))
    assert unproven.client.get(CODE).status_code == 200
    time_machine.shift(timedelta(minutes=31))  # the question was left open
    unproven.client.post(CODE, {"code": code_of(unproven.user)})
    for minutes, first, status in [(29, "/admin/", 200), (29, "/admin/", 200), (30, first_page, 302)]:
        time_machine.shift(timedelta(minutes=minutes))
        assert unproven.client.get(first).status_code == (status if first == "/admin/" else 200)
        unproven.client.get("/mein-bereich/")
        assert unproven.client.get("/admin/").status_code == status


@pytest.fixture
def idle(unproven, time_machine):
    """The same lead, away for more than half an hour with an open form."""
    time_machine.move_to("2026-03-02T09:00:00+01:00", tick=False)
    unproven.client = Client(enforce_csrf_checks=True)
    unproven.client.force_login(unproven.user)
    session = unproven.client.session
    session["second_factor"] = unproven.user.second_factor_since.isoformat()
    session.save()
    unproven.form = hidden_fields(unproven.client.get(ADD))
    time_machine.shift(timedelta(minutes=31))
    return unproven


TYPED = {"name": 'Werk <b>"Süd"</b>', "slug": "werk-sued", "kind": "other", "place": "Merse\nburg"}


def test_form_of_an_idle_lead_waits_for_the_code_and_is_then_carried_out(idle):
    refused = idle.client.post(ADD, idle.form | TYPED)
    assert refused.status_code == 403 and not Organisation.objects.filter(slug="werk-sued").exists()
    again = idle.client.post(ADD, hidden_fields(refused) | {"code-code": "falsch"})
    page = again.content.decode()
    assert again.status_code == 403 and "stimmt nicht" in page and "Dateien" not in page
    assert "code-code" not in hidden_fields(again) and page.count('type="hidden" name="csrfmiddlewaretoken"') == 2
    done = idle.client.post(ADD, hidden_fields(again) | {"code-code": code_of(idle.user)})
    assert done.status_code == 302 and done.url.startswith("/admin/directory/organisation/")
    assert Organisation.objects.get(slug="werk-sued").name == TYPED["name"]


def test_form_with_a_file_comes_back_filled_to_choose_the_file_again(idle):
    refused = idle.client.post(ADD, idle.form | TYPED | {"anlage": SimpleUploadedFile("a.txt", b"x")})
    again = idle.client.post(ADD, hidden_fields(refused) | {"code-code": "falsch"})
    assert all("Dateien konnten wir nicht aufheben" in answer.content.decode() for answer in [refused, again])
    back = idle.client.post(ADD, hidden_fields(again) | {"code-code": code_of(idle.user)})
    page = back.content.decode()
    assert back.status_code == 200 and "Dateien noch einmal" in page and "Werk &lt;b&gt;" in page
    saved = idle.client.post(ADD, hidden_fields(back) | TYPED)
    assert saved.status_code == 302 and Organisation.objects.filter(slug="werk-sued").exists()


def test_form_goes_on_once_the_factor_was_set_up_in_another_window(idle):
    User.objects.filter(pk=idle.user.pk).update(second_factor_since=None)
    refused = idle.client.post(ADD, idle.form | TYPED)
    assert SET_UP in refused.content.decode() and "code-code" not in refused.content.decode()
    now = timezone.now()
    User.objects.filter(pk=idle.user.pk).update(second_factor_since=now)
    session = idle.client.session
    session["second_factor"] = now.isoformat()
    session["last_use"] = int(now.timestamp())
    session.save()
    assert idle.client.post(ADD, hidden_fields(refused)).status_code == 302


def test_form_of_a_foreign_page_is_refused_before_the_guard_repeats_it(idle):
    response = idle.client.post(ADD, TYPED)
    assert response.status_code == 403 and "werk-sued" not in response.content.decode()


def test_guard_takes_no_query_more_than_the_admin_itself(lead, settings):
    counts = []
    for settings.SECOND_FACTOR_IN_ADMIN in [True, False]:
        with CaptureQueriesContext(connection) as queries:
            assert lead.client.get("/admin/directory/organisation/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
