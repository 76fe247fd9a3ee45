"""(d) What is typed is safe: browser killed, connection lost, two windows, deadline passed."""

import re
from datetime import timedelta
from time import monotonic

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ogl_portal.directory.models import User
from ogl_portal.directory.workflow import create_sign_in_link
from surveys.models import Entry, Round
from tests import cast
from tests.factories.directory import make_member
from tests.factories.surveys import make_entry, make_round
from tests.surveys.kinds import make_response_of_kinds

EMAIL = "mitglied8@example.org"
ROUND = "/fragebogen/unsere-runde/"
PHONE = {"width": 360, "height": 740}
TITLE = re.compile("Wie heißt Ihr Beispiel")
PROBLEM = re.compile("Welches Problem gab es")


@pytest.fixture
def demo(live_server):
    """A round of our own: the demo's data would take seconds in each of these tests."""
    make_round(cast.signed_in(make_member(email=EMAIL)).person, slug="unsere-runde")
    return live_server.url


def sign_in(walk) -> None:
    walk.go(create_sign_in_link(user=User.objects.get(email=EMAIL)))
    walk.press("Jetzt anmelden")


def open_new_example(walk) -> Entry:
    """Begin, add an example, and stand before its empty form."""
    sign_in(walk)
    walk.go(ROUND)
    walk.press("Jetzt beginnen")
    walk.follow("Best-Practice-Beispiel")
    walk.press("Beispiel hinzufügen")
    return Entry.objects.get(response__respondent__email=EMAIL, section_key="B")


def status(page):
    return page.locator("[data-autosave-status]")


def waits_for_saving(page) -> None:
    expect(status(page)).to_contain_text(re.compile(r"Gespeichert um \d\d\.\d\d Uhr"), timeout=3000)


def draft_of(entry: Entry) -> dict:
    return Entry.objects.get(pk=entry.pk).draft


def test_browser_is_killed_and_everything_is_there_on_another_device(launch, set_out):
    first = set_out(on=launch())
    entry = open_new_example(first)
    first.page.get_by_label(TITLE).press_sequentially("Bauantrag")
    first.page.get_by_label("Erprobung").check()
    typed_at = monotonic()
    waits_for_saving(first.page)
    assert monotonic() - typed_at < 3
    first.kill()

    assert draft_of(entry) == {"B1": "Bauantrag", "B5": "trial"}
    second = set_out(size=PHONE)
    sign_in(second)
    second.go(f"{ROUND}eintrag/{entry.uuid}/")
    expect(second.page.get_by_label(TITLE)).to_have_value("Bauantrag")
    expect(second.page.get_by_label("Erprobung")).to_be_checked()
    expect(status(second.page)).to_contain_text("Zuletzt gespeichert")


def test_invalid_text_is_saved_without_complaint_and_a_file_only_by_the_button(set_out, tmp_path):
    walk = set_out()
    entry = open_new_example(walk)
    walk.page.get_by_label(TITLE).fill("x" * 130)
    waits_for_saving(walk.page)
    assert draft_of(entry) == {"B1": "x" * 130}
    file = tmp_path / "bogen.pdf"
    file.write_bytes(b"%PDF-1.7 %%EOF")
    walk.page.get_by_label(re.compile("Dateien hochladen")).set_input_files(file)
    expect(status(walk.page)).to_contain_text("erst mit „Speichern“ hochgeladen")
    walk.page.get_by_label(TITLE).fill("kurz genug")
    walk.page.get_by_label(PROBLEM).fill("Text")
    walk.press("Speichern", inside=".ogl-actions")
    assert entry.uploads.get().name == "bogen.pdf"


def test_text_that_is_too_long_stays_on_the_page_and_is_saved_once_it_is_shorter(set_out):
    walk = set_out()
    entry = open_new_example(walk)
    field = walk.page.get_by_label(PROBLEM)
    field.evaluate(
        "(field, text) => { field.value = text; field.dispatchEvent(new Event('input', {bubbles: true})) }",
        "ä" * 3_000_000,
    )
    expect(status(walk.page)).to_contain_text("Nicht gespeichert: Der Text ist zu lang", timeout=9000)
    assert field.evaluate("field => field.value.length") == 3_000_000 and draft_of(entry) == {}
    field.fill("Kurz gesagt: Papier.")
    waits_for_saving(walk.page)
    assert draft_of(entry) == {"B2": "Kurz gesagt: Papier."}


