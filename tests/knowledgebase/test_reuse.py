import re
from datetime import date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from knowledgebase import demo, demo_reuse, workflow
from knowledgebase.cards import count_reuses
from knowledgebase.models import Reuse, Suggestion
from knowledgebase.workflow.reuse import ask
from ogl_portal.directory import demo as directory_demo
from ogl_portal.directory.models import User
from ogl_portal.lib.models import OutgoingMail
from tests.factories.knowledgebase import make_archived, make_draft, make_published
from tests.factories.knowledgebase import make_reuse as make_counting

from .outside import reuse

pytestmark = pytest.mark.django_db
LIST = reverse("admin:knowledgebase_reuse_changelist")
NOON = "2026-03-01T12:00:00+01:00"


@pytest.fixture
def solution():
    return make_published(title="Digitales Fundbüro", slug="fundbuero")


def make_reuse(solution, **values) -> Reuse:
    """Make a report that waits."""
    fields = {"organisation_name": "Beispielgemeinde", "place": "Musterdorf", "status": "productive"}
    return Reuse.objects.create(solution=solution, since_year=2024, **fields | values)


def make_confirmed(solution, by, **values) -> Reuse:
    made = make_reuse(solution, **values)
    workflow.confirm_reuse(reuse=made, by=by)
    return made


def form_url(solution) -> str:
    return reverse("knowledgebase:report-reuse", args=[solution.slug])


def recipients() -> list[str]:
    return sorted(OutgoingMail.objects.values_list("recipient", flat=True))


# Reporting


def test_reuse_reported_by_a_visitor_waits_and_the_lead_is_told(visitor, lead, solution):
    data = reuse(verdict="Läuft.", source_url="example.org", reporter_email="berta@example.org", contact_released="on")
    response = visitor.client.post(form_url(solution), data)
    assert response.url == reverse("knowledgebase:reuse-thanks", args=["fundbuero"])
    assert visitor.client.get(response.url).status_code == 200
    made = Reuse.objects.waiting().get()
    assert (made.organisation_name, made.source_url, made.reported_by) == (
        "Beispielgemeinde",
        "https://example.org",
        None,
    )
    assert made.contact_released
    assert not Reuse.objects.confirmed().exists()
    assert recipients() == sorted([lead.user.email, "berta@example.org"])


def test_reuse_reported_by_a_member_belongs_to_the_sign_in(member, lead, solution):
    page = member.client.get(form_url(solution)).content.decode()
    assert 'name="reporter_email"' not in page
    assert member.person.organisation.name in page
    member.client.post(form_url(solution), reuse(reporter_email="wer@example.org"))
    made = Reuse.objects.get()
    assert (made.reported_by, made.reporter_email) == (member.user, "")
    assert made.reporter_address == member.user.email
    assert "Beispielgemeinde, in Musterdorf seit 2024 produktiv" in member.client.get("/mein-bereich/").content.decode()
    lead.client.post(form_url(solution), reuse(place="Anderswo"))
    assert recipients() == [lead.user.email], "who reports is not told"


def test_reuse_sent_twice_is_kept_once(visitor, lead, solution):
    data = reuse()
    for _ in range(2):
        assert visitor.client.post(form_url(solution), data).status_code == 302
    assert Reuse.objects.count() == 1
    assert recipients() == [lead.user.email]


def test_address_that_was_typed_gets_no_text_of_the_sender(visitor, solution, django_capture_on_commit_callbacks):
    data = reuse(organisation_name="KAUFEN", place="SOFORT", verdict="GELD", reporter_name="JETZT")
    with django_capture_on_commit_callbacks(execute=True):
        visitor.client.post(form_url(solution), data | {"reporter_email": "opfer@example.org"})
    [message] = mail.outbox
    whole = message.subject + message.body + message.alternatives[0].content
    assert not [word for word in ["KAUFEN", "SOFORT", "GELD", "JETZT"] if word in whole]
    assert "Digitales Fundbüro" in message.body


