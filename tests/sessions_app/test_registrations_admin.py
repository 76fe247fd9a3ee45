"""The lead's list of who registered."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ogl_portal.lib.models import OutgoingMail
from sessions_app import workflow
from sessions_app.models import Event, Registration, Subscription
from tests.factories.registrations import make_registration, make_session, statuses
from tests.factories.sessions_app import make_series

from .test_admin import EVENTS, act, form_data, text_of

pytestmark = pytest.mark.django_db
REGISTRATIONS = "/admin/sessions_app/registration/"


@pytest.fixture
def session():
    return make_session(capacity=1)


def test_lead_checks_off_who_was_there_and_takes_it_back(lead, session):
    there, waiting = make_registration(session), make_registration(session, "waiting")
    assert "1 Personen" in text_of(act(lead, REGISTRATIONS, "check_off", there, waiting))
    assert Registration.objects.get(has_attended=True) == there
    act(lead, REGISTRATIONS, "uncheck", there)
    assert not Registration.objects.filter(has_attended=True).exists()


def test_lead_downloads_the_list_without_formulas(lead, session):
    make_registration(session, name="=1+1", organisation="@SUM(A1)", email="rita@example.org")
    answer = act(lead, REGISTRATIONS, "export", *Registration.objects.all())
    assert "attachment" in answer.headers["Content-Disposition"]
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    head, row = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    assert head[:4] == ["Name", "E-Mail-Adresse", "Organisation", "Stand"]
    assert row[:4] == ["'=1+1", "rita@example.org", "'@SUM(A1)", "angemeldet"]
    assert row[5:] == ["nein", session.title, session.when]


def test_lead_cancels_for_somebody_and_the_list_moves_up(lead, session):
    placed = make_registration(session, name="A")
    waiting = make_registration(session, "waiting", name="B")
    page = text_of(act(lead, REGISTRATIONS, "cancel", placed))
    assert "Abgemeldet: 1." in page and "Nicht abgemeldet" not in page
    assert statuses(session) == {"A": "cancelled", "B": "placed"}
    Event.objects.update(status=Event.Status.CANCELLED)
    page = text_of(act(lead, REGISTRATIONS, "cancel", placed, waiting))
    assert "Nicht abgemeldet: 2, weil" in page and "Abgemeldet: 2" not in page


def test_lead_deletes_a_registration_and_the_list_moves_up(lead, session):
    placed = make_registration(session, name="A")
    make_registration(session, "waiting", name="B")
    assert len(list(workflow.send_registration_mails(now=session.starts_at - timedelta(hours=2)))) == 1
    lead.client.post(f"{REGISTRATIONS}{placed.pk}/delete/", {"post": "yes"})
    assert statuses(session) == {"B": "placed"}
    assert OutgoingMail.objects.get().subject.startswith("Angemeldet")


def test_lead_makes_room_in_the_event_and_the_list_moves_up(lead, session):
    make_registration(session, name="A")
    make_registration(session, "waiting", name="B")
    path = f"{EVENTS}{session.pk}/change/"
    assert lead.client.post(path, form_data(lead.client.get(path)) | {"capacity": "2"}).status_code == 302
    assert statuses(session) == {"A": "placed", "B": "placed"}


def test_lead_who_calls_an_event_moved_without_a_new_date_reads_what_that_means(lead):
    session = make_session(starts_at=timezone.now().replace(microsecond=0) + timedelta(days=7))
    path = f"{EVENTS}{session.pk}/change/"
    said = "als verschoben ohne neuen Termin"

    def save(**changes) -> str:
        return text_of(lead.client.post(path, form_data(lead.client.get(path)) | changes, follow=True))

    assert said in save(status="moved")
    assert said not in save(summary="Besser gesagt"), "it is known"
    assert said not in save(moved_from_0="01.03.2026", moved_from_1="17:00")
    assert Event.objects.get().moved_from
    assert said in save(moved_from_0="", moved_from_1="")


def test_place_that_became_free_while_the_event_was_hidden_is_given_when_it_is_published(lead, session):
    placed = make_registration(session, name="A")
    make_registration(session, "waiting", name="B")
    Event.objects.update(is_published=False)
    workflow.cancel_registration(registration=placed)
    assert statuses(session) == {"A": "cancelled", "B": "waiting"}
    act(lead, EVENTS, "publish", session)
    assert statuses(session) == {"A": "cancelled", "B": "placed"}


def test_event_in_the_admin_leads_to_its_registrations(lead, session):
    make_registration(session, name="Anna Angemeldet")
    make_registration(make_session(), name="Bernd Anderswo")
    page = text_of(lead.client.get(f"{EVENTS}{session.pk}/change/"))
    assert "1 angemeldet, 0 auf der Warteliste" in page
    listed = text_of(lead.client.get(f"{REGISTRATIONS}?event__id__exact={session.pk}"))
    assert "Anna Angemeldet" in listed
    assert "Bernd Anderswo" not in listed


@pytest.mark.parametrize("capacity", ["0", "-1", "99999"])
def test_event_with_an_impossible_number_of_places_is_refused(lead, session, capacity):
    path = f"{EVENTS}{session.pk}/change/"
    answer = lead.client.post(path, form_data(lead.client.get(path)) | {"capacity": capacity})
    assert answer.status_code == 200
    session.refresh_from_db()
    assert session.capacity == 1


def test_list_of_registrations_needs_the_same_queries_for_one_and_for_thirty(
    lead, session, django_assert_max_num_queries
):
    make_registration(session)
    with CaptureQueriesContext(connection) as one:
        lead.client.get(REGISTRATIONS)
    for _ in range(29):
        make_registration(session)
    with django_assert_max_num_queries(len(one)):
        lead.client.get(REGISTRATIONS)


def test_lead_sees_and_deletes_subscriptions_and_changes_none(lead):
    subscription = Subscription.objects.create(series=make_series(), email="abo@example.org")
    page = f"/admin/sessions_app/subscription/{subscription.pk}/"
    assert "abo@example.org" in text_of(lead.client.get(f"{page}change/"))
    assert lead.client.post(f"{page}change/", {"email": "x@example.org"}).status_code == 403
    lead.client.post(f"{page}delete/", {"post": "yes"})
    assert not Subscription.objects.exists()


def test_list_of_one_event_says_who_waits_how_long_and_not_the_event_again(lead, session):
    for number, name in enumerate(["Zoe", "Anna"]):
        moment = timezone.now() - timedelta(days=5 - number)
        make_registration(session, "waiting", name=name, confirmed_at=moment, email=f"{name.lower()}@example.org")
    of_one = text_of(lead.client.get(f"{REGISTRATIONS}?event__id__exact={session.pk}"))
    assert of_one.index("zoe@example.org") < of_one.index("anna@example.org")
    assert "column-confirmed_at" in of_one and "column-event" not in of_one
    assert "column-event" in text_of(lead.client.get(REGISTRATIONS))


@pytest.mark.parametrize("bulk", [False, True])
def test_event_that_people_count_on_is_not_deleted_until_it_is_over(lead, session, bulk):
    make_registration(session)

    def delete():
        sent = {"post": "yes", "action": "delete_selected", "_selected_action": [session.pk]}
        return lead.client.post(EVENTS if bulk else f"{EVENTS}{session.pk}/delete/", sent)

    assert f"„{session.title}“ ist anderen schon bekannt" in text_of(delete())
    past = timezone.now() - timedelta(days=1)
    Event.objects.update(starts_at=past - timedelta(hours=2), ends_at=past, status=Event.Status.MOVED)
    assert f"„{session.title}“ ist anderen schon bekannt" in text_of(delete()), "it waits for a new date"
    Event.objects.update(status=Event.Status.CONFIRMED)
    delete()
    assert not Event.objects.exists()
