"""The words of respondents that everybody may read: allowed (G2), still said, and not redacted."""

from collections.abc import Iterable

from django.db.models import QuerySet

from .models import Coding, Need


def public_quotes(codings: QuerySet) -> list[Coding]:
    """Those of the codings of released needs whose quote may be published now, the oldest first."""
    found = codings.released().agreed().in_full().order_by("created_at", "pk")
    return list({(each.need_id, each.quote): each for each in found if each.is_quotable}.values())


def quotes_of_needs(needs: Iterable[Need]) -> dict[int, list[Coding]]:
    """The same for many needs, by their keys, in one query."""
    found: dict[int, list[Coding]] = {}
    for coding in public_quotes(Coding.objects.filter(need__in=needs)):
        found.setdefault(coding.need_id, []).append(coding)
    return found