def test_form_says_what_is_public_and_asks_for_the_consent_of_the_organisation(visitor, solution):
    page = visitor.client.get(form_url(solution)).content.decode()
    assert "steht nie öffentlich" in page
    assert "einverstanden, dass ihr Name" in page
    assert "checked" not in page
    answer = visitor.client.post(form_url(solution), {**reuse(), "may_publish": ""}).content.decode()
    assert "Ohne dieses Einverständnis" in answer
    assert not Reuse.objects.exists()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"organisation_name": ""}, "Bitte nennen Sie die Organisation"),
        ({"status": ""}, "Bitte wählen Sie eine Antwort"),
        ({"status": "ended"}, "keine gültige Auswahl"),
        ({"since_year": "vierundzwanzig"}, "vier Ziffern"),
        ({"since_year": "2999"}, "Jahr bis"),
        ({"since_year": "1066"}, "1990"),
        ({"effort_days": "-1"}, "0"),
        ({"cost": "9" * 30}, "100000000"),
        ({"verdict": "x" * 501}, "500"),
        ({"adapted": "a\x00b"}, "Steuerzeichen"),
        ({"source_url": "ftp"}, "gültige"),
        ({"reporter_email": "keine"}, "vollständige E-Mail-Adresse"),
        ({"seal": ""}, "lange geöffnet"),
    ],
)
def test_report_that_cannot_be_taken_says_why_and_keeps_the_text(visitor, solution, values, message):
    response = visitor.client.post(form_url(solution), reuse(**{"version": "Fassung Sieben"} | values))
    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    assert "Fassung Sieben" in page
    assert not Reuse.objects.exists()


def test_reports_beyond_the_limit_get_429_and_keep_the_text(visitor, solution):
    for number in range(10):
        visitor.client.post(form_url(solution), reuse(place=f"Ort {number}", reporter_email="opfer@example.org"))
    assert recipients() == ["opfer@example.org"] * 3
    response = visitor.client.post(form_url(solution), reuse(verdict="Viel geschrieben."))
    assert response.status_code == 429
    assert "Viel geschrieben." in response.content.decode()


@pytest.mark.parametrize("make", [make_draft, make_archived])
def test_reuse_of_what_is_not_public_cannot_be_reported(visitor, lead, make):
    hidden = make()
    for client in [visitor.client, lead.client]:
        assert client.get(form_url(hidden)).status_code == 404
        assert client.post(form_url(hidden), reuse()).status_code == 404
        assert client.get(reverse("knowledgebase:reuse-thanks", args=[hidden.slug])).status_code == 404


# Confirming


def act(actor, action: str, *reuses) -> str:
    chosen = {"action": action, "_selected_action": [each.pk for each in reuses]}
    return actor.client.post(LIST, chosen, follow=True).content.decode()


def test_reuse_counts_for_twelve_months_once_it_is_confirmed(lead, solution, time_machine):
    time_machine.move_to(NOON, tick=False)
    made = make_reuse(solution)
    assert "ist bestätigt und zählt" in act(lead, "confirm", made)
    before = made.revision
    made.refresh_from_db()
    assert (made.confirmed_by, made.confirm_again_on) == (lead.user, date(2027, 3, 1))
    assert made.revision == before + 1
    assert Reuse.objects.confirmed().get() == made
    assert Reuse.objects.confirmed(date(2027, 2, 28)).exists()
    assert not Reuse.objects.confirmed(date(2027, 3, 1)).exists()


def test_leap_day_is_followed_by_a_year_without_one(lead, solution, time_machine):
    time_machine.move_to("2028-02-29T12:00:00+01:00", tick=False)
    assert make_confirmed(solution, lead.user).confirm_again_on == date(2029, 2, 28)


@pytest.mark.parametrize("signed_in", [True, False])
def test_nobody_confirms_what_they_reported(lead, second_lead, solution, signed_in):
    reporter = {"reported_by": lead.user} if signed_in else {"reporter_email": lead.user.email.upper()}
    made = make_reuse(solution, **reporter)
    assert "haben Sie selbst gemeldet" in act(lead, "confirm", made)
    assert not Reuse.objects.confirmed().exists()
    assert "ist bestätigt" in act(second_lead, "confirm", made)
    assert "haben Sie selbst gemeldet" in act(lead, "renew", made)


