"""The migrated database that tests begin with: made once, kept, copied for every worker and every run.

All migrations together cost 16 s of CPU, a copy next to nothing. SQLite's are files in ``build/test-databases``, on
PostgreSQL it is a template database of the server. ``python -m tests.databases`` makes SQLite's beforehand.
"""

import fcntl
import gc
import hashlib
import os
import shutil
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "test-databases"
APPS = ["ogl_portal", "sessions_app", "surveys", "knowledgebase", "actions"]
KEPT_FILES = 10


def provide_migrated() -> None:
    """Put a migrated database where Django will look for its test database."""
    with one_at_a_time():
        if connection.vendor == "postgresql":
            provide_template_database(f"migrated_{fingerprint()}")
        else:
            provide_file(FOLDER / f"{fingerprint()}.sqlite3")


def drop_copy() -> None:
    """Remove the database of this worker; the one that it was copied from stays."""
    if connection.vendor == "postgresql":
        name = connection.settings_dict["NAME"]
        connection.close()
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")


def fingerprint() -> str:
    """Changes with migrations, models and packages, which together decide what a migrated database holds."""
    return digest_of(path for app in APPS for path in (ROOT / app).rglob("*") if is_about_tables(path))


def digest_of(paths: Iterable[Path]) -> str:
    """Changes with what is in the files, and with the packages."""
    digest = hashlib.sha256((ROOT / "requirements-dev.lock").read_bytes())
    for path in sorted(paths):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def is_about_tables(path: Path) -> bool:
    """Whether a file is a model or a migration, is read by a migration, or grants rights after each."""
    if "__pycache__" in path.parts or not path.is_file():
        return False
    if "migrations" in path.parts or path.parent.name == "models":
        return True
    return path.name in {"models.py", "settings.py", "apps.py", "permissions.py"}


@contextmanager
def one_at_a_time():
    """Let the first of several workers make what the others then copy."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def provide_file(kept: Path) -> None:
    if kept.exists():
        shutil.copyfile(kept, connection.settings_dict["TEST"]["NAME"])
        kept.touch()
        return
    with migrated():
        part = kept.with_suffix(".part")
        part.unlink(missing_ok=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(part)])
        part.rename(kept)
    for old in sorted(FOLDER.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-KEPT_FILES]:
        old.unlink()


def provide_template_database(kept: str) -> None:
    copy = connection.creation._get_test_db_name()
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [kept])
        if cursor.fetchone():
            cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(copy)}")
            create_from(cursor, new=copy, template=kept)
            return
    with migrated():
        pass
    with connection.creation._nodb_cursor() as cursor:
        create_from(cursor, new=kept, template=copy)


def create_from(cursor, *, new: str, template: str) -> None:
    quote = connection.ops.quote_name
    cursor.execute(f"CREATE DATABASE {quote(new)} TEMPLATE {quote(template)}")


@contextmanager
def migrated():
    """Make the test database by its migrations; afterwards the connection has its old name again."""
    name = connection.settings_dict["NAME"]
    with rare_collections():
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


@contextmanager
def rare_collections():
    """Let the collector of garbage look seldom: the models of all migrations live on, and it looks at each again."""
    thresholds = gc.get_threshold()
    gc.set_threshold(500_000)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    provide_migrated()
