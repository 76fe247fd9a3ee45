"""How a lower floor asks all above it without knowing them.

An app fills a registry from its ``contributions.py``, which is discovered like ``admin.py``.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


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
    state_label: str = ""  # its state in a word; without one the Fahrplan finds its own
    when_text: str = ""  # its days in words; without them the Fahrplan writes them


@dataclass(frozen=True)
class DayEntry:
    """One or more whole days in a person's private calendar."""

    uid: UUID  # names it for good
    title: str
    kind: str  # a word people read, such as „Nächster Schritt“
    first: date
    last: date  # included
    url: str
    changed_at: datetime  # time zone aware, stable: the last change, not now
    sequence: int = 0  # rises with every change
    text: str = ""


@dataclass(frozen=True)
class Removal:
    """What was deleted, or would be, because its time is over."""

    what: str  # in the plural, for people: „abgelaufene Anmeldelinks“
    count: int
    model: str = ""  # of a rule: the table it is about, such as „directory.signinlink“
    after: int | str = ""  # of a rule: after so many days, or when, in German
    setting: str = ""  # of a rule: which setting says the days


@dataclass(frozen=True)
class Gap:
    """What a report still lacks before it can be released."""

    text: str  # German, for the lead
    url: str  # where to mend it, with the anchor of the field


@dataclass(frozen=True)
class DeskLink:
    """One thing that waits on the lead's desk."""

    text: str
    url: str
    note: str = ""  # such as „seit 12 Tagen“


@dataclass(frozen=True)
class DeskBox:
    """A kind of work that waits for the lead, on the first page of the admin."""

    title: str
    count: int
    url: str  # the list with all of it
    links: tuple[DeskLink, ...] = ()  # the most urgent ones, five at most
    position: int = 100  # lower comes first


@dataclass(frozen=True)
class NextStep:
    """What a submitted entry of the questionnaire can become, or became, for the lead who looks through it."""

    text: str  # of the button or link
    url: str
    note: str = ""  # why not, or since when
    is_post: bool = False  # a button that does it


@dataclass(frozen=True)
class DataSet:
    """A CSV file of open data, for the catalogue."""

    key: str  # names it in the catalogue, such as „massnahmen“
    title: str
    description: str
    keywords: tuple[str, ...]
    path: str  # where the file is
    changed_at: datetime | None  # None where nobody knows


@dataclass(frozen=True)
class NeedAnswer:
    """Something that answers a need of a target group."""

    need: int  # the key of the need
    kind: str  # a word people read: „Musterlösung“, „Empfehlung“
    text: str
    url: str


@dataclass(frozen=True)
class TableGuard:
    """Something of the database's own that watches over a table, such as a trigger; a migration has made it.

    Each is called with a schema editor. ``remove`` finds it gone already, or the table, and is content.
    """

    install: Callable
    remove: Callable


@dataclass(frozen=True)
class PublicPages:
    """Pages of one kind that everybody may read and search engines may know."""

    name: str  # of the kind
    things: Callable[[], Iterable]  # in a fixed order; each has ``get_absolute_url``, or is the name of an address
    changed: str = ""  # the attribute that says when a thing was changed


retention_rules = Registry()
"""Asked by ``manage.py prune`` with ``now`` (aware) and ``dry_run``; each function deletes what its rule lets go,
unless it is a dry run, and yields a Removal."""

milestones = Registry()
"""Asked with ``user``; each function yields the Milestones that this user may see."""

personal_days = Registry()
"""Asked with ``user`` for the private calendar; each function yields DayEntries that are this user's own."""

due_mails = Registry()
"""Asked by ``manage.py remind`` with ``now`` (aware); each function puts what is due into the outbox, once however
often it is asked, and yields every mail that it put there."""

unfinished_work = Registry()
"""Asked without a question by ``manage.py remind`` before the mails; each function does what could not be done at
once, safely however often it is asked, and yields nothing."""