def test_what_the_lead_enters_another_lead_confirms(lead, second_lead, solution):
    data = {"solution": solution.pk, "organisation_name": "Kammer", "place": "Halle", "status": "productive"}
    response = lead.client.post(reverse("admin:knowledgebase_reuse_add"), data | {"since_year": 2024})
    assert response.status_code == 302
    made = Reuse.objects.get()
    assert made.reported_by == lead.user
    path = reverse("admin:knowledgebase_reuse_change", args=[made.pk])
    button = {"seen_revision": made.revision, "_confirm": "1"} | data | {"since_year": 2024}
    assert "haben Sie selbst gemeldet" in lead.client.post(path, button, follow=True).content.decode()
    made.refresh_from_db()
    button["seen_revision"] = made.revision
    assert "zählt für zwölf Monate" in second_lead.client.post(path, button, follow=True).content.decode()
    assert Reuse.objects.confirmed().get() == made


def test_reuse_is_decided_once_also_by_two_at_the_same_time(lead, second_lead, solution):
    made = make_reuse(solution)
    twin = Reuse.objects.get()
    workflow.confirm_reuse(reuse=made, by=lead.user)
    with pytest.raises(ValidationError, match="schon entschieden"):
        workflow.confirm_reuse(reuse=twin, by=second_lead.user)
    assert Reuse.objects.get().confirmed_by == lead.user


def test_declined_reuse_counts_no_more(lead, solution):
    made = make_confirmed(solution, lead.user)
    assert "ist abgelehnt" in act(lead, "decline", made)
    assert not Reuse.objects.confirmed().exists()
    assert "schon entschieden" in act(lead, "decline", made)
    assert "schon entschieden" in act(lead, "confirm", made)
    assert "noch nicht bestätigt" in act(lead, "renew", made)
    assert said_of(made) == [(lead.user.pk, "Bestätigt."), (lead.user.pk, "Abgelehnt.")]


def test_reuse_declined_by_mistake_waits_again_and_can_be_confirmed(lead, second_lead, solution):
    made = make_confirmed(solution, lead.user)
    workflow.decline_reuse(reuse=made, by=lead.user)
    page = reverse("admin:knowledgebase_reuse_change", args=[made.pk])
    assert 'name="_reconsider"' in lead.client.get(page).content.decode()
    assert "wartet wieder" in act(lead, "reconsider", made)
    assert "ist nicht abgelehnt" in act(lead, "reconsider", made)
    workflow.confirm_reuse(reuse=made, by=second_lead.user)
    assert Reuse.objects.confirmed().get() == made


def said_of(made: Reuse) -> list[tuple[int, str]]:
    """Who did what, as the Verwaltung tells it."""
    found = LogEntry.objects.filter(object_id=str(made.pk), content_type__model="reuse")
    return list(found.order_by("pk").values_list("user", "change_message"))


def test_ended_reuse_does_not_count(lead, solution):
    make_confirmed(solution, lead.user, status=Reuse.Status.ENDED)
    assert not Reuse.objects.confirmed().exists()
    assert not Reuse.objects.overdue().exists()


def edit(actor, made: Reuse, **changes):
    """Send the form of a reuse in the admin as it stands, with the changes."""
    made.refresh_from_db()
    path = reverse("admin:knowledgebase_reuse_change", args=[made.pk])
    data = {"organisation_name": made.organisation_name, "place": made.place, "status": made.status}
    data |= {"since_year": made.since_year, "seen_revision": made.revision}
    return actor.client.post(path, data | changes, follow=True).content.decode()


def test_who_reported_cannot_be_changed_and_so_nobody_becomes_their_own_second_person(lead, solution):
    made = make_reuse(solution, reporter_email=lead.user.email)
    assert "zählt erst wieder" not in edit(lead, made, place="Anderswo"), "it did not count yet"
    assert "haben Sie selbst gemeldet" in edit(lead, made, reporter_email="wer@example.org", _confirm="1")
    made.refresh_from_db()
    assert (made.reporter_email, made.confirmed_at) == (lead.user.email, None)


