"""Backup and restore, and with them the update of every released state, in a second portal beside the test's."""

import errno
import json
import os
import shutil
import signal
import stat
import threading
import time
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.db.migrations.loader import MigrationLoader

from ogl_portal.directory.models import Person, User
from ogl_portal.directory.workflow import create_access
from ogl_portal.lib import audit, backup, health
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.backup import archive as archives
from ogl_portal.lib.backup import restoring, saving
from ogl_portal.lib.backup.manifest import file_member, table_member
from ogl_portal.lib.search.models import MissedSearch
from sessions_app.models import Report, ReportVersion
from tests import audit_door
from tests.second_portal import in_second_portal, schema

RELEASED = sorted((Path(__file__).parent.parent / "released").glob("*.zip"))
NEWEST = RELEASED[-1]
OF_A_SESSION = {"directory.signedinbrowser"}
"""Tables whose rows belong to a session, and go with it."""
ODD = 'Zeile 1\r\nZeile 2\t„Ä“ 👩‍💻 \\ " {} '


@dataclass
class Portal:
    """The second portal, as the newest released state was restored and migrated into it."""

    folder: Path
    backup: Path  # taken after that


@pytest.fixture(scope="module")
def second_portal(django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("second")
    with django_db_blocker.unblock(), in_second_portal(folder):
        backup.restore(NEWEST, replace=False)
        MissedSearch.objects.create(text=ODD, count=2_000_000_000)
        backup.save(folder / "whole.zip")
        yield Portal(folder, folder / "whole.zip")


def manifest_of(path: Path):
    with backup.opened(path) as archive:
        return archive.manifest


def fingerprint(folder: Path) -> tuple:
    """What a backup taken now would hold: rows and files."""
    manifest = backup.save(folder / "now.zip")
    return manifest.tables, manifest.files


# Updates


def assert_nothing_was_lost(state: Path) -> None:
    """Every row of the state is there by its key, every file too, and all migrations have run.

    A release that renames a table or deletes rows has to say so here.
    """
    models = {model._meta.label_lower: model for model in apps.get_models(include_auto_created=True)}
    with backup.opened(state) as archive:
        for label, table in archive.manifest.tables.items():
            key = table.columns.index(models[label]._meta.pk.attname)
            then = {str(json.loads(line)[key]) for line in archive.lines(table_member(label))}
            assert then <= set(map(str, models[label]._base_manager.values_list("pk", flat=True))), label
        assert all(default_storage.exists(name) for name in archive.manifest.files)
    assert list(health.problems_of_the_database()) == []
    connection.check_constraints()


def test_update_of_the_newest_release_loses_nothing(second_portal):
    assert_nothing_was_lost(NEWEST)
    report = Report.objects.get(event__starts_at__date="2021-05-27")
    assert report.sections.count() == 7
    assert ReportVersion.objects.filter(report=report).exists()
    assert get_user_model().objects.leads().count() == 2


def test_migrations_since_the_newest_release_go_back_and_forth(second_portal):
    """Those of earlier releases do so in ``make test-long``, all of them, to zero."""
    backup.restore(second_portal.backup, replace=True)
    latest = dict(sorted(map(tuple, manifest_of(NEWEST).migrations)))
    for app, name in latest.items():
        call_command("migrate", app, name, verbosity=0)
    call_command("migrate", verbosity=0)
    assert_nothing_was_lost(NEWEST)


@pytest.mark.long
@pytest.mark.parametrize("state", RELEASED[:-1], ids=lambda path: path.stem)
def test_update_of_an_earlier_release_loses_nothing(state, second_portal):
    backup.restore(state, replace=True)
    assert_nothing_was_lost(state)
    backup.restore(second_portal.backup, replace=True)


@pytest.mark.both
@pytest.mark.django_db
def test_restored_tables_are_those_that_migrations_make(tmp_path):
    migrated, migrations = schema(), sorted(MigrationLoader(connection).applied_migrations)
    with in_second_portal(tmp_path), connection.constraint_checks_disabled(), transaction.atomic():
        restoring.tables.replace_tables(restoring.tables.models_at(frozenset(migrations)), migrations)
        restoring.tables.install_guards()
        assert schema() == migrated


# There and back


def test_restored_portal_is_the_same_table_by_table_and_file_by_file(second_portal):
    before = manifest_of(second_portal.backup)
    Person.objects.filter(email="mitglied1@example.org").update(family_name="Nach der Sicherung")
    late = default_storage.save("reports/spaeter", ContentFile(b"spaeter"))
    lost = next(iter(before.files))
    default_storage.delete(lost)
    backup.restore(second_portal.backup, replace=True)
    tables, files = fingerprint(second_portal.folder)
    assert tables == before.tables and before.rows > 3000
    assert files == before.files and len(files) > 5
    with default_storage.open(lost) as file:
        assert sha256(file.read()).hexdigest() == files[lost].sha256
    assert default_storage.exists(late)  # named by no row: not the backup's business
    assert MissedSearch.objects.get(count=2_000_000_000).text == ODD
    person = Person.objects.create(given_name="Nach", family_name="Neu")  # its key is free
    assert str(Person.objects.get(pk=person.pk)) == "Nach Neu"
    person.delete()


def test_restore_keeps_what_the_trail_noted_since_and_names_what_is_to_be_done_again(second_portal, capsys):
    person, before = Person.objects.first(), AuditRecord.objects.count()
    for kind in ["consent", "read", "deleted"]:
        audit.record(kind, f"so genannt: {kind}", thing=person)
    call_command("restore", second_portal.backup, replace=True)
    *_, title, consent, deletion, done = capsys.readouterr().out.splitlines()
    assert "noch einmal zu tun" in title and done.startswith("Eingespielt")
    assert consent.endswith(f"so genannt: consent (Person {person.pk})") and "so genannt: deleted" in deletion
    records = AuditRecord.objects.order_by("pk")
    assert [record.kind for record in records[before:]] == ["consent", "read", "deleted"]
    with audit_door.lifted():
        records.filter(at__gt=manifest_of(second_portal.backup).created).delete()


def test_only_sign_ins_and_the_search_index_stay_outside(second_portal):
    labels = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
    assert labels - set(manifest_of(second_portal.backup).tables) == restoring.tables.LEFT_OUT | OF_A_SESSION


# Under load


def write_until(done: threading.Event, number: int, acknowledged: list) -> None:
    """Somebody who adds people, each with a sign-in, in one transaction."""
    try:
        count = 0
        while not done.is_set():
            count += 1
            with transaction.atomic():
                person = Person.objects.create(family_name="Last", email=f"last{number}-{count}@example.org")
                create_access(person=person)
            acknowledged.append((time.monotonic(), person.pk))
            time.sleep(0.005)
    finally:
        connection.close()


@contextmanager
def writers(count: int = 4):
    """People who write meanwhile; yields what they know to be stored, and when they heard it."""
    done, acknowledged = threading.Event(), []
    threads = [threading.Thread(target=write_until, args=[done, number, acknowledged]) for number in range(count)]
    for thread in threads:
        thread.start()
    try:
        time.sleep(0.2)
        yield acknowledged
    finally:
        done.set()
        for thread in threads:
            thread.join()


def test_backup_while_others_write_has_all_that_was_acknowledged_and_nothing_by_halves(second_portal):
    path = second_portal.folder / "load.zip"
    with writers() as acknowledged:
        started = time.monotonic()
        backup.save(path)
        took = time.monotonic() - started
    before = {pk for moment, pk in acknowledged if moment < started}
    during = {pk for moment, pk in acknowledged if started <= moment < started + took}
    with backup.opened(path) as archive:
        columns = {label: archive.manifest.tables[label].columns for label in ["directory.person", "directory.user"]}
        people, users = (
            [dict(zip(columns[label], json.loads(line), strict=True)) for line in archive.lines(table_member(label))]
            for label in columns
        )
    saved = {person["id"] for person in people if person["family_name"] == "Last"}
    assert before and during  # nobody waited for the backup
    assert before <= saved
    assert saved <= {user["person_id"] for user in users}
    User.objects.filter(person__family_name="Last").delete()
    Person.objects.filter(family_name="Last").delete()


def test_backup_of_a_process_that_was_not_connected_lets_others_write(second_portal):
    connection.close()
    with saving.one_moment(), writers(1) as acknowledged:
        assert acknowledged
    User.objects.filter(person__family_name="Last").delete()
    Person.objects.filter(family_name="Last").delete()


def test_file_that_goes_while_the_backup_runs_makes_it_begin_again(second_portal, monkeypatch):
    said, write_files = [], saving.write_files
    version = ReportVersion.objects.order_by("pk").first()

    def delete_first(archive, names, manifest):
        if not said:
            ReportVersion.objects.filter(pk=version.pk).update(public_pdf=other)
            default_storage.delete(version.public_pdf.name)
        write_files(archive, names, manifest)

    other = default_storage.save("reports/anderer", ContentFile(b"neu"))
    monkeypatch.setattr(saving, "write_files", delete_first)
    manifest = backup.save(second_portal.folder / "again.zip", said.append)
    assert len(said) == 1
    assert manifest.missing == [] and other in manifest.files and version.public_pdf.name not in manifest.files


def test_file_that_the_storage_had_lost_before_is_named(second_portal, capsys):
    version = ReportVersion.objects.order_by("pk").first()
    with version.public_pdf.open() as file:
        content = file.read()
    default_storage.delete(version.public_pdf.name)
    folder = second_portal.folder / "lost"
    folder.mkdir()
    (folder / "ogl-portal-2026-01-01T030000.zip").write_bytes(b"hat sie noch")
    with pytest.raises(CommandError, match=r"1 Datei\(en\) fehlen"):
        call_command("backup", folder, keep=1)
    assert f"Fehlt in der Ablage und darum auch in der Sicherung: {version.public_pdf.name}" in capsys.readouterr().err
    assert len(list(folder.iterdir())) == 2  # the new one, and the old one that is better
    default_storage.save(version.public_pdf.name, ContentFile(content))


# Damaged and foreign archives


def content_of(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def is_refused(path: Path) -> bool:
    try:
        with backup.opened(path) as archive:
            archive.verify()
    except backup.BackupRefused:
        return True
    return False


def test_archive_with_any_flipped_byte_is_refused_or_holds_the_same(tmp_path):
    whole, damaged = NEWEST.read_bytes(), tmp_path / "damaged.zip"
    content, refused = content_of(NEWEST), 0
    for position in range(17, len(whole), len(whole) // 50):
        flipped = bytearray(whole)
        flipped[position] ^= 0x10
        damaged.write_bytes(flipped)
        if is_refused(damaged):
            refused += 1
        else:
            assert content_of(damaged) == content
    assert refused >= 45


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.999])
def test_truncated_archive_is_refused(share, tmp_path):
    whole, damaged = NEWEST.read_bytes(), tmp_path / "damaged.zip"
    damaged.write_bytes(whole[: int(len(whole) * share)])
    assert is_refused(damaged)


def rewritten(target: Path, change) -> Path:
    """The newest state, after a change of its manifest and members, with hashes that fit."""
    with backup.opened(NEWEST) as source, ZipFile(target, "w") as archive:
        members = {name: b"".join(source.read(name)) for name in source.manifest.members}
        manifest = change(source.manifest, members)
        for name, content in members.items():
            archive.writestr(name, content, ZIP_DEFLATED)
        archive.writestr(archives.MANIFEST, manifest.to_json())
    return target


@pytest.mark.parametrize("name", ["../../boese", "/etc/boese", "files/../boese", "files\\boese", "files/zusaetzlich"])
def test_archive_with_a_member_that_does_not_belong_there_is_refused(name, tmp_path):
    path = shutil.copy(NEWEST, tmp_path / "foreign.zip")
    with ZipFile(path, "a") as archive:
        archive.writestr(name, "boese")
    assert is_refused(path)


def test_file_outside_the_storage_is_refused_even_where_the_manifest_names_it(tmp_path):
    def smuggle(manifest, members):
        members[file_member("../boese")] = b"boese"
        member = archives.Member(5, sha256(b"boese").hexdigest())
        return replace(manifest, files=manifest.files | {"../boese": member})

    assert is_refused(rewritten(tmp_path / "foreign.zip", smuggle))


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"format": 2}', b"\xff"])
def test_archive_without_a_proper_manifest_is_refused(content, tmp_path):
    with ZipFile(tmp_path / "odd.zip", "w") as archive:
        archive.writestr(archives.MANIFEST, content)
    assert is_refused(tmp_path / "odd.zip")