search_sources = Registry()
"""Asked without a question; each function yields the ``search.Source``s of its app, from its ``search.py``."""

search_vocabularies = Registry()
"""Asked without a question; each function yields a ``search.Vocabulary`` whose words lead to documents."""

release_checks = Registry()
"""Asked with ``report`` before a report is released; each function yields the Gaps that its app sees."""

withdrawn_names = Registry()
"""Asked with ``person`` once they may no longer be named in public; each function takes the name out of what its app
published, and yields a German sentence for the lead about it."""

forgotten_names = Registry()
"""Asked with ``person`` in the transaction in which a person is deleted, after ``withdrawn_names``: nothing would find
the name afterwards. Each function puts the stand-in into the texts of its app that are public or may become it, yields
nothing, and raises ``personal_data.Refused`` where the name cannot be taken out.

Both leave out answers to the questionnaire with their quotes and the Vernetzung (who answered has released them, and
may withdraw that), questions of a round (frozen with their hash), and earlier states of solutions (the lead alone reads
them, and before bringing one back)."""

changed_addresses = Registry()
"""Asked with ``person`` in the transaction in which their e-mail address was changed or taken away; each function ends
what its app had mailed to the old one and what still lets somebody in, and yields a German sentence for the lead."""

begun_corrections = Registry()
"""Asked with ``report`` in the transaction in which the correction of a released report begins: what was released stays
public, so each function lays aside for the next version what its app lets the lead change; it yields nothing."""

report_releases = Registry()
"""Asked with ``report`` in the transaction in which a version of it is released, or in which its correction ends as
nobody is to read it any more; each function puts what its app laid aside in its place, and yields nothing."""

report_inlines = Registry()
"""Asked without a question; each function yields the inline classes that its app adds to the admin page of a report."""

desk_boxes = Registry()
"""Asked with ``user`` (a lead) for the first page of the admin; each function yields DeskBoxes, empty ones too."""

entry_steps = Registry()
"""Asked with ``entry`` (submitted, to the questionnaire) and ``user`` (a lead); each function yields NextSteps."""

response_changes = Registry()
"""Asked with ``response`` and ``is_deleted``, in the transaction in which a response of the questionnaire was
submitted, a consent of it withdrawn or its raw answers deleted, or before all of it is deleted; each function takes
back what its app no longer may show, and yields a German sentence about each such thing."""

data_sets = Registry()
"""Asked without a question; each function yields the DataSets of its app that stand in the catalogue of open data."""

need_answers = Registry()
"""Asked with ``user`` and ``needs`` (their keys); each function yields the NeedAnswers of its app that this user may
see, in one question to the database for each kind."""

need_inlines = Registry()
"""Asked without a question; each function yields the inline classes that its app adds to the admin page of a need."""

merged_needs = Registry()
"""Asked with ``need`` and ``into`` (keys) within the transaction that merges one need into another; each function moves
the links of its app and yields nothing."""

event_annotations = Registry()
"""Asked without a question by the page of an event; each function yields pairs of a name and an expression that its
query is annotated with, such as whether there is anything at all that a tag of the app would ask for."""

public_pages = Registry()
"""Asked without a question for the sitemap; each function, from its app's ``sitemap.py``, yields PublicPages."""

table_guards = Registry()
"""Asked without a question when a backup is restored, which makes tables anew; each function yields TableGuards."""

group_news = Registry()
"""Asked with ``group`` (a target group); each function yields a ``feeds.Entry`` for each thing of its app that is for
this group, that everybody may read and that is not over, in one question to the database for each kind."""

match_inlines = Registry()
"""Asked without a question; each function yields the inline classes that its app adds to the admin page of a match."""

round_boxes = Registry()
"""Asked with ``round`` (of the questionnaire) and ``user`` (a lead) for the overview of the round; each function yields
DeskBoxes of what its app still has to make of it, empty ones too."""
