"""What the documents name exists: tests, files of the project, and pages of their own."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)")
FILE = re.compile(
    r"`((?:actions|deploy|docs|knowledgebase|ogl_portal|sessions_app|static|surveys|templates|tests)/[\w./-]+)`"
)
LINK = re.compile(r"\]\(([\w./-]+?)(?:#[^)]*)?\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_tests_files_and_pages_that_a_document_names_exist(document):
    text = document.read_text()
    sources = {path: (ROOT / path).read_text() for path, _ in TEST.findall(text)}
    assert [f"{path}::{name}" for path, name in TEST.findall(text) if f"def {name}(" not in sources[path]] == []
    assert [path for path in FILE.findall(text) if not (ROOT / path).exists()] == []
    assert [path for path in LINK.findall(text) if not (document.parent / path).exists()] == []
