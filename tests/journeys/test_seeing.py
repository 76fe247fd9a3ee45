"""What axe does not see: the outline of what has the focus, the borders of controls, and text twice as large."""

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse

from tests.factories.surveys import make_round

pytestmark = pytest.mark.django_db
SITE = "http://portal.test"
MEDIA = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
}
LOOK = """() => {
    const pixel = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
    const known = new Map();
    const parts = colour => {
        if (!known.has(colour)) {
            pixel.clearRect(0, 0, 1, 1);
            pixel.fillStyle = colour;
            pixel.fillRect(0, 0, 1, 1);
            known.set(colour, [...pixel.getImageData(0, 0, 1, 1).data].map(part => part / 255));
        }
        return known.get(colour);
    };
    const behind = one => {
        for (let each = one.parentElement; each; each = each.parentElement) {
            const colour = getComputedStyle(each).backgroundColor;
            if (parts(colour)[3] === 1) return colour;
        }
        return "Canvas";
    };
    const luminance = colour => parts(colour).slice(0, 3)
        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
    const contrast = (one, other) => {
        const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (bright + 0.05) / (dark + 0.05);
    };
    const isOutlined = one => [null, "::before", "::after"].map(part => getComputedStyle(one, part)).some(style =>
        style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
        && contrast(style.outlineColor, behind(one)) >= 3);
    const isBordered = one => ["Top", "Bottom"].some(side =>
        parseFloat(getComputedStyle(one)[`border${side}Width`]) >= 1
        && contrast(getComputedStyle(one)[`border${side}Color`], behind(one)) >= 3);
    const isNative = one => ["checkbox", "radio"].includes(one.type) && getComputedStyle(one).appearance === "auto";
    const fields = "input:not([type=hidden], [type=submit], [type=file]), select, textarea";
    const all = [...document.querySelectorAll("a[href], button, summary, [tabindex='0'], " + fields)]
        .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled);
    const faults = all.filter(one => one.matches(fields) && !isNative(one) && !isBordered(one))
        .map(one => "no border: " + one.outerHTML.slice(0, 120));
    for (const one of all) {
        one.focus();
        const isSeen = document.activeElement === one && isOutlined(one);
        if (!isSeen) faults.push("no outline: " + one.outerHTML.slice(0, 120));
    }
    return [all.length, faults];
}"""

GROW = """() => {
    const hasText = one => [...one.childNodes].some(each => each.nodeType === Node.TEXT_NODE && each.data.trim());
    const isShown = one => one.checkVisibility() && one.clientWidth !== 1 && !one.closest("svg");
    const all = [...document.querySelectorAll("body *")].filter(one => isShown(one) && hasText(one));
    const size = one => parseFloat(getComputedStyle(one).fontSize);
    const before = new Map(all.map(one => [one, size(one)]));
    document.documentElement.style.fontSize = "200%";
    const small = all.filter(one => size(one) < 1.99 * before.get(one)).map(one => one.outerHTML.slice(0, 120));
    return [all.length, small, document.documentElement.scrollWidth - innerWidth];
}"""


@pytest.fixture
def show(browser):
    """Return a function that opens an answer of Django in a browser, with our static files and without a server."""
    context = browser.new_context(base_url=SITE, reduced_motion="reduce", locale="de-DE")
    page, pages = context.new_page(), {}

    def answer(route) -> None:
        path = route.request.url.removeprefix(SITE)
        file = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if path in pages:
            route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
        elif file:
            route.fulfill(path=file)
        else:
            route.fulfill(status=204)

    context.route("**/*", answer)

    def open_in_browser(response: HttpResponse):
        pages[f"/{len(pages)}"] = response.content
        page.goto(f"/{len(pages) - 1}")
        return page

    yield open_in_browser
    context.close()


@pytest.fixture
def answers(member, lead) -> list[HttpResponse]:
    """Pages with every kind of control: text, choices, a form that was refused, and one of the admin."""
    address = f"/fragebogen/{make_round(member.person).slug}"
    member.client.post(f"{address}/beginnen/")
    return [
        member.client.get(f"{address}/abschnitt/A/"),
        member.client.get(f"{address}/abschnitt/G/"),
        member.client.post("/kontakt/", {"message": "Ohne alles andere"}),
        lead.client.get("/admin/directory/organisation/add/"),
    ]


def test_focus_and_borders_are_seen_in_every_scheme(show, answers):
    for response in answers:
        assert response.status_code == 200
        page = show(response)
        for scheme, media in MEDIA.items():
            page.emulate_media(**media)
            page.keyboard.press("Tab")  # so that focus is shown as after a key
            count, faults = page.evaluate(LOOK)
            assert count > 20
            assert faults == [], scheme


def test_text_grows_to_twice_its_size_without_scrolling_sideways(show, answers):
    for response in answers:
        count, small, beyond = show(response).evaluate(GROW)
        assert count > 40
        assert (small, beyond) == ([], 0)