def test_change_of_what_is_public_takes_the_confirmation_back_until_a_second_lead_confirms(
    lead, second_lead, solution, visitor
):
    made = make_confirmed(solution, lead.user)
    assert "Beispielgemeinde" in visitor.client.get(solution.get_absolute_url()).content.decode()
    assert "zählt erst wieder" in edit(lead, made, organisation_name="Andere Firma")
    assert not Reuse.objects.confirmed().exists()
    page = visitor.client.get(solution.get_absolute_url()).content.decode()
    assert "Beispielgemeinde" not in page and "Andere Firma" not in page
    assert "haben Sie selbst geändert" in edit(lead, made, _confirm="1")
    assert "haben Sie selbst geändert" in edit(lead, made, place="Anderswo", _confirm="1")
    assert "haben Sie selbst geändert" in act(lead, "confirm", made)
    assert "ist bestätigt" in edit(second_lead, made, _confirm="1")
    assert Reuse.objects.confirmed().get().organisation_name == "Andere Firma"
    assert Reuse.objects.get().changed_by is None
    assert "weitere zwölf Monate" in edit(lead, made, _renew="1")


def test_end_of_a_reuse_needs_no_confirmation_and_its_return_does(lead, solution):
    made = make_confirmed(solution, lead.user)
    edit(lead, made, status="ended")
    assert not Reuse.objects.waiting().exists()
    edit(lead, made, status="productive")
    assert not Reuse.objects.confirmed().exists() and Reuse.objects.waiting().get() == made


def test_same_organisation_counts_once_and_the_lead_is_told(visitor, lead, solution):
    make_confirmed(solution, lead.user, organisation_name="ÖPNV Halle")
    twin = make_reuse(solution, organisation_name=" öpnv halle ", place="Halle")
    assert "Dieselbe Organisation zählt hier schon" in act(lead, "confirm", twin)
    make_confirmed(solution, lead.user, organisation_name="ÖPNV Halle", status="interested")
    assert count_reuses()[solution.pk] == 1
    assert "Eine Stelle nutzt" in visitor.client.get(solution.get_absolute_url()).content.decode()
    make_confirmed(make_published(), lead.user, organisation_name="Andere")  # of another solution
    assert "Dieselbe" not in act(lead, "confirm", make_reuse(solution, organisation_name="Andere"))
    assert count_reuses(solution=solution)[solution.pk] == 2


def test_count_of_reuses_is_made_by_the_database(lead, solution, django_assert_num_queries):
    for _ in range(3):
        make_confirmed(solution, lead.user)
    with django_assert_num_queries(1) as queries:
        count_reuses()
    assert "GROUP BY" in queries.captured_queries[0]["sql"]


def test_outdated_form_of_a_reuse_gets_409(lead, second_lead, solution):
    made = make_reuse(solution)
    path = reverse("admin:knowledgebase_reuse_change", args=[made.pk])
    data = {"organisation_name": "Gemeinde Beispiel", "place": "Musterdorf", "status": "productive", "since_year": 2024}
    data["seen_revision"] = made.revision
    assert lead.client.post(path, data).status_code == 302
    response = second_lead.client.post(path, data | {"organisation_name": "Anders"})
    assert response.status_code == 409
    assert "Gespeichert ist: Gemeinde Beispiel" in response.content.decode()


@pytest.mark.parametrize(
    ("word", "places"),
    [("wartet", "A"), ("zaehlt", "B"), ("ueberfaellig", "CD"), ("ohne-antwort", "D"), ("abgelehnt", "E")],
)
def test_list_of_reuses_is_narrowed_by_state(lead, solution, word, places):
    for place in "ABCDE":
        email = "" if place == "D" else "berta@example.org"
        made = make_reuse(solution, place=place, reporter_email=email)
        if place in "BCD":
            workflow.confirm_reuse(reuse=made, by=lead.user)
        if place in "CD":
            Reuse.objects.filter(pk=made.pk).update(confirm_again_on=timezone.localdate())
        if place == "E":
            workflow.decline_reuse(reuse=made, by=lead.user)
    response = lead.client.get(LIST, {"bestaetigung": word})
    assert {row.place for row in response.context["cl"].result_list} == set(places)


@pytest.mark.parametrize("year", ["9" * 5000, "²⁰²⁴", "-1", "2024"])
def test_list_of_reuses_survives_any_year(lead, solution, year):
    assert lead.client.get(LIST, {"reported_at__year": year}).status_code in {200, 302, 400}


