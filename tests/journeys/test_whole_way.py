"""(g) One response from its first word to its deletion: on a phone without JavaScript, and by keyboard alone.

On a phone with JavaScript it goes in ``make test-long``: it differs from the keyboard's in width and hand alone.

Filled in, interrupted by a killed browser, taken up elsewhere, written in two tabs at once, submitted, changed, too
late, asked back about, deleted: nothing that was typed is lost on the way.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from ogl_portal.directory.workflow import create_sign_in_link
from surveys import workflow
from surveys.models import Entry, Response, Round
from tests.factories.surveys import make_round

from .hands import Keyboard, Mouse
from .walk import Walk

PHONE = {"width": 360, "height": 740}
OTHER, TITLE, PROBLEM = "A2 Sonstiges: was genau?", re.compile("^B1 "), re.compile("^B2 ")
SAVED = re.compile(r"Gespeichert um \d\d\.\d\d Uhr")


class Respondent:
    """Somebody at their questionnaire, in one window after the other, in one way of working."""

    def __init__(self, user, round: Round, site: str, hand=Mouse, **options) -> None:
        self.user, self.round, self.site, self.hand, self.options = user, round, site, hand, options
        self.walks: list[Walk] = []

    @property
    def response(self) -> Response:
        return Response.objects.select_related("round__version", "respondent").get(respondent=self.user.person)

    @property
    def example(self) -> Entry:
        return Entry.objects.select_related("response__round").get(response=self.response, section_key="B")

    def address(self, path: str = "") -> str:
        return self.round.get_absolute_url() + path

    @property
    def form(self) -> str:
        return self.address(f"eintrag/{self.example.uuid}/")

    def sign_in(self, browser) -> Walk:
        """A window of a browser, signed in by a link from the mail."""
        walk = Walk(browser, self.site, **self.options)
        self.walks.append(walk)
        walk.page.goto(create_sign_in_link(user=self.user))
        self.at(walk.page).press("Jetzt anmelden")
        self.at(walk.page).sees("Guten Tag")
        return walk

    def at(self, page: Page) -> Mouse:
        return self.hand(page)

    def save(self, page: Page) -> None:
        """Wait for the word of the server; without JavaScript press the button."""
        if self.walks[-1].javascript:
            expect(page.locator("[data-autosave-status]")).to_contain_text(SAVED, timeout=3000)
        else:
            self.at(page).press(re.compile("^Speichern$"))


@pytest.fixture(
    params=[
        pytest.param((Mouse, {"size": PHONE}), id="phone", marks=pytest.mark.long),
        pytest.param((Mouse, {"size": PHONE, "javascript": False}), id="phone-without-javascript"),
        pytest.param((Keyboard, {}), id="keyboard"),
    ],
)
def respondent(request, member, live_server, checked):
    hand, options = request.param
    person = Respondent(member.user, make_round(member.person), live_server.url, hand, checked=checked, **options)
    yield person
    for walk in person.walks:
        walk.finish()


def test_response_from_its_first_word_to_its_deletion(respondent, launch, browser, lead):
    write_until_the_browser_dies(respondent, launch())
    walk = respondent.sign_in(browser)
    go_on_elsewhere(respondent, walk.page)
    write_in_two_tabs(respondent, walk)
    fill_in_the_rest(respondent, walk.page)
    submit(respondent, walk.page, "Absenden")
    walk.check_reflow()
    change_what_was_submitted(respondent, walk)
    write_too_late(respondent, walk)
    answer_the_question(respondent, walk, lead.user)
    delete(respondent, walk)


def write_until_the_browser_dies(respondent, browser) -> None:
    walk = respondent.sign_in(browser)
    walk.page.goto(respondent.address())
    hand = respondent.at(walk.page)
    hand.press("Jetzt beginnen")
    hand.follow(re.compile("Ihre Organisation"))
    hand.choose("Sonstiges")
    hand.type(OTHER, "Verein")
    hand.choose("Kammer/Verband")
    expect(walk.page.get_by_label(OTHER)).to_be_hidden()
    hand.press("Speichern und weiter")
    hand.press("Beispiel hinzufügen")
    hand.type(TITLE, "Angefangen")
    respondent.save(walk.page)
    walk.kill()
    assert respondent.example.draft == {"B1": "Angefangen"}
    assert respondent.response.entries.get(section_key="A").draft["A2-text"] == "Verein"


def go_on_elsewhere(respondent, page: Page) -> None:
    page.goto(respondent.form)
    expect(page.get_by_label(TITLE)).to_have_value("Angefangen")


def write_in_two_tabs(respondent, walk: Walk) -> None:
    other = walk.context.new_page()
    other.goto(respondent.form)
    respondent.at(walk.page).type(PROBLEM, "Aus dem ersten Fenster")
    respondent.save(walk.page)
    hand = respondent.at(other)
    hand.type(PROBLEM, "Aus dem zweiten Fenster")
    if not walk.javascript:
        hand.press(re.compile("^Speichern$"))
    hand.sees("Aus dem ersten Fenster")
    assert respondent.example.draft["B2"] == "Aus dem ersten Fenster"
    hand.press("Meine Fassung speichern")
    if walk.javascript:
        respondent.save(other)
    else:
        hand.sees("Beispiel 1: Angefangen")
    assert respondent.example.draft["B2"] == "Aus dem zweiten Fenster"
    other.close()
    walk.complaints.clear()  # the browser itself notes the status 409


def fill_in_the_rest(respondent, page: Page) -> None:
    hand = respondent.at(page)
    page.goto(respondent.address("abschnitt/C/"))
    for section in ["D Geplantes", "E Informationsbedarf", "F Vernetzung"]:
        hand.press("Dazu haben wir derzeit nichts")
        expect(page.get_by_role("heading", level=1)).to_contain_text(section)
    hand.press("Speichern und weiter")
    hand.sees("G Freigaben")
    hand.choose("ja, ohne Namensnennung")
    hand.choose(re.compile("^G5 "))
    hand.press("Speichern und weiter")
    hand.sees("Antworten prüfen")


def submit(respondent, page: Page, button: str) -> None:
    respondent.at(page).press(button)
    respondent.at(page).sees("Ihre Rückmeldung ist angekommen")
    assert respondent.response.status == Response.Status.SUBMITTED


def change_what_was_submitted(respondent, walk: Walk) -> None:
    hand = respondent.at(walk.page)
    hand.follow("Antworten ansehen oder ändern")
    hand.follow(re.compile("Best-Practice-Beispiel"))
    hand.follow("Bearbeiten")
    hand.type(TITLE, "Nach dem Absenden geändert")
    hand.press("Speichern und zur Übersicht")
    hand.sees("Ihre Änderungen sind noch nicht abgesendet")
    hand.follow("Antworten prüfen und absenden")
    submit(respondent, walk.page, "Änderungen absenden")
    assert "A2-text" not in respondent.response.submissions.first().document["entries"][0]["answers"]
    assert [each.document["entries"][1]["answers"]["B1"] for each in respondent.response.submissions.all()] == [
        "Nach dem Absenden geändert", "Angefangen"
    ]  # fmt: skip


def write_too_late(respondent, walk: Walk) -> None:
    walk.page.goto(respondent.form)
    Round.objects.filter(pk=respondent.round.pk).update(closes_at=timezone.now())
    hand = respondent.at(walk.page)
    hand.type(PROBLEM, "Zu spät")
    if not walk.javascript:
        hand.press(re.compile("^Speichern$"))
        hand.sees("Zu spät")
    hand.sees("Die Frist ist abgelaufen")
    assert respondent.example.draft["B2"] == "Aus dem zweiten Fenster"
    walk.complaints.clear()  # the browser itself notes the status 403


def answer_the_question(respondent, walk: Walk, lead) -> None:
    until = timezone.localdate() + timedelta(days=3)
    question, seen = "Wie viele waren es?", workflow.review_of(respondent.example).revision
    workflow.ask_back(entry=respondent.example, question=question, until=until, revision=seen, by=lead)
    walk.page.goto(respondent.address())
    hand = respondent.at(walk.page)
    hand.sees("Die OGL-Leitung hat eine Frage an Sie")
    walk.check_reflow()
    hand.follow("Beispiel 1: Nach dem Absenden geändert bearbeiten")
    hand.sees("Wie viele waren es?")
    hand.type(PROBLEM, "Es waren 120.")
    hand.press(re.compile("^Speichern$"))
    submit(respondent, walk.page, "Änderungen absenden")
    last = respondent.response.submissions.first()
    assert (last.number, last.document["entries"][1]["answers"]["B2"]) == (3, "Es waren 120.")


def delete(respondent, walk: Walk) -> None:
    walk.page.goto(respondent.address())
    hand = respondent.at(walk.page)
    hand.follow("Meine Rückmeldung löschen")
    hand.press("Endgültig löschen")
    expect(walk.page.get_by_role("status")).to_contain_text("gelöscht")
    assert not Response.objects.exists()