# What restoring refuses, and what it leaves behind then


def test_restoring_over_a_portal_in_use_needs_a_word(second_portal, capsys):
    before = fingerprint(second_portal.folder)
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", second_portal.backup)
    call_command("restore", NEWEST, dry_run=True, replace=True)
    assert "Sie würde ersetzen, was jetzt im Portal steht." in capsys.readouterr().out
    assert fingerprint(second_portal.folder) == before


def test_backup_of_a_newer_release_is_refused(second_portal, tmp_path):
    def age(manifest, members):
        return replace(manifest, migrations=[*manifest.migrations, ("lib", "9999_of_tomorrow")])

    with pytest.raises(CommandError, match=r"neueren Fassung.*lib\.9999_of_tomorrow.*aktualisieren"):
        call_command("restore", rewritten(tmp_path / "newer.zip", age), replace=True)


def break_a_reference(manifest, members):
    """A sign-in of nobody: the last table but few, so that much was written before."""
    table = manifest.tables["surveys.invitation"]
    row = dict(zip(table.columns, json.loads(members[table_member("surveys.invitation")].splitlines()[0]), strict=True))
    row |= {"id": 999_999, "person_id": 888_888}
    content = json.dumps([row[column] for column in table.columns]).encode() + b"\n"
    members[table_member("surveys.invitation")] = content
    member = archives.Member(len(content), sha256(content).hexdigest())
    files = {"reports/neu": archives.Member(3, sha256(b"neu").hexdigest())}
    members[file_member("reports/neu")] = b"neu"
    tables = manifest.tables | {"surveys.invitation": replace(table, rows=1, member=member)}
    return replace(manifest, tables=tables, files=manifest.files | files)


