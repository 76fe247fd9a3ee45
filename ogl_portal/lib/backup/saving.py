"""Writing an archive while the portal runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from . import tables
from .archive import MANIFEST, PIECE, BackupRefused, opened, write_member, written_whole
from .manifest import Manifest, Member, Table, file_member, portal_version, table_member

ATTEMPTS = 3
NEWER_DATABASE = (
    "Die Datenbank ist neuer als dieses Programm (unbekannt: {}). Bitte sichern Sie mit der Fassung des Portals, "
    "die sie angelegt hat."
)


class FileWentMeanwhile(Exception):
    """A file was deleted, together with its row, after the moment of which the archive is."""


def save(path: Path, say: Callable[[str], None] = lambda line: None) -> Manifest:
    """Write everything to a file of this name, and read it back; what was there under the name stays until then.

    Raises BackupRefused where that cannot be, and OSError where the disk fails, which leaves no trace.
    """
    if not path.parent.is_dir():
        raise BackupRefused(f"Den Ordner „{path.parent}“ gibt es nicht.")
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with written_whole(path) as file:
                manifest = write(file, is_last=attempt == ATTEMPTS)
                with opened(file) as archive:
                    archive.verify()
            return manifest
        except FileWentMeanwhile:
            say("Eine Datei wurde gerade gelöscht. Die Sicherung beginnt noch einmal.")
    raise AssertionError("The last attempt takes what there is.")


def write(file, *, is_last: bool) -> Manifest:
    """Write the archive of this moment; raises FileWentMeanwhile unless it is the last attempt."""
    started = timezone.now()
    with ZipFile(file, "w") as archive:
        with one_moment():
            manifest, models = begin(started)
            for model in tables.kept(models):
                manifest.tables[model._meta.label_lower] = write_table(archive, model)
            names = sorted(set(tables.file_names(models)))
        write_files(archive, names, manifest)
        if not is_last and set(manifest.missing) - set(tables.file_names(models)):
            raise FileWentMeanwhile
        archive.writestr(MANIFEST, manifest.to_json(), ZIP_DEFLATED)
    file.flush()
    return manifest


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is of one moment; nobody who writes meanwhile waits for it."""
    connection.ensure_connection()  # connecting sets the mode anew
    mode = getattr(connection, "transaction_mode", None)
    try:
        connection.transaction_mode = "DEFERRED"  # SQLite: reads only, so it takes no lock of writers (WAL)
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                    cursor.execute("SET LOCAL statement_timeout = 0")
                    cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            yield
    finally:
        connection.transaction_mode = mode


def begin(started: datetime) -> tuple[Manifest, list]:
    """The manifest as far as it is known before anything is written, and the models that have tables."""
    loader = MigrationLoader(connection)
    applied = sorted(loader.applied_migrations)
    if unknown := set(applied) - set(loader.disk_migrations):
        raise BackupRefused(NEWER_DATABASE.format(names_of(unknown)))
    if not applied:
        raise BackupRefused("In der Datenbank ist nichts, was sich sichern ließe.")
    manifest = Manifest(started, portal_version(), connection.vendor, applied)
    return manifest, tables.models_at(frozenset(applied))


def names_of(migrations) -> str:
    """Return „lib.0007_backup, surveys.0005_more“, three at most."""
    names = [f"{app}.{name}" for app, name in sorted(migrations)]
    return ", ".join(names[:3] + ["…"] * (len(names) > 3))


def write_table(archive: ZipFile, model) -> Table:
    count = 0

    def counted() -> Iterator[bytes]:
        nonlocal count
        for line in tables.rows_out(model):
            count += 1
            yield line

    member = write_member(archive, table_member(model._meta.label_lower), counted(), packed=True)
    return Table(tables.columns_of(model), count, member)


def write_files(archive: ZipFile, names: list[str], manifest: Manifest) -> None:
    """Copy what the rows name: a stored file never changes, so it is the one of their moment."""
    for name in names:
        try:
            file = default_storage.open(name)
        except FileNotFoundError:
            manifest.missing.append(name)
            continue
        with file:
            manifest.files[name] = write_file(archive, name, file)


def write_file(archive: ZipFile, name: str, file) -> Member:
    return write_member(archive, file_member(name), file.chunks(PIECE), packed=False)
