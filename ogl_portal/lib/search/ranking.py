"""How well documents answer a query: tiers, and a score like BM25 within them."""

from dataclasses import dataclass, field
from enum import IntEnum

from .query import Concept, Form, Level, Option, Query
from .retrieval import Postings, Weights

HALF = 600
"""The weight, in hundredths, that counts half of the most there can be."""
FACTORS = {Level.WORD: 1.0, Level.PART: 0.9, Level.SYNONYM: 0.75, Level.PART_OF_SYNONYM: 0.6, Level.SOME_PART: 0.4}
TOGETHER = 400
"""Parts of a word that weigh so much stand in a title, so together; elsewhere they only come near the word."""
RARITY = 0.4
OPTIONAL = 0.3
"""What a word that need not occur adds."""
COVERED = 0.4
"""Share of what could be met that a similar document must meet."""


class Tier(IntEnum):
    """How much of a query a document answers; all but the first are „Ähnliche Treffer“."""

    ALL = 0
    ANY_WORD = 1
    ANY_PART = 2


ALL, ANY_WORD, ANY_PART = map(int, Tier)
Ranked = tuple[int, float, int]
"""Tier, score below zero and number of a document: the smallest comes first.

There are thousands of them, so they are nothing that the garbage collector has to look at: plain tuples of numbers.
"""
Numbers = dict[int, float]


@dataclass(frozen=True)
class Matches:
    """How each document meets a concept: the best level at which it does, and how well."""

    levels: dict[int, int] = field(default_factory=dict)
    scores: Numbers = field(default_factory=dict)


def rank(query: Query, postings: Postings) -> list[Ranked]:
    """Return the documents that answer the query, the best first, equal scores in the order of their numbers.

    Where none answers it in full, single parts of its compounds help; alone they are the last resort.
    """
    found = place(query, postings, Level.PART_OF_SYNONYM)
    if not any(tier == Tier.ALL for tier, _, _ in found):
        found = place(query, postings, Level.SOME_PART)
        best = min((tier for tier, _, _ in found), default=None)
        found = [each for each in found if each[0] == best]
    return sorted(found)


def place(query: Query, postings: Postings, last: Level) -> list[Ranked]:
    """Judge every document that meets a required concept, at a level up to the last one."""
    met = [(concept, meet(concept, postings, last)) for concept in query.concepts]
    required = [(rarity(matches), matches) for concept, matches in met if not concept.is_optional]
    scores, covered, fully = add_up(required)
    add_extras(scores, [matches for concept, matches in met if concept.is_optional])
    possible = sum(weight for weight, matches in required if matches.scores)
    judged = (
        judge(document, score, covered[document] / possible, fully[document] == len(required))
        for document, score in scores.items()
    )
    return [each for each in judged if each]


def add_up(required: list[tuple[float, Matches]]) -> tuple[Numbers, Numbers, Numbers]:
    """Of each document its score, how much of the query it covers, and how many concepts it meets in full."""
    scores, covered, fully = {}, {}, {}
    some_part, synonym = int(Level.SOME_PART), int(Level.SYNONYM)
    for weight, matches in required:
        for document, score in matches.scores.items():
            level = matches.levels[document]
            scores[document] = scores.get(document, 0.0) + weight * score
            covered[document] = covered.get(document, 0.0) + weight * (level < some_part)
            fully[document] = fully.get(document, 0) + (level <= synonym)
    return scores, covered, fully


def judge(document: int, score: float, covered: float, is_full: bool) -> Ranked | None:
    """The place of one document; None where it has too little of what there is."""
    if is_full:
        return (ALL, -round(score, 6), document)
    if covered:
        return (ANY_WORD, -round(score * covered, 6), document) if covered >= COVERED else None
    return (ANY_PART, -round(score, 6), document)


def add_extras(scores: Numbers, extras: list[Matches]) -> None:
    """Words that need not occur help those documents that have them."""
    for matches in extras:
        weight = OPTIONAL * rarity(matches)
        for document in scores.keys() & matches.scores.keys():
            scores[document] += weight * matches.scores[document]


def rarity(matches: Matches) -> float:
    """How telling a concept is: the fewer documents meet it, the more."""
    return max(1, len(matches.scores)) ** -RARITY


def meet(concept: Concept, postings: Postings, last: Level) -> Matches:
    """The documents that meet a concept, at a level up to the last one."""
    matches = Matches()
    for option in concept.options:
        if option.level <= last:
            add_option(matches, option, weigh(option, postings))
    return matches


def add_option(matches: Matches, option: Option, weights: Weights) -> None:
    """Note what one option adds: a document keeps its best score, and the best level of those that raised it."""
    levels, scores, factor = matches.levels, matches.scores, FACTORS[option.level]
    near, apart = int(option.level), int(Level.PART_OF_SYNONYM)
    for document, weight in weights.items():
        score = factor * weight / (weight + HALF)
        if score > scores.get(document, 0.0):
            level = near if not option.is_spread or weight >= TOGETHER else apart
            levels[document] = min(levels.get(document, level), level)
            scores[document] = score


def weigh(option: Option, postings: Postings) -> Weights:
    """What an option weighs in each document that has a key of every set: as much as the weakest."""
    each = [best(keys, option.form, postings) for keys in option.keys]
    if len(each) == 1:
        return each[0]
    documents = set(each[0]).intersection(*each[1:])
    return {document: min(weights[document] for weights in each) for document in documents}


def best(keys: frozenset[str], form: Form, postings: Postings) -> Weights:
    """The highest weight of any of the keys in each document."""
    if len(keys) == 1:
        return postings.weights(next(iter(keys)), form)
    found: Weights = {}
    for key in keys:
        for document, weight in postings.weights(key, form).items():
            found[document] = max(weight, found.get(document, 0))
    return found
