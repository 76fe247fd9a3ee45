"""The archive: a ZIP file whose members are written and read as streams, with a manifest as the last of them.

tables/<app.model>.jsonl   a row in each line, as an array in the order of the manifest's columns
files/<name>               uploads and stored PDFs, as the storage has them
manifest.json              what the others are, each with its SHA-256
"""

import os
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils import timezone

from .manifest import Manifest, Member

MANIFEST = "manifest.json"
MOST_OF_A_MANIFEST = 200 * 1024 * 1024
PIECE = 1024 * 1024
BROKEN = (BadZipFile, EOFError, KeyError, TypeError, ValueError, NotImplementedError, RuntimeError, zlib.error,
          LZMAError)  # fmt: skip
"""What reading a damaged archive raises; OSError is the disk's own."""


class BackupRefused(Exception):
    """The archive cannot be written, read or restored; the text is a German message for the operator."""


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A new file that only its owner may read, and that gets its name once it is complete and on the disk."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync(path.parent)


def sync(folder: Path) -> None:
    """Have the disk keep the names in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_member(archive: ZipFile, name: str, pieces: Iterable[bytes], *, packed: bool) -> Member:
    """Write a member piece by piece and return what it holds."""
    info = ZipInfo(name, timezone.localtime().timetuple()[:6])
    info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
    info.external_attr = 0o600 << 16
    digest, size = sha256(), 0
    with archive.open(info, "w", force_zip64=True) as member:
        for piece in pieces:
            member.write(piece)
            digest.update(piece)
            size += len(piece)
    return Member(size, digest.hexdigest())


@dataclass(frozen=True)
class Archive:
    """An archive that is open for reading."""

    zip: ZipFile
    manifest: Manifest

    def read(self, name: str) -> Iterator[bytes]:
        """Yield a member piece by piece; raises BackupRefused where it is not what the manifest says."""
        return self.checked(name, lambda member: iter(lambda: member.read(PIECE), b""))

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield a member line by line, checked as ``read`` does."""
        return self.checked(name, iter)

    def checked(self, name: str, split: Callable[[BinaryIO], Iterator[bytes]]) -> Iterator[bytes]:
        """Yield the pieces of a member; they must be exactly those that the manifest knows."""
        expected, digest, size = self.manifest.members[name], sha256(), 0
        try:
            with self.zip.open(name) as member:
                for piece in split(member):
                    digest.update(piece)
                    size += len(piece)
                    if size > expected.size:
                        break
                    yield piece
        except BROKEN as error:
            raise damaged(name) from error
        if Member(size, digest.hexdigest()) != expected:
            raise damaged(name)

    def verify(self) -> None:
        """Read everything; raises BackupRefused where something is damaged, missing or more than there should be."""
        names, members = self.zip.namelist(), self.manifest.members
        if bad := next((name for name in names if not is_plain(name)), None):
            raise BackupRefused(f"Die Sicherung enthält einen Namen, der nicht in sie gehört: „{bad[:100]}“.")
        if sorted(names) != sorted([*members, MANIFEST]):
            raise BackupRefused("Die Sicherung enthält nicht genau das, was ihr Verzeichnis nennt. Sie ist beschädigt.")
        for name in members:
            for _piece in self.read(name):
                pass


@contextmanager
def opened(file: Path | BinaryIO) -> Iterator[Archive]:
    """An archive, by its name or open for reading; raises BackupRefused where its manifest tells that it is none."""
    try:
        archive = ZipFile(file)
    except OSError as error:
        raise BackupRefused(f"„{file}“ lässt sich nicht lesen: {error.strerror}.") from error
    except BROKEN as error:
        raise BackupRefused(f"„{file}“ ist keine Sicherung des Portals oder nicht vollständig.") from error
    with archive:
        yield Archive(archive, read_manifest(archive))


def read_manifest(archive: ZipFile) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > MOST_OF_A_MANIFEST:
            raise ValueError("too big")
        return Manifest.from_json(archive.read(MANIFEST))
    except BROKEN as error:
        raise BackupRefused("Das Verzeichnis der Sicherung fehlt, ist beschädigt oder zu neu.") from error


def is_plain(name: str) -> bool:
    """Whether a name stays within its folder."""
    path = PurePosixPath(name)
    return str(path) == name and not path.is_absolute() and ".." not in path.parts and not set("\\\0:") & set(name)


def damaged(name: str) -> BackupRefused:
    return BackupRefused(f"Die Sicherung ist beschädigt: „{name}“ ist nicht mehr, was gesichert wurde.")
