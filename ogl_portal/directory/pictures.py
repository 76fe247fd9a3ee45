"""Logos as small pictures: made smaller where they are uploaded, and drawn for the organisations of the demo."""

from io import BytesIO

from PIL import Image, ImageDraw

from ogl_portal.lib.uploads import PNG, CheckedFile

LARGEST = (480, 200)
"""Twice what pages show, for fine screens."""
GROUND = "#ffffff"


def small(checked: CheckedFile) -> CheckedFile:
    """Return a checked picture as PNG of at most 480 × 200."""
    with Image.open(BytesIO(checked.content)) as picture:
        picture.thumbnail(LARGEST)
        return as_png(picture.convert("RGBA"))


def as_png(picture: Image.Image) -> CheckedFile:
    drawn = BytesIO()
    picture.save(drawn, "PNG", optimize=True)
    return CheckedFile("logo.png", PNG, drawn.getvalue())


def exemplary(colour: str, corners: int) -> CheckedFile:
    """Draw an invented sign: a disc of a colour with a figure of so many corners cut out of it."""
    side = LARGEST[1]
    picture = Image.new("RGB", (side, side), GROUND)
    canvas = ImageDraw.Draw(picture)
    canvas.ellipse((8, 8, side - 8, side - 8), fill=colour)
    canvas.regular_polygon((side / 2, side / 2, side * 0.3), corners, fill=GROUND)
    return as_png(picture)
