"""Saving while somebody types: everything is kept as it is, and never over something newer."""

from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from surveys.models import Answer, Entry, Response
from tests.factories.surveys import EXAMPLE, make_complete_response, make_entry, make_response, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def response(member):
    return make_response(member.person)


@pytest.fixture
def entry(response):
    return make_entry(response)


def address(entry, *parts) -> str:
    return "/".join(["/fragebogen", entry.response.round.slug, "eintrag", str(entry.uuid), *parts, ""])


def autosave(client, entry, **fields):
    return client.post(
        address(entry, "zwischenspeichern"), {"entry": entry.uuid, "revision": entry.revision, "step": 1} | fields
    )


def test_autosave_keeps_incomplete_and_invalid_values_and_says_when(member, entry):
    with time_machine.travel("2021-06-01T12:32:00Z", tick=False):
        member.client.force_login(member.user)
        entry.response.round.opens_at = "2021-05-01T00:00Z"
        entry.response.round.save()
        answer = autosave(member.client, entry, B1="x" * 200, B5="erfunden", B9="kein Link")
    assert answer.status_code == 200
    assert answer.json() == {"message": "Gespeichert um 14.32 Uhr.", "revision": entry.revision + 1, "hidden": []}
    entry.refresh_from_db()
    assert entry.draft == {"B1": "x" * 200, "B5": "erfunden", "B9": "kein Link"}
    assert not Answer.objects.exists()


def test_autosave_of_a_section_that_does_not_repeat(member, response):
    single = response.entries.get(section_key="F")
    single.response = response
    assert autosave(member.client, single, F1=["talk"]).status_code == 200
    single.refresh_from_db()
    assert single.draft == {"F1": ["talk"]}


def test_autosave_shows_up_on_another_device(member, entry):
    autosave(member.client, entry, B1="am Telefon begonnen")
    elsewhere = Client()
    elsewhere.force_login(member.user)
    assert "am Telefon begonnen" in elsewhere.get(address(entry)).content.decode()


def test_autosave_after_submission_counts_as_changed(member):
    response = make_complete_response(member.person)
    submit(response)
    entry = response.entries.get(section_key="B")
    autosave(member.client, entry, B1="anders", B2="Text")
    response.refresh_from_db()
    assert response.status == Response.Status.CHANGED
    assert response.submissions.get().document["entries"][1]["answers"]["B1"] == "Bauantrag digital begleiten"


def test_second_tab_gets_409_with_both_texts_and_overwrites_nothing(member, entry):
    autosave(member.client, entry, B1="erstes Fenster", page=uuid4())
    second = autosave(member.client, entry, B1="zweites Fenster", page=uuid4())
    assert second.status_code == 409
    assert "erstes Fenster" in second.json()["conflict"] and "zweites Fenster" in second.json()["conflict"]
    entry.refresh_from_db()
    assert entry.draft == {"B1": "erstes Fenster"}
    assert second.json()["revision"] == entry.revision
    assert autosave(member.client, entry, B1="zweites Fenster", page=uuid4()).status_code == 200


def test_page_that_did_not_hear_of_its_own_saving_is_no_conflict_with_itself(member, entry):
    page = uuid4()
    autosave(member.client, entry, B1="eins", page=page, step=1)
    again = autosave(member.client, entry, B1="eins und zwei", page=page, step=2)
    assert again.status_code == 200
    entry.refresh_from_db()
    assert entry.draft == {"B1": "eins und zwei"} and again.json()["revision"] == entry.revision


def test_request_that_comes_late_does_not_undo_a_later_one_of_the_same_page(member, entry):
    page = uuid4()
    autosave(member.client, entry, B1="später", page=page, step=2)
    assert autosave(member.client, entry, B1="früher", page=page, step=1).status_code == 409
    entry.refresh_from_db()
    assert entry.draft == {"B1": "später"}


def test_button_after_an_autosave_without_answer_is_no_conflict(member, entry):
    page = uuid4()
    autosave(member.client, entry, B1="eins", page=page, step=1)
    fields = {"revision": entry.revision, "page": page, "step": 2, "B1": "fertig", "B2": "Text"}
    assert member.client.post(address(entry), fields).status_code == 302
    entry.refresh_from_db()
    assert entry.draft == {"B1": "fertig", "B2": "Text"}


def test_autosave_takes_no_files_and_no_conflict_costs_one(member, entry):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("bogen.pdf", b"%PDF-1.7 %%EOF")
    answer = autosave(member.client, entry, **{"B1": "Titel", "B9-files": file})
    assert answer.status_code == 200
    assert not entry.uploads.exists()


