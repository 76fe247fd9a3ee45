"""Makes PDFs, in a process of its own: ``renderer.py <number of a socket> <files as JSON>``.

A program, not a module of the portal: it knows neither Django nor the database. It imports WeasyPrint, makes one
small document, so that style sheet, fonts and libraries are warm, and then forks a child for every connection that
arrives on the socket. The child reads a job, limits itself, writes the PDF and ends. A document that is too much
ends its child only; the asker then reads no PDF.
"""

import json
import os
import resource
import signal
import socket
import sys
import traceback

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

WARM_UP = """<!doctype html><html lang="de"><title>Probe</title><body><h1>Probe</h1><p><strong>ä</strong> <em>ß</em></p>
<table><thead><tr><th scope="col">T</th></tr></thead><tbody><tr><td>V</td></tr></tbody></table></body></html>"""


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


class Press:
    """Fonts and style sheet, loaded once; ``print`` makes a document with them."""

    def __init__(self, files: dict) -> None:
        self.fetcher = ClosedFetcher(files["fonts"])
        self.fonts = FontConfiguration()
        self.style_sheets = [self.load(path) for path in files["style_sheets"]]

    def load(self, path: str) -> CSS:
        with open(path, encoding="utf-8") as file:
            return CSS(string=file.read(), url_fetcher=self.fetcher, font_config=self.fonts)

    def print(self, html: str) -> bytes:
        """Return the HTML as PDF/UA-1."""
        document = HTML(string=html, base_url="portal:document", url_fetcher=self.fetcher)
        return document.write_pdf(stylesheets=self.style_sheets, font_config=self.fonts, pdf_variant="pdf/ua-1")


def limit(job: dict) -> None:
    """Give this process the limits of the job; beyond them the kernel ends it or Python raises MemoryError."""
    os.nice(2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (job["cpu_seconds"], job["cpu_seconds"]))
    resource.setrlimit(resource.RLIMIT_AS, (job["memory_bytes"], job["memory_bytes"]))
    signal.alarm(job["wall_seconds"])


def work(connection: socket.socket, press: Press) -> None:
    """Do the one job that arrives on the connection, and end this process without cleaning up for the parent."""
    try:
        with connection.makefile("rb") as stream:
            job = json.load(stream)
        limit(job)
        connection.sendall(press.print(job["html"]))
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def serve(control: socket.socket, press: Press) -> None:
    """Fork a child for every connection, until the asking process is gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the children
    while True:
        message, descriptors, _flags, _address = socket.recv_fds(control, 1, 1)
        if not message:
            return
        with socket.socket(fileno=descriptors[0]) as connection:
            if os.fork() == 0:
                control.close()
                work(connection, press)


if __name__ == "__main__":
    warm_press = Press(json.loads(sys.argv[2]))
    warm_press.print(WARM_UP)
    serve(socket.socket(fileno=int(sys.argv[1])), warm_press)
