"""PDFs: tagged and whole, the same for the same input, within limits, and never from elsewhere."""

import io
import json
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings

from ogl_portal.lib import pdf
from ogl_portal.lib.pdf import assets, service
from ogl_portal.lib.pdf.renderer import __main__ as child

SECTIONS = "".join(f"<h2>{number}. Abschnitt</h2><p>Text mit Umlauten: äöüß „so“.</p>" for number in range(1, 8))
TABLE = (
    "<table><caption>Schritte</caption><thead><tr><th scope='col'>T</th><th scope='col'>V</th></tr></thead><tbody>"
    + "<tr><th scope='row'>12.07.2021</th><td>alle</td></tr>" * 80
    + "</tbody></table>"
)
QUICK = service.Limits(cpu_seconds=1, wall_seconds=6)


def document(body: str) -> str:
    start = "<!doctype html><html lang='de'><head><title>Probe</title></head>"
    return f"{start}<body><h1>Probe</h1>{body}</body></html>"


@pytest.fixture(scope="module")
def opened():
    with pikepdf.open(io.BytesIO(pdf.from_html(document(SECTIONS + TABLE)))) as opened:
        yield opened


def test_pdf_has_language_title_and_tags(opened):
    assert opened.Root.Lang == "de"
    assert opened.Root.MarkInfo.Marked
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert opened.docinfo["/Title"] == "Probe"
    assert opened.Root.StructTreeRoot is not None


def test_pdf_has_a_bookmark_for_each_section(opened):
    with opened.open_outline() as outline:
        assert [item.title for item in outline.root] == [f"{number}. Abschnitt" for number in range(1, 8)]


def test_pdf_with_long_table_repeats_its_head_and_numbers_its_pages():
    text = text_of(pdf.from_html(document(TABLE)))
    pages = text.rstrip("\f").split("\f")
    assert len(pages) > 2
    for number, page_text in enumerate(pages, start=1):
        assert f"Seite {number} von {len(pages)}" in page_text
        assert "T" in page_text.split()


def text_of(content: bytes) -> str:
    """The text as a reader extracts it, pages parted by form feeds (poppler)."""
    command = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


def test_pdf_embeds_our_font_only(opened):
    fonts = {str(font.BaseFont) for page in opened.pages for font in page.Resources.Font.values()}
    assert fonts
    assert all("Fira-Sans" in font for font in fonts)


def test_same_input_gives_the_same_bytes():
    assert pdf.from_html(document(SECTIONS)) == pdf.from_html(document(SECTIONS))


def test_render_a_second_time_takes_the_pdf_from_the_cache(monkeypatch):
    first = pdf.render("pdf/base.html", {})
    monkeypatch.setattr(pdf, "from_html", lambda html: pytest.fail("rendered again"))
    assert pdf.render("pdf/base.html", {}) == first


def test_render_of_one_document_by_many_at_once_makes_it_once(monkeypatch):
    made = []
    monkeypatch.setattr(pdf, "from_html", lambda html: made.append(time.sleep(0.05)) or b"%PDF-")
    with ThreadPoolExecutor(8) as pool:
        contents = list(pool.map(lambda _: pdf.render("pdf/base.html", {}), range(8)))
    assert contents == [b"%PDF-"] * 8
    assert len(made) == 1


@pytest.mark.parametrize("name", ["report.pdf", 'a"b\r\nX-Evil: 1.pdf'])
def test_respond_shows_the_pdf_under_a_harmless_name(name):
    response = pdf.respond(b"%PDF-", name)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith('inline; filename="')
    assert response["Content-Disposition"].count('"') == 2
    assert "private" in response["Cache-Control"]


BOMBS = {
    "nested tables": "<table><tr><td>" * 60 + "x" + "</td></tr></table>" * 60,
    "many pages": "<p style='break-before: page'>x</p>" * 50_000,
    "huge font": "<p style='font-size: 900000px'>Wort Wort Wort</p>" * 400,
}


@pytest.mark.parametrize("name", BOMBS)
def test_document_that_is_too_much_ends_in_a_clear_error(name):
    with pytest.raises(pdf.RenderError, match="ließ sich nicht erstellen"):
        pdf.from_html(document(BOMBS[name]), QUICK)


