"""Putting an archive in the place of what the portal holds: all of it, or nothing has happened."""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from .. import search
from ..audit.models import AuditRecord
from ..dates import moment
from . import tables
from .archive import PIECE, Archive, BackupRefused, opened
from .manifest import Manifest, Member, Table, file_member, table_member
from .saving import names_of

NEWER = (
    "Die Sicherung stammt aus einer neueren Fassung des Portals ({}; unbekannt: {}). Bitte aktualisieren Sie zuerst "
    "das Portal."
)
NOT_EMPTY = (
    "Im Portal gibt es schon Zugänge. Mit „--replace“ tritt die Sicherung an die Stelle von allem, was "
    "jetzt im Portal steht. Sichern Sie es vorher."
)
BUSY = "Die Datenbank ist gerade nicht frei ({}). Bitte halten Sie das Portal an und versuchen Sie es noch einmal."
UNFIT = "Die Daten der Sicherung passen nicht in die Datenbank ({}). Es wurde nichts geändert."
TO_DO_AGAIN = {AuditRecord.Kind.CONSENT, AuditRecord.Kind.DELETED}
OTHER_COLUMNS = "Die Sicherung und dieses Programm kennen die Tabelle „{}“ verschieden. Es wurde nichts geändert."


@dataclass(frozen=True)
class Preview:
    """What restoring an archive would do."""

    manifest: Manifest
    new_migrations: list[tables.Migration]  # that would run afterwards
    is_empty: bool  # nobody signs in to the portal as it is

    def refuse(self, *, replace: bool) -> None:
        """Raise BackupRefused where what is there would be lost and nobody said that it may."""
        if not (self.is_empty or replace):
            raise BackupRefused(NOT_EMPTY)


def preview(path: Path) -> Preview:
    """Read the whole archive and say what restoring it would do; raises BackupRefused where it cannot be restored."""
    with opened(path) as archive:
        archive.verify()
        return preview_of(archive.manifest)


def preview_of(manifest: Manifest) -> Preview:
    known, had = MigrationLoader(None).disk_migrations, set(manifest.migrations)
    if unknown := had - set(known):
        raise BackupRefused(NEWER.format(manifest.portal, names_of(unknown)))
    return Preview(manifest, sorted(set(known) - had), not has_users())


def has_users() -> bool:
    """Whether anybody signs in to the portal as it is; a database at another state has the table, too, or none."""
    table = get_user_model()._meta.db_table
    if table not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608 - a name of ours
        return cursor.fetchone() is not None


def restore(path: Path, *, replace: bool, say: Callable[[str], None] = lambda line: None) -> Preview:
    """Replace everything by the archive and migrate it to this release; then fill the search index.

    Rows come in one transaction and files before it, so that whatever goes wrong leaves the old state; files that
    nothing names any more go last. The audit trail goes on: what it has noted since the archive was made stays in it.
    Raises BackupRefused where the archive is damaged or newer than this release, or people work here (without
    ``replace``).
    """
    with opened(path) as archive:
        say("Die Sicherung wird geprüft.")
        archive.verify()
        plan = preview_of(archive.manifest)
        plan.refuse(replace=replace)
        old_files, noted = names_in_use(), noted_since(archive.manifest)
        with files_put(archive), said_in_german():
            say("Die Daten werden eingespielt.")
            replace_rows(archive, noted)
    say("Der Suchindex wird gefüllt.")
    search.rebuild()
    forget_files(old_files - set(archive.manifest.files) - set(archive.manifest.missing), say)
    say_what_to_do_again(noted, say)
    return plan


def names_in_use() -> set[str]:
    """The files that the database names now, as far as this release knows its tables."""
    loader = MigrationLoader(connection)
    applied = set(loader.applied_migrations)
    if not applied or applied - set(loader.disk_migrations):
        return set()
    return set(tables.file_names(tables.models_at(frozenset(applied))))


def noted_since(manifest: Manifest) -> list[AuditRecord]:
    """What the audit trail of the present state has noted since, oldest first; none where its table is an older one."""
    loader = MigrationLoader(connection)
    applied = set(loader.applied_migrations)
    if {key for key in loader.disk_migrations if key[0] == AuditRecord._meta.app_label} - applied:
        return []
    return list(AuditRecord.objects.filter(at__gt=manifest.created).order_by("pk"))