def test_list_of_reuses_asks_as_much_for_30_as_for_1(lead, solution):
    counts = []
    for number in [1, 30]:
        for _ in range(number):
            make_confirmed(solution, lead.user)
        lead.client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            lead.client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# A year later


def remind() -> list:
    """Let cron come by; returns the mails that left."""
    before = len(mail.outbox)
    call_command("remind", verbosity=0)
    return mail.outbox[before:]


def link_in(message) -> str:
    return re.search(r"/wissensdatenbank/nachnutzung/weiter/\S+", message.body)[0]


@pytest.fixture
def due(lead, solution, time_machine):
    """A reuse that was confirmed a year ago today."""
    time_machine.move_to(NOON, tick=False)
    made = make_confirmed(solution, lead.user, reporter_email="berta@example.org")
    time_machine.move_to("2027-03-01T09:00:00+01:00", tick=False)
    return made


def test_reporter_is_asked_on_the_day_and_once_however_often_cron_comes(due, time_machine):
    time_machine.move_to("2027-02-28T23:30:00+01:00", tick=False)
    assert remind() == []
    time_machine.move_to("2027-03-01T00:30:00+01:00", tick=False)
    [message] = remind()
    assert message.to == ["berta@example.org"]
    assert "Digitales Fundbüro" in message.body
    time_machine.move_to("2027-05-01T09:00:00+01:00", tick=False)
    assert remind() == []


def test_question_and_answer_are_about_one_reuse_of_several(due, lead, second_lead, solution, time_machine):
    time_machine.move_to(NOON, tick=False)
    waiting = make_reuse(solution, organisation_name="Wartet")
    other = make_confirmed(solution, lead.user, reporter_email="otto@example.org", organisation_name="Otto")
    time_machine.move_to("2027-03-01T09:00:00+01:00", tick=False)
    mails = {message.to[0]: message for message in remind()}
    assert set(mails) == {"berta@example.org", "otto@example.org"}
    workflow.answer_renewal(token=link_in(mails["otto@example.org"]).split("/")[-2], is_used=False)
    workflow.renew_reuse(reuse=due, by=second_lead.user)
    assert said_of(due)[-1] == (second_lead.user.pk, "Für weitere zwölf Monate bestätigt.")
    assert set(Reuse.objects.filter(status="ended")) == {other} and set(Reuse.objects.waiting()) == {waiting}
    assert set(Reuse.objects.confirmed()) == {due}


def test_reuse_that_was_asked_for_or_renewed_meanwhile_is_not_asked_for(due, second_lead):
    seen = Reuse.objects.get()
    assert ask(due) and ask(due) is None
    workflow.renew_reuse(reuse=due, by=second_lead.user)
    assert ask(seen) is None
    assert recipients().count("berta@example.org") == 1


def test_late_cron_asks_once(due, time_machine):
    time_machine.move_to("2027-08-01T09:00:00+01:00", tick=False)
    assert len(remind()) == 1
    assert remind() == []


def test_unanswered_reuse_stops_counting_on_the_day(due):
    remind()
    assert not Reuse.objects.confirmed().exists()
    assert Reuse.objects.overdue().get().state_text == "nicht mehr bestätigt"


def test_link_shows_two_buttons_and_only_they_answer(due, visitor):
    path = link_in(remind()[0])
    page = visitor.client.get(path)
    assert "Ja, wir nutzen sie weiter" in page.content.decode()
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert visitor.client.post(path, {"answer": "vielleicht"}).status_code == 200
    assert not Reuse.objects.confirmed().exists()