def test_restore_that_fails_in_the_middle_leaves_rows_and_files_as_they_were(second_portal, tmp_path):
    before = fingerprint(second_portal.folder)
    with pytest.raises(CommandError, match="Es wurde nichts geändert"):
        call_command("restore", rewritten(tmp_path / "broken.zip", break_a_reference), replace=True)
    assert fingerprint(second_portal.folder) == before
    assert not default_storage.exists("reports/neu")


def test_restore_keeps_files_that_only_the_backup_was_missing_and_goes_on_where_one_does_not_go(
    second_portal, tmp_path, monkeypatch, capsys
):
    kept, *gone = sorted(restoring.names_in_use() & set(manifest_of(NEWEST).files))[:3]

    def lose(manifest, members):
        for name in [kept, *gone]:
            del members[file_member(name)]
        rest = {name: member for name, member in manifest.files.items() if name not in [kept, *gone]}
        return replace(manifest, files=rest, missing=[kept])

    def refuse(name):
        deleted.append(name)
        if name in gone:
            raise OSError(errno.EACCES, "Permission denied")

    deleted, path = [], rewritten(tmp_path / "lossy.zip", lose)
    monkeypatch.setattr(default_storage, "delete", refuse)
    for thing, name in [(restoring, "replace_rows"), (restoring.search, "rebuild")]:
        monkeypatch.setattr(thing, name, lambda *arguments: None)
    call_command("restore", path, replace=True)
    out = capsys.readouterr().out
    assert set(gone) <= set(deleted) and kept not in deleted
    assert f"Bleibt in der Ablage liegen, obwohl nichts es mehr nennt: {gone[0]}" in out
    assert "Eingespielt: " in out