def say_what_to_do_again(noted: list[AuditRecord], say: Callable[[str], None]) -> None:
    """Name the consents and deletions that the restored state does not know."""
    lost = [record for record in noted if record.kind in TO_DO_AGAIN]
    if lost:
        say("Das gilt nach dem Zurückholen nicht mehr und ist noch einmal zu tun (es steht auch im Prüfpfad):")
    for record in lost:
        say(f"  {moment(record.at)}: {record.what}" + (f" ({record.label})" if record.label else ""))


@contextmanager
def said_in_german() -> Iterator[None]:
    """What the database says against it, for the operator."""
    try:
        yield
    except OperationalError as error:
        raise BackupRefused(BUSY.format(first_line(error))) from error
    except (IntegrityError, DataError) as error:
        raise BackupRefused(UNFIT.format(first_line(error))) from error


def first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def replace_rows(archive: Archive, noted: list[AuditRecord]) -> None:
    """In one transaction: tables as they were, their rows, the migrations since, and what goes on in the trail."""
    with connection.constraint_checks_disabled(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = 0")
        models = tables.models_at(frozenset(archive.manifest.migrations))
        tables.replace_tables(models, archive.manifest.migrations)
        put_rows(archive, models)
        tables.reset_sequences(models)
        connection.check_constraints()
        migrate()
        for record in noted:
            record.pk = None
        AuditRecord.objects.bulk_create(noted)
        tables.install_guards()


def put_rows(archive: Archive, models: list) -> None:
    """Write the rows of every table that the archive holds, but of those that are left out by now.

    Raises BackupRefused where a table is not as the archive knows it.
    """
    if unknown := set(archive.manifest.tables) - {model._meta.label_lower for model in models}:
        raise BackupRefused(OTHER_COLUMNS.format(min(unknown)))
    for model in tables.kept(models):
        if table := archive.manifest.tables.get(model._meta.label_lower):  # none: it was left out then
            put_table(archive, model, table)


def put_table(archive: Archive, model: type, table: Table) -> None:
    label = model._meta.label_lower
    if table.columns != tables.columns_of(model):
        raise BackupRefused(OTHER_COLUMNS.format(label))
    if tables.rows_in(model, archive.lines(table_member(label))) != table.rows:
        raise BackupRefused(OTHER_COLUMNS.format(label))


def migrate() -> None:
    """Bring the tables to this release, within the caller's transaction; then what Django does after ``migrate``."""

    def check_at_once(action, *_details) -> None:
        """PostgreSQL changes no table while checks are put off of rows that came in the same transaction."""
        if action == "apply_start" and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    executor = MigrationExecutor(connection, check_at_once)
    executor.migrate(executor.loader.graph.leaf_nodes())
    ContentType.objects.clear_cache()
    call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def files_put(archive: Archive) -> Iterator[None]:
    """The archive's files in the storage, beside those that are there; gone again if the block fails."""
    added = []
    try:
        for name, member in archive.manifest.files.items():
            if is_stored(name, member):
                continue
            added.append(name)
            put_file(archive, name)
        yield
    except BaseException:
        for name in added:
            with contextlib.suppress(OSError):
                default_storage.delete(name)
        raise


def is_stored(name: str, member: Member) -> bool:
    """Whether the storage holds this very file."""
    if not default_storage.exists(name):
        return False
    digest = sha256()
    with default_storage.open(name) as file:
        for piece in file.chunks(PIECE):
            digest.update(piece)
    return digest.hexdigest() == member.sha256


def put_file(archive: Archive, name: str) -> None:
    """Write a file under its very name; a damaged one that is there gives way."""
    default_storage.delete(name)
    with archive.zip.open(file_member(name)) as member:
        stored = default_storage.save(name, File(member, name=name))
    if stored != name:
        default_storage.delete(stored)
        raise BackupRefused(f"Die Ablage nimmt die Datei „{name}“ nicht unter ihrem Namen an.")


def forget_files(names: set[str], say: Callable[[str], None]) -> None:
    """Delete what only the old state named; what the storage does not let go stays, and harms nobody."""
    for name in sorted(names):
        try:
            default_storage.delete(name)
        except Exception as error:  # whatever the storage says, the rows are restored
            say(f"Bleibt in der Ablage liegen, obwohl nichts es mehr nennt: {name} ({first_line(error)})")
