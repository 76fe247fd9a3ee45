"""The list and the pages of the items, by role; reporting progress."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions import workflow
from actions.forms import ItemFilterForm
from actions.models import ActionItem
from ogl_portal.directory.workflow import create_sign_in_link
from ogl_portal.lib.dates import end_of_day
from tests.factories.actions import make_item, make_item_due_in, make_item_of
from tests.factories.sessions_app import make_event, make_report
from tests.factories.surveys import make_complete_response, make_round, submit

pytestmark = pytest.mark.django_db
LIST = reverse("actions:item-list")


def titles(response):
    return [row.record.title for row in response.context["table"].rows]


def test_item_list_without_items_is_friendly(visitor):
    assert "Hier steht gerade kein Schritt" in visitor.client.get(LIST).content.decode()


def test_item_list_says_overdue_in_a_word(visitor):
    make_item_due_in(-1, title="Spät dran")
    assert "überfällig</span></span>" in visitor.client.get(LIST).content.decode()


def test_item_list_shows_names_to_members_only(visitor, member, other_member):
    make_item_of(other_member.person, title="Etwas tun")
    assert "Otto Ander" not in visitor.client.get(LIST).content.decode()
    assert "Otto Ander" in member.client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("stand", "found"),
    [
        ("zu-tun", ["spät", "läuft"]),
        ("ueberfaellig", ["spät"]),
        ("in-arbeit", ["läuft"]),
        ("erledigt", ["fertig"]),
        ("entfallen", ["weg"]),
        ("", ["spät", "läuft", "fertig", "weg"]),
    ],
)
def test_item_list_filters_by_state(visitor, stand, found):
    make_item_due_in(-1, title="spät")
    for title, status in [("läuft", "in-progress"), ("fertig", "done"), ("weg", "dropped")]:
        make_item(title=title, status=status)
    assert titles(visitor.client.get(LIST, {"stand": stand})) == found


def test_item_list_filters_by_responsible_and_report(member, visitor):
    report = make_report()
    make_item_of(member.person, title="mein", report=report)
    make_item(title="der Leitung", responsible_kind="lead")
    assert titles(member.client.get(LIST, {"verantwortlich": "ich"})) == ["mein"]
    assert titles(visitor.client.get(LIST, {"verantwortlich": "leitung"})) == ["der Leitung"]
    assert titles(visitor.client.get(LIST, {"report": report.slug})) == ["mein"]


GARBAGE = [
    "stand=quatsch", "verantwortlich=ich", "report=999", "report=%27%22%3E%3Cscript%3E", "stand=" + "ä" * 3000,
    "page=x", "page=-1", "page=99999", "page=" + "9" * 30, "per_page=0", "per_page=-5", "unbekannt=1", "stand[]=1",
    "sort=quatsch", "sort=--title", "sort=", "sort=report&sort=-report&sort=due_text",
]  # fmt: skip


@pytest.mark.parametrize("query", GARBAGE)
def test_item_list_with_garbage_in_the_query_still_lists(visitor, query):
    make_item(title="da")
    response = visitor.client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert titles(response) == ["da"]
    assert "<script>" not in response.content.decode()


def test_item_list_says_that_a_choice_does_not_exist(visitor):
    assert "Diese Auswahl gibt es nicht" in visitor.client.get(LIST, {"stand": "quatsch"}).content.decode()


def test_item_list_with_nul_is_a_bad_request(visitor):
    assert visitor.client.get(LIST + "?stand=%00").status_code == 400


def test_item_list_does_not_offer_reports_that_the_reader_may_not_see(visitor, lead):
    make_item(report=make_report(status="draft", title="Geheimer Entwurf"))
    assert "Geheimer Entwurf" not in visitor.client.get(LIST).content.decode()
    assert "Geheimer Entwurf" in lead.client.get(LIST).content.decode()


def queries(client):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(LIST).status_code == 200
    return len(captured)


def test_item_list_needs_the_same_queries_for_1_and_30_items(visitor, member):
    report = make_report()
    make_item_of(member.person, report=report, due_kind="event", due_event=make_event())
    few = queries(visitor.client)
    for _ in range(29):
        make_item_of(member.person, report=report, due_kind="event", due_event=make_event())
    for report in (make_report() for _ in range(5)):
        round = make_round(member.person, report=report)
        make_item_of(member.person, report=report, due_kind="day", due_until=round.last_day)
    assert few == queries(visitor.client) <= 5


def test_item_list_counts_the_returns_at_the_step_that_ends_with_the_round(visitor, member, other_member):
    day = timezone.localdate() + timedelta(days=5)
    for report in [make_report(), None]:
        round = make_round(member.person, other_member.person, report=report, closes_at=end_of_day(day))
        submit(make_complete_response(member.person, round))
        step = {"report": report, "due_kind": "day", "due_until": day}
        make_item(title="Alle melden zurück", responsible_kind="everyone", **step)
    make_item(title="Etwas anderes", responsible_kind="lead", **step)
    make_item(title="Später", responsible_kind="everyone", due_kind="day", due_until=day + timedelta(days=1))
    html = visitor.client.get(LIST).content.decode()
    assert html.count("1 von 2 Rückmeldungen") == 2
    rows = {row.record.title: row.get_cell("status") for row in visitor.client.get(LIST).context["table"].rows}
    assert [title for title, cell in rows.items() if "1 von 2" in cell] == ["Alle melden zurück"]


def test_item_list_pages_and_sorts(visitor):
    for number in range(30):
        make_item(title=f"Nr. {number:02}")
    response = visitor.client.get(LIST, {"sort": "-title", "page": 2, "per_page": 1000})
    assert [row.record.title for row in response.context["table"].paginated_rows] == [
        "Nr. 04", "Nr. 03", "Nr. 02", "Nr. 01", "Nr. 00"
    ]  # fmt: skip


ORDERS = ["title", "-title", "report", "-report", "due_text", "-due_text"]


@pytest.mark.parametrize("role", ["visitor", "member", "lead"])
@pytest.mark.parametrize("stand", ["", *ItemFilterForm.STATES])
def test_item_list_has_the_same_items_in_every_order(role, stand, request):
    actor = request.getfixturevalue(role)
    make_item_due_in(-1, title="spät", report=make_report())
    for title, status in [("läuft", "in-progress"), ("fertig", "done"), ("weg", "dropped")]:
        make_item_due_in(5, title=title, status=status)
    found = titles(actor.client.get(LIST, {"stand": stand}))
    assert found
    for order in ORDERS:
        assert sorted(titles(actor.client.get(LIST, {"stand": stand, "sort": order}))) == sorted(found), order


def test_item_page_shows_facts_and_history(visitor, member):
    item = make_item_due_in(5, description="Mit **Sorgfalt**.", report=make_report(title="Der Report"), letter="b")
    workflow.change_status(item=item, to="done", by=member.user, note="Ist gut geworden.", is_example=True)
    html = visitor.client.get(item.get_absolute_url()).content.decode()
    for text in ["<strong>Sorgfalt</strong>", "Der Report", "Schritt b", "Ist gut geworden.", "Beispiel", "erledigt"]:
        assert text in html
    assert "Mia Mitglied" not in html
    assert "Mia Mitglied" in member.client.get(item.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("fields", "allowed"),
    [
        ({}, {"visitor", "guest", "member", "other_member", "lead"}),
        ({"is_public": False}, {"member", "other_member", "lead"}),
        ({"report": "in-review"}, {"member", "other_member", "lead"}),
        ({"report": "draft"}, {"lead"}),
    ],
)
def test_item_page_is_404_for_those_who_may_not_see_it(fields, allowed, request):
    if "report" in fields:
        fields = fields | {"report": make_report(status=fields["report"])}
    url = make_item(**fields).get_absolute_url()
    for role in ["visitor", "guest", "member", "other_member", "lead"]:
        status = request.getfixturevalue(role).client.get(url).status_code
        assert status == (200 if role in allowed else 404), role


@pytest.mark.parametrize("number", ["0", "999999", "9" * 40])
def test_item_page_of_an_unknown_number_is_404(visitor, number):
    assert visitor.client.get(f"{LIST}{number}/").status_code == 404


def report_progress(actor, item, **data):
    return actor.client.post(item.get_absolute_url(), {"status": "done", "note": "", "revision": item.revision} | data)


def test_progress_reported_by_those_responsible_is_history(member):
    item = make_item_of(member.person)
    response = report_progress(member, item, note="Geschafft.")
    assert response.status_code == 302
    change = item.history.get()
    assert (change.to_status, change.by, change.note) == ("done", member.user, "Geschafft.")
    assert "Der Stand ist jetzt „erledigt“" in member.client.get(response.url).content.decode()


def test_progress_of_others_is_refused(visitor, guest, member, other_member, lead):
    item = make_item_of(member.person)
    assert report_progress(visitor, item).url.startswith(reverse("directory:sign-in"))
    assert [report_progress(actor, item).status_code for actor in [guest, other_member]] == [403, 403]
    hidden = make_item(is_public=False)
    assert report_progress(guest, hidden).status_code == 404
    assert ActionItem.objects.get(pk=item.pk).status == "open"
    assert report_progress(lead, item).status_code == 302


def test_progress_from_a_second_tab_is_a_conflict_and_keeps_the_note(member, lead):
    item = make_item_of(member.person)
    stale = item.revision
    workflow.change_status(item=item, to="in-progress", by=lead.user)
    response = report_progress(member, item, note="Meine Notiz", revision=stale)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Inzwischen hat jemand anderes" in html
    assert "Meine Notiz" in html
    assert 'value="1"' in html
    assert item.history.count() == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"status": ""}, "Bitte wählen Sie den neuen Stand."),
        ({"status": "dropped"}, "gültige Auswahl"),
        ({"note": "x" * 501}, "500"),
        ({"note": "Gut\x00 gemacht"}, "unsichtbare Steuerzeichen"),
    ],
)
def test_progress_with_bad_input_says_why_and_keeps_the_text(member, data, message):
    item = make_item_of(member.person)
    response = report_progress(member, item, **data)
    html = response.content.decode()
    assert response.status_code == 200
    assert message in html
    assert "Fehler: " in html
    assert data.get("note", "").replace("\x00", "") in html
    assert not item.history.exists()


@pytest.mark.parametrize("revision", ["", "abc", "9" * 40, "\x00"])
def test_progress_with_a_garbage_revision_is_a_conflict(member, revision):
    assert report_progress(member, make_item_of(member.person), revision=revision).status_code == 409


def test_progress_on_a_dropped_item_is_the_leads(member):
    assert report_progress(member, make_item_of(member.person, status="dropped")).status_code == 403


def test_note_typed_while_the_item_was_given_to_others_stays_as_a_comment_to_send(member, other_member):
    item = make_item_of(member.person)
    item.responsible_persons.set([other_member.person])
    response = report_progress(member, item, note="Ein langer Bericht")
    assert response.status_code == 409
    assert "Ein langer Bericht</textarea>" in response.content.decode()
    assert "andere sind dafür verantwortlich" in response.content.decode()
    assert ActionItem.objects.get(pk=item.pk).status == "open"


def test_note_written_on_an_internal_item_stays_internal(visitor, guest, member, other_member, lead):
    item = make_item_of(member.person, is_public=False)
    report_progress(member, item, note="Nur für uns.")
    ActionItem.objects.filter(pk=item.pk).update(is_public=True)
    item.refresh_from_db()
    report_progress(member, item, status="in-progress", note="Für alle.")
    for actor in [visitor, guest, member, other_member, lead]:
        html = actor.client.get(item.get_absolute_url()).content.decode()
        assert "Für alle." in html
        assert ("Nur für uns." in html) == (actor not in [visitor, guest])


@pytest.mark.parametrize("is_public", [True, False])
def test_progress_typed_after_the_sign_in_expired_waits_for_the_next_one(member, is_public):
    item = make_item_of(member.person, is_public=is_public)
    member.client.logout()
    response = report_progress(member, item, note="Lange\x00 Notiz")
    assert response.url.startswith(reverse("directory:sign-in"))
    link = create_sign_in_link(user=member.user, next_path=item.get_absolute_url())
    html = member.client.post(link, follow=True).content.decode()
    assert "Lange Notiz</textarea>" in html
    assert "checked" in html
    assert not item.history.exists()
    report_progress(member, item, note="Lange Notiz")
    item.refresh_from_db()
    assert "Lange Notiz</textarea>" not in member.client.get(item.get_absolute_url()).content.decode()


def test_progress_typed_signed_out_appears_on_its_own_item_only(member):
    item, other = make_item_of(member.person), make_item_of(member.person)
    member.client.logout()
    report_progress(member, item, note="Nur hier")
    member.client.post(create_sign_in_link(user=member.user))
    assert "Nur hier" not in member.client.get(other.get_absolute_url()).content.decode()


def test_note_of_one_item_waits_until_it_is_sent_whatever_is_said_to_others(member):
    item, other = make_item_of(member.person), make_item_of(member.person)
    commenting = reverse("actions:item-comment", args=[other.pk])
    member.client.logout()
    report_progress(member, item, note="Nur hier")
    member.client.post(commenting, {"text": "Dort"})
    member.client.post(create_sign_in_link(user=member.user))
    assert "Dort</textarea>" in member.client.get(commenting).content.decode()
    assert member.client.post(commenting, {"text": "Dort"}).status_code == 302
    assert "Nur hier</textarea>" in member.client.get(item.get_absolute_url()).content.decode()
    report_progress(member, item, note="Nur hier")
    assert "Nur hier</textarea>" not in member.client.get(item.get_absolute_url()).content.decode()


def test_note_that_became_a_comment_waits_no_longer(member, other_member):
    item = make_item_of(member.person)
    member.client.logout()
    report_progress(member, item, note="Ein langer Bericht")
    item.responsible_persons.set([other_member.person])
    member.client.post(create_sign_in_link(user=member.user))
    assert "Ein langer Bericht</textarea>" in member.client.get(item.get_absolute_url()).content.decode()
    member.client.post(reverse("actions:item-comment", args=[item.pk]), {"text": "Ein langer Bericht"})
    assert "Ein langer Bericht</textarea>" not in member.client.get(item.get_absolute_url()).content.decode()


def test_comment_of_a_guest_is_refused_and_of_a_member_stands_with_its_item(guest, visitor, member):
    item, other = make_item(), make_item()
    address = reverse("actions:item-comment", args=[item.pk])
    assert guest.client.post(address, {"text": "Von außen"}).status_code == 404
    assert visitor.client.post(address, {"text": "Von außen"})["Location"].startswith("/anmelden/")
    assert member.client.post(address, {"text": "Von uns"})["Location"] == f"{item.get_absolute_url()}#kommentare"
    assert [each.comments.count() for each in [item, other]] == [1, 0]
