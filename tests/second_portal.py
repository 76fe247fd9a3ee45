"""A second, empty portal in the place of the test's: a database and a folder of files of its own."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from os import getpid
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS as DEFAULT
from django.db import connection, connections
from django.test import override_settings

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


@contextmanager
def in_second_portal(folder: Path) -> Iterator[None]:
    """Inside, everything, new threads too, meets an empty database without tables, and files in a folder."""
    first, settings = connections[DEFAULT], connections.settings[DEFAULT]
    name = make_database(folder)
    connections.settings[DEFAULT] = settings | {"NAME": name}
    connections[DEFAULT] = connections.create_connection(DEFAULT)
    try:
        with override_settings(MEDIA_ROOT=str(folder / "uploads")):
            yield
    finally:
        connections[DEFAULT].close()
        connections[DEFAULT], connections.settings[DEFAULT] = first, settings
        drop_database(name)


def make_database(folder: Path) -> str:
    if connection.vendor == "sqlite":
        return str(folder / "second.sqlite3")
    name = f"second_{getpid()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    return name


def drop_database(name: str) -> None:
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def schema() -> dict[str, tuple | list]:
    """Columns and constraints of every table, whatever order they are in, and the triggers."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        cursor.execute(TRIGGERS[connection.vendor])
        triggers = {"triggers": sorted(name for (name,) in cursor.fetchall())}
        return triggers | {table: (columns(cursor, table), constraints(cursor, table)) for table in tables}


def columns(cursor, table: str) -> list[tuple]:
    found = connection.introspection.get_table_description(cursor, table)
    return sorted((column.name, column.type_code, column.null_ok) for column in found)


def constraints(cursor, table: str) -> list[tuple]:
    """SQLite numbers foreign keys by the order of the columns."""
    found = connection.introspection.get_constraints(cursor, table).items()
    return sorted((re.sub(r"^fk_\d+$", "fk", name), sorted(map(str, facts.items()))) for name, facts in found)