def test_answer_yes_lets_the_reuse_count_for_another_year_and_the_next_question_come(
    due, visitor, member, time_machine
):
    path = link_in(remind()[0])
    Reuse.objects.update(reported_by=member.user)
    before = Reuse.objects.get().revision
    response = visitor.client.post(path, {"answer": "ja"})
    assert response.url == reverse("knowledgebase:reuse-answered")
    assert visitor.client.get(response.url).status_code == 200
    assert Reuse.objects.confirmed().get().confirm_again_on == date(2028, 3, 1)
    assert Reuse.objects.get().revision == before + 1
    assert said_of(due)[-1] == (member.user.pk, "Nutzt die Lösung weiter.")
    Reuse.objects.update(reported_by=None)
    assert visitor.client.get(path).status_code == 410
    assert visitor.client.post(path, {"answer": "nein"}).status_code == 410
    time_machine.move_to("2028-03-01T09:00:00+01:00", tick=False)
    [message] = [each for each in remind() if each.to == ["berta@example.org"]]  # the entry's review is due as well
    assert link_in(message) != path


def test_answer_no_ends_the_reuse_at_once(due, visitor, member):
    path = link_in(remind()[0])
    Reuse.objects.update(reported_by=member.user)
    visitor.client.post(path, {"answer": "nein"})
    made = Reuse.objects.get()
    assert (made.status, made.state_text) == ("ended", "beendet")
    assert said_of(due)[-1] == (member.user.pk, "Nutzt die Lösung nicht mehr.")
    assert not Reuse.objects.confirmed().exists()
    assert visitor.client.post(path, {"answer": "ja"}).status_code == 410
    assert remind() == []


