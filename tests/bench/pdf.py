"""What a PDF costs beside plain WeasyPrint on the same HTML: ``python -m tests.bench.pdf``, in seconds of CPU.

Cold is a new process with its first document, warm a process that has made one: there each is made several times, in
turn; the least of the seconds counts, and how ours stand to the others in the middle of the rounds. The document is a
report of ten sections, with list, table and link in each.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import process_time

ROUNDS = 15
TEXT = (
    "Die Arbeitsgruppe begleitet aktiv, wie sich die Arbeit in der Region verändert, und sagt, was daraus folgt. " * 4
)
SECTION = (
    f"<section><h2>{{number}}. Abschnitt</h2><p>{TEXT}</p><p>Mehr im <a href='https://example.org/'>Programm</a>.</p>"
    f"<ol><li><strong>Erstens:</strong> {TEXT}</li><li>Zweitens: {TEXT}<ul><li>darin</li></ul></li></ol>"
    "<table><thead><tr><th scope='col'>Schritt</th><th scope='col'>Termin</th></tr></thead><tbody>"
    + "<tr><th scope='row'>Rückmeldungen sammeln</th><td>12.07.2021</td></tr>" * 8
    + "</tbody></table></section>"
)
KINDS = {"plain": "WeasyPrint", "tagged": "WeasyPrint, PDF/UA-1", "ours": "Portal, PDF/UA-1 und PDF/A-3a"}
PROGRAM = "import sys; from tests.bench.pdf import make; make(sys.argv[1], *open(sys.argv[2]).read().split('\\0'))"


def main() -> None:
    """Print what the three ways cost, cold and warm, and what ours costs beside the others."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    html, files = report(), files_of_the_press()
    cold = {kind: cold_seconds(kind, html, files) for kind in KINDS}
    warm = warm_seconds(html, files)
    print("PDF eines Reports mit zehn Abschnitten, Sekunden CPU")
    for kind, name in KINDS.items():
        times = median(ours / other for ours, other in zip(warm["ours"], warm[kind], strict=True))
        print(f"  {name:32} kalt {cold[kind]:.2f}  warm {min(warm[kind]):.3f}", end="")
        print("" if kind == "ours" else f"  Portal dazu warm: {times:.2f}-mal")


def report() -> str:
    from django.template import Context, Template

    body = "".join(SECTION.format(number=number) for number in range(1, 11))
    source = f"{{% extends 'pdf/base.html' %}}{{% block content %}}<h1>Report</h1>{body}{{% endblock %}}"
    return Template(source).render(Context())


def files_of_the_press() -> dict:
    from ogl_portal.lib.pdf import assets

    fonts = {url: str(path) for url, path in assets.fonts().items()}
    return {"style_sheets": [str(path) for path in assets.style_sheets()], "fonts": fonts}


def way(kind: str, files: dict):
    """The function that makes a PDF in one of the ways, with fonts and style sheets loaded."""
    from weasyprint import HTML

    from ogl_portal.lib.pdf.renderer.press import Press

    press = Press(files)
    options = {"pdf_variant": "pdf/ua-1"} if kind == "tagged" else {}

    def plain(html: str) -> bytes:
        document = HTML(string=html, base_url="portal:document", url_fetcher=press.fetcher)
        return document.write_pdf(stylesheets=press.style_sheets, font_config=press.fonts, **options)

    return press.print if kind == "ours" else plain


def make(kind: str, html: str, files: str) -> None:
    """Make one document in one of the ways; all that a new process does."""
    way(kind, json.loads(files))(html)


def cold_seconds(kind: str, html: str, files: dict) -> float:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as job:
        job.write(f"{html}\0{json.dumps(files)}")
        job.flush()
        before = children_seconds()
        folder = Path(__file__).resolve().parent.parent.parent
        subprocess.run([sys.executable, "-c", PROGRAM, kind, job.name], check=True, cwd=folder)
        return children_seconds() - before


def children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def warm_seconds(html: str, files: dict) -> dict[str, list[float]]:
    """The seconds of each way in each round; one round before makes them warm."""
    ways = {kind: way(kind, files) for kind in KINDS}
    seconds = {kind: [] for kind in KINDS}
    for _ in range(ROUNDS + 1):
        for kind, make_pdf in ways.items():
            began = process_time()
            make_pdf(html)
            seconds[kind].append(process_time() - began)
    return {kind: each[1:] for kind, each in seconds.items()}


if __name__ == "__main__":
    main()
