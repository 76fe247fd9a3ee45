"""Uploads (security.md, Input): hostile files and hostile names, through every form that takes a file.

The forms are those with a file field on the pages of the access matrix and of the admin. Also of this class:
tests/lib/test_uploads.py (what is recognised and refused), tests/surveys/test_uploads.py, tests/sessions_app/
test_materials.py and test_annexes.py, tests/directory/test_admin.py (logos), tests/knowledgebase/test_bundle.py.
"""

import re
import zipfile
from io import BytesIO
from random import Random
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse
from hypothesis import settings
from PIL import Image

from ogl_portal.lib import pdf, uploads
from ogl_portal.lib.text import has_forbidden_characters
from sessions_app.models import Report
from tests.cast import undone
from tests.lib.test_uploads import DOCX, PDF, damaged_odt, huge_png, picture

from .page_forms import APPS, filled, forms_of, pages_of, shown

pytestmark = pytest.mark.deep

NAMES = [
    'a"b\r\nX-Evil: 1.png', "\u202egnp.exe", "x" * 300 + ".png", "../../etc/passwd", "<script>alert(1)</script>.png",
    "vor\x00nach.png", "🙂.png", "a\\b;c=d.png", ".png", "%0d%0aSet-Cookie: x=1.png",
]  # fmt: skip
REFUSED = [
    b"\x89PNG\r\n\x1a\n<html><script>alert(1)</script>", b"GIF89a<script>alert(1)</script>", huge_png(),
    damaged_odt(zipfile.ZIP_DEFLATED), b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    b"%PDF-1.7 <html>",
    b"RIFF\x00\x00\x00\x00WEBPVP8X<html>", b"\xff\xd8\xff<?php",
]  # fmt: skip
IMPORT = "/admin/surveys/questionnaire/einlesen/"
PLACES = 7
"""Answers, two ways to a solution, materials, annexes and logos; and a questionnaire as JSON, which is not kept."""
STORED = [model for model in apps.get_models() if {"file", "sha256"} <= {field.name for field in model._meta.fields}]


def some(things: list, count: int, place: int) -> list[tuple]:
    """With their numbers: all of them in the deep profile, else a few, others at every place."""
    numbered = list(enumerate(things))
    start = place * count % len(things)
    return numbered if settings.default.max_examples > 50 else (numbered + numbered)[start : start + count]


MAY_TAKE = re.compile("/change/|/eintrag/|/abschnitt/|/vorschlagen/|/einlesen/")


class NamedFile(BytesIO):
    """A file whose name goes over the line as it is."""

    def __init__(self, name: str, content: bytes) -> None:
        super().__init__(content)
        self.name = name


def places(people, world):
    """Each form that takes files, once: who sends it, where to, its fields, and which of them takes the file."""
    known = set()
    draft = Report.objects.get(slug=world["report-draft"]["slug"])
    paths = [(reverse("admin:sessions_app_report_change", args=[draft.pk]), ["lead"])]
    for path, roles in [*paths, *(page for app in APPS for page in pages_of(app, world) if MAY_TAKE.search(page[0]))]:
        with undone(people[roles[0]]):
            found = list(forms_of(people[roles[0]], path))
        for form in found:
            name = next((name for name in filled(form) if name.endswith(("file", "files"))), None)
            if name and (resolve(urlsplit(form.action).path).view_name, name) not in known:
                known.add((resolve(urlsplit(form.action).path).view_name, name))
                yield people[roles[0]], form.action.removeprefix("http://testserver"), with_a_row(form, name), name


def with_a_row(form, name: str) -> dict:
    """The form as it came, with all that belongs to the file filled in, and its row counted."""
    prefix = name.removesuffix("file")
    fields = {each: values for each, values in shown(form).items() if "__prefix__" not in each and any(values)}
    fields |= {each: values for each, values in filled(form).items() if prefix and each.startswith(prefix)}
    total = f"{prefix.partition('-')[0]}-TOTAL_FORMS"
    return fields | ({total: ["1"]} if fields.get(total) == ["0"] else {})


