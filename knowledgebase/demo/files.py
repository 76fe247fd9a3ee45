"""The files of the demo's solutions, made when they are loaded: small, real, and plainly exemplary."""

import zipfile
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from ogl_portal.lib import pdf

CHECKLIST = [
    "Die zuständige Stelle hat gesagt, welche Form sie anerkennt.",
    "Die Vereinbarung zur Auftragsverarbeitung ist unterschrieben.",
    "Ein Probevertrag läuft ohne Rückfrage durch.",
    "Zwei Auszubildende haben ohne Hilfe zugestimmt.",
    "Der Weg auf Papier ist beschrieben.",
]
LETTER = [
    "Guten Tag,",
    "dies ist ein Muster zum Anpassen. Bitte ersetzen Sie, was in eckigen Klammern steht.",
    "Ab [Tag] nutzen wir dafür einen digitalen Weg. Sie brauchen nichts zu installieren: Sie bekommen einen Link, "
    "lesen in Ruhe und bestätigen mit einem Klick. Auf Papier geht es weiterhin; sagen Sie uns einfach Bescheid.",
    "Fragen beantwortet [Name] unter [Telefon].",
    "Freundliche Grüße",
]
STATES = [("Angaben vollständig", True), ("Zustimmung liegt vor", True), ("bei der Kammer in Prüfung", True),
          ("eingetragen", False)]  # fmt: skip
ODT = "application/vnd.oasis.opendocument.text"
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
CONTENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:text>'
    "{}</office:text></office:body></office:document-content>"
)


def make(kind: str, title: str) -> tuple[str, bytes]:
    """Return the name and the bytes of a file: checklist (PDF), letter (ODT) or screenshot (PNG)."""
    return MAKERS[kind](title)


def checklist(title: str) -> tuple[str, bytes]:
    return "pruefliste.pdf", pdf.render("knowledgebase/demo_checklist.html", {"title": title, "points": CHECKLIST})


def letter(title: str) -> tuple[str, bytes]:
    """An ODT of the least that a word processor opens (ODF 1.2 part 3: the mimetype first, and not packed)."""
    paragraphs = "".join(f"<text:p>{text}</text:p>" for text in [f"Beispiel: {title}", *LETTER])
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODT, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", CONTENT.format(paragraphs))
    return "anschreiben.odt", stream.getvalue()


def screenshot(title: str) -> tuple[str, bytes]:
    """What the state of a contract might look like, as a picture."""
    picture = Image.new("RGB", (720, 400), "#ffffff")
    draw, large, small = ImageDraw.Draw(picture), ImageFont.load_default(30), ImageFont.load_default(22)
    draw.rectangle((0, 0, 720, 70), fill="#1b3a91")
    draw.text((30, 18), "Ausbildungsvertrag (Beispiel)", fill="#ffffff", font=large)
    for row, (text, is_done) in enumerate(STATES):
        top = 110 + 65 * row
        draw.ellipse((30, top, 60, top + 30), fill="#2044aa" if is_done else "#ffffff", outline="#2044aa", width=3)
        draw.text((85, top), text, fill="#131525", font=small)
    stream = BytesIO()
    picture.save(stream, "PNG")
    return "stand.png", stream.getvalue()


MAKERS = {"checklist": checklist, "letter": letter, "screenshot": screenshot}