def test_without_a_connection_the_page_says_so_and_saves_later(set_out):
    walk = set_out()
    entry = open_new_example(walk)
    walk.context.set_offline(True)
    walk.page.get_by_label(TITLE).fill("im Funkloch")
    expect(status(walk.page)).to_contain_text("Noch nicht gespeichert")
    walk.page.locator(".ogl-actions").get_by_role("button", name="Speichern", exact=True).click()
    expect(walk.page.get_by_label(TITLE)).to_have_value("im Funkloch")
    walk.context.set_offline(False)
    waits_for_saving(walk.page)
    assert draft_of(entry) == {"B1": "im Funkloch"}
    walk.complaints.clear()  # the browser itself notes the lost connection


@pytest.mark.parametrize(
    ("choice", "expected"), [("Meine Fassung speichern", "zweites"), ("Gespeicherte Fassung behalten", "erstes")]
)
def test_two_windows_show_both_texts_and_the_member_chooses(set_out, choice, expected):
    walk = set_out()
    entry = open_new_example(walk)
    other = walk.context.new_page()
    other.goto(walk.page.url)
    walk.page.get_by_label(TITLE).fill("erstes Fenster")
    waits_for_saving(walk.page)
    other.get_by_label(TITLE).fill("zweites Fenster")
    expect(status(other)).to_contain_text("zwei Fassungen")
    panel = other.locator("[data-autosave-conflict]")
    expect(panel).to_contain_text("erstes Fenster")
    expect(panel).to_contain_text("zweites Fenster")
    assert draft_of(entry) == {"B1": "erstes Fenster"}
    walk.page, first = other, walk.page
    walk.check_with_axe()
    panel.get_by_text(choice).click()
    expect(panel).to_be_empty()
    expect(other.get_by_label(TITLE)).to_have_value(f"{expected} Fenster")
    if expected == "zweites":
        waits_for_saving(other)
    assert draft_of(entry) == {"B1": f"{expected} Fenster"}
    walk.page = first


def test_text_typed_after_the_deadline_is_refused_and_the_page_becomes_one_for_reading(set_out):
    walk = set_out()
    entry = open_new_example(walk)
    walk.page.get_by_label(TITLE).fill("noch rechtzeitig")
    waits_for_saving(walk.page)
    now = timezone.now()
    Round.objects.filter(slug="unsere-runde").update(opens_at=now - timedelta(days=9), closes_at=now)
    walk.page.get_by_label(TITLE).fill("zu spät")
    expect(status(walk.page)).to_contain_text("Die Frist ist abgelaufen")
    assert draft_of(entry) == {"B1": "noch rechtzeitig"}
    walk.complaints.clear()  # the browser itself notes the status 403
    walk.go(ROUND)
    walk.sees("noch rechtzeitig")
    walk.sees("begonnen, aber nicht abgesendet")


def test_question_appears_with_the_answer_that_it_hangs_on(set_out):
    walk = set_out()
    person = User.objects.select_related("person__organisation").get(email=EMAIL).person
    response = make_response_of_kinds(person)
    entry = make_entry(response, "B", {"B1": "Fall"})
    sign_in(walk)
    walk.go(f"/fragebogen/{response.round.slug}/eintrag/{entry.uuid}/")
    which, why = walk.page.get_by_label("B2 Sonstiges: was genau?"), walk.page.get_by_label(re.compile("Warum rot?"))
    expect(which).to_be_hidden()
    walk.page.get_by_label("Sonstiges", exact=True).check()
    which.fill("Lila")
    expect(why).to_be_hidden()
    walk.page.get_by_label("Rot", exact=True).check()
    expect(which).to_be_hidden()
    expect(why).to_be_visible()
    why.fill("weil")
    walk.page.get_by_label("Blau", exact=True).check()
    expect(why).to_be_hidden()
    waits_for_saving(walk.page)
    assert draft_of(entry) == {"B1": "Fall", "B2": "blue", "B2-text": "Lila", "B3": "weil"}
