"""Words that mean the same, ready to be looked up by the stems of what was searched."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from .analyser import parts_of, stem_of
from .texts import content_words

Phrase = tuple[str, ...]
"""The stems of one word or of several in a row."""
LONGEST = 4
"""Words in a phrase."""


@dataclass(frozen=True)
class Synonyms:
    """What else means the same as a phrase, and to which label of documents it leads."""

    others: dict[Phrase, frozenset[Phrase]]
    labels: dict[Phrase, frozenset[str]]
    parts: dict[Phrase, Phrase]  # of those that are compounds

    def single(self, stem: str) -> frozenset[str]:
        """The single words that mean the same as a single word, itself included."""
        return frozenset({stem} | {phrase[0] for phrase in self.others.get((stem,), ()) if len(phrase) == 1})

    def longest_at(self, stems: list[str], start: int) -> int:
        """How many words from ``start`` on make up a phrase of several words; 1 where none does."""
        lengths = range(min(LONGEST, len(stems) - start), 1, -1)
        return next((length for length in lengths if tuple(stems[start : start + length]) in self.others), 1)


def phrase_of(text: str) -> Phrase:
    """The stems of what a word or phrase says."""
    return tuple(stem_of(word) for word in content_words(text))


def of(rows: Iterable[tuple[str, str]]) -> Synonyms:
    """Synonyms from groups: their words, a phrase a line, and the label of documents they lead to, if any."""
    return parse(tuple(sorted(rows)))


@lru_cache(4)
def parse(rows: tuple[tuple[str, str], ...]) -> Synonyms:
    others, labels, parts = {}, {}, {}
    for words, key in rows:
        phrases = {phrase for phrase in map(phrase_of, words.splitlines()) if phrase}
        parts |= {phrase_of(line): parts_of(line.strip()) for line in words.splitlines() if parts_of(line.strip())}
        for phrase in phrases:
            if key:
                labels[phrase] = labels.get(phrase, frozenset()) | {key}
            else:
                others[phrase] = others.get(phrase, frozenset()) | phrases - {phrase}
    return Synonyms(others, labels, parts)
