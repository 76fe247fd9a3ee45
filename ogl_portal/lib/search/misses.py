"""What was searched for and not found, so that the OGL-Leitung learns which words people use.

Nothing is kept about who searched, and no text that looks as if it was about a person.
"""

import re

from django.db.models import F, Q
from django.utils import timezone

from .models import WORD, MissedSearch
from .texts import content_words, plain

MOST_WORDS = 6
NEW_A_DAY = 200
"""So many different texts are noted a day, so that nobody fills the table."""
PERSONAL = re.compile(r"@|https?:|www\.|\d{5,}|\d[\d\s/()-]{6,}\d")
"""Addresses, and numbers as long as those of telephones."""


def note(text: str) -> None:
    """Count a search without a hit."""
    text = " ".join(plain(text).casefold().split())
    if not is_worth_noting(text):
        return
    today = timezone.localdate()
    same = MissedSearch.objects.filter(Q(text=text) | Q(first_on=today)).values_list("text", flat=True)
    known = set(same[: NEW_A_DAY + 1])
    if text in known:
        MissedSearch.objects.filter(text=text).update(count=F("count") + 1, last_on=today)
    elif len(known) <= NEW_A_DAY:
        MissedSearch.objects.bulk_create([MissedSearch(text=text)], ignore_conflicts=True)


def is_worth_noting(text: str) -> bool:
    """Whether a text may help to find synonyms, and says nothing about a person."""
    return (
        0 < len(text) <= WORD
        and len(text.split()) <= MOST_WORDS
        and bool(content_words(text))
        and not PERSONAL.search(text)
    )
