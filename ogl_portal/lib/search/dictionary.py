"""Help with words that are misspelt and like none of the index: the dictionary's word that is one slip away."""

from collections.abc import Iterable, Iterator
from functools import cache

from . import compounds
from .texts import WORDS, fold

SHORTEST = 6
"""Shorter words are one slip away from too many others."""
SHORTEST_PART = 4
LINKS = ["", "s", "es", "en", "er"]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@cache
def nouns() -> dict[str, str]:
    """The nouns of the files as they are spelled, by what ``fold`` makes of them."""
    lines = (WORDS / "nouns.txt").read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split() if not word.endswith("-")]
    return {fold(word): word for word in words}


def correct(word: str) -> str:
    """Return the only noun, or compound of two nouns, that is one slip away from the word, else nothing."""
    folded = fold(word)
    if len(folded) < SHORTEST or not folded.isalpha() or compounds.is_word(folded):
        return ""
    found = {nouns()[each].capitalize() for each in slipped(folded) if each in nouns()} or set(compounds_near(folded))
    return found.pop() if len(found) == 1 else ""


def compounds_near(folded: str) -> Iterator[str]:
    """Compounds of two words of which one, and only one, is misspelt."""
    for place in range(SHORTEST_PART - 1, len(folded) - SHORTEST_PART + 2):
        first, last = folded[:place], folded[place:]
        if (beginning := spelled(first)) and len(last) >= SHORTEST_PART:
            yield from (beginning + nouns()[each] for each in slipped(last) if each in nouns())
        if last in nouns() and len(first) >= SHORTEST_PART:
            yield from (spelled(each) + nouns()[last] for each in slipped(first) if spelled(each))


def spelled(first: str) -> str:
    """A folded noun as it begins a compound, the letters that link it included, or nothing: urlaubs, strassen."""
    links = [*LINKS, "n"] if first.endswith("en") else LINKS
    link = next((link for link in links if first.endswith(link) and first.removesuffix(link) in nouns()), None)
    return "" if link is None else nouns()[first.removesuffix(link)].capitalize() + link


def slipped(word: str) -> Iterable[str]:
    """What a word may have been before one slip: a letter left out, added, or swapped with the next.

    The first letter is hardly ever wrong; and one that is changed mostly makes another word (Warnung, Wartung).
    """
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    added = {first + letter + rest for first, rest in halves for letter in LETTERS}
    removed = {first + rest[1:] for first, rest in halves if rest}
    swapped = {first + rest[1] + rest[0] + rest[2:] for first, rest in halves if len(rest) > 1}
    return {each for each in added | removed | swapped if each[:1] == word[0]} - {word}
