"""How long a worker needs to start, how much memory it takes, what a first visit loads, and who waits for a PDF."""

import gzip
import os
import re
import subprocess
import sys
import threading
import time
from io import StringIO
from pathlib import Path
from statistics import median, quantiles

from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

from ogl_portal.lib import pdf
from sessions_app.models import Report

from .pdf import report as ten_sections
from .workers import ask, portal_and_floor

ROUNDS = 5
LOADED = re.compile(r'<(?:link[^>]*rel="(?:stylesheet|icon|preload)"[^>]*href|script[^>]*src)="/static/([^"?]+)')
FONT = re.compile(r"url\(\"?\.\./fonts/([\w-]+\.woff2)")
START = "import time; began = time.process_time(); import ogl_portal.wsgi, sys; print(time.process_time() - began)"


def measure(database: str) -> None:
    """Print what does not hang on a single page."""
    call_command("demo", force=True, stdout=StringIO())
    print(f"{database}: ein Prozess des Portals")
    print(f"  Start, CPU {median(start_seconds() for _ in range(ROUNDS)):.2f} s (Ziel 1,0)")
    first_visit()
    report = Report.objects.released().get()
    with portal_and_floor() as (portal, _):
        for address in ["/", "/termine/", "/massnahmen/", "/wissensdatenbank/", report.get_absolute_url()] * 20:
            ask(portal, "GET", address)
        print(f"  Speicher eines Arbeiters {memory(portal):.0f} MB (Ziel 150)")
        at_rest = waiting(portal, threading.Event(), 400)
        meanwhile = while_a_pdf_is_made(portal)
    print(f"  p99 einer Seite {at_rest:.0f} ms, während ein PDF entsteht {meanwhile:.0f} ms (Ziel: das Doppelte)")


def start_seconds() -> float:
    done = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True, env=os.environ)
    return float(done.stdout)


def first_visit() -> None:
    """Print what the start page makes a browser load, packed as it travels."""
    page = Client().get("/").content.decode()
    names = sorted(set(LOADED.findall(page)))
    fonts = [f"fonts/{name}" for each in names if each.endswith(".css") for name in FONT.findall(text_of(each))]
    if "<em" not in page:
        fonts = [name for name in fonts if "Italic" not in name]  # a browser fetches a font once a letter needs it
    files = [Path(finders.find(name)).read_bytes() for name in [*names, *sorted(set(fonts))]]
    size = sum(len(gzip.compress(each)) for each in [page.encode(), *files]) / 1024
    elements = len(re.findall(r"<[a-z]", page))
    requests = 1 + len(files)
    print(f"  Erster Besuch {size:.0f} KB (Ziel 100), {requests} Anfragen (Ziel 8), {elements} Elemente (Ziel 1500)")


def text_of(name: str) -> str:
    return Path(finders.find(name)).read_text(encoding="utf-8")


def memory(server) -> float:
    """Resident memory of the largest worker in MB (proc(5), status)."""
    master = server.process.pid
    workers = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii").split()
    sizes = [re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{each}/status").read_text(encoding="utf-8")) for each in workers]
    return max(int(each[1]) for each in sizes) / 1024


def waiting(server, done: threading.Event, most: int) -> float:
    """The 99th percentile of how long the page of help takes, in ms, until ``done`` or so many times."""
    times = []
    while len(times) < most and not done.is_set():
        began = time.perf_counter()
        ask(server, "GET", "/hilfe/")
        times.append((time.perf_counter() - began) * 1000)
    return quantiles(times, n=100)[98]


def while_a_pdf_is_made(server) -> float:
    """The same while the renderer, which is a process of its own, makes a report of ten sections over and over."""
    done, html = threading.Event(), ten_sections()

    def render() -> None:
        while not done.is_set():
            pdf.from_html(html)

    renderer = threading.Thread(target=render)
    renderer.start()
    try:
        return waiting(server, done, 400)
    finally:
        done.set()
        renderer.join()
