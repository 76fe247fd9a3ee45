"""How well documents answer a query: tiers, and a score like BM25 within them."""

from enum import IntEnum
from typing import NamedTuple

from .query import Concept, Form, Level, Option, Query
from .retrieval import Postings, Weights

HALF = 600
"""The weight, in hundredths, that counts half of the most there can be."""
FACTORS = {Level.WORD: 1.0, Level.PART: 0.9, Level.SYNONYM: 0.75, Level.PART_OF_SYNONYM: 0.6, Level.SOME_PART: 0.4}
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


class Ranked(NamedTuple):
    """A document with its place in the order: the smallest comes first."""

    tier: Tier
    negative_score: float
    document: int


Matches = dict[int, tuple[Level, float]]
"""How each document meets a concept: in the best way it does, and how well."""


def rank(query: Query, postings: Postings) -> list[Ranked]:
    """Return the documents that answer the query, the best first, equal scores in the order of their numbers.

    Where none answers it in full, single parts of its compounds help; alone they are the last resort.
    """
    found = place(query, postings, Level.PART_OF_SYNONYM)
    if not any(each.tier == Tier.ALL for each in found):
        found = place(query, postings, Level.SOME_PART)
        best = min((each.tier for each in found), default=None)
        found = [each for each in found if each.tier == best]
    return sorted(found)


def place(query: Query, postings: Postings, last: Level) -> list[Ranked]:
    """Judge every document that meets a required concept, at a level up to the last one."""
    met = [(concept, meet(concept, postings, last)) for concept in query.concepts]
    required = [(rarity(matches), matches) for concept, matches in met if not concept.is_optional]
    scores: dict[int, float] = {}
    covered: dict[int, float] = {}
    fully: dict[int, int] = {}
    for weight, matches in required:
        for document, (level, score) in matches.items():
            scores[document] = scores.get(document, 0.0) + weight * score
            covered[document] = covered.get(document, 0.0) + weight * (level != Level.SOME_PART)
            fully[document] = fully.get(document, 0) + (level <= Level.SYNONYM)
    add_extras(scores, [matches for concept, matches in met if concept.is_optional])
    possible = sum(weight for weight, matches in required if matches)
    judged = (
        judge(document, score, covered[document] / possible, fully[document] == len(required))
        for document, score in scores.items()
    )
    return [each for each in judged if each]


def judge(document: int, score: float, covered: float, is_full: bool) -> Ranked | None:
    """The place of one document; None where it has too little of what there is."""
    if is_full:
        return Ranked(Tier.ALL, -round(score, 6), document)
    if covered:
        return Ranked(Tier.ANY_WORD, -round(score * covered, 6), document) if covered >= COVERED else None
    return Ranked(Tier.ANY_PART, -round(score, 6), document)


def add_extras(scores: dict[int, float], extras: list[Matches]) -> None:
    """Words that need not occur help those documents that have them."""
    for matches in extras:
        weight = OPTIONAL * rarity(matches)
        for document in scores.keys() & matches.keys():
            scores[document] += weight * matches[document][1]


def rarity(matches: Matches) -> float:
    """How telling a concept is: the fewer documents meet it, the more."""
    return max(1, len(matches)) ** -RARITY


def meet(concept: Concept, postings: Postings, last: Level) -> Matches:
    """The documents that meet a concept, at a level up to the last one."""
    matches: Matches = {}
    for option in concept.options:
        if option.level > last:
            continue
        level, factor = option.level, FACTORS[option.level]
        for document, weight in weigh(option, postings).items():
            score = factor * weight / (weight + HALF)
            known = matches.get(document)
            if known is None:
                matches[document] = (level, score)
            elif score > known[1]:
                matches[document] = (min(known[0], level), score)
    return matches


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
