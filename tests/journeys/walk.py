"""A person's way through the pages, with what must hold on every one of them."""

import re
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Browser, Error, JSHandle, Page, expect

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ABOUT_COLOURS = ["color-contrast", "link-in-text-block"]
EVERYTHING = {"runOnly": {"type": "tag", "values": STANDARDS}}
STRUCTURE = EVERYTHING | {"rules": {key: {"enabled": False} for key in ABOUT_COLOURS}}
COLOURS = {"runOnly": {"type": "rule", "values": ABOUT_COLOURS}}
# Every page knows how to start axe, which is sent to the browser once for all pages of a window.
BRING_AXE, START_AXE = f"window.startAxe = () => {{{AXE}}}", "window.startAxe()"
# It need not fetch the style sheets once more, which no rule of these standards reads.
RUN_AXE = """([options, where]) => axe
    .run(where ? {include: where} : document, {...options, resultTypes: ["violations"], preload: {assets: ["media"]}})
    .then(result => result.violations.map(found =>
        found.id + ": " + found.nodes.map(node => node.html).slice(0, 3).join(" | ")))"""
# Words and fields by what their colours hang on: their kind and state, and those of what they stand in.
SURROUNDINGS = """() => {
    const states = ["type", "disabled", "open", "aria-current", "aria-invalid", "aria-pressed", "aria-selected"];
    const hasWords = element => [...element.childNodes].some(one => one.nodeType === 3 && one.data.trim());
    const found = {};
    for (const element of document.querySelectorAll("body *")) {
        if (!hasWords(element) && !element.matches("input, textarea, select")) continue;
        const kinds = [];
        for (let each = element; each && kinds.length < 5; each = each.parentElement)
            kinds.push([each.tagName, each.getAttribute("class"), ...states.map(name => each.getAttribute(name))]);
        (found[kinds.join(" in ")] ??= []).push(element);
    }
    return found;
}"""
# Colours that fade over are there at once; what never ends goes on.
SETTLE = """() => document.getAnimations().forEach(
    one => isFinite(one.effect.getComputedTiming().endTime) && one.finish())"""
WIDTH = "document.documentElement.scrollWidth"
CULPRITS = """() => [...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.outerHTML.slice(0, 120)).slice(-3)"""
TEXT, VARYING = re.compile(r">[^<>]+<"), re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
VALUE = re.compile(r' (href|action|src|value|content|datetime|data-[a-z-]+)="[^"]+"')
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


def outline(html: str) -> str:
    """What a page is made of: its elements and attributes, without its words, numbers, addresses and values."""
    return VARYING.sub("0", TEXT.sub(">·<", VALUE.sub(r' \1="·"', html)))


class Checked:
    """What the checker has found sound, in all workers of a run."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "checked-with-axe"
        self.path.touch()

    def new(self, things: Iterable[str]) -> list[str]:
        """Those of the things that nobody has checked."""
        known = set(self.path.read_text().split())
        return [thing for thing in things if self.digest(thing) not in known]

    def add(self, things: Iterable[str]) -> None:
        with self.path.open("a") as file:
            file.write("".join(f"{self.digest(thing)}\n" for thing in things))

    @staticmethod
    def digest(thing: str) -> str:
        return sha256(thing.encode()).hexdigest()


class Walk:
    """A browser window of its own, with its own cookies; every page that it comes to is looked at.

    axe takes most of a journey's time: it checks a page once in a test run, not again with other words in it.
    Colours it checks where an element stands in surroundings that it has not met yet, in light and dark. Without
    ``checked`` it stays away.
    """

    def __init__(
        self, browser: Browser, site: str, checked: Checked | None, *, javascript: bool = True, size: dict = WIDE
    ) -> None:
        self.site = site
        self.checked = checked
        self.size = size
        self.javascript = javascript
        self.complaints: list[str] = []
        self.context = browser.new_context(
            base_url=site, java_script_enabled=javascript, viewport=size, reduced_motion="reduce", locale="de-DE"
        )
        self.context.set_default_timeout(10_000)
        if javascript and checked:
            self.context.add_init_script(BRING_AXE)
        self.page: Page = self.context.new_page()
        self.context.on("request", self.note_request)
        self.page.on("console", lambda message: self.note(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.note(str(error)))

    def note(self, complaint: str) -> None:
        self.complaints.append(f"{self.page.url}: {complaint}")

    def note_request(self, request) -> None:
        if not request.url.startswith((self.site + "/", "data:")):
            self.note(f"asks another site: {request.url}")

    def go(self, path: str) -> None:
        """Open an address and look at the page."""
        self.page.goto(path)
        self.look()

    def follow(self, name, *, inside: str = "main") -> None:
        """Click a link of this name and look at the page."""
        self.page.locator(inside).get_by_role("link", name=name).first.click()
        self.look()

    def press(self, name, *, inside: str = "body") -> None:
        """Click a button of this name and look at the page."""
        self.page.locator(inside).get_by_role("button", name=name).first.click()
        self.look()

    def fetch(self, name) -> bytes:
        """The file behind a link, as this person gets it."""
        address = self.page.get_by_role("link", name=name).first.get_attribute("href")
        answer = self.context.request.get(address)
        assert answer.ok, f"{address} answers {answer.status}"
        return answer.body()

    def sees(self, text) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def look(self) -> None:
        """Check what holds on every page, in light and dark and on small screens."""
        self.page.wait_for_load_state()
        expect(self.page.locator("html")).to_have_attribute("lang", "de")
        expect(self.page.locator("h1")).to_have_count(1)
        assert not self.complaints, "\n".join(self.complaints)
        if self.javascript and self.checked:
            self.check_with_axe()
            self.check_reflow()
            self.complaints.clear()  # what the checker itself does against the page's policy

    def check_with_axe(self) -> None:
        page = self.checked.new([outline(self.page.content())]) if self.checked else []
        if not page:
            return
        elements = self.page.evaluate_handle(SURROUNDINGS)
        surroundings = self.checked.new(elements.evaluate("Object.keys"))
        self.page.evaluate(START_AXE)
        if surroundings:
            where = elements.evaluate_handle("(elements, keys) => keys.flatMap(key => elements[key])", surroundings)
            self.change_scheme("dark")
            self.run_axe(COLOURS, where)
            self.change_scheme("light")
        self.run_axe(EVERYTHING if surroundings else STRUCTURE)
        self.checked.add(page + surroundings)

    def change_scheme(self, scheme: str) -> None:
        self.page.emulate_media(color_scheme=scheme)
        self.page.evaluate(SETTLE)

    def run_axe(self, options: dict, where: JSHandle | None = None) -> None:
        found = self.page.evaluate(RUN_AXE, [options, where])
        assert not found, "\n".join([f"{self.page.url}:", *found])

    def check_reflow(self) -> None:
        """No page scrolls sideways on a phone (WCAG 1.4.10: 320 px)."""
        self.page.set_viewport_size(NARROW)
        if self.page.evaluate(WIDTH) > NARROW["width"]:
            culprits = "\n".join(self.page.evaluate(CULPRITS))
            raise AssertionError(f"{self.page.url} scrolls sideways at {NARROW['width']} px:\n{culprits}")
        self.page.set_viewport_size(self.size)

    def kill(self) -> None:
        """End the whole browser at once, as a crash or an empty battery does."""
        browser = self.context.browser
        with suppress(Error):
            browser.new_browser_cdp_session().send("Browser.crash")

    def finish(self) -> None:
        if self.context.browser.is_connected():
            self.context.close()
