"""Whether the portal works, as far as it can tell itself: for monitoring, without a word about its content."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from .files import size_text
from .models import OutgoingMail

LONGEST_WAIT = timedelta(hours=2)
"""How long a mail may wait: longer than two rounds of ``remind`` and than mail servers put off a first attempt."""
LEAST_ROOM = 500 * 1000 * 1000
"""Bytes that have to be free where the portal writes."""


def problems() -> Iterator[tuple[str, str]]:
    """Yield what is wrong: a word for programs and a German sentence; nothing where all is well."""
    try:
        yield from problems_of_the_database()
        yield from problems_of_the_outbox()
    except Error as error:
        yield "database", f"Die Datenbank antwortet nicht ({type(error).__name__})."
    yield from problems_of_the_disk()


def problems_of_the_database() -> Iterator[tuple[str, str]]:
    applied = set(MigrationRecorder(connection).applied_migrations())
    if pending := len(known_migrations() - applied):
        yield "migrations", f"{pending} Migration(en) stehen aus. Bitte „manage.py migrate“ ausführen."


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """The migrations of this program."""
    return frozenset(MigrationLoader(None).disk_migrations)


def problems_of_the_outbox() -> Iterator[tuple[str, str]]:
    now = timezone.now()
    oldest = OutgoingMail.objects.waiting().order_by("created_at").values_list("created_at", flat=True).first()
    if oldest and now - oldest > LONGEST_WAIT:
        hours = int((now - oldest).total_seconds() // 3600)
        yield "outbox", f"Seit {hours} Stunden wartet eine Mail. Läuft „manage.py remind“, nimmt der Mailserver an?"


def problems_of_the_disk() -> Iterator[tuple[str, str]]:
    for folder in written_folders():
        free = shutil.disk_usage(existing(folder)).free
        if free < LEAST_ROOM:
            yield "disk", f"Unter {folder} sind nur noch {size_text(free)} frei."


def written_folders() -> list[Path]:
    """Where uploads and a database of this machine are."""
    folders = [Path(default_storage.location)] if isinstance(default_storage, FileSystemStorage) else []
    if connection.vendor == "sqlite":
        folders.append(Path(settings.DATABASES["default"]["NAME"]).parent)
    return folders


def existing(folder: Path) -> Path:
    """The folder, or the one above it in which it will be made."""
    return next(each for each in [folder, *folder.parents] if each.exists())
