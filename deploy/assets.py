"""Build ``build/assets`` from the npm packages: KERN's style sheet and small subsets of its font.

Run by deploy/setup.py with the Python of the virtual environment (it needs fonttools). A second run finds
everything up to date and only compares a fingerprint. Pages and PDFs use the same font files.
"""

import logging
import sys
from hashlib import sha256
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
KERN = ROOT / "node_modules" / "@kern-ux" / "native" / "dist"
ASSETS = ROOT / "build" / "assets"
FINGERPRINT = ROOT / "build" / "assets.fingerprint"

FONTS = {
    "FiraSans-Regular": "font-weight:400;font-style:normal",
    "FiraSans-Italic": "font-weight:400;font-style:italic",
    "FiraSans-SemiBold": "font-weight:600 700;font-style:normal",
}
# Letters of the languages around us, German quotation marks and dashes, arrows, mathematical signs.
CHARACTERS = [
    "20-7E A0-17F 2010-2015 2018-201F 2022 2026 202F 2030 2032-2033 2039-203A 20AC 2122",
    "2190-2193 2212 2248 2260 2264-2265",
]
FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "lnum", "tnum"]
LICENCE_NAMES = [13, 14]
"""Where a font says its licence (OpenType, name table): the OFL asks that every copy does."""
NOTICE = "/*! KERN UX (@kern-ux/native), EUPL-1.2, vorangestellt die Schriften: Fira Sans, OFL-1.1 */"


def main() -> None:
    """Build what is missing or out of date."""
    fingerprint = current_fingerprint()
    if FINGERPRINT.exists() and FINGERPRINT.read_text() == fingerprint and all(path.exists() for path in results()):
        return
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it remarks on old version numbers inside Fira Sans
    for path in results():
        path.parent.mkdir(parents=True, exist_ok=True)
    for name in FONTS:
        build_font(name)
    build_style_sheet()
    FINGERPRINT.write_text(fingerprint)


def results() -> list[Path]:
    """The files that a build leaves behind."""
    return [ASSETS / "kern" / "kern.css", *(ASSETS / "fonts" / f"{name}.woff2" for name in FONTS)]


def sources() -> list[Path]:
    """The files of the npm package that a build reads."""
    return [KERN / "kern.min.css", *(KERN / "fonts" / "fira-sans" / f"{name}.woff2" for name in FONTS)]


def current_fingerprint() -> str:
    """A hash over this program and all that it reads."""
    missing = [str(path.relative_to(ROOT)) for path in sources() if not path.exists()]
    if missing:
        sys.exit(f"Es fehlen Dateien von KERN ({', '.join(missing)}). Bitte zuerst `npm ci` ausführen.")
    digest = sha256()
    for path in [Path(__file__), *sources()]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def build_font(name: str) -> None:
    """Write the subset of one style as WOFF2."""
    options = subset.Options(flavor="woff2", layout_features=FEATURES, desubroutinize=True, hinting=False)
    options.drop_tables += ["DSIG"]
    options.name_IDs += LICENCE_NAMES
    font = subset.load_font(KERN / "fonts" / "fira-sans" / f"{name}.woff2", options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(" ".join(CHARACTERS)))
    subsetter.subset(font)
    subset.save_font(font, ASSETS / "fonts" / f"{name}.woff2", options)


def build_style_sheet() -> None:
    """Write KERN's style sheet, led by its licence and the font faces, whose relative addresses suit hashed names."""
    css = (KERN / "kern.min.css").read_text("utf-8-sig").removeprefix('@charset "UTF-8";')
    face = '@font-face{{font-family:"Fira Sans";{};font-display:swap;src:url("../fonts/{}.woff2") format("woff2")}}'
    faces = "".join(face.format(style, name) for name, style in FONTS.items())
    (ASSETS / "kern" / "kern.css").write_text(f'@charset "UTF-8";{NOTICE}{faces}{css}', "utf-8")


if __name__ == "__main__":
    main()
