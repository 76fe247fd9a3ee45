"""Files that people send: recognised by what they contain, never by what they are called (security.md, input)."""

import warnings
import zipfile
import zlib
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from lzma import LZMAError

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from PIL import Image, ImageOps, UnidentifiedImageError

from .text import plain

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_NAME = 120
PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
WEBP = "image/webp"
ODT = "application/vnd.oasis.opendocument.text"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUFFIXES = {PDF: ".pdf", PNG: ".png", JPEG: ".jpg", WEBP: ".webp", ODT: ".odt", DOCX: ".docx"}
PICTURES = {PNG: "PNG", JPEG: "JPEG", WEBP: "WEBP"}
"""What Pillow calls the kinds of pictures."""
ACCEPT = ",".join([*SUFFIXES.values(), ".jpeg"])
NOT_A_PICTURE = (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, OSError,
                 SyntaxError, ValueError)  # fmt: skip
"""What Pillow raises for a broken or monstrous file."""
NOT_AN_ARCHIVE = (zipfile.BadZipFile, zlib.error, LZMAError, KeyError, RuntimeError, NotImplementedError, OSError,
                  EOFError, ValueError)  # fmt: skip
"""What zipfile raises for a broken, encrypted or strange archive."""
MACROS = ("word/vbaproject.bin", "basic/", "scripts/")


class UploadRefused(Exception):
    """The file cannot be taken; the text is a German message for people."""


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be stored: its name for people, its type, its bytes and their SHA-256."""

    name: str
    content_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def check(file: UploadedFile) -> CheckedFile:
    """Return the file as PDF, PNG, JPEG, WebP (drawn anew), ODT or DOCX of at most 10 MB; raises UploadRefused."""
    name = plain(file.name).strip()
    if file.size > MAX_BYTES:
        raise UploadRefused(f"„{name}“ ist zu groß. Möglich sind höchstens 10 MB.")
    content = file.read()
    content_type = recognise(content)
    if not content_type:
        raise UploadRefused(
            f"„{name}“ ist keine Datei, die wir annehmen können. Möglich sind PDF, PNG, JPEG, WebP, ODT und DOCX "
            "ohne Makros."
        )
    if content_type in PICTURES:
        content = redrawn(name, content, PICTURES[content_type])
    return CheckedFile(proper_name(name, content_type), content_type, content)


def proper_name(name: str, content_type: str) -> str:
    """The name with the ending of what the file contains, and not longer than our tables hold."""
    suffix = SUFFIXES[content_type]
    known = (suffix, ".jpeg") if content_type == JPEG else (suffix,)
    ending = next((ending for ending in known if name.lower().endswith(ending)), "")
    return (name[: len(name) - len(ending)][:MAX_NAME] or "datei") + suffix


def recognise(content: bytes) -> str:
    """The content type, or nothing for everything else."""
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    return recognise_document(content) if content.startswith(b"PK\x03\x04") else ""


def recognise_document(content: bytes) -> str:
    """ODT or DOCX by the members of the archive; nothing is unpacked but the first bytes of one."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = {name.lower() for name in archive.namelist()}
            if any(name.startswith(MACROS) for name in names):
                return ""
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    return ODT if member.read(100).decode("ascii", "replace") == ODT else ""
            return DOCX if {"[content_types].xml", "word/document.xml"} <= names else ""
    except NOT_AN_ARCHIVE:
        return ""


def redrawn(name: str, content: bytes, format: str) -> bytes:
    """The picture alone, without anything that was hidden beside it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=[format]) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise UploadRefused(f"„{name}“ hat zu viele Bildpunkte. Möglich sind höchstens 40 Megapixel.")
                return drawn_anew(picture, format)
    except NOT_A_PICTURE:
        raise UploadRefused(
            f"„{name}“ lässt sich nicht als Bild lesen. Bitte speichern Sie es noch einmal als PNG."
        ) from None


def drawn_anew(picture: Image.Image, format: str) -> bytes:
    """The pixels as a new picture, upright as the camera says, without the place and time that it noted."""
    upright = ImageOps.exif_transpose(picture)
    has_alpha = format != "JPEG" and ("A" in upright.getbands() or "transparency" in upright.info)
    drawn = BytesIO()
    pixels = upright.convert("RGBA" if has_alpha else "RGB")
    pixels.info.clear()
    pixels.save(drawn, format)
    return drawn.getvalue()


def respond(content: bytes, name: str) -> HttpResponse:
    """Send a stored file to be saved, never to be shown or run by the browser, and kept by nobody on the way."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
