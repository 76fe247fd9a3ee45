"""Texts in CSV that no spreadsheet takes for a formula (security.md, input), and the way back."""

import unicodedata

FORMULA_STARTS = frozenset("=+-@")
APOSTROPHE = "'"


def guard(text: str) -> str:
    """Put an apostrophe before what a spreadsheet could run, and before an apostrophe, so that it can be undone."""
    return APOSTROPHE + text if text.startswith(APOSTROPHE) or looks_like_formula(text) else text


def reveal(cell: str) -> str:
    """The text that ``guard`` was given."""
    return cell.removeprefix(APOSTROPHE)


def looks_like_formula(text: str) -> bool:
    """Whether the first visible character begins a formula, full-width forms included, or a TAB or CR stands first."""
    if text.startswith(("\t", "\r")):
        return True
    visible = next((character for character in text if not is_invisible(character)), "")
    return bool(FORMULA_STARTS.intersection(unicodedata.normalize("NFKC", visible)[:1]))


def is_invisible(character: str) -> bool:
    """Blanks, line breaks, byte order marks and other controls, which a spreadsheet may skip."""
    return unicodedata.category(character)[0] in "ZC"
