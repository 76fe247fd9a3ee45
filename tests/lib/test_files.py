"""Files in rows of a table, in words; storing them is tested where rows have them."""

import pytest

from ogl_portal.lib.files import format_text, size_text


@pytest.mark.parametrize(
    ("size", "text"), [(0, "1 KB"), (240_400, "240 KB"), (999_499, "999 KB"), (1_250_000, "1,2 MB")]
)
def test_size_text_is_short(size, text):
    assert size_text(size) == text


@pytest.mark.parametrize(("name", "text"), [("a.b.pdf", "PDF"), ("ohne", "Datei"), ("", "Datei")])
def test_format_text_is_the_ending(name, text):
    assert format_text(name) == text
