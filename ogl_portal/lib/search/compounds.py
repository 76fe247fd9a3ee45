"""Compounds fall into the words they are made of: Ausbildungsvertrag is Ausbildung and Vertrag.

Words are folded (``texts.fold``).
"""

import re
from functools import cache, lru_cache

from .stemmer import adjectives, stem
from .texts import fold, read_words

LINKS = ["", "s", "es", "n", "en", "er", "e", "ens", "ns"]
SHORTEST = 3
SHORTEST_PIECE = 4
"""Of what hyphenation cuts off."""
LONGEST = 50
SUFFIX = re.compile(r"(?:bar|lich|keit|heit|haft|sam|schaft|ung|isch|los|ier|ling|nis|tum|iv|ion|ismus|er$|ern$|end)")


@cache
def heads() -> frozenset[str]:
    """Stems that may end a compound."""
    nouns = {word for word in read_words("nouns.txt") if not word.endswith("-")}
    return frozenset(stem(word) for word in nouns | adjectives())


@cache
def modifiers() -> dict[str, str]:
    """Stems by the forms that may begin a compound, letters between the parts included."""
    nouns, forms = read_words("nouns.txt"), {}
    for word in sorted(read_words("verbs.txt")):
        if word.endswith("en") and len(word) > 5:
            forms |= {word.removesuffix("en") + link: stem(word) for link in ["", "e"]}
    forms |= {word: stem(word) for word in adjectives() if len(word) >= SHORTEST}
    whole = {word for word in nouns if not word.endswith("-")}
    for link in reversed(LINKS):
        forms |= {word + link: stem(word) for word in whole if len(word) >= SHORTEST}
    return forms | {word.removesuffix("-"): stem(word.removesuffix("-")) for word in nouns - whole}


@cache
def words() -> frozenset[str]:
    """Stems of all words that the files know."""
    listed = read_words("nouns.txt") | read_words("verbs.txt") | adjectives()
    return heads() | {stem(word.removesuffix("-")) for word in listed}


def is_word(word: str) -> bool:
    """Whether a folded word is in the files, in any form, or made of such words only."""
    return stem(word) in words() or bool(split(word))


@lru_cache(50_000)
def split(word: str) -> tuple[str, ...]:
    """Return the fewest known words that make up the whole word, as they stand in it, or nothing where it is none."""
    if len(word) < 2 * SHORTEST or len(word) > LONGEST or word.isdigit() or stem(word) in words():
        return ()
    found = [parts for parts in (split_at(word, place) for place in range(SHORTEST, len(word) - 2)) if parts]
    return min(found, key=len, default=())


def split_at(word: str, place: int) -> tuple[str, ...]:
    """The parts where the first one ends at the place, or nothing."""
    first, rest = word[:place], word[place:]
    if first not in modifiers():
        return ()
    if stem(rest) in heads():
        return (first, rest)
    further = split(rest)
    return (first, *further) if further else ()


def stems(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The stems of the parts that a word falls into."""
    return tuple(modifiers().get(part) or stem(part) for part in parts[:-1]) + tuple(map(stem, parts[-1:]))


def inner_compounds(parts: tuple[str, ...]) -> set[str]:
    """The stems of the shorter compounds inside: Hundesteueranmeldung holds Hundesteuer and Steueranmeldung."""
    spans = [
        (start, end) for end in range(2, len(parts) + 1) for start in range(end - 1) if (start, end) != (0, len(parts))
    ]
    return {stem("".join(parts[start:end])) for start, end in spans}


def split_by_hyphenation(word: str) -> tuple[str, ...]:
    """The two stems at a point of hyphenation of a word as it is spelled, where one of them is known."""
    if len(word) < 2 * SHORTEST_PIECE or len(word) > LONGEST:
        return ()
    for place in hyphenation().positions(word.lower()):
        left, right = fold(word[:place]), fold(word[place:])
        if min(len(left), len(right)) >= SHORTEST_PIECE and (parts := known_half(left, right)):
            return parts
    return ()


def known_half(left: str, right: str) -> tuple[str, ...]:
    """Both stems, if one is known and the other looks like a word."""
    if len(right) > SHORTEST_PIECE and not SUFFIX.match(right) and left in modifiers():
        return (modifiers()[left], stem(right))
    if len(right) >= SHORTEST_PIECE and stem(right) in heads():
        return (stem(left), stem(right))
    return ()


@cache
def hyphenation():
    """The points of hyphenation of German words; slow to load, so only when a word asks for it."""
    import pyphen

    return pyphen.Pyphen(lang="de_DE")
