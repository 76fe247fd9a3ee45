"""What every reader of files hands on: entries, each with the place where it stands, and why a file is refused."""

from dataclasses import dataclass, field

from ..interchange.checking import shown


class FileRefused(Exception):
    """A file that cannot be read at all; the text says in German why."""


@dataclass
class Entry:
    """One solution of a file: where it stands („Zeile 7 „Titel““), its content, and what its format says about it."""

    place: str
    content: object
    faults: list[str] = field(default_factory=list)  # why the format itself refuses it
    notes: list[str] = field(default_factory=list)  # what of it the portal does not take over


def place_of(where: str, content: dict) -> str:
    """The place with the title, as far as there is one."""
    title = content.get("title")
    return f"{where} „{shown(title)}“" if isinstance(title, str) and title else where
