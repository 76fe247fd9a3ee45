"""What an archive says of itself: what is in it, of which release and moment."""

import json
import tomllib
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cached_property

from django.conf import settings

FORMAT = 1
"""Raised when older programs could no longer read an archive."""


@dataclass(frozen=True)
class Member:
    """Size in bytes and SHA-256 of what a member holds, unpacked."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Table:
    """The rows of one model: the columns in which each is written, and how many there are."""

    columns: list[str]
    rows: int
    member: Member


@dataclass(frozen=True)
class Manifest:
    """Everything about an archive; models are named „app.model“, files as the storage names them."""

    created: datetime  # aware: everything acknowledged before is in it
    portal: str  # version
    database: str  # what it was taken from, „sqlite“ or „postgresql“
    migrations: list[tuple[str, str]]  # applied ones, app and name
    tables: dict[str, Table] = field(default_factory=dict)
    files: dict[str, Member] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)  # files that rows name and the storage had lost already

    @cached_property
    def members(self) -> dict[str, Member]:
        """What the archive has to hold beside the manifest, by name."""
        tables = {table_member(label): table.member for label, table in self.tables.items()}
        return tables | {file_member(name): member for name, member in self.files.items()}

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def to_json(self) -> bytes:
        facts = asdict(self) | {"created": self.created.isoformat()}
        return json.dumps({"format": FORMAT} | facts, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        """Raises KeyError, TypeError or ValueError where it is not one of this format."""
        facts = json.loads(text)
        if facts.pop("format") != FORMAT:
            raise ValueError("another format")
        tables = {
            label: Table(table["columns"], table["rows"], Member(**table["member"]))
            for label, table in facts.pop("tables").items()
        }
        files = {name: Member(**member) for name, member in facts.pop("files").items()}
        migrations = [(app, name) for app, name in facts.pop("migrations")]
        created = datetime.fromisoformat(facts.pop("created"))
        return cls(created=created, migrations=migrations, tables=tables, files=files, **facts)


def table_member(label: str) -> str:
    return f"tables/{label}.jsonl"


def file_member(name: str) -> str:
    return f"files/{name}"


def portal_version() -> str:
    """The version of the program that runs."""
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))["project"]["version"]
