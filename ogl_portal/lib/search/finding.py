"""``find``: from what somebody typed to what is found, in at most four questions to the database."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.db.models import TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from . import documents, misses, ranking, retrieval, snippets, spelling, synonyms
from .models import SearchDocument, SearchState, SynonymGroup
from .query import Query, parse, unknown_words
from .sources import Audience, sources

ENOUGH = 5
"""From so many hits on nothing similar is added."""
MOST_SIMILAR = 5
STAMP, SIMILAR = "!", "?"
"""Mark what is no group of synonyms among the answers to the first question."""
UNKNOWN = ("", 0, None)
"""The facts of a document that came just now."""


@dataclass(frozen=True)
class Hit:
    """Something that was found; ``title`` and ``snippet`` are safe HTML with the hits in <mark>."""

    object_id: int
    source: str
    title: str
    url: str
    kind: str
    snippet: str
    date: object
    is_example: bool
    is_similar: bool


class Place(NamedTuple):
    """Which document stands at a place of the order."""

    document: int
    source: str
    object_id: int
    is_similar: bool


@dataclass(frozen=True)
class Found:
    """The answer to a search; ``hits`` are read from the database when they are asked for."""

    text: str
    places: list[Place] = field(default_factory=list)
    query: Query = field(default_factory=lambda: Query([]))

    @property
    def ids(self) -> list[int]:
        """The numbers of the things of the one source that was searched, the best first, similar ones last."""
        return [place.object_id for place in self.places]

    @property
    def similar_ids(self) -> set[int]:
        """Those of the numbers that are only similar to what was searched."""
        return {place.object_id for place in self.places if place.is_similar}

    @property
    def counts(self) -> Counter:
        """How many hits there are by source."""
        return Counter(place.source for place in self.places)

    @property
    def is_corrected(self) -> bool:
        return bool(self.query.corrections)

    @property
    def corrected_from(self) -> str:
        """What was typed, where a word of it was corrected."""
        return self.text if self.is_corrected else ""

    @property
    def corrected_to(self) -> str:
        """What was searched for instead."""
        text = self.text if self.is_corrected else ""
        for wrong, right in self.query.corrections.items():
            text = re.sub(rf"\b{re.escape(wrong)}\b", right, text)
        return text

    @property
    def hits(self) -> "Hits":
        return Hits(self)

    def of(self, source: str) -> "Found":
        """Only what belongs to one source."""
        return replace(self, places=[place for place in self.places if place.source == source])


class Hits:
    """The hits as a sequence: a slice asks the database once."""

    def __init__(self, found: Found) -> None:
        self.found = found

    def __len__(self) -> int:
        return len(self.found.places)

    def __getitem__(self, key):
        if isinstance(key, slice):
            return self.read(self.found.places[key])
        return self.read([self.found.places[key]])[0]

    def read(self, places: list[Place]) -> list[Hit]:
        documents = SearchDocument.objects.in_bulk([place.document for place in places])
        marker = snippets.Marker(self.found.query)
        return [hit(documents[place.document], place, marker) for place in places if place.document in documents]


def hit(document: SearchDocument, place: Place, marker: snippets.Marker) -> Hit:
    return Hit(
        object_id=document.object_id, source=document.source, title=marker.mark(document.title), url=document.url,
        kind=document.kind, snippet=marker.snippet(document.summary, document.text), date=document.date,
        is_example=document.is_example, is_similar=place.is_similar,
    )  # fmt: skip


def find(text: str, *, audiences: Iterable[Audience], source: str | None = None, literal: bool = False) -> Found:
    """Search for what somebody typed among what the audiences may see, in one source or in all.

    Unknown words are corrected unless ``literal``. What nobody found is noted for the OGL-Leitung, without anything
    about who searched.
    """
    audiences = sorted(set(audiences))
    unknown = [] if literal else unknown_words(text)
    known = ask_vocabulary(unknown, audiences)
    looked_up = {word: spelling.look_up(word, known.spellings) for word in unknown}
    query = parse(text, known.synonyms, looked_up)
    postings = retrieval.fetch(query.keys, audiences) if query.keys else retrieval.Postings()
    ranked = ranking.rank(query, postings)
    facts = documents.facts(known.stamp) if ranked else {}
    found = Found(text, in_order(past_signposts(ranked, query, postings, facts), facts, source), query)
    if not found.places and not literal:
        misses.note(text)
    return found


class Vocabulary(NamedTuple):
    """What has to be known before a text can be read: synonyms, words like its unknown ones, the stamp of the index."""

    synonyms: synonyms.Synonyms
    spellings: list[str]
    stamp: str


def ask_vocabulary(unknown: list[str], audiences: list[int]) -> Vocabulary:
    """One question for all of it."""
    rows = [SearchState.objects.order_by().values_list(Cast("stamp", TextField()), Value(STAMP))]
    if unknown:
        rows.append(spelling.candidates(unknown, audiences).values_list("spelling", Value(SIMILAR)))
    rows = list(SynonymGroup.objects.order_by().values_list("words", "key").union(*rows, all=True))
    return Vocabulary(
        synonyms=synonyms.of(row for row in rows if row[1] not in {STAMP, SIMILAR}),
        spellings=[words for words, key in rows if key == SIMILAR],
        stamp=next((words for words, key in rows if key == STAMP), ""),
    )


def past_signposts(
    ranked: list[ranking.Ranked], query: Query, postings: retrieval.Postings, facts: dict[int, documents.Facts]
) -> list[ranking.Ranked]:
    """What was ranked; where nothing but signposts answers in full, also what else there is, as if they were not."""
    names = {source.name for source in sources() if source.is_signpost}
    exact = [each for each in ranked if each[0] == ranking.ALL]
    signposts = {document for _, _, document in exact if facts.get(document, UNKNOWN)[0] in names}
    if not signposts or len(signposts) < len(exact):
        return ranked
    return exact + ranking.rank(query, postings.without(signposts))


def in_order(ranked: list[ranking.Ranked], facts: dict[int, documents.Facts], source: str | None) -> list[Place]:
    """Of the ranked documents those of the source: what is current first, and few that are only similar."""
    today, rows = timezone.localdate(), []
    for number, (tier, _, document) in enumerate(ranked):
        name, _, outdated_from = facts.get(document, UNKNOWN)
        if name == source or (name and source is None):
            rows.append((tier, outdated_from is not None and outdated_from <= today, number, document))
    return [Place(document, *facts[document][:2], tier != ranking.ALL) for tier, document in without_surplus(rows)]


def without_surplus(rows: list[tuple]) -> list[tuple[int, int]]:
    """Tier and document of what answers the query, and where that is little, some of what answers a part of it."""
    rows.sort()
    exact = [(tier, document) for tier, *_, document in rows if tier == ranking.ALL]
    similar = [(tier, document) for tier, *_, document in rows if tier != ranking.ALL]
    return exact + (similar[:MOST_SIMILAR] if len(exact) < ENOUGH else [])
