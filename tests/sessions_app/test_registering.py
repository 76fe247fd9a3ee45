"""Registering without an account: double opt-in, places, the waiting list, cancelling, and who sees the link."""

import re
from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from ogl_portal.lib import spam
from ogl_portal.lib.models import OutgoingMail, ThrottleCounter
from ogl_portal.lib.spam import Seal
from sessions_app import workflow
from sessions_app.models import Event, Registration, RegistrationLink
from tests.factories.registrations import make_registration, make_session, path_of, statuses

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r"http://testserver(/teilnahme/[\w-]+/)")


@pytest.fixture
def session():
    return make_session(capacity=2)


def sent_form(**overrides) -> dict:
    """What a person sends who has read the page."""
    seal = str(Seal.fresh(age=60))
    return {
        "name": "Rita Rege",
        "email": "rita@example.org",
        "organisation": "",
        "seal": seal,
        "homepage": "",
    } | overrides


def register(client, session, **overrides):
    return client.post(f"{session.get_absolute_url()}anmelden/", sent_form(**overrides))


def links() -> list[str]:
    """The personal addresses in the outbox, the oldest first."""
    return TOKEN.findall("\n".join(OutgoingMail.objects.order_by("pk").values_list("text", flat=True)))


def subjects() -> list[str]:
    return [f"{each.subject.partition(':')[0]} {each.recipient}" for each in OutgoingMail.objects.order_by("pk")]


# Asking


def test_register_mails_a_link_whose_button_alone_confirms(client, session):
    answer = register(client, session)
    assert answer.url == f"{session.get_absolute_url()}anmelden/gesendet/"
    assert OutgoingMail.objects.get().valid_until == session.ends_at
    assert "Postfach" in client.get(answer.url).content.decode()
    [path] = links()
    for _ in range(2):  # as a mail scanner does
        assert "Anmeldung bestätigen" in client.get(path).content.decode()
    assert statuses(session) == {"Rita Rege": "requested"}
    assert client.post(path, {"action": "confirm"}).url == path
    assert statuses(session) == {"Rita Rege": "placed"}
    assert subjects()[-1] == "Angemeldet rita@example.org"
    client.post(path, {"action": "confirm"})
    assert len(subjects()) == 2


def test_register_answers_alike_for_known_and_unknown_addresses(client, session):
    make_registration(session, name="Anders", email="rita@example.org")
    known, unknown = register(client, session), register(client, session, email="neu@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert statuses(session) == {"Anders": "placed", "Rita Rege": "requested"}
    assert "schon angemeldet" in OutgoingMail.objects.get(recipient="rita@example.org").text
    page = client.get(links()[0]).content.decode()
    assert "Anders" in page and "Rita Rege" not in page


def test_register_again_after_cancelling_waits_for_a_new_confirmation(client, session):
    make_registration(session, "cancelled", name="Früher", email="rita@example.org")
    register(client, session, email="RITA@example.org")
    assert statuses(session) == {"Früher": "requested"}
    assert timezone.now() - session.registrations.get().requested_at < timedelta(hours=1)
    assert "schon angemeldet" not in OutgoingMail.objects.get().text
    client.post(links()[-1], {"action": "confirm"})
    assert statuses(session) == {"Rita Rege": "placed"}


def test_register_in_the_name_of_somebody_else_changes_nothing_that_they_typed(client, session):
    register(client, session, name="Vera Opfer", email="v@example.org", organisation="Amt")
    register(client, session, name="Depp", email="v@example.org", organisation="Nirgends")
    mine, _ = links()
    assert "Depp" not in client.get(mine).content.decode()
    client.post(mine, {"action": "confirm"})
    assert list(session.registrations.values_list("name", "organisation")) == [("Vera Opfer", "Amt")]


def test_register_sent_twice_mails_once_and_an_address_six_times_a_day(client, session):
    form = sent_form()
    for _ in range(2):
        client.post(f"{session.get_absolute_url()}anmelden/", form)
    assert len(links()) == 1
    other = make_session()
    client.post(f"{other.get_absolute_url()}anmelden/", form)
    assert other.registrations.count() == 1
    answers = {register(client, session).url for _ in range(7)}
    assert len(answers) == 1
    assert len(links()) == 6


def test_register_too_often_from_one_client_is_refused_and_keeps_what_was_typed(client, session):
    for _ in range(29):
        spam.admit("registration", client="127.0.0.1", per_client=30)
    assert register(client, session).status_code == 302
    refused = register(client, session, email="noch.einer@example.org")
    assert refused.status_code == 429
    assert "noch.einer@example.org" in refused.content.decode()
    assert "Ihrem Anschluss" in refused.content.decode()


def test_register_is_refused_to_everybody_after_six_hundred_within_an_hour(session):
    def ask(email: str, client: str) -> None:
        values = {"name": "Rita", "organisation": "", "key": uuid4()}
        workflow.request_registration(event=session, email=email, client=client, **values)

    ask("eins@example.org", "192.0.2.1")
    ThrottleCounter.objects.update(count=599)
    ask(" Zwei@Example.org ", "192.0.2.2")
    with pytest.raises(spam.TooMany, match="ungewöhnlich viele"):
        ask("drei@example.org", "192.0.2.3")
    assert list(session.registrations.values_list("email", flat=True)) == ["eins@example.org", "zwei@example.org"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"email": "rita"}, "vollständige E-Mail-Adresse"),
        ({"name": ""}, "Bitte geben Sie Ihren Namen ein."),
        ({"name": "Gewinn: https://boese.example.org"}, "Internetadressen"),
        ({"homepage": "x"}, "automatischen Sendung"),
        ({"seal": ""}, "noch einmal ab"),
        ({"organisation": "a\x00b"}, "Steuerzeichen"),
    ],
)
def test_register_with_something_wrong_says_so_and_keeps_the_rest(client, session, typed, message):
    answer = register(client, session, **typed)
    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert not Registration.objects.exists()


