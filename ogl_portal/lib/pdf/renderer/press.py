"""Sets documents: with our fonts, our style sheets and nothing from elsewhere."""

import gc
from contextlib import contextmanager

from weasyprint import CSS, HTML
from weasyprint.text.ffi import ffi, fontconfig, gobject, pangoft2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from .finish import Finisher
from .sheet import Sheet
from .tree import Tree

WARM_UP = """<!doctype html><html lang="de"><title>Probe</title><h1>Probe</h1><p><strong>ä b</strong>
<em>ß c</em></p>
<table><thead><tr><th scope="col">T</th></tr></thead><tbody><tr><td>V</td></tr></tbody></table></html>"""
ffi.cdef("FcConfig *FcConfigReference(FcConfig *config);")
UNPRINTABLE = "?"
"""What stands for a character that no font has."""


class ClosedFetcher(URLFetcher):
    """Serves a fixed set of files and refuses every other address, whatever its protocol (security.md, PDF)."""

    def __init__(self, files: dict[str, str]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.files = files

    def fetch(self, url, headers=None):
        """Return one of our files; raises ValueError, which WeasyPrint takes as „not there“, for all else."""
        if url not in self.files:
            raise ValueError("Diese Adresse gehört nicht zum Dokument.")
        with open(self.files[url], "rb") as file:
            return URLFetcherResponse(url, file.read(), {"Content-Type": "font/woff2"})


@contextmanager
def rare_garbage_collection():
    """Look for garbage seldom: nearly all that WeasyPrint makes is needed to the end (a tenth of its time)."""
    thresholds = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)


class Press:
    """Fonts and style sheets, loaded once; ``print`` makes a document with them.

    A font map of newer Pangos (1.56 in Debian 13) answers through a thread of its own, and a fork has no thread
    but the one that forked: its first question to an inherited map would wait for ever. So the press lets go of its
    map before a fork (``pause``), and the child takes a new one (``resume``); the loaded fonts stay.
    """

    def __init__(self, files: dict) -> None:
        self.fetcher = ClosedFetcher(files["fonts"])
        self.fonts = FontConfiguration()
        self.style_sheets = [self.load(path) for path in files["style_sheets"]]

    def load(self, path: str) -> CSS:
        with open(path, encoding="utf-8") as file:
            return CSS(string=file.read(), url_fetcher=self.fetcher, font_config=self.fonts)

    def pause(self) -> None:
        """Let go of the font map, with which its thread ends."""
        fontconfig.FcConfigReference(self.fonts._config)  # the map held the only reference to the loaded fonts
        self.fonts.font_map = None

    def resume(self) -> None:
        """Take a font map, and the thread behind it, of this process's own."""
        self.fonts.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", self.fonts.font_map), self.fonts._config)

    def print(self, html: str) -> bytes:
        """Return the HTML as PDF/UA-1 and PDF/A-3a, in which every character has a glyph."""
        with rare_garbage_collection():
            content, missing = self.set(html)
            return self.set(html.translate(dict.fromkeys(missing, UNPRINTABLE)))[0] if missing else content

    def set(self, html: str) -> tuple[bytes, set[int]]:
        """Return the HTML as PDF, and the characters for which there is no glyph."""
        document = HTML(string=html, base_url="portal:document", url_fetcher=self.fetcher).render(
            stylesheets=self.style_sheets, font_config=self.fonts, pdf_variant="pdf/a-3a"
        )
        tree = Tree()
        finisher = Finisher(tree)
        document.pages = [Sheet(page, tree) for page in document.pages]
        content = finisher.sound(document.write_pdf(pdf_variant="pdf/a-3a", finisher=finisher))
        return content, {character for font in document.fonts.values() for character in font.missing}
