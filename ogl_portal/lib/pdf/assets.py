"""The files that a PDF may use, and no others: our print style sheets and our fonts."""

from pathlib import Path

from django.conf import settings

STYLE_SHEETS = settings.BASE_DIR / "static" / "pdf"
FONTS = settings.BASE_DIR / "build" / "assets" / "fonts"
FONT_FILES = ["FiraSans-Regular.woff2", "FiraSans-Italic.woff2", "FiraSans-SemiBold.woff2"]


class MissingAssetError(Exception):
    """A file that every PDF needs is not there; the text says which."""


def style_sheets() -> list[Path]:
    """Return the style sheets in the order in which they apply: ``print.css``, then those of the apps by name."""
    return sorted(STYLE_SHEETS.glob("*.css"), key=lambda path: (path.name != "print.css", path.name))


def fonts() -> dict[str, Path]:
    """Return the fonts by the address under which the style sheets name them: ``portal:fonts/<file>``.

    Raises MissingAssetError when one is missing: another font in its place would go unnoticed.
    """
    missing = [name for name in FONT_FILES if not (FONTS / name).is_file()]
    if missing:
        raise MissingAssetError(f"Es fehlen Schriften in {FONTS}: {', '.join(missing)}. „deploy/setup.py“ legt sie an.")
    return {f"portal:fonts/{name}": FONTS / name for name in FONT_FILES}


def fingerprint() -> tuple:
    """Return something that changes with every change of a file."""
    return tuple((str(path), path.stat().st_mtime_ns) for path in [*style_sheets(), *fonts().values()])
