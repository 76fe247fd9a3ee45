"""What somebody searches for: concepts, each with the ways in which a document may meet it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import IntEnum

from . import compounds
from .analyser import is_known, parts_of, stem_of
from .compounds import words as known_stems
from .spelling import LookedUp
from .stemmer import verb_stems
from .synonyms import Synonyms
from .texts import content_words, fold, pieces, plain, read_words, tokens

MOST_WORDS = 12
"""Of one search; what follows is left out."""
NUMBER_OF_A_SERVICE = re.compile(r"\d{14}|\d{5}")
"""LeiKa key and OZG number."""
PARTICLES = {"an", "ab", "um", "ein", "aus", "auf", "vor", "zu", "nach", "mit", "bei", "durch", "weiter", "teil"}


class Level(IntEnum):
    """How a document meets a concept, the best first (search.md, tiers)."""

    WORD = 0
    PART = 1
    SYNONYM = 2
    PART_OF_SYNONYM = 3
    SOME_PART = 4


class Form(IntEnum):
    """Whether a key must be a word of the document, a part of one, or either."""

    WHOLE = 0
    PART = 1
    EITHER = 2


@dataclass(frozen=True)
class Option:
    """One way to meet a concept: the document has a key of every set."""

    keys: tuple[frozenset[str], ...]
    level: Level
    form: Form = Form.EITHER
    is_spread: bool = False  # the keys are parts of one word, which the document may have far from each other


@dataclass(frozen=True)
class Concept:
    """A word of the search, or several that are one thing."""

    words: tuple[str, ...]
    options: tuple[Option, ...]
    is_optional: bool = False


@dataclass(frozen=True)
class Query:
    """The concepts, and the words that no dictionary knows."""

    concepts: list[Concept]
    corrections: dict[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> set[str]:
        """All keys that may say something about the query."""
        return {key for concept in self.concepts for option in concept.options for keys in option.keys for key in keys}


def words_of(text: str) -> list[str]:
    """The words of a search that say something, as they are spelled; „melde … an“ is one: anmelde."""
    found = content_words(text)[:MOST_WORDS]
    last = next(reversed([fold(word) for word in tokens(plain(text))]), "")
    if last in PARTICLES:
        joined = {word: last + fold(word) for word in found if is_verb(last + fold(word))}
        verb = next(iter(joined), None)
        return [joined[word] if word == verb else word for word in found]
    return found


def is_verb(folded: str) -> bool:
    return compounds.stem(folded) in verb_stems()


def unknown_words(text: str) -> list[str]:
    """The words of a search that might be misspelt: those in no dictionary."""
    found = [word for word in dict.fromkeys(words_of(text)) if "".join(pieces(word)).isalpha() and not is_known(word)]
    return [word for word in found if len(word) > 3]


def parse(text: str, synonyms: Synonyms, looked_up: dict[str, LookedUp]) -> Query:
    """Turn a text into a query, unknown words corrected as ``looked_up`` says."""
    digits = re.sub(r"[\s.\u00a0]", "", text)
    if NUMBER_OF_A_SERVICE.fullmatch(digits):
        return Query([number(digits)])
    spelled = words_of(text)
    known = {word for word in spelled if (stem_of(word),) in synonyms.others}
    corrections = {word: looked_up[word].correction for word in spelled
                   if word in looked_up and looked_up[word].correction and word not in known}  # fmt: skip
    spelled = [corrections.get(word, word) for word in spelled]
    concepts = with_neighbours(list(group(spelled, synonyms, looked_up)))
    if all(concept.is_optional for concept in concepts):
        concepts = [replace(concept, is_optional=False) for concept in concepts]
    return Query(concepts, corrections)


def number(digits: str) -> Concept:
    """The number of a service, or the same number in a text."""
    by_key = Option((frozenset({f"#{digits}"}),), Level.WORD, Form.WHOLE)
    return Concept((digits,), (by_key, Option((frozenset({digits}),), Level.PART, Form.WHOLE)))


def group(spelled: list[str], synonyms: Synonyms, looked_up: dict[str, LookedUp]) -> Iterable[Concept]:
    """Yield a concept for each word, or for several that are a phrase with synonyms."""
    stems, place = [stem_of(word) for word in spelled], 0
    while place < len(spelled):
        length = synonyms.longest_at(stems, place)
        words = tuple(spelled[place : place + length])
        if length > 1:
            yield phrase(words, tuple(stems[place : place + length]), synonyms)
        else:
            yield word_concept(words[0], synonyms, looked_up.get(words[0]))
        place += length


def phrase(words: tuple[str, ...], stems: tuple[str, ...], synonyms: Synonyms) -> Concept:
    """Several words that are one thing."""
    return Concept(words, (Option(one_each(stems), Level.WORD), *synonymous(stems, synonyms)))


def one_each(stems: Iterable[str]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset({stem}) for stem in stems)


def synonymous(stems: tuple[str, ...], synonyms: Synonyms) -> list[Option]:
    """The ways that synonyms open, and the vocabulary of topics and target groups."""
    options = [option for other in sorted(synonyms.others.get(stems, ())) for option in by_synonym(other, synonyms)]
    labels = frozenset(f"#{key}" for key in synonyms.labels.get(stems, ()))
    return options + ([Option((labels,), Level.SOME_PART, Form.WHOLE)] if labels else [])


def by_synonym(stems: tuple[str, ...], synonyms: Synonyms) -> list[Option]:
    """A synonym meets a concept, as a whole or in its parts; as part of another word it only comes near."""
    keys = one_each(stems)
    if len(stems) > 1:
        return [Option(keys, Level.SYNONYM)]
    options = [Option(keys, Level.SYNONYM, Form.WHOLE), Option(keys, Level.PART_OF_SYNONYM, Form.PART)]
    parts = synonyms.parts.get(stems)
    return [*options, Option(one_each(parts), Level.SYNONYM)] if parts else options


def word_concept(word: str, synonyms: Synonyms, looked_up: LookedUp | None) -> Concept:
    """A word in all its forms, as part of others, in its own parts, and with its synonyms."""
    stem, parts = stem_of(word), parts_of(word)
    itself = one_each([stem])
    options = [Option(itself, Level.WORD, Form.WHOLE), Option(itself, Level.PART, Form.PART)]
    if looked_up and looked_up.holders:
        options.append(Option((frozenset(looked_up.holders),), Level.PART, Form.WHOLE))
    if looked_up and not parts:
        parts = looked_up.parts
    if parts:
        options.append(Option(one_each(parts), Level.PART, is_spread=True))
        options.append(Option(tuple(synonyms.single(part) for part in parts), Level.SYNONYM, is_spread=True))
    options += synonymous((stem,), synonyms)
    options += [Option(one_each([part]), Level.SOME_PART) for part in parts]
    return Concept((word,), tuple(options), is_optional=fold(word) in read_words("optional.txt"))


def with_neighbours(concepts: list[Concept]) -> list[Concept]:
    """Two words in a row may be one in the document: Home Office is Homeoffice."""
    joined = list(concepts)
    for place in range(len(concepts) - 1):
        pair = concepts[place : place + 2]
        if all(len(concept.words) == 1 for concept in pair):
            key = stem_of(fold(pair[0].words[0] + pair[1].words[0]))
            option = Option(one_each([key]), Level.WORD if key in known_stems() else Level.PART)
            for index in [place, place + 1]:
                joined[index] = replace(joined[index], options=(*joined[index].options, option))
    return joined
