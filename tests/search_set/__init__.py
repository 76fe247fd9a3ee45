"""A labelled set for the search: short documents, queries, and which documents are right.

Half of the queries served to adjust the search, the other half only judges it. ``python -m tests.bench`` prints both.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from django.utils import timezone

from knowledgebase.models import Solution
from ogl_portal.lib import search

FOLDER = Path(__file__).parent
CUT = 10


@dataclass(frozen=True)
class Labelled:
    """A query with the slugs of the documents that are right."""

    text: str
    right: frozenset[str]


@dataclass(frozen=True)
class Judgement:
    """How well queries were answered: shares from 0 to 1, and wrong hits a query."""

    queries: int
    recall: float
    mrr: float
    wrong: float


def blocks() -> list[list[str]]:
    text = (FOLDER / "documents.txt").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    return [block.splitlines() for block in lines.strip().split("\n\n")]


def load_documents() -> None:
    """Publish every document as a solution and fill the index."""
    now = timezone.now()
    rows = []
    for head, summary, *text in blocks():
        slug, title = head.split(" | ")
        values = {"title": title, "summary": summary, "description": "\n\n".join(text), "kind": "guide", "version": 1}
        rows.append(Solution(slug=slug, status=Solution.Status.PUBLISHED, published_at=now, **values))
    Solution.objects.bulk_create(rows)
    search.rebuild()


def load_queries() -> list[Labelled]:
    """All queries, in the order of the file."""
    lines = (FOLDER / "queries.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" => ") for line in lines if line and not line.startswith("#")]
    return [Labelled(text, frozenset(slugs.split())) for text, slugs in pairs]


def answers(queries: Iterable[Labelled]) -> dict[Labelled, list[str]]:
    """The slugs that each query finds, the best first."""
    slugs = dict(Solution.objects.values_list("pk", "slug"))
    ask: Callable = search.find
    found = {query: ask(query.text, audiences=[search.Audience.ALL], source="solutions") for query in queries}
    return {query: [slugs[number] for number in each.ids] for query, each in found.items()}


def judge(answered: dict[Labelled, list[str]]) -> Judgement:
    """Recall among the first ten, mean reciprocal rank, and wrong hits among the first ten."""
    return Judgement(
        queries=len(answered),
        recall=mean(
            len(query.right & set(slugs[:CUT])) / min(CUT, len(query.right)) for query, slugs in answered.items()
        ),
        mrr=mean(reciprocal_rank(query, slugs) for query, slugs in answered.items()),
        wrong=mean(sum(slug not in query.right for slug in slugs[:CUT]) for query, slugs in answered.items()),
    )


def reciprocal_rank(query: Labelled, slugs: list[str]) -> float:
    """1 where the first hit is right, a half where the second is, 0 where none of the first ten is."""
    return next((1 / place for place, slug in enumerate(slugs[:CUT], start=1) if slug in query.right), 0.0)


def halves() -> tuple[list[Labelled], list[Labelled]]:
    """The queries that served to adjust the search, and those held out."""
    queries = load_queries()
    return queries[::2], queries[1::2]
