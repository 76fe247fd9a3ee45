"""The solutions with the files of their attachments as one ZIP: loesungen.json, and each file by its uuid beside it.

Nothing of a ZIP is unpacked to the disk: members are looked up by the names that this module gives, and are read no
further than an attachment may be long.
"""

import re
import zipfile
from collections import Counter
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import Storage

from ogl_portal.lib import uploads

from ..interchange.checking import shown
from ..models import Attachment, Solution
from . import json_file
from .entries import FileRefused

DATA, FOLDER = "loesungen.json", "anlagen/"
MOST_MEMBERS = 20_000
OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)")
"""Names that lead out of the place where somebody unpacks."""


def member_of(row: dict) -> str:
    """Where the file of an attachment stands; the row is that of a document."""
    return f"{FOLDER}{row['uuid']}{uploads.SUFFIXES.get(row['content_type'], '')}"


def write(path: Path) -> tuple[int, list[str]]:
    """Write all published solutions and their files; the number of files, and in German what is wrong with others."""
    shown_ones = Attachment.objects.filter(solution__in=Solution.objects.published()).order_by("solution_id", "pk")
    rows = shown_ones.select_related("solution")
    count, faults = 0, []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(DATA, "w", force_zip64=True) as data:
            for text in json_file.write():
                data.write(text.encode())
        for attachment in rows.iterator(chunk_size=100):
            content = stored_content(attachment)
            if content is None:
                faults.append(f"„{attachment.solution}“, Anlage „{attachment}“: Die Datei fehlt oder ist beschädigt.")
            else:
                facts = {"uuid": str(attachment.uuid), "content_type": attachment.content_type}
                archive.writestr(member_of(facts), content)
                count += 1
    return count, faults


def stored_content(attachment: Attachment) -> bytes | None:
    """The bytes as they were taken in; None where the storage has no longer just these."""
    try:
        with attachment.file.open("rb") as file:
            content = file.read()
    except OSError:
        return None
    return content if sha256(content).hexdigest() == attachment.sha256 else None


class Bundle:
    """A ZIP that is read: its document, and the files for those who take the entries over.

    Raises FileRefused for what is no such ZIP, or unpacked larger than ``most_bytes``.
    """

    def __init__(self, path: Path, most_bytes: int) -> None:
        try:
            self.archive = zipfile.ZipFile(path)
        except uploads.NOT_AN_ARCHIVE:
            raise FileRefused("Das ist keine ZIP-Datei, oder sie ist beschädigt.") from None
        self.most_bytes = most_bytes
        self.members = {info.filename: info for info in self.archive.infolist()}
        self.claimed: set[str] = set()  # uuids of attachments that an entry has named
        self.placed: list[tuple[str, dict]] = []

    def __enter__(self) -> "Bundle":
        return self

    def __exit__(self, *exception) -> None:
        self.archive.close()

    def data(self, most_bytes: int) -> bytes:
        """The document; FileRefused where it is missing, and for a ZIP that is not to be trusted."""
        if fault := self.fault():
            raise FileRefused(fault)
        if self.members[DATA].file_size > most_bytes:
            raise FileRefused(f"{DATA} ist größer als {most_bytes // 1_000_000} MB. --max-mb erlaubt mehr.")
        content = self.read(DATA)
        if content is None:
            raise FileRefused(f"{DATA} in der ZIP-Datei lässt sich nicht lesen: beschädigt oder verschlüsselt.")
        return content

    def fault(self) -> str:
        """What is wrong with the ZIP as a whole, in German; nothing where it may be read."""
        infos = self.archive.infolist()
        twice = [name for name, times in Counter(info.filename for info in infos).items() if times > 1]
        outside = [name for name in self.members if OUTSIDE.search(name)]
        if twice or outside:
            what = "zweimal dasselbe" if twice else "einen Pfad, der hinausführt"
            return f"Die ZIP-Datei enthält {what}: „{shown([*twice, *outside][0])}“."
        if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > self.most_bytes:
            return f"Ausgepackt hat die ZIP-Datei mehr als {self.most_bytes // 1_000_000} MB; --max-mb erlaubt mehr."
        return "" if DATA in self.members else f"In der ZIP-Datei fehlt {DATA}. Eine solche schreibt export_solutions."

    def read(self, name: str) -> bytes | None:
        """The bytes of a member, as many as its entry says; None where they cannot be had or are others."""
        try:
            return self.archive.read(name)
        except uploads.NOT_AN_ARCHIVE:
            return None

    def faults_of(self, content: dict) -> list[str]:
        """Why the files of an entry that is sound by itself cannot be taken over, in German; ask once for each."""
        rows = content.get("attachments", [])
        found = Attachment.objects.filter(uuid__in=[row["uuid"] for row in rows])
        stored = {str(uuid): (str(solution), digest)
                  for uuid, solution, digest in found.values_list("uuid", "solution__uuid", "sha256")}  # fmt: skip
        faults = [(row, self.fault_of(row, content.get("uuid"), stored)) for row in rows]
        return [f"Anlage „{shown(row['title'])}“: {fault}" for row, fault in faults if fault]

    def fault_of(self, row: dict, solution: str | None, stored: dict[str, tuple]) -> str:
        """Why the file of one attachment cannot be taken over; nothing where it can, or is here already."""
        owner, digest = stored.get(row["uuid"], (solution, None))
        if owner != solution or row["uuid"] in self.claimed:
            return "Ihre Kennung (uuid) gehört schon zu einer anderen Anlage."
        self.claimed.add(row["uuid"])
        return "" if digest == row["sha256"] else self.fault_of_file(row)

    def fault_of_file(self, row: dict) -> str:
        """What is wrong with the bytes; they are what their checksum says, or they are not taken."""
        name = member_of(row)
        if name not in self.members:
            return f"Die Datei {shown(name)} fehlt in der ZIP-Datei."
        if self.members[name].file_size > uploads.MAX_BYTES:
            return "Die Datei ist größer als 10 MB."
        content = self.read(name)
        if content is None:
            return "Die Datei lässt sich nicht auspacken: beschädigt oder verschlüsselt."
        if sha256(content).hexdigest() != row["sha256"] or len(content) != row["size"]:
            return "Die Datei passt nicht zu Größe und Prüfsumme (size, sha256)."
        return fault_of_content(row, content)

    def __contains__(self, row: dict) -> bool:
        return member_of(row) in self.members

    def place(self, row: dict) -> str:
        """Where the file of an attachment will be stored; ``store`` puts it there."""
        self.placed.append((Attachment._meta.get_field("file").generate_filename(None, row["name"]), row))
        return self.placed[-1][0]

    def store(self, storage: Storage) -> None:
        """Put the files where they have their place: all of them, or none."""
        done = []
        try:
            for place, row in self.placed:
                done.append(storage.save(place, ContentFile(self.archive.read(member_of(row)))))
        except BaseException:
            for place in done:
                storage.delete(place)
            raise


def fault_of_content(row: dict, content: bytes) -> str:
    """Whether the portal would take such a file from anybody, under this name."""
    file = BytesIO(content)
    file.name, file.size = row["name"], len(content)
    try:
        checked = uploads.check(file)
    except uploads.UploadRefused as refusal:
        return str(refusal)
    is_as_said = (checked.name, checked.content_type) == (row["name"], row["content_type"])
    is_a_name = not re.search(r"[/\\]", row["name"])
    return "" if is_as_said and is_a_name else "Dateiname oder Dateiart passen nicht zum Inhalt (name, content_type)."
