"""The demo's data, loaded once in a test run and put into the emptied tables of every test that asks for them."""

import fcntl
import pickle
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, time
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils.module_loading import module_has_submodule
from psycopg2.extras import execute_values

from ogl_portal.lib.models import OutgoingMail

Copy = dict[str, tuple[list[str], list[tuple]]]
KEPT = {"django_migrations", "lib_auditrecord"}  # a row of the audit trail is never deleted


def tables() -> list[str]:
    """Every table of the portal that a copy holds."""
    return sorted(set(connection.introspection.django_table_names(only_existing=True)) - KEPT)


def take() -> Copy:
    """The columns and rows of every table."""
    copy = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            copy[table] = [column[0] for column in cursor.description], [plain(row) for row in cursor.fetchall()]
    return copy


def plain(row: tuple) -> tuple:
    """The row as it can be written back: Python's module for SQLite reads more types than it writes."""
    if connection.vendor == "postgresql":
        return row
    return tuple(str(value) if isinstance(value, date | time | Decimal) else value for value in row)


def put(copy: Copy) -> None:
    """Replace what the tables hold by the rows of a copy; Django has foreign keys checked only at the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in copy:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
        for table, (columns, rows) in copy.items():
            insert(cursor, table, columns, rows)
        models = [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in copy]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def insert(cursor, table: str, columns: list[str], rows: list[tuple]) -> None:
    quote = connection.ops.quote_name
    start = f"INSERT INTO {quote(table)} ({', '.join(map(quote, columns))}) VALUES "
    if not rows:
        return
    if connection.vendor == "postgresql":
        execute_values(cursor.cursor, f"{start} %s", rows, page_size=500)
    else:
        cursor.executemany(f"{start} ({', '.join(['%s'] * len(columns))})", rows)


class Demo:
    """The demo, which the first test of a run that needs it loads, in whichever worker."""

    def __init__(self, folder: Path):
        self.folder = folder  # that all workers share
        self.copy: Copy = {}
        self.mails: dict[str, int] = {}  # what the loader of each app has left in the outbox, by its module

    def load(self) -> None:
        """Put the demo's data into the database of the test."""
        if not self.copy:
            with (self.folder / "demo.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not self.kept.exists():
                    self.make()
                    return
            self.copy, self.mails = pickle.loads(self.kept.read_bytes())
            shutil.copytree(self.folder / "demo-files", settings.MEDIA_ROOT, dirs_exist_ok=True)
        put(self.copy)

    @property
    def kept(self) -> Path:
        return self.folder / "demo.pickle"

    def make(self) -> None:
        """Load it as people do, and keep it for the other tests and workers."""
        with counted_mails(self.mails):
            call_command("demo", force=True)
        self.copy = take()
        shutil.copytree(settings.MEDIA_ROOT, self.folder / "demo-files")
        self.kept.write_bytes(pickle.dumps((self.copy, self.mails)))


@contextmanager
def counted_mails(counts: dict[str, int]) -> Iterator[None]:
    """Count the mails that every app's loader of the demo leaves in the outbox."""
    names = [f"{app.name}.demo" for app in apps.get_app_configs() if module_has_submodule(app.module, "demo")]
    with ExitStack() as patched:
        for module in map(import_module, names):
            patched.enter_context(patch.object(module, "load", counting(module, counts)))
        yield


def counting(module, counts: dict[str, int]):
    """The loader of a module, which notes how many mails there are more after it."""
    load = module.load

    def load_and_count() -> None:
        before = OutgoingMail.objects.count()
        load()
        counts[module.__name__] = OutgoingMail.objects.count() - before

    return load_and_count