def test_archive_needs_only_the_tables_that_it_names_and_that_are_not_left_out_by_now(second_portal, monkeypatch):
    written, then, now = [], "lib.missedsearch", "lib.throttlecounter"
    monkeypatch.setattr(restoring.tables, "LEFT_OUT", restoring.tables.LEFT_OUT | {now})
    with backup.opened(second_portal.backup) as archive:
        del archive.manifest.tables[then]
        monkeypatch.setattr(
            restoring, "put_table", lambda archive, model, table: written.append(model._meta.label_lower)
        )
        models = restoring.tables.models_at(frozenset(archive.manifest.migrations))
        restoring.put_rows(archive, models)
        assert sorted(written) == sorted(set(archive.manifest.tables) - {now})
        archive.manifest.tables["lib.nosuch"] = None
        with pytest.raises(backup.BackupRefused, match=r"lib\.nosuch"):
            restoring.put_rows(archive, models)


def test_restore_that_is_killed_leaves_rows_as_they_were(second_portal, monkeypatch):
    before = fingerprint(second_portal.folder)
    monkeypatch.setattr(restoring, "migrate", lambda: os.kill(os.getpid(), signal.SIGKILL))
    connections.close_all()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the child does nothing but this
        child = os.fork()
    if child == 0:
        try:
            backup.restore(NEWEST, replace=True)
        finally:
            os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert fingerprint(second_portal.folder) == before


