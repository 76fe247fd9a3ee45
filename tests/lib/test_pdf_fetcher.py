"""Nothing that a document names is fetched: not from the network, not from the disk, not by redirect."""

import base64
import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pikepdf
import pytest
from django.conf import settings

from ogl_portal.lib import pdf
from ogl_portal.lib.pdf.renderer.press import ClosedFetcher

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

HEAD = {
    "link stylesheet": "<link rel='stylesheet' href='{}'>",
    "link alternate": "<link rel='alternate stylesheet' title='x' href='{}'>",
    "link attachment": "<link rel='attachment' href='{}'>",
    "link icon": "<link rel='icon' href='{}'>",
    "style import": "<style>@import url('{}');</style>",
    "style import string": "<style>@import '{}';</style>",
    "style background": "<style>h1 {{ background: url('{}') }}</style>",
    "style list": "<style>ul {{ list-style-image: url('{}') }}</style>",
    "style content": "<style>h1::before {{ content: url('{}') }}</style>",
    "style border": "<style>h1 {{ border: 2px solid; border-image-source: url('{}') }}</style>",
    "style font": "<style>@font-face {{ font-family: X; src: url('{}') }} h1 {{ font-family: X }}</style>",
    "style page": "<style>@page {{ background: url('{}') }}</style>",
    "style mask": "<style>h1 {{ mask-image: url('{}'); clip-path: url('{}#x') }}</style>",
    "base": "<base href='{}'>",
    "refresh": "<meta http-equiv='refresh' content='0;url={}'>",
}
BODY = {
    "img": "<img alt='x' src='{}'>",
    "img srcset": "<img alt='x' srcset='{} 2x' src='{}'>",
    "picture": "<picture><source srcset='{}'><img alt='x' src='{}'></picture>",
    "object": "<object data='{}'>x</object>",
    "embed": "<embed src='{}'>",
    "iframe": "<iframe src='{}'></iframe>",
    "input image": "<input type='image' alt='x' src='{}'>",
    "video poster": "<video poster='{}' src='{}'></video>",
    "audio": "<audio src='{}'></audio>",
    "attachment link": "<a rel='attachment' href='{}'>x</a>",
    "inline style": "<p style=\"background: url('{}')\">x</p>",
    "svg image": "<svg width='9' height='9'><title>x</title><image href='{}' width='9' height='9'/></svg>",
    "svg xlink": "<svg width='9' height='9'><title>x</title><image xlink:href='{}' width='9' height='9'/></svg>",
    "svg use": "<svg width='9' height='9'><title>x</title><use href='{}#x'/></svg>",
    "svg style": "<svg width='9' height='9'><title>x</title><style>@import '{}';</style><rect width='9'/></svg>",
    "svg fill": "<svg width='9' height='9'><title>x</title><rect fill=\"url('{}#x')\" width='9' height='9'/></svg>",
    "body background": "<table background='{}'><tr><td>x</td></tr></table>",
    "script": "<script src='{}'></script>",
}
VECTORS = HEAD | BODY


class Asked(BaseHTTPRequestHandler):
    """Answers everything with a picture and remembers what was asked for."""

    paths: list[str] = []

    def do_GET(self):
        self.paths.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(PIXEL)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def address():
    """The address of a server on this machine that would notice a request."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def filled(vectors: dict[str, str], url: str) -> str:
    """The vectors, each with an address of its own."""
    return "".join(
        text.replace("{{", "{").replace("}}", "}").replace("{}", f"{url}/{name.replace(' ', '-')}")
        for name, text in vectors.items()
    )


def document(url: str, head: dict = HEAD, body: dict = BODY) -> str:
    title = f"<title>x</title>{filled(head, url)}"
    content = f"<h1>x</h1><ul><li>x</li></ul>{filled(body, url)}"
    return f"<!doctype html><html lang='de'><head>{title}</head><body>{content}</body></html>"


@pytest.fixture(scope="module")
def fetched(address):
    """What was asked for while the document with all vectors was made."""
    Asked.paths.clear()
    assert pdf.from_html(document(address)).startswith(b"%PDF-")
    return list(Asked.paths)


@pytest.mark.parametrize("name", VECTORS)
def test_address_in_a_document_is_never_asked_for(name, fetched):
    assert not [path for path in fetched if name.replace(" ", "-") in path]


def test_documents_with_addresses_ask_for_nothing_at_all(fetched):
    assert fetched == []


def test_address_that_weasyprint_insists_on_ends_the_document_and_nothing_else(address):
    Asked.paths.clear()
    profile = {"profile": "<style>@color-profile --x { src: url('{}') }</style>"}
    with pytest.raises(pdf.RenderError):
        pdf.from_html(document(address, head=profile))
    assert Asked.paths == []


def test_file_in_a_document_is_never_read(tmp_path):
    for name in VECTORS:
        (tmp_path / name.replace(" ", "-")).write_bytes(PIXEL)
    with pikepdf.open(io.BytesIO(pdf.from_html(document(f"file://{tmp_path}")))) as opened:
        assert "/EmbeddedFiles" not in opened.Root.get("/Names", {})
        assert not [name for page in opened.pages for name in page.get_images()]


REFUSED = [
    "", "file:///etc/passwd", "FILE:///etc/passwd", "/etc/passwd", "http://127.0.0.1/", "https://example.org/",
    "ftp://example.org/", "//example.org/", "data:text/css,h1{}", "portal:", "portal:fonts/../settings.py",
    "portal:fonts/FiraSans-Regular.woff2?x",
]  # fmt: skip


@pytest.mark.parametrize("url", REFUSED)
def test_fetcher_refuses_every_address_but_ours(url):
    with pytest.raises(ValueError, match="gehört nicht zum Dokument"):
        ClosedFetcher({"portal:fonts/FiraSans-Regular.woff2": "nirgends"}).fetch(url)


def test_fetcher_serves_what_is_ours():
    path = settings.BASE_DIR / "static" / "pdf" / "print.css"
    assert ClosedFetcher({"portal:x": str(path)}).fetch("portal:x").read() == path.read_bytes()
