"""„Antworten prüfen“, absenden, and the confirmation."""

import re
from uuid import uuid4

import pytest

from surveys.models import Submission
from tests.factories.surveys import fill, make_complete_response, make_entry, make_response, submit

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    return answer.content.decode()


def test_review_leads_to_every_gap(member):
    response = make_response(member.person)
    entry = make_entry(response, draft={"B1": "Ohne Lösung"})
    text = text_of(member.client.get(response.round.get_absolute_url() + "pruefen/"))
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*pruefen=1[^"]*)"', text)]
    assert any(link.endswith(f"eintrag/{entry.uuid}/?pruefen=1&zurueck=pruefen#id_B2") for link in links)
    assert any(link.endswith("abschnitt/G/?pruefen=1&zurueck=pruefen#id_G5") for link in links)
    for link in links:
        page = text_of(member.client.get(link.partition("#")[0]))
        assert f'id="{link.partition("#")[2]}"' in page and "<title>Fehler:" in page


def test_submit_with_gaps_comes_back_with_them(member):
    response = make_response(member.person)
    answer = member.client.post(response.round.get_absolute_url() + "absenden/", {"revision": "1", "key": str(uuid4())})
    assert answer.status_code == 422
    assert "Vor dem Absenden bitte noch ergänzen" in text_of(answer) and "<title>Fehler:" in text_of(answer)


@pytest.mark.parametrize("key", ["", "kein-uuid", "\x00"])
def test_submit_of_an_outdated_review_shows_the_newest_state(member, key):
    response = make_complete_response(member.person)
    answer = member.client.post(response.round.get_absolute_url() + "absenden/", {"revision": "1", "key": key})
    assert answer.status_code == 409 and "Bitte prüfen Sie noch einmal" in text_of(answer)
    assert not Submission.objects.exists()


def test_change_after_submission_says_that_it_counts_only_when_sent_again(member):
    response = make_complete_response(member.person)
    submit(response)
    start = response.round.get_absolute_url()
    assert "Abgesendet am" in text_of(member.client.get(start))
    fill(response, "F", {"F1": ["talk"]})
    assert "Ihre Änderungen sind noch nicht abgesendet" in text_of(member.client.get(start))
    assert "Änderungen absenden" in text_of(member.client.get(start + "pruefen/"))


def test_saving_without_a_change_keeps_it_submitted(member):
    response = make_complete_response(member.person)
    submit(response)
    entry = response.entries.get(section_key="B")
    url = f"{response.round.get_absolute_url()}eintrag/{entry.uuid}/"
    member.client.post(url, {"revision": entry.revision, **entry.draft})
    response.refresh_from_db()
    assert response.status == "submitted"


def test_change_link_leads_back_to_the_review(member):
    response = make_complete_response(member.person)
    url = response.round.get_absolute_url() + "abschnitt/F/"
    page = text_of(member.client.get(url + "?zurueck=pruefen"))
    assert '<input type="hidden" name="back" value="pruefen">' in page
    saved = member.client.post(url, {"revision": "1", "F1": "talk", "back": "pruefen"})
    assert saved["Location"] == response.round.get_absolute_url() + "pruefen/?gespeichert=1"


def test_confirmation_before_submission_leads_to_the_start(member):
    response = make_response(member.person)
    assert (
        member.client.get(response.round.get_absolute_url() + "abgesendet/")["Location"]
        == response.round.get_absolute_url()
    )
