"""Why entries of a file are refused before anything is written."""

from collections import Counter, defaultdict

from ogl_portal.lib.text import plain

from .. import interchange
from ..interchange.checking import shown
from ..models import Solution
from .bundle import Bundle
from .entries import Entry
from .vocabulary import missing_words

UNIQUE = {"uuid": "Die Kennung", "title": "Der Titel", "slug": "Die Adresse"}


def faults_of(entries: list[Entry], files: Bundle | None = None) -> list[list[str]]:
    """The faults of each entry, in German; an empty list where it may come in. ``files`` came along with them."""
    own = [entry.faults or interchange.check(entry.content) for entry in entries]
    sound = [entry.content for entry, faults in zip(entries, own, strict=True) if not faults]
    counts = {name: Counter(plain(content[name]) for content in sound if name in content) for name in UNIQUE}
    stored = stored_names(sound)
    for entry, faults in zip(entries, own, strict=True):
        if not faults:
            faults += [*repeated(entry.content, counts), *clashes(entry.content, stored), *missing_words(entry.content)]
            faults += files.faults_of(entry.content) if files else []
    return own


def repeated(content: dict, counts: dict[str, Counter]) -> list[str]:
    """What must be unique and stands in the file more than once."""
    twice = [name for name in UNIQUE if name in content and counts[name][plain(content[name])] > 1]
    return [f"{UNIQUE[name]} „{shown(content[name])}“ steht mehrmals in der Datei." for name in twice]


def stored_names(contents: list[dict]) -> dict[str, dict[str, set[str]]]:
    """Which solutions have a title or an address that the file names: uuids by text, for each of the two."""
    found = {"title": defaultdict(set), "slug": defaultdict(set)}
    for name in found:
        wanted = [plain(content[name]) for content in contents if name in content]
        for text, uuid in Solution.objects.filter(**{f"{name}__in": wanted}).values_list(name, "uuid"):
            found[name][text].add(str(uuid))
    return found | {"uuid": {str(uuid): {str(uuid)} for uuid in Solution.objects.values_list("uuid", flat=True)}}


def clashes(content: dict, stored: dict[str, dict[str, set[str]]]) -> list[str]:
    """What another solution has already; and a new one without a title."""
    uuid = content.get("uuid")
    is_known = uuid in stored["uuid"]
    names = ["title"] if is_known else ["title", "slug"]
    owners = {name: stored[name].get(plain(content[name]), set()) for name in names if name in content}
    taken = {name: min(uuids) for name, uuids in owners.items() if uuids and uuid not in uuids}
    faults = [f"{UNIQUE[name]} „{shown(content[name])}“ gehört schon zu einer anderen Lösung. Soll die Datei sie "
              f"ändern, muss ihre Kennung darin stehen: {owner}." for name, owner in taken.items()]  # fmt: skip
    return faults if is_known or "title" in content else [*faults, "Der Titel (title) fehlt."]


def plain_values(value):
    """The document with its texts as forms would have stored them: line ends of Unix, NFC."""
    if isinstance(value, dict):
        return {name: plain_values(each) for name, each in value.items()}
    if isinstance(value, list):
        return [plain_values(each) for each in value]
    return plain(value) if isinstance(value, str) else value