def test_register_with_a_line_break_in_the_name_keeps_one_line(client, session):
    register(client, session, name="Rita\r\nBcc: Register")
    assert Registration.objects.get().name == "Rita Bcc: Register"


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "cancelled"},
        {"registration_closes_at": timezone.now() - timedelta(minutes=1)},
        {"starts_at": timezone.now() - timedelta(minutes=1)},
    ],
)
def test_register_for_what_is_closed_is_refused(client, session, changes):
    Event.objects.update(**changes)
    assert "geschlossen" in client.get(f"{session.get_absolute_url()}anmelden/").content.decode()
    refused = register(client, session)
    assert refused.status_code == 409
    assert "inzwischen geschlossen" in refused.content.decode()
    assert not Registration.objects.exists()


@pytest.mark.parametrize("changes", [{"takes_registrations": False}, {"is_published": False}])
def test_register_for_an_event_without_registration_is_not_found(client, session, changes):
    Event.objects.update(**changes)
    make_session()
    assert register(client, session).status_code == 404


def test_register_form_is_filled_in_with_what_the_portal_knows_of_who_is_signed_in(member, guest, session):
    page = member.client.get(f"{session.get_absolute_url()}anmelden/").content.decode()
    assert f'value="{member.user.email}"' in page
    assert "Mia Mitglied" in page and f'value="{member.person.organisation}"' in page
    type(guest.person).objects.filter(pk=guest.person.pk).update(organisation=None)
    assert 'value="None"' not in guest.client.get(f"{session.get_absolute_url()}anmelden/").content.decode()


def test_event_open_to_all_takes_no_registration(session):
    session.is_open_to_all = True
    with pytest.raises(ValidationError, match="nicht beides"):
        session.full_clean()


# Places


def test_confirm_of_a_place_goes_into_the_calendar_and_of_the_waiting_list_does_not(session):
    Event.objects.update(capacity=1)
    for name in "AB":
        workflow.confirm_registration(registration=make_registration(session, "requested", name=name))
    placed, waiting = OutgoingMail.objects.order_by("pk")
    assert "METHOD:REQUEST" in placed.calendar and session.join_url not in placed.calendar
    assert waiting.calendar == ""


def test_confirm_gives_places_as_long_as_there_are_some(session):
    waiting = [make_registration(session, "requested", name=name) for name in "ABC"]
    for registration in waiting:
        workflow.confirm_registration(registration=registration)
    assert statuses(session) == {"A": "placed", "B": "placed", "C": "waiting"}
    assert [subject.split()[0] for subject in subjects()] == ["Angemeldet", "Angemeldet", "Warteliste"]


def test_confirm_and_cancel_of_what_is_off_change_nothing(session):
    requested, placed = make_registration(session, "requested", name="A"), make_registration(session, name="B")
    Event.objects.update(status=Event.Status.CANCELLED)
    workflow.confirm_registration(registration=requested)
    assert not workflow.cancel_registration(registration=placed)
    assert statuses(session) == {"A": "requested", "B": "placed"}
    assert subjects() == []


