"""The words by which a text is found, those that its hyphens leave out included."""

import re

from .compounds import heads
from .stemmer import stem
from .texts import HYPHENS, fold, is_stopword, plain, tokens

ELLIPSIS = re.compile(r"((?:\b\w+[-\u2010\u2011],?\s+)+)(?:und|oder|bzw\.?|sowie|&|/)\s+(\w+)")
"""An-, Ab- und Ummeldung."""
SHORTEST = 4


def indexed_words(text: str) -> list[str]:
    """The words of a plain text that say something, as they are spelled."""
    text = plain(text)
    return [word for word in tokens(text) if not is_stopword(word)] + completed(text)


def completed(text: str) -> list[str]:
    """Ausbildungs- und Arbeitsvertrag also says Ausbildungsvertrag."""
    words = []
    for match in ELLIPSIS.finditer(text):
        if half := second_half(match[2]):
            words += [HYPHENS.sub("", stub.rstrip(",")) + half for stub in match[1].split()]
    return words


def second_half(word: str) -> str:
    """The longest known word at the end of another: vertrag of Arbeitsvertrag, meldung of Ummeldung."""
    ends = (word[place:] for place in range(2, len(word) - SHORTEST + 1))
    return next((end for end in ends if stem(fold(end)) in heads()), "")
