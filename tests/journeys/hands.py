"""How people work a page: with a mouse or a finger, or with the keys alone."""

from playwright.sync_api import Locator, Page, expect


class Mouse:
    """A person who points at things."""

    def __init__(self, page: Page) -> None:
        self.page, self.main = page, page.get_by_role("main")

    def type(self, label, text: str) -> None:
        """Write into a field, in the place of what stands there."""
        self.page.get_by_label(label).fill(text)

    def choose(self, label) -> None:
        """Choose a radio button, or tick a box."""
        self.page.get_by_label(label, exact=True).check()

    def press(self, name) -> None:
        self.main.get_by_role("button", name=name).first.click()

    def follow(self, name) -> None:
        self.main.get_by_role("link", name=name).first.click()

    def sees(self, text) -> None:
        expect(self.main).to_contain_text(text)


class Keyboard(Mouse):
    """A person without a mouse: everything by Tab, blank, arrows and Enter."""

    @property
    def keys(self):
        return self.page.keyboard

    def reach(self, locator: Locator) -> None:
        """Press Tab until the element has the focus; on a fresh page past the head, by the skip link."""
        locator.wait_for()
        if self.page.evaluate("document.activeElement === document.body"):
            self.keys.press("Tab")
            self.keys.press("Enter")
        for _ in range(150):
            if locator.evaluate("one => one === document.activeElement"):
                return
            self.keys.press("Tab")
        raise AssertionError(f"No way to {locator} by keyboard")

    def type(self, label, text: str) -> None:
        self.reach(self.page.get_by_label(label))
        self.keys.press("Control+A")
        self.keys.type(text)

    def choose(self, label) -> None:
        """Reach the group of the radio button, go to it by arrows; or tick a box."""
        option = self.page.get_by_label(label, exact=True)
        group = self.page.locator(f"input[name='{option.get_attribute('name')}']")
        chosen = group.and_(self.page.locator(":checked"))
        self.reach(option if option.get_attribute("type") == "checkbox" else chosen if chosen.count() else group.first)
        self.keys.press("Space")
        for _ in range(20):
            if option.is_checked():
                return
            self.keys.press("ArrowDown")
        raise AssertionError(f"No way to {label} by keyboard")

    def press(self, name) -> None:
        self.reach(self.main.get_by_role("button", name=name).first)
        self.keys.press("Enter")

    def follow(self, name) -> None:
        self.reach(self.main.get_by_role("link", name=name).first)
        self.keys.press("Enter")