def test_cancel_moves_up_who_waits_longest_and_tells_both(session):
    first, *_ = [make_registration(session, status, name=name) for name, status in
                 [("A", "placed"), ("B", "placed"), ("C", "waiting"), ("D", "waiting")]]  # fmt: skip
    assert workflow.cancel_registration(registration=first)
    assert statuses(session) == {"A": "cancelled", "B": "placed", "C": "placed", "D": "waiting"}
    assert [subject.split()[0] for subject in subjects()] == ["Abgemeldet", "Angemeldet"]
    assert not workflow.cancel_registration(registration=first)
    assert len(subjects()) == 2


def test_page_of_a_hidden_event_does_not_call_it_off_and_lets_people_leave(client, session):
    path = path_of(make_registration(session, name="A"))
    Event.objects.update(is_published=False)
    page = client.get(path).content.decode()
    assert "wird gerade überarbeitet" in page and "fällt aus" not in page
    page = client.post(path, {"action": "cancel"}, follow=True).content.decode()
    assert "Sie sind abgemeldet" in page and statuses(session) == {"A": "cancelled"}
    told = OutgoingMail.objects.get()
    assert session.get_absolute_url() not in page + told.text + told.html


@pytest.mark.parametrize(
    ("changes", "state"),
    [({"is_published": False}, "wird gerade überarbeitet"), ({"status": "moved"}, "der neue steht noch nicht fest")],
)
def test_page_of_an_event_that_is_hidden_or_put_off_says_so_and_what_it_always_says(client, session, changes, state):
    paths = {status: path_of(make_registration(session, status)) for status in Registration.Status.values}
    Event.objects.update(**changes)
    said = {"requested": "müssen Sie nichts tun", "waiting": "Ihr Platz auf der Warteliste: 1.", "placed": "freuen uns",
            "cancelled": "Schade"}  # fmt: skip
    for status, path in paths.items():
        page = client.get(path).content.decode()
        assert state in page and said[status] in page, status
        assert "noch nicht veröffentlicht" not in page
        assert ("Noch einmal anmelden" in page) == (status == "cancelled" and "status" in changes)


def test_cancel_from_the_waiting_list_moves_nobody_up(session):
    for name in "AB":
        make_registration(session, name=name)
    waiting = make_registration(session, "waiting", name="C")
    make_registration(session, "waiting", name="D")
    workflow.cancel_registration(registration=waiting)
    assert statuses(session) == {"A": "placed", "B": "placed", "C": "cancelled", "D": "waiting"}


def test_cancel_takes_mails_that_have_not_left_back(session, time_machine):
    registration = make_registration(session)
    time_machine.move_to(session.starts_at - timedelta(hours=3))
    [reminder] = workflow.send_registration_mails(now=timezone.now())
    workflow.cancel_registration(registration=registration)
    assert not OutgoingMail.objects.filter(pk=reminder.pk).exists()


def test_event_without_a_limit_has_a_place_for_everybody():
    session = make_session()
    for name in "ABC":
        workflow.confirm_registration(registration=make_registration(session, "requested", name=name))
    assert set(statuses(session).values()) == {"placed"}


def test_move_up_after_the_lead_made_room_and_nobody_loses_a_place(session):
    for name, status in [("A", "placed"), ("B", "placed"), ("C", "waiting"), ("D", "waiting")]:
        make_registration(session, status, name=name)
    Event.objects.update(capacity=1)
    assert workflow.move_up(event=session) == 0
    Event.objects.update(capacity=3)
    assert workflow.move_up(event=session) == 1
    assert statuses(session) == {"A": "placed", "B": "placed", "C": "placed", "D": "waiting"}


def all_at_once(*jobs) -> None:
    """Do each job in a thread with a database connection of its own, all beginning together."""
    start, failures = Barrier(len(jobs)), []

    def run(job):
        try:
            start.wait(timeout=20)
            job()
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


@pytest.mark.django_db(transaction=True)
def test_places_under_parallel_confirms_and_cancels_are_all_given_and_none_twice():
    session = make_session(capacity=4)
    leaving = [make_registration(session) for _ in range(4)]
    make_registration(session, "waiting")
    asking = [make_registration(session, "requested") for _ in range(5)]
    all_at_once(
        *[lambda one=one: workflow.cancel_registration(registration=one) for one in leaving[:3]],
        *[lambda one=one: workflow.confirm_registration(registration=one) for one in asking],
    )
    found = sorted(statuses(session).values())
    assert found == ["cancelled"] * 3 + ["placed"] * 4 + ["waiting"] * 3
    placed_mails = OutgoingMail.objects.filter(subject__startswith="Angemeldet").values_list("recipient", flat=True)
    gained = session.registrations.placed().exclude(pk=leaving[3].pk).values_list("email", flat=True)
    assert sorted(placed_mails) == sorted(gained)


