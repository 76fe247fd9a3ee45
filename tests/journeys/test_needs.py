"""From the words of an answer to a need that everybody reads: coded by keyboard, counted, released, printed."""

from playwright.sync_api import expect

from ogl_portal.directory.models import User
from ogl_portal.directory.workflow import create_sign_in_link
from surveys.models import Coding, Need
from surveys.progress import codable_entries
from tests.journeys.hands import Keyboard
from tests.pdfs import findings

TITLE = "Beim Umstieg jemanden fragen können"
WORDS = "In drei Dörfern fehlt das Netz"


def sign_in(walk) -> None:
    walk.page.goto(create_sign_in_link(user=User.objects.get(email="leitung@example.org")))
    walk.page.get_by_role("button", name="Jetzt anmelden").click()
    walk.page.wait_for_load_state()


def reach_and_press(keyboard: Keyboard, name: str) -> None:
    keyboard.reach(keyboard.page.get_by_role("button", name=name))
    keyboard.keys.press("Enter")


def test_lead_codes_by_keyboard_and_everybody_reads_the_need_and_its_words(set_out):
    coding = Coding.objects.select_related("round").get(quote="Was macht man in diesem Beruf den ganzen Tag?")
    lead = set_out()
    sign_in(lead)
    lead.page.goto(f"/admin/surveys/round/{coding.round_id}/ueberblick/")
    assert "Kodierung" in lead.page.locator("#content").inner_text()
    lead.page.goto(f"/admin/surveys/entry/{coding.entry_id}/kodieren/")
    code_by_keyboard(lead)
    need = Need.objects.get(title=TITLE)
    assert need.codings.get().quote == coding.quote

    lead.page.goto("/admin/surveys/need/matrix/")
    lead.page.get_by_role("link", name=f"Zitate zu „{TITLE}“: 1").click()
    assert coding.quote in lead.page.locator("#result_list").inner_text()
    lead.page.goto(f"/admin/surveys/need/{need.pk}/change/")
    lead.page.locator("[name='description']").fill("Wer umsteigt, braucht jemanden zum Fragen.")
    lead.page.get_by_role("button", name="Sichern und freigeben").click()
    lead.page.get_by_text("ist freigegeben").wait_for()
    read_as_a_visitor(set_out(), coding)


def code_by_keyboard(walk) -> None:
    """Tick a sentence, name a need that is new, and send it; a forgotten need is said and costs nothing."""
    keyboard = Keyboard(walk.page)
    keyboard.reach(walk.page.locator("input[name=sentences]").last)
    keyboard.keys.press("Space")
    reach_and_press(keyboard, "Stelle kodieren (K)")
    walk.page.get_by_text("Bitte nennen Sie den Bedarf.").wait_for()
    assert walk.page.locator("input[name=sentences]").last.is_checked()
    keyboard.type("Bedarf:", TITLE)
    keyboard.keys.press("Escape")  # closes the list of the known ones
    reach_and_press(keyboard, "Stelle kodieren (K)")
    walk.page.get_by_text("Die Stelle ist kodiert.").wait_for()


def read_as_a_visitor(visitor, coding: Coding) -> None:
    visitor.go("/bedarfe/")
    visitor.follow(TITLE)
    visitor.sees(coding.quote)
    visitor.sees("Noch nichts: Dieser Bedarf ist unbeantwortet.")
    visitor.go("/bedarfe/")
    content = visitor.fetch("Zielgruppenbedarfe (PDF)")
    assert findings(content) == []


def test_words_marked_with_the_mouse_are_coded(set_out):
    entry = Coding.objects.filter(quote__startswith=WORDS).get().entry
    assert codable_entries(entry.response.round).contains(entry)
    lead = set_out()
    sign_in(lead)
    lead.page.goto(f"/admin/surveys/entry/{entry.pk}/kodieren/")
    sentence = lead.page.get_by_text(WORDS).first
    box = sentence.bounding_box()
    lead.page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    lead.page.mouse.down()
    lead.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    lead.page.mouse.up()
    expect(lead.page.locator("textarea[name=words]")).not_to_have_value("")
    marked = lead.page.locator("textarea[name=words]").input_value()
    assert marked in sentence.inner_text()
    assert lead.page.locator("input[name=sentences]:checked").count() == 0
    lead.page.get_by_label("Bedarf:").fill(TITLE)
    lead.page.get_by_role("button", name="Stelle kodieren (K)").click()
    lead.page.get_by_text("Die Stelle ist kodiert.").wait_for()
    assert Coding.objects.get(need__title=TITLE).quote == marked.strip()
