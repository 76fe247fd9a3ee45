"""Help with words that are misspelt: the most similar word that the asker may see."""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from . import compounds, dictionary
from .analyser import stem_of, trigrams
from .models import SearchPosting, SearchTrigram, SearchWord
from .texts import fold

CANDIDATES = 60
"""Words that share most trigrams with one that is unknown."""
MOST_UNKNOWN = 4
"""Unknown words of one search that are looked up."""
LEAST_LETTERS = 4
SIMILAR = 0.45
"""Share of trigrams that two spellings must have in common."""
SHARED = 4
"""Every so many-th trigram at least is shared by a candidate."""


@dataclass
class LookedUp:
    """What the index knows of a word that is in no dictionary."""

    is_known: bool = False
    holders: list[str] = field(default_factory=list)  # stems of words that begin or end with it
    parts: tuple[str, ...] = ()  # stems of words of the index that it is made of
    correction: str = ""


def candidates(words: list[str], audiences) -> QuerySet:
    """The words, as rows (spelling,), that are similar to unknown ones and stand in what the asker may see."""
    near = Q(pk__in=[])
    visible = Exists(SearchPosting.objects.filter(word=OuterRef("word"), audience__in=audiences))
    for word in words[:MOST_UNKNOWN]:
        letters = trigrams(word)
        rows = (
            SearchTrigram.objects.filter(visible, trigram__in=letters)
            .order_by()
            .values("word")
            .annotate(shared=Count("pk"))
        )
        close = rows.filter(shared__gte=max(2, len(letters) // SHARED)).order_by("-shared", "word")
        near |= Q(pk__in=close.values("word")[:CANDIDATES])
    return SearchWord.objects.filter(near).order_by()


def look_up(word: str, spellings: list[str]) -> LookedUp:
    """Sort out what the candidates say about an unknown word."""
    folded, stem = fold(word), stem_of(word)
    stems = {spelling: stem_of(spelling) for spelling in sorted(spellings)}
    if stem in stems.values():
        return LookedUp(is_known=True)
    holders = {stems[each] for each in stems if holds(fold(each), folded)}
    if holders:
        return LookedUp(holders=sorted(holders))
    correction = most_similar(word, list(stems)) or dictionary.correct(word)
    return LookedUp(correction=correction, parts=() if correction else own_parts(folded, set(stems.values())))


def own_parts(word: str, stems: set[str]) -> tuple[str, ...]:
    """The two words that a compound is made of, one of them a word of the index and the other of the files."""
    for place in range(LEAST_LETTERS - 1, len(word) - LEAST_LETTERS + 2):
        first, last = word[:place], compounds.stem(word[place:])
        first_stem = compounds.modifiers().get(first) or compounds.stem(first)
        known = [first_stem in stems or first in compounds.modifiers(), last in stems or last in compounds.heads()]
        if all(known) and {first_stem, last} & stems:
            return (first_stem, last)
    return ()


def holds(longer: str, word: str) -> bool:
    """Whether a longer word begins or ends with one that is long enough to say something."""
    return len(word) >= LEAST_LETTERS and len(longer) > len(word) and (longer.startswith(word) or longer.endswith(word))


def most_similar(word: str, spellings: list[str]) -> str:
    """The spelling that is most like the word, if one is like enough."""
    alike = {each: -similarity(word, each) for each in spellings}
    most, length = tolerance(word), len(fold(word))
    maybe = [each for each in spellings if abs(len(fold(each)) - length) <= most]
    close = sorted((count, alike[each], each) for each in maybe if (count := slips(word, each)) <= most)
    near = sorted((negative, each) for each, negative in alike.items() if -negative >= SIMILAR)
    return next((each for *_, each in [*close, *near]), "")


def tolerance(word: str) -> int:
    """How many slips a word of this length may hold."""
    return 1 if len(word) < 7 else 2 if len(word) < 12 else 3


def similarity(one: str, other: str) -> float:
    """The share of trigrams that two words have in common, from 0 to 1."""
    first, second = trigrams(one), trigrams(other)
    return len(first & second) / len(first | second)


def slips(one: str, other: str) -> int:
    """How many letters were mistyped, left out, added or swapped with the next (optimal string alignment distance)."""
    one, other = fold(one), fold(other)
    rows = [list(range(len(other) + 1))]
    for i in range(1, len(one) + 1):
        rows.append([i])
        for j in range(1, len(other) + 1):
            changed = rows[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            best = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, changed)
            is_swap = i > 1 < j and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]
            rows[i].append(min(best, rows[i - 2][j - 2] + 1) if is_swap else best)
    return rows[-1][-1]
