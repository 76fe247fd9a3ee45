"""Take the pictures of the help page anew, from the demo that ``make run`` shows.

``python -m tests.help_pictures ADDRESS LINK``: the address of the running portal, and the demo member's sign-in link.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from .journeys.conftest import start_chromium

FOLDER = Path(__file__).parent.parent / "static" / "img" / "help"
PHONE = {"width": 390, "height": 720}
QUALITY = 70


def main(address: str, link: str) -> None:
    with sync_playwright() as playwright:
        browser = start_chromium(playwright)
        page = browser.new_page(base_url=address, viewport=PHONE, device_scale_factor=1.5, locale="de-DE")
        page.goto("/anmelden/")
        page.get_by_label("E-Mail").fill("mitglied1@example.org")
        take(page, "anmelden")
        page.goto(link)
        page.get_by_role("button", name="Jetzt anmelden").click()
        page.goto("/mein-bereich/")
        take(page, "schritte", "#meine-schritte")
        page.goto("/fragebogen/beispiele-und-vorhaben/")
        take(page, "fragebogen", "h1")
        page.goto("/themen/")
        take(page, "themen", "h1")
        browser.close()


def take(page: Page, name: str, start: str = "h1") -> None:
    """A picture of what stands from an element on, as on a phone."""
    page.locator(start).first.evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 16)")
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.save(FOLDER / f"{name}.webp", quality=QUALITY, method=6)


if __name__ == "__main__":
    main(*sys.argv[1:])