@pytest.mark.django_db(transaction=True)
def test_confirm_pressed_four_times_at_once_mails_once():
    session = make_session(capacity=1)
    registration = make_registration(session, "requested")
    all_at_once(*[lambda: workflow.confirm_registration(registration=registration)] * 4)
    assert len(mail.outbox) == 1


# The personal page


def test_link_of_a_registration_is_stored_as_hash_and_its_page_passes_nothing_on(client, session):
    path = path_of(make_registration(session))
    token = path.split("/")[2]
    assert len(token) >= 43
    assert token not in str(RegistrationLink.objects.values_list())
    answer = client.get(path)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_page_of_a_registration_takes_a_post_from_a_page_without_referrer(session):
    strict = Client(enforce_csrf_checks=True)
    path = path_of(make_registration(session, name="A"))
    token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', strict.get(path).content.decode())[1]
    data = {"csrfmiddlewaretoken": token, "action": "cancel"}
    assert strict.post(path, {"action": "cancel"}).status_code == 403
    assert strict.post(path, data, headers={"Origin": "null"}).status_code == 302
    assert statuses(session) == {"A": "cancelled"}


def test_link_changes_one_registration_and_leaves_those_of_others_as_they_are(client, session):
    other, mine = make_registration(session, "requested"), make_registration(session, "requested")
    before = Registration.objects.filter(pk=other.pk).values().get()
    paths = [path_of(other), path_of(mine)]
    register(client, session, email=mine.email)
    client.post(paths[1], {"action": "confirm"})
    assert client.post(paths[1], {"action": "anders"}).status_code == 200
    named = mine.name
    mine.refresh_from_db()
    assert (mine.name, mine.status) == (named, "placed")
    client.post(paths[1], {"action": "cancel"})
    assert Registration.objects.filter(pk=other.pk).values().get() == before
    assert client.post("/teilnahme/gibt-es-nicht/", {"action": "confirm"}).status_code == 410


def test_unknown_link_is_gone(client):
    assert client.get("/teilnahme/unbekannt/").status_code == 410
    assert client.post("/teilnahme/unbekannt/", {"action": "cancel"}).status_code == 410


def test_page_of_who_waits_says_the_place_in_the_queue(client, session):
    make_registration(session, "waiting")
    second = make_registration(session, "waiting")
    assert "Platz auf der Warteliste: 2." in client.get(path_of(second)).content.decode()


@pytest.mark.parametrize(
    ("status", "hours_before", "is_shown"),
    [("placed", 25, False), ("placed", 24, True), ("placed", -1, True), ("placed", -3, False),
     ("waiting", 23, False), ("requested", 23, False), ("cancelled", 23, False)],
)  # fmt: skip
def test_join_link_is_shown_to_who_has_a_place_shortly_before(client, time_machine, status, hours_before, is_shown):
    session = make_session()
    path = path_of(make_registration(session, status))
    time_machine.move_to(session.starts_at - timedelta(hours=hours_before), tick=False)
    assert (session.join_url in client.get(path).content.decode()) is is_shown


def test_join_link_is_in_no_page_for_others_and_not_of_an_event_without_a_date(client, session, time_machine):
    path = path_of(make_registration(session))
    time_machine.move_to(session.starts_at - timedelta(hours=1))
    public = [session.get_absolute_url(), f"{session.get_absolute_url()}anmelden/", "/termine/", "/"]
    for address in public:
        assert "treffen.example.org" not in client.get(address).content.decode(), address
    for status, text in [("moved", "der neue steht noch nicht fest"), ("cancelled", "fällt aus")]:
        Event.objects.update(status=status)
        assert Registration.objects.get().join_url == ""
        page = client.get(path).content.decode()
        assert "treffen.example.org" not in page and text in page


@pytest.mark.parametrize(
    ("taken", "text"), [(0, "Noch 2 von 2 Plätzen sind frei"), (1, "Noch 1 von 2 Plätzen ist frei"), (2, "Warteliste")]
)
def test_event_page_says_how_many_places_are_left(client, session, taken, text):
    for _ in range(taken):
        make_registration(session)
    assert text in client.get(session.get_absolute_url()).content.decode()


def test_event_page_with_registration_needs_few_queries_however_many_registered(
    client, session, django_assert_max_num_queries
):
    for _ in range(30):
        make_registration(session, "waiting")
    with django_assert_max_num_queries(6):
        client.get(session.get_absolute_url())
