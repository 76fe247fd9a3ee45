"""Files are taken for what they contain."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from ogl_portal.lib import uploads


def picture(format: str = "PNG", size=(4, 3)) -> bytes:
    stream = BytesIO()
    Image.new("RGB", size, "navy").save(stream, format)
    return stream.getvalue()


def archive(**members: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, text in members.items():
            made.writestr(name, text)
    return stream.getvalue()


def huge_png() -> bytes:
    """A tiny file that claims 177 megapixels."""
    header = struct.pack(">IIBBBBB", 13300, 13300, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", len(header)) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\x00\x00\x00\x00IEND\xaeB`\x82"


def damaged_odt(method: int) -> bytes:
    """An ODT whose first member, packed in this way, does not unpack."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        made.writestr("mimetype", uploads.ODT)
    content = bytearray(stream.getvalue())
    start = 30 + len("mimetype") + (4 if method == zipfile.ZIP_LZMA else 0)  # behind the head of the member
    content[start : start + 8] = b"\xff" * 8
    return bytes(content)


ODT = archive(mimetype=uploads.ODT, **{"content.xml": "<x/>"})
DOCX = archive(**{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


def check(name: str, content: bytes) -> uploads.CheckedFile:
    return uploads.check(SimpleUploadedFile(name, content))


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.pdf", PDF, uploads.PDF),
        ("a.png", picture(), uploads.PNG),
        ("a.jpg", picture("JPEG"), uploads.JPEG),
        ("a.webp", picture("WEBP"), uploads.WEBP),
        ("a.odt", ODT, uploads.ODT),
        ("a.docx", DOCX, uploads.DOCX),
    ],
)
def test_check_takes_what_is_allowed(name, content, content_type):
    checked = check(name, content)
    assert (checked.name, checked.content_type) == (name, content_type)
    assert len(checked.sha256) == 64


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        picture("GIF"),
        b"\xff\xd8\xff no picture",
        b"RIFF\x00\x00\x00\x00WEBP no picture",
        b"%PDF-1.7 without an end",
        b"\x89PNG\r\n\x1a\nnothing",
        huge_png(),
        b"PK\x03\x04broken",
        archive(**{"a.txt": "x"}),
        archive(**{"[Content_Types].xml": "x", "word/document.xml": "x", "word/vbaProject.bin": "x"}),
        archive(mimetype=uploads.ODT, **{"Basic/script.xml": "x"}),
        archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
        damaged_odt(zipfile.ZIP_DEFLATED),
        damaged_odt(zipfile.ZIP_BZIP2),
        damaged_odt(zipfile.ZIP_LZMA),
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"MZ\x90\x00",
    ],
)
def test_check_refuses_everything_else_whatever_it_is_called(content):
    for name in ["a.pdf", "a.png", "a.odt"]:
        with pytest.raises(uploads.UploadRefused, match="„a"):
            check(name, content)


def test_check_refuses_more_than_10_megabytes():
    with pytest.raises(uploads.UploadRefused, match="höchstens 10 MB"):
        check("a.pdf", PDF + b"x" * uploads.MAX_BYTES)


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP"])
def test_check_draws_pictures_anew_without_what_hides_behind_them(format):
    checked = check("a", picture(format) + b"<script>alert(1)</script>")
    assert b"script" not in checked.content
    drawn = Image.open(BytesIO(checked.content))
    assert (drawn.size, drawn.format) == ((4, 3), format)


@pytest.mark.parametrize("format", ["JPEG", "WEBP"])
def test_check_turns_a_photo_upright_and_forgets_where_it_was_taken(format):
    photo, facts = BytesIO(), Image.Exif()
    facts[0x0112], facts[0x010F] = 6, "Kamera von Erika"  # to be turned by a quarter; its maker
    Image.new("RGB", (4, 3), "navy").save(photo, format, exif=facts)
    drawn = Image.open(BytesIO(check("foto", photo.getvalue()).content))
    assert drawn.size == (3, 4)
    assert not drawn.getexif()


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_check_keeps_what_is_transparent(format):
    stream = BytesIO()
    Image.new("RGBA", (4, 3), (0, 0, 0, 0)).save(stream, format)
    assert Image.open(BytesIO(check("a", stream.getvalue()).content)).mode == "RGBA"


def test_check_takes_a_printers_jpeg_and_a_long_ending():
    stream = BytesIO()
    Image.new("CMYK", (4, 3)).save(stream, "JPEG")
    checked = check("Foto.JPEG", stream.getvalue())
    assert checked.name == "Foto.jpg"
    assert Image.open(BytesIO(checked.content)).mode == "RGB"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ablauf.html", "Ablauf.html.pdf"),
        ("ABLAUF.PDF", "ABLAUF.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("a\u202efdp.exe", "afdp.exe.pdf"),
    ],
)
def test_check_gives_the_name_the_ending_of_its_content(name, expected):
    assert check(name, PDF).name == expected
