"""What can be found, and the index as something to compare."""

from django.utils import timezone

from knowledgebase.models import Solution
from ogl_portal.lib import search
from ogl_portal.lib.search.models import (
    SearchDocument,
    SearchKey,
    SearchPosting,
    SearchTrigram,
    SearchWord,
    SynonymGroup,
)

from .knowledgebase import make_draft


def make_findable(title: str, **fields) -> Solution:
    """Make a published solution that the index knows."""
    published = {"status": Solution.Status.PUBLISHED, "published_at": timezone.now(), "version": 1}
    solution = make_draft(title=title, **published | fields)
    search.update(solution)
    return solution


def titles(text: str, audiences=(search.Audience.ALL,), **options) -> list[str]:
    """The titles that a search finds, the best first."""
    numbers = {hit.document: hit for hit in search.find(text, audiences=audiences, **options).places}
    found = SearchDocument.objects.in_bulk(numbers)
    return [found[number].title for number in numbers]


def index_content() -> dict[str, list]:
    """Everything in the index, without the numbers of its rows."""
    document = [f.name for f in SearchDocument._meta.fields if f.name != "id"]
    posting = ["document__source", "document__object_id", "word__spelling", "weight", "audience"]
    rows = {
        "documents": SearchDocument.objects.values_list(*document),
        "postings": SearchPosting.objects.values_list(*posting),
        "words": SearchWord.objects.values_list("spelling"),
        "keys": SearchKey.objects.values_list("word__spelling", "key", "share"),
        "trigrams": SearchTrigram.objects.values_list("word__spelling", "trigram"),
        "vocabulary": SynonymGroup.objects.exclude(key="").values_list("key", "words"),
    }
    return {name: sorted(map(repr, values)) for name, values in rows.items()}
