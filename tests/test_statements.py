"""Which tests PostgreSQL sees: what counts as the same statement, who sent it, and which tests are enough."""

import json
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connections
from django.db.models.sql.compiler import SQLCompiler

from ogl_portal.lib import throttle
from ogl_portal.lib.models import ThrottleCounter

from .statements import Notes, cover, fingerprint, needed, shape, show_locks


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SELECT a FROM t LIMIT 21", "SELECT a FROM t LIMIT 1"),
        ("SELECT a FROM t WHERE b = 'it''s'", "SELECT a FROM t WHERE b = %s"),
        ("SELECT a FROM t WHERE b IN (%s)", "SELECT a FROM t WHERE b IN (%s, %s, %s)"),
        ("INSERT INTO t (a, b) VALUES (%s, %s)", "INSERT INTO t (a, b) VALUES (%s, NULL), (%s, %s), (%s, %s)"),
        ("UPDATE t SET a = NULL, b = %s", "UPDATE t SET a = %s, b = 1.5"),
        ('SAVEPOINT "s140_x1"', 'SAVEPOINT "s7_x230"'),
    ],
)
def test_statements_that_differ_in_values_alone_are_the_same(one, other):
    assert shape(one) == shape(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SELECT a FROM t", "SELECT a FROM t LIMIT 1"),
        ("SELECT a FROM t WHERE b IS NULL", "SELECT a FROM t WHERE b IS NOT NULL"),
        ("SELECT a FROM t1", "SELECT a FROM t2"),
        ("SELECT a FROM t ORDER BY a", "SELECT a FROM t ORDER BY b"),
        ("SELECT a FROM t", "SELECT a FROM t /* locks False False */"),
    ],
)
def test_statements_that_differ_in_more_are_others(one, other):
    assert shape(one) != shape(other)


def test_statement_that_fails_is_another():
    assert (
        len({shape("DELETE FROM t"), shape("DELETE FROM t", "IntegrityError"), shape("DELETE FROM t", "DataError")})
        == 3
    )


@pytest.fixture
def notes(db, tmp_path):
    return Notes(tmp_path / "statements.json")


def test_what_the_portal_sends_is_noted_and_what_a_test_looks_up_is_not(notes, monkeypatch):
    monkeypatch.setattr(connections["default"], "execute_wrappers", [notes.note])
    assert not ThrottleCounter.objects.exists()
    assert not notes.sent
    throttle.allow("mia", limit=3, seconds=60)
    assert notes.sent


def test_what_is_sent_in_vain_is_noted_with_its_error(notes, monkeypatch):
    def refuse(*_):
        raise IntegrityError

    sent = []
    monkeypatch.setattr(notes, "add", sent.append)
    with pytest.raises(IntegrityError):
        notes.note(refuse, "DELETE FROM t", (), False, {})
    assert sent == [shape("DELETE FROM t", "IntegrityError")]


def test_lock_is_part_of_a_statement_though_sqlite_has_none(monkeypatch):
    monkeypatch.setattr(SQLCompiler, "as_sql", SQLCompiler.as_sql)
    show_locks()
    counters = ThrottleCounter.objects.all()
    assert shape(str(counters.query)) != shape(str(counters.select_for_update().query))
    assert shape(str(counters.select_for_update(no_key=True).query)) != shape(str(counters.select_for_update().query))


# Which tests are enough


def test_cover_sends_all_that_is_not_sent_anyway_with_the_quickest():
    tests = {
        "slow, alone with c": (9.0, {"a", "b", "c"}),
        "quick": (0.1, {"a", "d"}),
        "slower than quick": (0.2, {"a", "d"}),
        "nothing new": (0.0, {"e"}),
        "no statement": (0.0, set()),
    }
    assert cover(tests, {"e"}) == {"slow, alone with c", "quick"}


def test_cover_drops_what_later_ones_made_needless():
    tests = {"both": (2.0, {"a", "b"}), "first": (2.1, {"a", "b", "c"}), "second": (0.9, {"d", "a"})}
    assert cover(tests | {"many": (0.1, {"b", "a"})}, set()) == {"first", "second"}


def test_cover_leaves_nothing_out():
    tests = {f"{number}": (1 / number, {number, number % 7, number % 11}) for number in range(1, 100)}
    chosen = cover(tests, {3})
    sent = set().union(*(tests[name][1] for name in chosen)) | {3}
    assert sent >= set().union(*(statements for _, statements in tests.values()))
    assert len(chosen) < len(tests)


def item(name: str, *marks: pytest.Mark, fixtures=()) -> SimpleNamespace:
    """What is asked of a collected test."""
    by_name = {mark.name: mark for mark in marks}
    return SimpleNamespace(nodeid=name, fixturenames=fixtures, get_closest_marker=by_name.get)


REAL = pytest.mark.django_db(transaction=True).mark
ITEMS = [
    item("quick"),
    item("slow"),
    item("crawl"),
    item("unknown"),
    item("values", pytest.mark.both.mark),
    item("lock", REAL),
    item("restore", fixtures=["second_portal"]),
    item("story", REAL, fixtures=["live_server"]),
    item("whole story", REAL, pytest.mark.both.mark, fixtures=["live_server"]),
]
ALWAYS = ["unknown", "values", "lock", "restore", "whole story"]
NOTED = {
    **{f"other {number}": (1, ["gone"]) for number in range(1000)},
    "quick": (1, ["a", "b"]),
    "slow": (2, ["a"]),
    "crawl": (60, ["a", "d"]),
    "values": (9, ["a"]),
    "lock": (9, []),
    "restore": (9, []),
    "story": (1, ["a", "e"]),
    "whole story": (9, []),
}


def names(path) -> list[str]:
    return [each.nodeid for each in needed(ITEMS, path)]


def test_needed_are_unknown_tests_those_about_databases_and_the_quickest_of_the_rest(tmp_path):
    record = tmp_path / "statements.json"
    record.write_text(json.dumps({"code": fingerprint(), "tests": NOTED}))
    assert names(record) == ["quick", *ALWAYS]
    record.write_text(json.dumps({"code": fingerprint(), "tests": NOTED | {"values": (9, ["a", "b"])}}))
    assert names(record) == ALWAYS


def test_all_are_needed_without_a_record_and_with_one_of_other_code(tmp_path):
    record = tmp_path / "statements.json"
    assert names(record) == [each.nodeid for each in ITEMS]
    record.write_text(json.dumps({"code": "another", "tests": NOTED}))
    assert names(record) == [each.nodeid for each in ITEMS]
