"""How a lower floor asks all above it without knowing them.

An app fills a registry from its ``contributions.py``, which is discovered like ``admin.py``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime


class Registry:
    """Functions that apps contribute to one question, asked in the order of registration."""

    def __init__(self) -> None:
        self.functions: list[Callable] = []

    def register(self, function: Callable) -> Callable:
        """Add a function; usable as a decorator."""
        self.functions.append(function)
        return function

    def ask(self, **question) -> Iterator:
        """Yield what every registered function yields for the question."""
        for function in self.functions:
            yield from function(**question)


@dataclass(frozen=True)
class Milestone:
    """One point of the AG's Fahrplan: something that was, comes next, or is due."""

    moment: datetime  # time zone aware
    label: str
    kind: str  # a word people read, such as "Session" or "Frist"
    url: str
    is_deadline: bool = False
    until: datetime | None = None  # end of a span
    is_done: bool = False  # of a deadline: nothing is left to do
    is_example: bool = False  # invented, or invented what became of it


@dataclass(frozen=True)
class Removal:
    """What was deleted, or would be, because its time is over."""

    what: str  # in the plural, for people: „abgelaufene Anmeldelinks“
    count: int


retention_rules = Registry()
"""Asked by ``manage.py prune`` with ``now`` (aware) and ``dry_run``; each function deletes what its rule lets go,
unless it is a dry run, and yields a Removal."""

milestones = Registry()
"""Asked with ``user``; each function yields the Milestones that this user may see."""

due_mails = Registry()
"""Asked by ``manage.py remind`` with ``now`` (aware); each function puts what is due into the outbox, once however
often it is asked, and yields every mail that it put there."""

search_sources = Registry()
"""Asked without a question; each function yields the ``search.Source``s of its app, from its ``search.py``."""

search_vocabularies = Registry()
"""Asked without a question; each function yields a ``search.Vocabulary`` whose words lead to documents."""
