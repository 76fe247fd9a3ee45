"""Few tests for PostgreSQL that together send it every statement that the portal sends to SQLite in any quick test.

With ``--statements=FILE`` the run beside SQLite notes what each test sends, and the one beside PostgreSQL leaves out
what would send nothing new. There a test stays that

- the record does not know: it is new, changed since, or ran not beside SQLite; without a record this is every test,
- has real transactions, for races and locks are asked there, unless it is a story in a browser,
- is marked ``both``, for its values are what databases take differently, or it is the one story that runs beside both,
- is one of the quickest that together send all that the others send.

Only what the portal sends counts, not what a test looks up to compare with. The portal's locks count as well, though
SQLite knows none.

What only stories in a browser or a crawl of many seconds send waits for ``make test-long``: there all tests run.
"""

import heapq
import json
import re
import sys
from collections import Counter
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import Error
from django.db.backends.signals import connection_created
from django.db.models.sql.compiler import SQLCompiler

from . import databases

OVERHEAD = 0.02
"""Seconds that a test takes beside those that are measured."""
LONGEST = 1 / 200
"""How much of the time of all tests together one may take and be chosen for what it sends."""
SAME = [
    (re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b|(?<!IS )(?<!NOT )\bNULL\b"), "%s"),
    (re.compile(r'"s\d+_x\d+"|"\w*[0-9a-f]{16,}\w*"'), '"x"'),
    (re.compile(r"%s(?:, ?%s)+"), "%s"),
    (re.compile(r"\(%s\)(?:, ?\(%s\))+"), "(%s)"),
]
"""What makes no difference: literals and numbers, names that are made up, how many values or rows of them there are."""


@lru_cache(maxsize=20_000)
def shape(sql: str, error: str = "") -> str:
    """The same for statements that differ in their values alone; another one where it failed."""
    for pattern, instead in SAME:
        sql = pattern.sub(instead, sql)
    return sha256(f"{error} {sql}".encode()).hexdigest()[:16]


class Notes:
    """A plugin of pytest that notes for each test that passes what it sends, and how long it takes.

    Where workers run the tests, the process above them learns it from their reports, and writes the record.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.code, self.tests = path, fingerprint(), {}
        self.sent, self.seconds, self.has_passed = set(), 0.0, False

    def pytest_configure(self) -> None:
        show_locks()
        connection_created.connect(self.listen)

    def listen(self, connection, **_) -> None:
        """Before all others, so that who listens for a while finds himself at the end of the list."""
        if self.note not in connection.execute_wrappers:
            connection.execute_wrappers.insert(0, self.note)

    def note(self, execute, sql, params, many, context):
        try:
            answer = execute(sql, params, many, context)
        except Error as error:
            self.add(shape(sql, type(error).__name__))
            raise
        self.add(shape(sql))
        return answer

    def add(self, statement: str) -> None:
        if statement not in self.sent and is_sent_by_portal():
            self.sent.add(statement)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, call):
        report = yield
        self.seconds += call.duration
        self.has_passed |= call.when == "call" and report.passed
        if call.when == "teardown":
            if self.has_passed:
                report.user_properties.append(("statements", (self.seconds, sorted(self.sent))))
            self.sent, self.seconds, self.has_passed = set(), 0.0, False
        return report

    def pytest_runtest_logreport(self, report) -> None:
        if noted := dict(report.user_properties).get("statements"):
            self.tests[report.nodeid] = noted

    def pytest_sessionfinish(self, session) -> None:
        if not hasattr(session.config, "workerinput"):
            self.path.parent.mkdir(exist_ok=True)
            self.path.write_text(json.dumps({"code": self.code, "tests": self.tests}))


def is_sent_by_portal() -> bool:
    """Whether what asked Django is code of the portal, and not a test that looks for itself."""
    frame = sys._getframe(3)
    while frame and app_of(frame) not in {*databases.APPS, "tests"}:
        frame = frame.f_back
    return bool(frame) and app_of(frame) != "tests"


def app_of(frame) -> str:
    return frame.f_globals.get("__name__", "").partition(".")[0]


def show_locks() -> None:
    """Let a statement that locks rows say so: for SQLite Django leaves it out, and PostgreSQL may refuse it."""
    as_sql = SQLCompiler.as_sql

    def with_lock(compiler, *args, **options):
        sql, params = as_sql(compiler, *args, **options)
        query = compiler.query
        if query.select_for_update:
            kind = [*query.select_for_update_of, query.select_for_no_key_update, query.select_for_update_skip_locked]
            sql = f"{sql} /* locks {' '.join(map(str, kind))} */"
        return sql, params

    SQLCompiler.as_sql = with_lock


def fingerprint() -> str:
    """Changes with all that decides what a test sends."""
    folders = [databases.ROOT / name for name in [*databases.APPS, "templates", "tests"]]
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return databases.digest_of(path for path in files if "__pycache__" not in path.parts)


def needed(items: list, path: Path) -> list:
    """Those of the tests that PostgreSQL must see."""
    tests = {name: (seconds, set(sent)) for name, (seconds, sent) in read(path).items()}
    longest = sum(seconds for seconds, _ in tests.values()) * LONGEST
    anyway = {item.nodeid for item in items if item.nodeid not in tests or is_about_databases(item)}
    sent = set().union(*(tests[name][1] for name in anyway & tests.keys()))
    names = {item.nodeid for item in items if "live_server" not in item.fixturenames} - anyway
    chosen = anyway | cover({name: tests[name] for name in names if tests[name][0] <= longest}, sent)
    return [item for item in items if item.nodeid in chosen]


def read(path: Path) -> dict:
    """What was noted of each test; nothing where the code is another by now."""
    record = json.loads(path.read_text()) if path.exists() else {}
    return record["tests"] if record.get("code") == fingerprint() else {}


def is_about_databases(item) -> bool:
    """By its mark, or by real transactions without a browser; a second portal has its own database."""
    if item.get_closest_marker("both") or "second_portal" in item.fixturenames:
        return True
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) and "live_server" not in item.fixturenames


def cover(tests: dict[str, tuple[float, set[str]]], sent: set[str]) -> set[str]:
    """The names of quick tests that together send what any of them sends and is not sent anyway."""
    chosen, missing = [], {name: statements - sent for name, (_, statements) in tests.items()}
    left = set().union(*missing.values())

    def cost(name: str) -> tuple[float, str]:
        return (tests[name][0] + OVERHEAD) / (len(missing[name] & left) or 1e-9), name

    waiting = [cost(name) for name in tests]
    heapq.heapify(waiting)
    while left:
        name = heapq.heappop(waiting)[1]
        now = cost(name)
        if waiting and now > waiting[0]:
            heapq.heappush(waiting, now)
        else:
            chosen.append(name)
            left -= missing[name]
    return without_needless(chosen, missing)


def without_needless(chosen: list[str], missing: dict[str, set[str]]) -> set[str]:
    """Leave out what was chosen early and whose statements all come with later ones."""
    times = Counter(statement for name in chosen for statement in missing[name])
    kept = set(chosen)
    for name in chosen:
        if all(times[statement] > 1 for statement in missing[name]):
            kept.remove(name)
            times.subtract(missing[name])
    return kept