def stored() -> dict[tuple, object]:
    return {(model, row.pk): row for model in STORED for row in model._base_manager.all()}


def rows_after(place, name: str, content: bytes) -> tuple[object, list]:
    """Send a form with a file; the answer, and the rows that have a file since."""
    actor, path, fields, file_field = place
    before = stored()
    fields = {each: values for each, values in fields.items() if each != file_field}
    response = actor.client.post(path, fields | {file_field: [NamedFile(name, content)]})
    return response, [
        row for key, row in stored().items() if before.get(key) is None or before[key].sha256 != row.sha256
    ]


@pytest.fixture
def quick_documents(monkeypatch):
    monkeypatch.setattr(pdf, "render", lambda template, context, **options: b"%PDF-1.7")


def test_file_with_hostile_name_or_content_in_every_form(quick_documents, lasting_people, lasting_world):
    taken = {}
    for place in places(lasting_people, lasting_world):
        key = (place[1], place[3])
        taken[key] = 0
        for number, name in some(NAMES, 4, len(taken)):
            with undone(place[0]):
                response, rows = rows_after(place, name, picture("PNG", (4, 3 + number)))
                assert response.status_code < 500, (key, name)
                taken[key] += len(rows)
                for row in rows:
                    assert_harmless(row, place[0])
        for number, content in some(REFUSED, 2, len(taken)):
            with undone(place[0]):
                response, rows = rows_after(place, "ablauf.png", content)
                assert response.status_code < 500 and rows == [], (key, number)
    assert {place: count for place, count in taken.items() if count < 4} == {(IMPORT, "file"): 0}
    assert len(taken) == PLACES


def assert_harmless(row, actor) -> None:
    """The name is text in one line with the ending of the content; whoever may have the file gets it to save it."""
    assert row.name.endswith(".png") and len(row.name) <= uploads.MAX_NAME + 5
    assert not has_forbidden_characters(row.name) and len(row.name.splitlines()) == 1
    response = actor.client.get(row.get_absolute_url()) if hasattr(row, "get_absolute_url") else None
    if response is not None and response.status_code == 200:
        assert "sandbox" in response["Content-Security-Policy"] and response["X-Content-Type-Options"] == "nosniff"
        assert "X-Evil" not in response and "Set-Cookie" not in response
        assert response["Content-Type"] in {"application/octet-stream", "image/png"}


def check(content: bytes) -> uploads.CheckedFile:
    return uploads.check(SimpleUploadedFile("a", content))


def test_picture_that_is_something_else_too_is_the_picture_alone():
    for format in ["PNG", "JPEG", "WEBP"]:
        for rider in [DOCX, PDF, b"<html><script>alert(1)</script>", b"PK\x05\x06" + b"\x00" * 18]:
            checked = check(picture(format) + rider)
            assert rider not in checked.content and checked.content_type.startswith("image/")


def test_moving_picture_stands_still():
    frames, stream = [Image.new("RGB", (4, 3), colour) for colour in ["navy", "red", "white"]], BytesIO()
    frames[0].save(stream, "WEBP", save_all=True, append_images=frames[1:])
    assert getattr(Image.open(BytesIO(check(stream.getvalue()).content)), "n_frames", 1) == 1


def test_bomb_in_a_document_is_never_unpacked():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        with archive.open("word/document.xml", "w") as member:
            for _ in range(64):
                member.write(bytes(1 << 20))
    assert check(stream.getvalue()).content == stream.getvalue()  # as it came: nobody here looks inside


@pytest.mark.hypothesis  # as many cases as its profile says
def test_damaged_file_is_refused_in_words_or_taken():
    chance, formats = Random(1), [picture("PNG"), picture("JPEG"), picture("WEBP"), DOCX, PDF, damaged_odt(14)]
    for number in range(settings.default.max_examples * 8):
        content = bytearray(formats[number % len(formats)])
        for _ in range(chance.randint(1, 4)):
            content[chance.randrange(4, len(content))] = chance.randrange(256)
        try:
            assert check(bytes(content)).content_type in uploads.SUFFIXES
        except uploads.UploadRefused as refusal:
            assert str(refusal).startswith("„a“ ")