def test_document_beyond_the_memory_ends_in_a_clear_error():
    small = service.Limits(memory_bytes=64 * 1024 * 1024, wall_seconds=6)
    with pytest.raises(pdf.RenderError):
        pdf.from_html(document(TABLE * 5), small)


class JammedPress:
    def __init__(self):
        self.resumed = False

    def resume(self) -> None:
        self.resumed = True

    def print(self, html: str) -> bytes:
        raise ValueError(f"cannot set {html}")


def test_failed_document_leaves_its_kind_in_the_log_and_none_of_its_words(monkeypatch, capsys):
    monkeypatch.setattr(child.os, "_exit", lambda code: None)
    monkeypatch.setattr(child, "limit", lambda job: None)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.sendall(json.dumps({"html": "streng geheim"}).encode())
        ours.shutdown(socket.SHUT_WR)
        press = JammedPress()
        child.work(theirs, press)
    assert press.resumed  # what it inherited of Pango does not answer in a fork
    line = json.loads(capsys.readouterr().err)
    assert (line["level"], line["logger"], line["error"]) == ("ERROR", "renderer", "ValueError")
    assert line["where"][-1].endswith(" print") and "geheim" not in json.dumps(line)


def test_renderer_has_no_threads_that_its_forks_would_miss():
    pdf.from_html(document("<p>eins</p>"))
    assert len(list(Path(f"/proc/{service.renderer.process.pid}/task").iterdir())) == 1


def test_after_a_failure_the_next_document_is_made():
    with pytest.raises(pdf.RenderError):
        pdf.from_html(document(BOMBS["nested tables"]), QUICK)
    assert pdf.from_html(document("<p>kurz</p>")).startswith(b"%PDF-")


def test_renderer_that_died_is_started_again():
    pdf.from_html(document("<p>eins</p>"))
    service.renderer.process.kill()
    service.renderer.process.wait()
    assert pdf.from_html(document("<p>zwei</p>")).startswith(b"%PDF-")


def test_missing_font_is_a_clear_error(monkeypatch, tmp_path):
    monkeypatch.setattr(assets, "FONTS", tmp_path)
    with pytest.raises(pdf.RenderError, match="nicht vollständig eingerichtet"):
        pdf.from_html(document("<p>ohne Schrift</p>"))
    with pytest.raises(assets.MissingAssetError, match="FiraSans-Regular"):
        assets.fonts()


def test_too_many_documents_at_once_are_a_clear_error(monkeypatch):
    monkeypatch.setattr(service.slots, "acquire", lambda timeout: False)
    with pytest.raises(pdf.RenderError, match="Gerade werden mehrere"):
        pdf.from_html(document("<p>voll</p>"))


def test_web_worker_does_not_import_weasyprint():
    program = (
        "import django, sys; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns;"
        "import ogl_portal.lib.pdf; sys.exit('weasyprint' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=settings.BASE_DIR, env=environment(), check=False)
    assert done.returncode == 0


def environment() -> dict:
    return {"DJANGO_SETTINGS_MODULE": "ogl_portal.settings", "DEBUG": "1", "DATABASE_URL": "sqlite://:memory:"}


def test_only_the_renderer_imports_weasyprint():
    sources = [path for app in ["ogl_portal", "sessions_app", "surveys", "knowledgebase", "actions"]
               for path in (Path(settings.BASE_DIR) / app).rglob("*.py")]  # fmt: skip
    pattern = re.compile(r"^\s*(from|import) weasyprint", re.M)
    assert {path.parent.name for path in sources if pattern.search(path.read_text())} == {"renderer"}


def test_pdf_that_cannot_be_made_is_not_tried_again_for_a_minute(monkeypatch, time_machine):
    tried = []

    def fail(html):
        tried.append(html)
        raise pdf.RenderError("Zu groß")

    monkeypatch.setattr(pdf, "from_html", fail)
    monkeypatch.setattr(pdf, "render_to_string", lambda *_: "<p>Probe</p>")
    for seconds, count in [(0, 1), (30, 1), (61, 2)]:
        time_machine.move_to(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds), tick=False)
        with pytest.raises(pdf.RenderError, match="Zu groß"):
            pdf.render("pdf/base.html", {})
        assert len(tried) == count
