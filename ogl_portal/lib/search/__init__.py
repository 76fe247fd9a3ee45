"""The search: one index for everything that can be found, on any database the same (search.md).

``find`` reads, ``update``, ``remove`` and ``removal`` keep the index up to date within the caller's transaction,
``rebuild`` fills it anew, ``rebuilt_afterwards`` once after many changes; ``stamp`` differs after each of them. What
can be found is said by each app's ``search.py`` (sources.py).
"""

from . import checks  # noqa: F401 - registers itself
from .finding import Found, Hit, find
from .index import is_outdated, rebuild, rebuilt_afterwards, removal, remove, stamp, update
from .sources import Audience, Entry, Source, Vocabulary, sources

__all__ = [
    "Audience",
    "Entry",
    "Found",
    "Hit",
    "Source",
    "Vocabulary",
    "find",
    "is_outdated",
    "rebuild",
    "rebuilt_afterwards",
    "removal",
    "remove",
    "sources",
    "stamp",
    "update",
]
