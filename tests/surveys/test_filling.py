"""Filling in, without JavaScript: nothing typed is ever lost, nothing of others is ever seen."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth import get_user
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from surveys.models import Entry, Round, Submission
from surveys.views import filling
from tests.factories.surveys import make_complete_response, make_entry, make_response, make_round

pytestmark = pytest.mark.django_db
VARYING = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<=name="page" value=")[0-9a-f-]+')
LAST_SECOND = datetime(2021, 7, 12, 21, 59, 59, tzinfo=UTC)
FIRST_AFTER = datetime(2021, 7, 12, 22, 0, 0, tzinfo=UTC)


@pytest.fixture
def response(member):
    return make_response(member.person)


def text_of(answer) -> str:
    return answer.content.decode()


def address(response, *parts) -> str:
    return "/".join(["/fragebogen", response.round.slug, *map(str, parts), ""])


def hidden(answer, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', text_of(answer))[1]


def write(client, url: str, **fields):
    """Open a form and send it with these fields on top of its hidden ones."""
    page = client.get(url)
    return client.post(url, {"entry": hidden(page, "entry"), "revision": hidden(page, "revision"), **fields})


def add_example(client, response, **fields) -> str:
    """Press „Beispiel hinzufügen“, fill the form in, and return its address."""
    page = client.get(address(response, "abschnitt", "B"))
    added = client.post(address(response, "abschnitt", "B", "neu"), {"entry": hidden(page, "entry")})
    write(client, added["Location"], **fields)
    return added["Location"]


def test_whole_way_from_start_to_submission(member):
    round = make_round(member.person)
    start = f"/fragebogen/{round.slug}/"
    assert "Jetzt beginnen" in text_of(member.client.get(start))
    member.client.post(start + "beginnen/")
    response = round.responses.get()
    assert "0 von 7 Abschnitten erledigt" in text_of(member.client.get(start))
    page = member.client.get(start + "abschnitt/A/")
    known = {
        f"A1-{part}": hidden_value
        for part, hidden_value in [("organisation", "Haus"), ("name", "Mia"), ("email", member.person.email)]
    }
    assert member.person.organisation.name in text_of(page)
    saved = write(member.client, start + "abschnitt/A/", **known, A2="chamber")
    assert saved["Location"] == start + "abschnitt/B/?gespeichert=1"
    assert "Gespeichert." in text_of(member.client.get(saved["Location"]))
    add_example(member.client, response, B1="Erstes", B2="Text")
    for key in "CDE":
        member.client.post(address(response, "abschnitt", key, "nichts"), {"skipped": "1"})
    write(member.client, start + "abschnitt/F/", F1=["talk"])
    write(member.client, start + "abschnitt/G/", G1="named", G5="yes")
    assert "7 von 7 Abschnitten erledigt" in text_of(member.client.get(start))
    review = member.client.get(start + "pruefen/")
    done = member.client.post(
        start + "absenden/", {"revision": hidden(review, "revision"), "key": hidden(review, "key")}, follow=True
    )
    assert "Ihre Rückmeldung ist angekommen" in text_of(done)
    assert Submission.objects.get().number == 1


def test_three_examples_second_removed_third_renamed_keeps_first_and_third(member, response):
    first, second, third = (
        add_example(member.client, response, B1=title, B2="Text") for title in ["Eins", "Zwei", "Drei"]
    )
    member.client.post(second + "entfernen/")
    write(member.client, third, B1="Drei, neu", B2="Text")
    page = text_of(member.client.get(address(response, "abschnitt", "B")))
    assert "Beispiel 1: Eins" in page and "Beispiel 2: Drei, neu" in page
    present = [
        f"{address(response, 'eintrag')}{entry.uuid}/" for entry in response.entries.present().filter(section_key="B")
    ]
    assert present == [first, third]


def test_removed_example_comes_back_to_its_place(member, response):
    first, _ = (add_example(member.client, response, B1=title, B2="Text") for title in ["Eins", "Zwei"])
    page = text_of(member.client.post(first + "entfernen/", follow=True))
    assert "„Beispiel 1: Eins“ ist entfernt" in page and "Zurückholen" in page
    assert member.client.get(first).status_code == 404
    back = text_of(member.client.post(first + "zurueckholen/", follow=True))
    assert "Beispiel 1: Eins" in back and "Beispiel 2: Zwei" in back


def test_text_for_an_example_that_was_removed_elsewhere_is_shown_and_comes_back_with_it(member, response):
    entry = make_entry(response)
    page = member.client.get(address(response, "eintrag", entry.uuid))
    typed = {name: hidden(page, name) for name in ["entry", "revision"]} | {"B1": "Titel", "B2": "Lange geschrieben"}
    member.client.post(address(response, "eintrag", entry.uuid, "entfernen"))
    refused = member.client.post(address(response, "eintrag", entry.uuid), typed)
    assert refused.status_code == 409 and "Lange geschrieben" in text_of(refused)
    back = member.client.post(address(response, "eintrag", entry.uuid, "zurueckholen"), follow=True)
    assert "Lange geschrieben" in text_of(back) and hidden(back, "entry") == str(entry.uuid)
    member.client.post(address(response, "eintrag", entry.uuid, "entfernen"))
    Round.objects.update(closes_at=datetime.now(UTC))
    late = member.client.post(address(response, "eintrag", entry.uuid), typed)
    assert late.status_code == 403 and "Lange geschrieben" in text_of(late)


def test_removed_example_does_not_come_back_after_submission(member):
    response = make_complete_response(member.person)
    entry = make_entry(response)
    url = address(response, "eintrag", entry.uuid)
    member.client.post(url + "entfernen/")
    review = member.client.get(address(response, "pruefen"))
    member.client.post(
        address(response, "absenden"), {"revision": hidden(review, "revision"), "key": hidden(review, "key")}
    )
    assert member.client.post(url + "zurueckholen/").status_code == 404


def test_example_added_twice_by_a_double_click_is_one(member, response):
    fields = {"entry": str(uuid4())}
    for _ in range(2):
        member.client.post(address(response, "abschnitt", "B", "neu"), fields)
    assert response.entries.filter(section_key="B").count() == 1


def test_example_added_from_a_page_whose_example_was_removed_again_is_a_new_one(member, response):
    fields, add = {"entry": str(uuid4())}, address(response, "abschnitt", "B", "neu")
    first = member.client.post(add, fields)["Location"]
    member.client.post(f"{first}entfernen/")
    second, again = (member.client.post(add, fields, follow=True) for _ in range(2))
    assert second.status_code == 200 and hidden(second, "entry") == hidden(again, "entry") not in first
    assert response.entries.present().filter(section_key="B").count() == 1


def test_eleventh_example_is_refused_kindly(member, response):
    for _ in range(10):
        make_entry(response)
    answer = member.client.post(address(response, "abschnitt", "B", "neu"), {"entry": str(uuid4())}, follow=True)
    assert "höchstens 10 Einträge" in text_of(answer)
    assert response.entries.present().filter(section_key="B").count() == 10


def test_draft_with_gaps_is_saved_without_complaint(member, response):
    url = add_example(member.client, response, B6="nur der Nutzen")
    assert Entry.objects.get(uuid=url.split("/")[-2]).draft == {"B6": "nur der Nutzen"}
    page = text_of(member.client.get(address(response, "abschnitt", "B")))
    assert "noch ohne Titel" in page and "2 Angaben noch zu ergänzen" in page


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"B1": "x" * 121}, "um 1 Zeichen zu lang"),
        (
            {
                "B3": [
                    "mint-nachwuchs",
                    "interne-ablaeufe-e-akte",
                    "strategie-fuehrung-beteiligung",
                    "infrastruktur-cloud",
                ]
            },
            "höchstens 3",
        ),
        ({"B5": "erfunden"}, "steht nicht zur Wahl"),
        ({"B9": "javascript:alert(1)"}, "Ein Link beginnt mit"),
        ({"B2": "vor\x00nach"}, "unsichtbare Steuerzeichen"),
    ],
)
def test_wrong_value_is_saved_and_named(member, response, fields, message):
    entry = make_entry(response)
    answer = write(member.client, address(response, "eintrag", entry.uuid), **{"B1": "Titel", "B2": "Text"} | fields)
    entry.refresh_from_db()
    assert answer.status_code == 200
    assert message in text_of(answer) and "Gespeichert" in text_of(answer) and "<title>Fehler:" in text_of(answer)
    name, value = next(iter(fields.items()))
    assert entry.draft[name] == (value.replace("\x00", "") if isinstance(value, str) else value)
    assert member.client.get(address(response, "eintrag", entry.uuid)).status_code == 200


def test_one_megabyte_of_text_is_kept_and_named(member, response):
    entry = make_entry(response)
    answer = write(member.client, address(response, "eintrag", entry.uuid), B1="Titel", B2="ä" * 500_000)
    assert "Zeichen zu lang" in text_of(answer)
    entry.refresh_from_db()
    assert len(entry.draft["B2"]) == 500_000


@pytest.mark.parametrize(
    "text", ["\ud800", "\u202eabc", "🙂" * 50, "<script>alert(1)</script>", "a\x0bb\x7fc", "{deadline} {{ 7*7 }}"]
)
def test_strange_text_never_breaks_the_pages(member, response, text):
    entry = make_entry(response)
    url = address(response, "eintrag", entry.uuid)
    page = member.client.get(url)
    body = f"revision={hidden(page, 'revision')}&B1=".encode() + text.encode("utf-8", "surrogatepass")
    assert member.client.generic("POST", url, body, content_type="application/x-www-form-urlencoded").status_code in {
        200,
        302,
    }
    for path in [url, address(response, "pruefen"), address(response, "abschnitt", "B")]:
        answer = member.client.get(path)
        assert answer.status_code == 200
        assert "<script>alert" not in text_of(answer)


def test_alone_excludes_the_other_answers(member, response):
    entry = make_entry(response, "D", {"D1": "Vorhaben", "D2": "Ziel"})
    answer = write(
        member.client, address(response, "eintrag", entry.uuid), D1="Vorhaben", D2="Ziel", D5=["alone", "exchange"]
    )
    assert "nein, wir machen das allein" in text_of(answer) and "passt nicht zu den anderen" in text_of(answer)


def test_publishing_is_only_asked_with_an_example(member, response):
    url = address(response, "abschnitt", "G")
    assert 'name="G1"' not in text_of(member.client.get(url))
    make_entry(response)
    page = text_of(member.client.get(url))
    assert 'name="G1"' in page and "abweichend" not in page
    second = make_entry(response)
    assert f'name="G1-{second.uuid}"' in text_of(member.client.get(url))


def test_options_that_open_a_text_are_marked_for_the_stylesheet(member, response):
    html = text_of(member.client.get(address(response, "abschnitt", "A")))
    assert html.count("data-opens-text") == html.count('class="ogl-conditional ogl-opened"') == 1
    assert re.search(r'value="other"[^>]* data-opens-text', html) and "A2 Sonstiges: was genau?" in html
    html = text_of(member.client.get(address(response, "abschnitt", "F")))
    assert "data-opens-text" not in html and "ogl-opened" not in html


def test_consents_are_not_ticked_beforehand(member, response):
    make_entry(response)
    assert " checked" not in text_of(member.client.get(address(response, "abschnitt", "G")))


def test_second_tab_gets_409_with_both_texts_and_nothing_is_lost(member, response):
    entry = make_entry(response)
    url = address(response, "eintrag", entry.uuid)
    revision = hidden(member.client.get(url), "revision")
    member.client.post(url, {"revision": revision, "B1": "aus dem ersten Fenster", "B2": "Text"})
    second = member.client.post(url, {"revision": revision, "B1": "aus dem zweiten Fenster", "B2": "Text"})
    assert second.status_code == 409
    assert "aus dem ersten Fenster" in text_of(second) and "aus dem zweiten Fenster" in text_of(second)
    entry.refresh_from_db()
    assert entry.draft["B1"] == "aus dem ersten Fenster"
    chosen = member.client.post(
        url, {"revision": hidden(second, "revision"), "B1": "aus dem zweiten Fenster", "B2": "Text"}
    )
    entry.refresh_from_db()
    assert chosen.status_code == 302 and entry.draft["B1"] == "aus dem zweiten Fenster"


def test_same_text_sent_twice_is_no_conflict(member, response):
    entry = make_entry(response)
    url = address(response, "eintrag", entry.uuid)
    fields = {"revision": hidden(member.client.get(url), "revision"), "B1": "gleich", "B2": "Text"}
    assert [member.client.post(url, fields).status_code for _ in range(2)] == [302, 302]


@pytest.mark.parametrize("revision", ["", "x", "9" * 30, "-1", "²"])
def test_nonsense_as_revision_is_a_conflict_not_an_error(member, response, revision):
    entry = make_entry(response)
    answer = member.client.post(address(response, "eintrag", entry.uuid), {"revision": revision, "B1": "anders"})
    assert answer.status_code == 409


def test_entries_of_others_are_not_found(member, other_member, lead, response):
    round = response.round
    entry = make_entry(response)
    own = address(response, "eintrag", entry.uuid)
    for stranger in [other_member, lead]:
        assert stranger.client.get(own).status_code == 404
        assert stranger.client.post(own, {"B1": "fremd"}).status_code == 404
    make_response(other_member.person, make_round(other_member.person, version=round.version))
    invited = make_round(other_member.person, version=round.version)
    theirs = make_response(other_member.person, invited)
    for action in ["", "entfernen/", "zurueckholen/"]:
        assert (
            other_member.client.post(f"{address(theirs, 'eintrag', entry.uuid)}{action}", {"B1": "fremd"}).status_code
            == 404
        )
    taken = other_member.client.post(address(theirs, "abschnitt", "B", "neu"), {"entry": str(entry.uuid)})
    assert taken.status_code == 404
    entry.refresh_from_db()
    assert entry.draft["B1"] != "fremd" and not entry.removed_at


@pytest.mark.parametrize(("moment", "status"), [(LAST_SECOND, 302), (FIRST_AFTER, 403)])
def test_deadline_ends_exactly_at_midnight_in_berlin(member, moment, status):
    with time_machine.travel(LAST_SECOND - timedelta(days=1), tick=False):
        round = make_round(member.person, closes_at=FIRST_AFTER, opens_at=LAST_SECOND - timedelta(days=9))
        entry = make_entry(make_response(member.person, round))
    url = f"/fragebogen/{round.slug}/eintrag/{entry.uuid}/"
    client = Client()
    with time_machine.travel(moment, tick=False):
        client.force_login(member.user)
        answer = client.post(url, {"revision": "2", "B1": "Noch schnell getippt", "B2": "Text"})
        entry.refresh_from_db()
    assert answer.status_code == status
    assert (entry.draft["B1"] == "Noch schnell getippt") == (status == 302)
    if status == 403:
        assert "Noch schnell getippt" in text_of(answer) and "bis 12.07.2021, 24 Uhr" in text_of(answer)


def test_every_write_after_the_deadline_is_refused_and_the_page_is_for_reading(member):
    response = make_complete_response(member.person)
    entry = response.entries.get(section_key="B")
    with time_machine.travel(response.round.closes_at, tick=False):
        member.client.force_login(member.user)
        for parts in [
            ("abschnitt", "A"),
            ("abschnitt", "B", "neu"),
            ("abschnitt", "C", "nichts"),
            ("absenden",),
            ("eintrag", entry.uuid, "entfernen"),
        ]:
            answer = member.client.post(address(response, *parts), {"entry": str(uuid4()), "skipped": "1"})
            assert answer.status_code == 403, parts
        page = text_of(member.client.get(address(response), follow=True))
        assert "begonnen, aber nicht abgesendet" in page and "Bauantrag digital begleiten" in page
        assert member.client.get(address(response, "abschnitt", "A")).status_code == 302
    assert not Submission.objects.exists()


def test_expired_sign_in_keeps_the_text_until_the_next(member, response):
    entry = make_entry(response)
    url = address(response, "eintrag", entry.uuid)
    page = member.client.get(url)
    fields = {
        "entry": hidden(page, "entry"),
        "revision": hidden(page, "revision"),
        "B1": "Lange überlegt",
        "B3": ["mint-nachwuchs"],
    }
    client = Client()
    refused = client.post(url, fields)
    assert refused.status_code == 403 and "Lange überlegt" in text_of(refused)
    client.force_login(member.user)
    again = text_of(client.get(url))
    assert "Ihre Eingaben sind noch da" in again and 'value="Lange überlegt"' in again
    assert re.search(r'value="mint-nachwuchs"[^>]* checked', again)
    write(client, url, B1="Lange überlegt", B2="Text")
    assert "Ihre Eingaben sind noch da" not in text_of(client.get(url))


def test_kept_text_is_not_shown_to_somebody_else(member, other_member, response):
    round = response.round
    url = address(response, "abschnitt", "A")
    entry = response.entries.get(section_key="A")
    client = Client()
    client.post(url, {"entry": str(entry.uuid), "A1-name": "Vertraulich"})
    make_round_response = make_response(other_member.person, make_round(other_member.person, version=round.version))
    client.force_login(other_member.user)
    assert "Vertraulich" not in text_of(client.get(address(make_round_response, "abschnitt", "A")))


def test_visitor_is_asked_to_sign_in(visitor, response):
    answer = visitor.client.get(address(response, "abschnitt", "A"))
    assert answer["Location"] == f"/anmelden/?next={address(response, 'abschnitt', 'A')}"


def queries(client, url: str, fields=None) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(url, fields) if fields else client.get(url)
    assert answer.status_code in {200, 302}
    return len(captured)


def test_reading_and_saving_cost_the_same_with_1_and_with_10_entries(member, response):
    entry = make_entry(response)
    url = address(response, "eintrag", entry.uuid)
    pages = [
        url,
        address(response, "abschnitt", "B"),
        address(response),
        address(response, "pruefen"),
        address(response, "abschnitt", "G"),
    ]

    def costs(title):
        revision = hidden(member.client.get(url), "revision")
        return [queries(member.client, page) for page in pages], queries(
            member.client, url, {"revision": revision, "B1": title, "B2": "Text"}
        )

    with_one = costs("eins")
    for _ in range(9):
        make_entry(response)
    assert costs("zehn") == with_one
    assert max(with_one[0]) <= 7  # among them 2 for session and user
    assert with_one[1] <= 8  # and here BEGIN and COMMIT


@pytest.mark.parametrize("entry", ["", "kein-uuid", "00000000-0000-4000-8000-000000000000", "\x00"])
def test_nothing_is_kept_for_what_is_no_entry(entry):
    client = Client()
    answer = client.post("/fragebogen/unbekannt/abschnitt/A/", {"entry": entry, "A1-name": "irgendwas"})
    assert answer.status_code == 403
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize("key", ["A", "F", "G"])
def test_forms_are_sent_as_they_are_so_that_a_megabyte_of_umlauts_fits(member, response, key):
    assert 'enctype="multipart/form-data"' in text_of(member.client.get(address(response, "abschnitt", key)))


@pytest.mark.parametrize("key", ["A", "B"])
def test_page_that_is_put_together_of_pieces_is_the_one_that_the_template_draws(member, lead, monkeypatch, key):
    """For everybody alike, and without a word of the one who came before."""
    round = make_round(member.person, lead.person)
    pages = []
    for actor in [member, lead]:
        actor.client.post(f"/fragebogen/{round.slug}/beginnen/")
        address = f"/fragebogen/{round.slug}/abschnitt/{key}/"
        if key == "B":
            added = actor.client.post(f"{address}neu/", {"entry": str(uuid4())})
            address = added["Location"]
        pages.append(sorted_out(actor.client.get(address)))
        with monkeypatch.context() as patch:
            patch.setattr(filling, "framed", drawn_whole(actor.client, address))
            assert sorted_out(actor.client.get(address)) == pages[-1]
    of_member, of_lead = pages
    assert ">Verwaltung<" in of_lead and ">Verwaltung<" not in of_member
    assert member.person.email not in of_lead and lead.person.email not in of_member


def drawn_whole(client: Client, address: str):
    """In the place of ``framed``: the template with the request of a person, as any other page."""

    def draw(template, facts, holes):
        request = RequestFactory().get(address)
        request.user = get_user(client)
        known = {name: fact for name, fact in facts.items() if name not in {"place", "user"}}
        return render_to_string(template, known | holes, request)

    return draw


def sorted_out(response) -> str:
    """The page without what is another each time."""
    assert response.status_code == 200
    return VARYING.sub("", response.content.decode())
