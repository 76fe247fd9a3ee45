"""Text becomes words, and words become the letters that they are compared by."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

WORDS = Path(__file__).parent / "words"
TOKEN = re.compile(r"\d+(?:[.,:]\d+)+|[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
"""A number with its marks (4.0, 17.30), or letters and digits with hyphens between them."""
HYPHENS = re.compile("[-\u2010\u2011]")
SOFT_HYPHEN = "\u00ad"
GENDERED = re.compile(r"(?<=[a-zäöüß])(?:[*:_/]-?|(?=I))(?:in|In)(?P<many>nen)?\b")
"""Bürger*innen, Bürger:in, Bürger/-innen, BürgerInnen."""
MARKS = str.maketrans("äöüáàâéèêëíìîóòôúùûñç", "aouaaaeeeeiiiooouuunc")
# „ae“ is a way to write „ä“, but not in „neue“ (after a vowel) or „Europaeinsatz“ (before an i).
DIGRAPHS = re.compile(r"ae(?!i)|oe(?!i)|(?<![aeiouqy])ue(?!i)")


def plain(text: str) -> str:
    """NFC, without soft hyphens, and with one form for both genders."""
    text = unicodedata.normalize("NFC", text).replace(SOFT_HYPHEN, "")
    return GENDERED.sub(lambda match: "innen" if match["many"] else "", text)


def tokens(text: str) -> Iterator[str]:
    """The words of a plain text as they are spelled."""
    return (match[0] for match in TOKEN.finditer(text))


@lru_cache(50_000)
def fold(word: str) -> str:
    """Lower case, ß as ss, ä and ae as a: what two spellings of a word have in common."""
    return DIGRAPHS.sub(lambda match: match[0][0], word.casefold().translate(MARKS))


def pieces(word: str) -> list[str]:
    """The pieces between hyphens, folded; a single letter belongs to what follows: E-Mail is email."""
    found = [fold(piece) for piece in HYPHENS.split(word)]
    while len(found) > 1 and len(found[0]) == 1 and found[0].isalpha():
        found[:2] = [found[0] + found[1]]
    return found


@cache
def read_words(name: str) -> frozenset[str]:
    """The words of a file beside this module, folded; lines with # are remarks."""
    lines = (WORDS / name).read_text(encoding="utf-8").splitlines()
    return frozenset(fold(word) for line in lines if not line.startswith("#") for word in line.split())


def is_stopword(word: str) -> bool:
    """Whether a word says nothing, or is a single letter."""
    folded = fold(word)
    return folded in read_words("stopwords.txt") or (len(folded) == 1 and not folded.isdigit())


def content_words(text: str) -> list[str]:
    """The words of a text that say something, as they are spelled."""
    return [word for word in tokens(plain(text)) if not is_stopword(word)]


def has_word(text: str) -> bool:
    """Whether there is anything in a text that could be searched for."""
    return bool(content_words(text))
