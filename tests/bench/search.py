"""How well the search answers the labelled queries, and how long it takes among many solutions."""

import os
import random
from collections.abc import Iterable
from statistics import quantiles
from time import perf_counter, process_time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from knowledgebase.models import Solution
from ogl_portal.lib import search
from ogl_portal.lib.search import index
from ogl_portal.lib.search.texts import read_words
from ogl_portal.lib.search.writing import batches
from tests import search_set

SIZES = [5_000, 20_000]
ROUNDS = 2
LENGTHS = range(60, 240)
"""Words of a generated text."""


def measure(database: str) -> None:
    """Print the judgement, then the latency at each size."""
    search_set.load_documents()
    print(f"{database}: Güte der Suche    Anfragen  Recall@10    MRR  falsche je Anfrage")
    for name, queries in zip(["zum Einstellen", "nur zur Prüfung"], search_set.halves(), strict=True):
        judged = search_set.judge(search_set.answers(queries))
        print(f"  {name:<24} {judged.queries:>6} {judged.recall:>10.3f} {judged.mrr:>6.3f} {judged.wrong:>10.2f}")
    print(f"{database}: Dauer einer Suchseite, CPU in ms      p50    p95  SQL höchstens  Antwort höchstens")
    for size in map(int, os.environ.get("BENCH_SIZES", "").split() or SIZES):
        grow_to(size)
        print_latency(size)


def grow_to(size: int) -> None:
    """Add solutions of words that are drawn as unevenly as people use them, and index them."""
    dice, now = random.Random(size), timezone.now()
    words = sorted(word for word in read_words("nouns.txt") if not word.endswith("-"))
    weights = [1 / place for place in range(1, len(words) + 1)]
    dice.shuffle(words)
    told = [word for _, *texts in search_set.blocks() for text in texts for word in text.split()]
    rows = []
    for number in range(Solution.objects.count(), size):
        text = dice.choices(words, weights, k=dice.choice(LENGTHS)) + dice.sample(told, 20)
        title = " ".join([*dice.sample(words, 2), dice.choice(told), str(number)])
        values = {"title": title[:120], "summary": " ".join(text[:12])[:150], "description": " ".join(text)}
        published = {"status": Solution.Status.PUBLISHED, "published_at": now, "version": 1}
        rows.append(Solution(slug=f"erzeugt-{number}", kind="guide", **published, **values))
    added = len(Solution.objects.bulk_create(rows, batch_size=500))
    began = perf_counter()
    index_all(sorted(Solution.objects.values_list("pk", flat=True))[-added:])
    print(f"  {added} Lösungen mehr indexiert in {perf_counter() - began:.0f} s")


def index_all(numbers: list[int]) -> None:
    """Put solutions into the index as ``rebuild_search`` does."""
    source = next(source for source in search.sources() if source.name == "solutions")
    for batch in batches(numbers):
        index.put(source, batch)


def print_latency(size: int) -> None:
    """Ask the page every query and print what it took."""
    client, address = Client(), reverse("pages:search")
    texts = [query.text for query in search_set.load_queries()]
    for text in texts[:20]:
        client.get(address, {"q": text})  # so that caches are warm
    times, counts, sizes = zip(*ask(client, address, texts * ROUNDS), strict=True)
    cuts = quantiles(times, n=20)
    print(
        f"  {size:>6} Lösungen {'':<26} {cuts[9]:>6.1f} {cuts[18]:>6.1f} {max(counts):>8} {max(sizes) / 1024:>14.0f} KB"
    )


def ask(client: Client, address: str, texts: Iterable[str]) -> Iterable[tuple[float, int, int]]:
    """Yield CPU in ms, questions to the database and bytes of the answer, for each text."""
    for text in texts:
        began = process_time()
        response = client.get(address, {"q": text})
        taken = (process_time() - began) * 1000
        with CaptureQueriesContext(connection) as captured:
            client.get(address, {"q": text})
        yield taken, len(captured), len(response.content)