def test_answer_without_cookies_needs_the_token_of_the_page_only(due, visitor):
    """The address is no-referrer, so the browser sends the origin „null“."""
    client = type(visitor.client)(enforce_csrf_checks=True)
    path = link_in(remind()[0])
    assert client.post(path, {"answer": "ja"}).status_code == 403
    client.get(path)
    data = {"answer": "ja", "csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    assert client.post(path, data, headers={"origin": "null"}).status_code == 302


@pytest.mark.parametrize("token", ["unbekannt", "WzEsIjIwMjctMDMtMDEiXQ:1abc:falsch", "%00", "🙂", "x" * 3000])
def test_link_that_is_none_is_gone(visitor, token):
    assert visitor.client.get(f"/wissensdatenbank/nachnutzung/weiter/{token}/").status_code in {400, 410}


def test_link_is_gone_after_half_a_year(due, visitor, time_machine):
    path = link_in(remind()[0])
    time_machine.move_to("2027-08-27T09:00:00+01:00", tick=False)
    assert visitor.client.get(path).status_code == 200
    time_machine.move_to("2027-08-29T09:00:00+01:00", tick=False)
    assert visitor.client.get(path).status_code == 410


def test_link_of_one_reuse_opens_no_other(due, visitor, lead, solution):
    other = make_reuse(solution, reporter_email="olga@example.org", place="Anderswo")
    Reuse.objects.filter(pk=other.pk).update(confirmed_at=timezone.now(), confirm_again_on=date(2027, 3, 1))
    links = {message.to[0]: link_in(message) for message in remind()}
    for address, place in [("olga@example.org", "Anderswo"), ("berta@example.org", "Musterdorf")]:
        assert place in visitor.client.get(links[address]).content.decode()
    visitor.client.post(links["olga@example.org"], {"answer": "ja"})
    assert Reuse.objects.confirmed().get() == other


def test_lead_who_renews_makes_the_link_superfluous(due, second_lead, visitor):
    path = link_in(remind()[0])
    workflow.renew_reuse(reuse=due, by=second_lead.user)
    assert Reuse.objects.confirmed().exists()
    assert visitor.client.post(path, {"answer": "nein"}).status_code == 410


def test_member_is_asked_at_the_address_of_the_sign_in_while_it_is_active(due, member):
    Reuse.objects.update(reported_by=member.user, reporter_email="")
    User.objects.filter(pk=member.user.pk).update(is_active=False)
    assert remind() == []
    assert Reuse.objects.out_of_reach().exists()
    User.objects.filter(pk=member.user.pk).update(is_active=True)
    assert [message.to for message in remind()] == [[member.user.email]]


def test_who_left_no_address_is_not_asked_and_the_lead_finds_it(due, second_lead):
    Reuse.objects.update(reporter_email="")
    assert remind() == []
    response = second_lead.client.get(LIST, {"bestaetigung": "ohne-antwort"})
    assert list(response.context["cl"].result_list) == [due]


@pytest.mark.parametrize("change", [{"status": "ended"}, {"solution__status": "archived"}])
def test_nobody_is_asked_about_what_is_over(due, change):
    if "status" in change:
        Reuse.objects.update(**change)
    else:
        workflow.archive_solution(solution=due.solution, by=None)
    assert remind() == []


@pytest.mark.django_db(transaction=True)
def test_two_crons_at_once_ask_once(lead, time_machine):
    make_confirmed(make_published(), lead.user, reporter_email="berta@example.org")
    moment = datetime(2030, 1, 1, tzinfo=timezone.get_current_timezone())
    start, sent = Barrier(3), []

    def cron():
        try:
            start.wait()
            sent.extend(workflow.ask_again(now=moment))
        finally:
            connection.close()

    threads = [Thread(target=cron) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == 1
    assert recipients().count("berta@example.org") == 1


# Retention


def test_prune_deletes_what_was_declined_and_forgets_reporters_of_what_is_over(lead, solution, time_machine, capsys):
    time_machine.move_to(NOON, tick=False)
    person = {"reporter_name": "Berta", "reporter_email": "berta@example.org", "contact_released": True}
    declined = make_reuse(solution, place="abgelehnt", **person)
    workflow.decline_reuse(reuse=declined, by=lead.user)
    make_reuse(solution, place="wartet", **person)
    make_confirmed(solution, lead.user, place="zählt", **person)
    make_confirmed(solution, lead.user, place="beendet", status="ended", **person)
    time_machine.move_to("2026-05-29T12:00:00+01:00", tick=False)
    call_command("prune")
    assert "1 × Namen und Adressen zu Nachnutzungen" in capsys.readouterr().out
    assert known() == {"abgelehnt", "wartet", "zählt"}
    time_machine.move_to("2026-06-01T12:00:00+01:00", tick=False)
    call_command("prune")
    assert known() == {"wartet", "zählt"}
    assert not Reuse.objects.declined().exists()
    time_machine.move_to("2027-06-01T12:00:00+01:00", tick=False)
    call_command("prune")
    assert known() == {"wartet"}
    assert not Reuse.objects.get(place="zählt").contact_released


def known() -> set[str]:
    """The places of the reuses whose reporter is known."""
    return set(Reuse.objects.exclude(reporter_email="").values_list("place", flat=True))


# Words


def test_words_for_reuses_say_whose_they_are_and_what_counts_on_a_day(member, other_member):
    solution, today = make_published(), timezone.localdate()
    own = make_counting(solution, reported_by=member.user)
    interested = make_counting(solution, reported_by=other_member.user, status="interested")
    over = make_counting(solution, days=0, reporter_email="mitglied1@example.org")
    assert [list(Reuse.objects.of(user)) for user in [member.user, AnonymousUser()]] == [[own], []]
    assert [set(Reuse.objects.confirmed(day)) for day in [None, own.confirm_again_on]] == [{own, interested}, set()]
    assert set(Reuse.objects.in_use()) == {own}
    assert [list(Reuse.objects.overdue(day)) for day in [None, today - timedelta(days=1)]] == [[over], []]
    assert list(Reuse.objects.to_ask_again(today)) == [over]
    Reuse.objects.filter(pk=over.pk).update(asked_for=today)
    assert not Reuse.objects.to_ask_again(today).exists()
    assert own.reporter_address == member.user.email
    member.user.is_active = False
    assert own.reporter_address == ""


# Demo


def test_demo_has_reuses_in_every_state_and_two_suggestions_that_wait():
    for part in [directory_demo, demo, demo_reuse, demo_reuse]:
        part.load()
    assert Suggestion.objects.waiting().count() == 2
    assert {reuse.state_text for reuse in Reuse.objects.all()} >= {
        "bestätigt", "wartet auf Bestätigung", "nicht mehr bestätigt", "beendet"
    }  # fmt: skip
    assert all(reuse.is_example and "Beispiel" in reuse.organisation_name for reuse in Reuse.objects.all())
    assert Reuse.objects.count() == len(demo_reuse.REUSES)
    assert timedelta(0) < Reuse.objects.confirmed().first().confirm_again_on - timezone.localdate() <= timedelta(366)
