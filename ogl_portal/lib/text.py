"""What counts as text: the characters that both databases, HTML and PDF can hold."""

import re
import unicodedata

from django.utils.text import slugify

NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
"""NUL and other controls, lone surrogates, non-characters and controls that reverse the reading direction."""

INVISIBLE = {"Zs", "Zl", "Zp", "Cc", "Cf"}
"""Categories of Unicode that leave nothing on the page: separators, controls and formats."""

PICTOGRAPHS = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u200d\u20e3\ufe0e\ufe0f\U000e0020-\U000e007f]+")
"""Emoji and what joins them: a PDF/UA-1 may not show what its fonts have no glyph for (ISO 14289-1, 7.21.8)."""


UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"})


def slug_of(text: str) -> str:
    """Return the part of an address: „Förderung überblicken“ → foerderung-ueberblicken; empty where nothing is left."""
    return slugify(text.translate(UMLAUTS))


def without_pictographs(text: str) -> str:
    """Return the text with a word in the place of emoji, for documents whose fonts have none."""
    return PICTOGRAPHS.sub("(Bildzeichen)", text)


def plain(text: str) -> str:
    """Return the text in NFC, with the line ends of Unix and without the characters of NOT_TEXT."""
    return unicodedata.normalize("NFC", NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def is_blank(text: str) -> bool:
    """Tell whether there is nothing to see: blanks, line ends, and characters without a width of their own."""
    return all(unicodedata.category(character) in INVISIBLE for character in text)


def has_forbidden_characters(text: str) -> bool:
    """Tell whether ``plain`` would take characters away, line ends aside."""
    return NOT_TEXT.search(text) is not None
