"""What the order of the hits needs to know of every document, kept in this process until the index is written again."""

from datetime import date
from functools import lru_cache

from .models import SearchDocument

Facts = tuple[str, int, date | None]
"""Of which source a document is, about which thing, and from which day on it is outdated."""


@lru_cache(1)
def facts(stamp: str) -> dict[int, Facts]:
    """The facts by the number of the document; whatever writes to the index changes its stamp."""
    rows = SearchDocument.objects.order_by().values_list("pk", "source", "object_id", "outdated_from")
    return {pk: (source, object_id, day) for pk, source, object_id, day in rows}