def test_autosave_after_the_deadline_is_refused_in_words(member, entry):
    with time_machine.travel(entry.response.round.closes_at, tick=False):
        member.client.force_login(member.user)
        answer = autosave(member.client, entry, B1="zu spät")
    assert answer.status_code == 403
    assert "Frist" in answer.json()["message"]
    entry.refresh_from_db()
    assert entry.draft["B1"] != "zu spät"


def test_autosave_after_the_sign_in_expired_keeps_the_text(member, entry):
    client = Client()
    answer = autosave(client, entry, B1="noch da")
    assert answer.status_code == 403 and "Anmeldung ist abgelaufen" in answer.json()["message"]
    client.force_login(member.user)
    assert "noch da" in client.get(address(entry)).content.decode()
    entry.refresh_from_db()
    assert autosave(client, entry, B1="noch da").status_code == 200
    assert "Ihre Eingaben sind noch da" not in client.get(address(entry)).content.decode()


def test_kept_text_does_not_overwrite_what_was_saved_meanwhile(member, entry):
    client = Client()
    autosave(client, entry, B1="vor dem Abmelden getippt")
    autosave(member.client, entry, B1="am anderen Gerät gespeichert")
    client.force_login(member.user)
    page = client.get(address(entry)).content.decode()
    assert f'name="revision" value="{entry.revision}"' in page
    assert autosave(client, entry, B1="vor dem Abmelden getippt").status_code == 409


def test_saving_one_entry_forgets_nothing_kept_for_another(member, response, entry):
    other, client = make_entry(response), Client()
    for each in [entry, other]:
        autosave(client, each, B1=f"getippt vor der Anmeldung: {each.pk}")
    client.force_login(member.user)
    entry.refresh_from_db()
    assert autosave(client, entry, B1="gespeichert").status_code == 200
    assert "Ihre Eingaben sind noch da" not in client.get(address(entry)).content.decode()
    assert f"getippt vor der Anmeldung: {other.pk}" in client.get(address(other)).content.decode()


TOO_MUCH = [
    ({"B2": "x" * 2_700_000}, 413, "zu lang"),
    ({f"B2-{number}": "x" for number in range(1100)}, 413, "zu viele Felder"),
]


@pytest.mark.parametrize(("fields", "status", "words"), TOO_MUCH, ids=["too long", "too many"])
@pytest.mark.parametrize("with_csrf", [True, False])
def test_more_than_a_request_may_hold_is_refused_in_words_that_the_page_can_show(
    member, entry, fields, status, words, with_csrf
):
    """Refused by Django before a view sees it; with a check of the token even before the view is looked up."""
    client = Client(enforce_csrf_checks=with_csrf)
    client.force_login(member.user)
    client.get(address(entry))
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    data = {"csrfmiddlewaretoken": token, "entry": entry.uuid, "revision": entry.revision, "step": 1} | fields
    answer = client.post(address(entry, "zwischenspeichern"), data, headers={"Accept": "application/json"})
    assert answer.status_code == status and answer["Content-Type"] == "application/json"
    assert answer.json()["message"].startswith("Nicht gespeichert: ") and words in answer.json()["message"]
    entry.refresh_from_db()
    assert entry.draft == EXAMPLE


@pytest.mark.parametrize(("fields", "status", "words"), TOO_MUCH, ids=["too long", "too many"])
def test_button_with_more_than_a_request_may_hold_says_what_to_do(member, entry, fields, status, words):
    answer = member.client.post(address(entry), {"revision": entry.revision} | fields)
    text = answer.content.decode()
    assert answer.status_code == status and words in text and "einen Schritt zurück" in text


@pytest.mark.parametrize("page", ["", "x", "\x00", "9" * 40])
@pytest.mark.parametrize("step", ["", "-1", "²", "9" * 30])
def test_nonsense_beside_the_answers_never_breaks(member, entry, page, step):
    answer = autosave(member.client, entry, B1="gut", page=page, step=step)
    assert answer.status_code == 200


def test_entry_of_somebody_else_is_not_found(other_member, lead, entry):
    make_response(other_member.person, entry.response.round)
    for stranger in [other_member, lead]:
        assert autosave(stranger.client, entry, B1="fremd").status_code == 404


def test_autosave_costs_the_same_with_1_and_with_10_entries(member, entry, django_assert_num_queries):
    entry = Entry.objects.select_related("response__round").get(pk=entry.pk)
    with django_assert_num_queries(8):  # 2 for session and user, 2 to read, 4 to save, with BEGIN and COMMIT
        assert autosave(member.client, entry, B1="eins").status_code == 200
    for _ in range(9):
        make_entry(entry.response)
    entry = Entry.objects.select_related("response__round").get(pk=entry.pk)
    with django_assert_num_queries(8):
        assert autosave(member.client, entry, B1="zwei").status_code == 200
