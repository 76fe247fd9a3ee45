"""A prepared query keeps its words and nothing else: it answers as Django's own, as things are then."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import BigIntegerField, CharField, DateTimeField, F, JSONField, UUIDField
from django.utils import timezone

from ogl_portal.directory.backend import users_of_key
from ogl_portal.lib import session_store
from ogl_portal.lib.prepared import Given, prepared_rows, prepared_update
from surveys.models import Entry, Response
from surveys.models.responses import present_entries
from surveys.views.access import own_response
from tests.cast import member as make_member
from tests.factories.surveys import make_response, make_round

pytestmark = pytest.mark.django_db


@prepared_rows
def entries_since():
    return Entry.objects.filter(
        response=Given("response", BigIntegerField()), created_at__gte=Given("moment", DateTimeField())
    )


@prepared_update(draft=Given("draft", JSONField()), page=Given("page", UUIDField()), revision=F("revision") + 1)
def write():
    return Entry.objects.filter(section_key=Given("key", CharField()))


def facts(thing) -> dict:
    """What was read of a row, without what was left for later."""
    return {name: value for name, value in vars(thing).items() if not name.startswith("_")}


@pytest.fixture
def response(member):
    return make_response(member.person)


def test_rows_are_those_that_the_query_itself_would_give(response, django_assert_num_queries):
    usual = list(response.entries.present())
    with django_assert_num_queries(1):
        prepared = present_entries(response=response.pk)
    assert len(prepared) > 1 and prepared == usual
    assert list(map(facts, prepared)) == list(map(facts, usual))
    assert all(not entry._state.adding and entry._state.db == "default" for entry in prepared)


def test_rows_come_with_those_that_they_hang_on(response, member, django_assert_num_queries):
    usual = Response.objects.select_related("round__version").get(pk=response.pk)
    with django_assert_num_queries(1):
        prepared = own_response.first(person=member.person.pk, slug=response.round.slug)
        round, version = prepared.round, prepared.round.version
    assert [facts(prepared), facts(round)] == [facts(usual), facts(usual.round)]
    assert "document" not in facts(version) and version.document == usual.round.version.document


def test_every_use_asks_the_database_with_its_own_values(response, member):
    other = make_response(make_member().person, response.round)
    assert {entry.response_id for entry in present_entries(response=other.pk)} == {other.pk}
    assert {entry.response_id for entry in present_entries(response=response.pk)} == {response.pk}
    response.entries.update(removed_at=timezone.now())
    assert present_entries(response=response.pk) == []
    assert own_response.first(person=None, slug=response.round.slug) is None
    assert users_of_key.first(pk=member.user.pk) == member.user


def test_moments_are_compared_as_moments(response):
    moment = response.entries.earliest("created_at").created_at
    assert entries_since(response=response.pk, moment=moment)
    assert not entries_since(response=response.pk, moment=moment + timedelta(hours=1))


def test_update_writes_what_it_is_given_and_counts_the_rows(response):
    page, draft = uuid4(), {"A1-name": "Ärger mit % und „'“", "A2": ["one", "two"]}
    assert write(key="A", draft=draft, page=page) == 1
    assert write(key="Z", draft={}, page=None) == 0
    entry = response.entries.get(section_key="A")
    assert (entry.draft, entry.page, entry.revision) == (draft, page, 2)
    assert write(key="A", draft={}, page=None) == 1
    entry.refresh_from_db()
    assert (entry.draft, entry.page, entry.revision) == ({}, None, 3)


def test_value_that_was_forgotten_is_an_error(response):
    with pytest.raises(KeyError):
        present_entries()


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_through_its_own_connection(member):
    response = make_response(member.person, make_round(member.person))

    def ask() -> list[int]:
        try:
            return [entry.pk for entry in present_entries(response=response.pk)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: ask(), range(8)))
    assert found == [ask()] * 8 and found[0]


# Sessions


def test_session_is_read_until_it_is_over(member):
    key = member.client.session.session_key
    store = session_store.SessionStore(key)
    assert store["_auth_user_id"] == str(member.user.pk) and store.session_key == key
    session_store.Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    over = session_store.SessionStore(key)
    assert (dict(over.items()), over.session_key) == ({}, None)


def test_session_that_began_with_djangos_own_backend_goes_on(member):
    session = member.client.session
    session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    session.save()
    assert member.client.get("/mein-bereich/").status_code == 200


def test_session_of_somebody_who_may_not_sign_in_any_more_ends_at_once(member):
    assert member.client.get("/mein-bereich/").status_code == 200
    member.user.is_active = False
    member.user.save()
    assert member.client.get("/mein-bereich/").status_code == 302
    member.user.delete()
    assert member.client.get("/mein-bereich/").status_code == 302


def test_update_that_fails_takes_all_of_its_transaction_back_also_where_the_error_is_caught(response):
    with transaction.atomic():
        response.entries.update(page_step=7)
        with suppress(IntegrityError):
            write(draft=None, page=None, key="A")
        assert transaction.get_rollback()
    assert not response.entries.filter(page_step=7).exists()
