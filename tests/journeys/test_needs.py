"""From the words of an answer to a need that everybody reads: coded by keyboard, counted, released, printed."""

import pytest
from playwright.sync_api import expect

from ogl_portal.directory.workflow import create_sign_in_link
from surveys.models import Coding, Need
from tests.factories.needs import LEARNED, WISH, make_told
from tests.journeys.hands import Keyboard
from tests.pdfs import findings

TITLE = "Beim Umstieg jemanden fragen können"


@pytest.fixture
def demo(live_server):
    """The demo's data would take seconds to load; each story makes what it needs."""
    return live_server.url


@pytest.fixture
def desk(set_out, lead):
    """A window in which the lead is signed in."""
    walk = set_out()
    walk.go(create_sign_in_link(user=lead.user))
    walk.press("Jetzt anmelden")
    return walk


def reach_and_press(keyboard: Keyboard, name: str) -> None:
    keyboard.reach(keyboard.page.get_by_role("button", name=name))
    keyboard.keys.press("Enter")


def test_lead_codes_by_keyboard_and_everybody_reads_the_need_and_its_words(desk, set_out):
    entry = make_told()
    desk.page.goto(f"/admin/surveys/round/{entry.response.round_id}/ueberblick/")
    assert "Kodierung" in desk.page.locator("#content").inner_text()
    desk.page.goto(f"/admin/surveys/entry/{entry.pk}/kodieren/")
    code_by_keyboard(desk)
    need = Need.objects.get(title=TITLE)
    assert need.codings.get().quote == WISH

    desk.page.goto("/admin/surveys/need/matrix/")
    desk.page.get_by_role("link", name=f"Zitate zu „{TITLE}“: 1").click()
    assert WISH in desk.page.locator("#result_list").inner_text()
    desk.page.goto(f"/admin/surveys/need/{need.pk}/change/")
    desk.page.locator("[name='description']").fill("Wer umsteigt, braucht jemanden zum Fragen.")
    desk.page.get_by_role("button", name="Sichern und freigeben").click()
    desk.page.get_by_text("ist freigegeben").wait_for()
    read_as_a_visitor(set_out())


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
    keyboard.reach(walk.page.get_by_label("Zielgruppe:"))
    keyboard.keys.type("Kommunal")
    reach_and_press(keyboard, "Stelle kodieren (K)")
    walk.page.get_by_text("Die Stelle ist kodiert.").wait_for()


def read_as_a_visitor(visitor) -> None:
    visitor.go("/bedarfe/")
    visitor.follow(TITLE)
    visitor.sees(WISH)
    visitor.sees("Noch nichts: Dieser Bedarf ist unbeantwortet.")
    visitor.go("/bedarfe/")
    content = visitor.fetch("Zielgruppenbedarfe (PDF)")
    assert findings(content) == []


def test_words_marked_with_the_mouse_are_coded(desk):
    desk.page.goto(f"/admin/surveys/entry/{make_told().pk}/kodieren/")
    sentence = desk.page.get_by_text(LEARNED.removesuffix(WISH).strip()).first
    box = sentence.bounding_box()
    desk.page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    desk.page.mouse.down()
    desk.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    desk.page.mouse.up()
    expect(desk.page.locator("textarea[name=words]")).not_to_have_value("")
    marked = desk.page.locator("textarea[name=words]").input_value()
    assert marked in sentence.inner_text()
    assert desk.page.locator("input[name=sentences]:checked").count() == 0
    desk.page.get_by_label("Bedarf:").fill(TITLE)
    desk.page.get_by_label("Zielgruppe:").select_option(label="Kommunalverwaltungen")
    desk.page.get_by_role("button", name="Stelle kodieren (K)").click()
    desk.page.get_by_text("Die Stelle ist kodiert.").wait_for()
    assert Coding.objects.get(need__title=TITLE).quote == marked.strip()
