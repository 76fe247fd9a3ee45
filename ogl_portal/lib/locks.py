"""One at a time, on any number of machines: for jobs that gain nothing from being run twice at once.

Mails need no such lock: each is claimed in its row (``mail.claim``), so that every machine can help to send them.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.core.management.base import CommandError
from django.db import Error, connection


class AlreadyRunning(CommandError):
    """Another process is at the job; ends a command with the ``returncode`` and a German sentence."""


@contextmanager
def only_one(job: str, *, returncode: int = 0) -> Iterator[None]:
    """Do the block unless another process, here or on another machine, is at the job of this name.

    Raises AlreadyRunning at once, without waiting; its ``returncode`` is 0 where it is enough that somebody does the
    job. The lock ends with the block, with the process, and with its connection to the database: nobody has to clear
    it away after a crash. On PostgreSQL it is an advisory lock of the session (so not through a pooler that hands out
    connections by transaction), on SQLite a lock on a file beside the database.
    """
    locked = locked_in_database if connection.vendor == "postgresql" else locked_in_file
    with locked(job) as is_ours:
        if not is_ours:
            message = f"„{job}“ läuft schon, hier oder auf einem anderen Rechner."
            raise AlreadyRunning(message, returncode=returncode)
        yield


@contextmanager
def locked_in_database(job: str) -> Iterator[bool]:
    """Whether the advisory lock could be had."""
    is_ours = ask_database("pg_try_advisory_lock", job)
    try:
        yield is_ours
    finally:
        if is_ours:
            unlock_in_database(job)


def unlock_in_database(job: str) -> None:
    """Give the lock back; where the connection is broken or in a failed transaction, end the session with its locks."""
    try:
        ask_database("pg_advisory_unlock", job)
    except Error:
        connection.close()


def ask_database(function: str, job: str) -> bool:
    """Call one of PostgreSQL's functions for advisory locks, whose keys are numbers of 64 bit."""
    key = int.from_bytes(sha256(f"job:{job}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [key])
        return cursor.fetchone()[0]


@contextmanager
def locked_in_file(job: str) -> Iterator[bool]:
    """Whether the file beside the database could be locked."""
    database = Path(connection.settings_dict["NAME"])
    with database.with_name(f"{database.name}.{job}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
