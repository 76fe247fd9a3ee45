"""Which documents hold which keys, and how much each weighs there: the one question to the postings.

The seam for engines of the database: above some 20,000 documents ``fetch`` may ask FTS5 or tsvector with the same
keys (search.md); nothing else knows where the weights come from.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from .analyser import WHOLE
from .models import SearchPosting
from .query import Form

COLUMNS = ["word__keys__key", "word__keys__share", "document", "weight"]
Weights = dict[int, int]
"""Hundredths by document."""


@dataclass
class Postings:
    """Weights by key and document, apart for whole words and for parts of words."""

    whole: dict[str, Weights] = field(default_factory=dict)
    parts: dict[str, Weights] = field(default_factory=dict)

    def weights(self, key: str, form: Form) -> Weights:
        """How much a key weighs in each document that has it in this form."""
        whole, parts = self.whole.get(key, {}), self.parts.get(key, {})
        if form == Form.WHOLE or not parts:
            return whole if form != Form.PART else {}
        if form == Form.PART or not whole:
            return parts
        return parts | {document: weight + parts.get(document, 0) for document, weight in whole.items()}

    def without(self, documents: set[int]) -> "Postings":
        """The same for all other documents."""
        whole, parts = (
            {key: {each: weights[each] for each in weights.keys() - documents} for key, weights in side.items()}
            for side in [self.whole, self.parts]
        )
        return Postings(whole, parts)


def fetch(keys: Iterable[str], audiences: Iterable[int]) -> Postings:
    """Ask for the documents that these audiences may see."""
    whole, parts = defaultdict(dict), defaultdict(dict)
    for key, share, document, weight in question(keys, audiences).values_list(*COLUMNS):
        weights = whole[key] if share == WHOLE else parts[key]
        weights[document] = weights.get(document, 0) + weight * share // WHOLE
    return Postings(dict(whole), dict(parts))


def question(keys: Iterable[str], audiences: Iterable[int]) -> QuerySet:
    """The postings with one of the keys."""
    return SearchPosting.objects.filter(audience__in=list(audiences), word__keys__key__in=sorted(keys)).order_by()
