"""The picture of an event that other sites show with a link to it (Open Graph): date and title, 1200 × 630."""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from ogl_portal.lib.pdf import assets
from ogl_portal.lib.text import plain, without_pictographs

from .models import Event

SIZE = (1200, 630)
MARGIN = 80
WIDTH = SIZE[0] - 2 * MARGIN
GROUND, INK, SOFT, ALERT = "#171a2b", "#ffffff", "#b9c8f5", "#ffd866"
BAND = "#5c82e6"
TITLE_SIZES = [76, 64, 54]
DATE_SIZES = [44, 38, 32]
MOST_LINES = 3


def draw(event: Event) -> bytes:
    """Return the picture as PNG."""
    picture = Image.new("RGB", SIZE, GROUND)
    canvas = ImageDraw.Draw(picture)
    canvas.rectangle((0, 0, 18, SIZE[1]), fill=BAND)
    canvas.text((MARGIN, 70), one_line(head_of(event), font(34)), fill=SOFT, font=font(34))
    chosen, lines = title_of(event)
    for number, line in enumerate(lines):
        canvas.text((MARGIN, 140 + round(number * chosen.size * 1.2)), line, fill=INK, font=chosen)
    draw_date(canvas, event)
    canvas.text((MARGIN, 540), "OGL-Portal · AG Digitalisierung in der Arbeitswelt", fill=SOFT, font=font(28))
    stream = BytesIO()
    picture.quantize(64).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def draw_date(canvas: ImageDraw.ImageDraw, event: Event) -> None:
    """When and where, in the colour of a warning where it does not take place as planned."""
    state = f"{event.get_status_display().capitalize()}: " if event.is_off_plan else ""
    text = state + ", ".join(filter(None, [event.when, event.where]))
    fonts = [font(size, bold=True) for size in DATE_SIZES]
    fitting = next((one for one in fonts if one.getlength(drawable(text)) <= WIDTH), fonts[-1])
    canvas.text((MARGIN, 440), one_line(text, fitting), fill=ALERT if state else INK, font=fitting)


def describe(event: Event) -> str:
    """What the picture shows, for those who do not see it."""
    return f"{head_of(event)}: {event.title}, {event.when}"


def head_of(event: Event) -> str:
    """Kind, number and series."""
    kind = f"{event.get_kind_display()} {event.number or ''}".strip()
    return f"{kind} · {event.series.title}" if event.series else kind


def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The font of the pages; raises assets.MissingAssetError where the set-up has not built it."""
    files = assets.fonts()
    return ImageFont.truetype(files[f"portal:fonts/FiraSans-{'SemiBold' if bold else 'Regular'}.woff2"], size)


def title_of(event: Event) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest size in which the title fits into three lines; what never fits ends with three dots."""
    for size in TITLE_SIZES:
        chosen = font(size, bold=True)
        lines = list(broken(event.title, chosen))
        if len(lines) <= MOST_LINES and all(chosen.getlength(line) <= WIDTH for line in lines):
            return chosen, lines
    lines = [*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :])]
    return chosen, [one_line(line, chosen) for line in lines if line]


def broken(text: str, chosen: ImageFont.FreeTypeFont) -> Iterator[str]:
    """The words in lines that fit, as far as each word does."""
    line = ""
    for word in drawable(text).split():
        longer = f"{line} {word}".strip()
        if line and chosen.getlength(longer) > WIDTH:
            yield line
            longer = word
        line = longer
    yield line


def one_line(text: str, chosen: ImageFont.FreeTypeFont) -> str:
    """As much of the text as fits into a line."""
    text = drawable(text)
    if chosen.getlength(text) <= WIDTH:
        return text
    while text and chosen.getlength(f"{text} …") > WIDTH:
        text = text[:-1]
    return f"{text.rstrip()} …"


def drawable(text: str) -> str:
    """The text without what the font has no letters for."""
    return without_pictographs(plain(text)).replace("\n", " ").strip()