# The file


def test_backup_is_for_its_owner_alone(second_portal):
    assert stat.S_IMODE(second_portal.backup.stat().st_mode) == 0o600


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_backup_that_cannot_be_finished_leaves_the_one_before(failure, second_portal, monkeypatch):
    folder = second_portal.folder / "full"
    folder.mkdir(exist_ok=True)
    path = folder / "portal.zip"
    path.write_bytes(b"von gestern")

    def fail(*arguments):
        raise failure

    monkeypatch.setattr(saving, "write_files", fail)
    with pytest.raises(CommandError if isinstance(failure, OSError) else KeyboardInterrupt):
        call_command("backup", path)
    assert path.read_bytes() == b"von gestern"
    assert [each.name for each in folder.iterdir()] == ["portal.zip"]


def test_backups_in_a_folder_are_named_by_time_and_only_the_newest_stay(second_portal, tmp_path, capsys):
    for day in ["01", "02", "03"]:
        (tmp_path / f"ogl-portal-2026-01-{day}T030000.zip").write_bytes(b"alt")
    (tmp_path / "eigene.zip").write_bytes(b"bleibt")
    for name, age in [(".ogl-portal-2026-01-01T030000.zip.a1.part", 90_000), (".ogl-portal-jetzt.zip.b2.part", 60)]:
        (tmp_path / name).write_bytes(b"halb")
        os.utime(tmp_path / name, times=(time.time() - age, time.time() - age))
    call_command("backup", tmp_path, keep=2)
    running, *names = sorted(path.name for path in tmp_path.iterdir())
    assert running == ".ogl-portal-jetzt.zip.b2.part"
    assert len(names) == 3 and names[:2] == ["eigene.zip", "ogl-portal-2026-01-03T030000.zip"]
    call_command("backup", tmp_path / names[2], verify=True)
    assert "In Ordnung" in capsys.readouterr().out
    (tmp_path / names[2]).write_bytes(b"kaputt")
    with pytest.raises(CommandError, match="keine Sicherung"):
        call_command("backup", tmp_path / names[2], verify=True)
