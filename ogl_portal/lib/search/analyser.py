"""What a word is found by. Change VERSION with anything that changes what comes out."""

from functools import lru_cache

from . import compounds
from .stemmer import stem
from .texts import HYPHENS, fold, pieces

VERSION = "2"
WHOLE, PART = 100, 50
"""How much of a word's weight a key gets, in percent: that of the word, and that of a part of it."""


@lru_cache(50_000)
def stem_of(word: str) -> str:
    """The stem of a word as it is spelled; hyphens are left out."""
    return stem("".join(pieces(word)))


@lru_cache(50_000)
def parts_of(word: str) -> tuple[str, ...]:
    """The stems of the known words that a word as it is spelled is made of, in order; nothing where it is simple."""
    found = pieces(word)
    if len(found) == 1:
        return compounds.stems(compounds.split(found[0]))
    parts = [part for piece in found for part in compounds.stems(compounds.split(piece)) or (stem(piece),)]
    return tuple(part for part in parts if len(part) > 1)


def keys_of(word: str) -> dict[str, int]:
    """The keys of a word of a document, each with its share."""
    parts = set(quick_keys(word))
    if not parts_of(word) and not is_known(word):
        parts.update(compounds.split_by_hyphenation(word))
    return {key: PART for key in parts if len(key) > 1} | {stem_of(word): WHOLE}


@lru_cache(20_000)
def quick_keys(word: str) -> frozenset[str]:
    """All keys of a word for which nothing need be hyphenated."""
    inner = [compounds.inner_compounds(compounds.split(piece)) for piece in pieces(word)]
    stems = [stem(piece) for piece in [*map(fold, HYPHENS.split(word)), *pieces(word)]]
    return frozenset({stem_of(word), *stems, *parts_of(word)}.union(*inner))


def is_known(word: str) -> bool:
    """Whether every piece of a word as it is spelled is German as far as the files know it."""
    return all(compounds.is_word(fold(piece)) for piece in HYPHENS.split(word) if len(piece) > 1 and piece.isalpha())


def trigrams(word: str) -> frozenset[str]:
    """Three letters in a row of the folded word, its borders included."""
    padded = f"  {fold(word)} "
    return frozenset(padded[index : index + 3] for index in range(len(padded) - 2))
