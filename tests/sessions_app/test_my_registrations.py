"""One's own registrations in „Mein Bereich“."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sessions_app import workflow
from sessions_app.models import Event, Registration
from tests.factories.registrations import make_registration, make_session, statuses

pytestmark = pytest.mark.django_db


def test_own_area_shows_what_one_registered_for_and_takes_it_back(member, other_member, visitor):
    soon = make_session(title="Bald", capacity=1, starts_at=timezone.now() + timedelta(hours=3))
    own = make_registration(soon, email=member.user.email, name="Mia")
    make_registration(soon, "waiting", name="Wartet")
    make_registration(make_session(title="Gewesen", starts_at=timezone.now() - timedelta(days=2)), email=own.email)
    make_registration(make_session(title="Verborgen", is_published=False), email=own.email)
    text = member.client.get("/mein-bereich/").content.decode()
    assert "Meine Anmeldungen zu Terminen" in text
    assert soon.join_url in text
    assert "Gewesen" not in text and "Verborgen" not in text
    assert soon.join_url not in other_member.client.get("/mein-bereich/").content.decode()
    assert "Sie sind angemeldet." in member.client.get(soon.get_absolute_url()).content.decode()
    path = f"/anmeldungen/{own.pk}/abmelden/"
    assert other_member.client.post(path).status_code == 404
    assert "/anmelden/" in visitor.client.post(path).url
    assert "Sie sind abgemeldet: Bald" in member.client.post(path, follow=True).content.decode()
    assert statuses(soon) == {"Mia": "cancelled", "Wartet": "placed"}


def test_own_area_shows_what_waits_for_a_new_date_when_the_former_has_passed(member):
    event = make_session(title="Abend", starts_at=timezone.now() - timedelta(days=9), status=Event.Status.MOVED)
    own = make_registration(event, email=member.user.email)
    assert "Abend" in member.client.get("/mein-bereich/").content.decode()
    path = f"/anmeldungen/{own.pk}/abmelden/"
    assert "Sie sind abgemeldet: Abend" in member.client.post(path, follow=True).content.decode()


def test_own_area_says_each_place_in_the_queue_in_one_query(member, django_assert_num_queries):
    for before in range(3):
        session = make_session()
        for _ in range(before):
            make_registration(session, "waiting")
        make_registration(session, "waiting", email=member.user.email)
        make_registration(session, "waiting")
    with django_assert_num_queries(1):
        assert [own.place_in_queue for own in Registration.objects.of_user(member.user)] == [1, 2, 3]


def test_leaving_an_event_that_was_called_off_meanwhile_says_that_there_is_no_need(member):
    event = make_session(title="Abend")
    own = make_registration(event, email=member.user.email)
    Event.objects.update(status=Event.Status.CANCELLED)
    text = member.client.post(f"/anmeldungen/{own.pk}/abmelden/", follow=True).content.decode()
    assert "Abend: Sie müssen sich nicht mehr abmelden. Der Termin ist abgesagt oder vorbei." in text
    assert "Sie sind abgemeldet" not in text


def test_deletion_of_all_registrations_locks_their_events_first_and_in_order(member):
    for capacity in [1, 1]:
        event = make_session(capacity=capacity)
        make_registration(event, email=member.user.email, name="Mia")
        make_registration(event, "waiting", name="Wartet")
    with CaptureQueriesContext(connection) as queries:
        assert workflow.forget_registrations(email=member.user.email.upper()) == 2
    asked = [each["sql"] for each in queries]
    events = next(at for at, sql in enumerate(asked) if 'FROM "sessions_app_event"' in sql)
    assert 'ORDER BY "sessions_app_event"."id"' in asked[events]
    assert events < next(at for at, sql in enumerate(asked) if sql.startswith("DELETE"))
    assert all(statuses(each) == {"Wartet": "placed"} for each in Event.objects.all())
