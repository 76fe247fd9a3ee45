"""Markdown: what people write stays, what could do harm goes, and the outline of the page holds."""

from html import unescape

import pytest
from django.core.exceptions import ValidationError

from ogl_portal.lib import markdown
from ogl_portal.lib.fields import MarkdownField


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox(1))",
        "[x](file:///etc/passwd)",
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "![x](javascript:alert(1))",
        '[x](https://example.org/ "onmouseover=alert(1)")',
        '[x](https://example.org/"onmouseover="alert(1))',
        "<a href='https://example.org' onclick='alert(1)'>x</a>",
        "<svg onload=alert(1)>",
        "<iframe src=https://example.org></iframe>",
        "<style>@import 'https://example.org/x.css'</style>",
        "`<script>alert(1)</script>`",
        "```html\n<script>alert(1)</script>\n```",
        "<!-- <script>alert(1)</script> -->",
        "| <script> |\n|---|\n| alert(1) |",
    ],
)
def test_hostile_markdown_becomes_harmless(text):
    html = markdown.to_html(text).lower()
    for harmful in ["<script", "<img", "<svg", "<iframe", "<style", "javascript:", "vbscript:", "data:", "file:"]:
        assert f'="{harmful}' not in html
        assert harmful not in html or not harmful.startswith("<")
    assert not [tag for tag in html.split("<") if " on" in tag.split(">")[0] and "title=" not in tag]


@pytest.mark.parametrize("text", ["![Bild](https://example.org/x.png)", "![Bild](/static/x.png)"])
def test_pictures_are_left_out(text):
    assert "<img" not in markdown.to_html(text)


@pytest.mark.parametrize("text", ["> " * 2000 + "x", "[" * 5000, "*" * 5000 + "x", "- " * 3000, "`" * 5001, "(" * 9000])
def test_deep_markdown_is_answered(text):
    assert isinstance(markdown.to_html(text), str)


def test_links_are_nofollow_and_noreferrer():
    assert 'rel="nofollow noreferrer"' in markdown.to_html("[Merseburg](https://example.org/)")


def test_paragraphs_are_unwrapped_in_loose_lists():
    assert "<li><p>" not in markdown.to_html("- eins\n\n- zwei\n\n- drei").replace("\n", "")


@pytest.mark.parametrize("text", ["- a\n\n  b\n\n- c", "- a\n\n  ```\n  b\n  ```\n\n- c", "1. a\n\n   > b\n\n2. c"])
def test_list_items_of_several_blocks_hold_no_empty_paragraph(text):
    html = markdown.to_html(text)
    assert "<p></p>" not in html
    assert html.count("<p>") == html.count("</p>")


def test_headings_start_at_the_level_of_the_page_and_never_jump():
    html = markdown.to_html("# Eins\n\n#### Vier\n\n###### Sechs", 3)
    assert [level for level in "123456" if f"<h{level}>" in html] == ["3", "4", "5"]


def test_table_heads_name_their_scope():
    assert '<th scope="col">' in markdown.to_html("| T | V |\n|---|---|\n| 1 | 2 |")


def test_numbering_that_starts_later_is_kept():
    assert '<ol start="3">' in markdown.to_html("3. drei\n4. vier")


def test_line_breaks_are_kept():
    assert "<br>" in markdown.to_html("erste Zeile\nzweite Zeile")


def test_text_of_more_than_20_kib_is_refused():
    field = MarkdownField("Text")
    field.clean("ä" * 10_240, None)
    with pytest.raises(ValidationError, match="höchstens 20 KiB"):
        field.clean("ä" * 10_241, None)


@pytest.mark.parametrize("text", ["**a**", "_so_", "`code`", "[Link](/x)", "<b>", "&amp;", "a\\b", "~~weg~~", "1 | 2"])
def test_escaped_text_is_shown_as_it_is(text):
    assert unescape(markdown.to_html(f"**{markdown.escape(text)}**")) == f"<p><strong>{text}</strong></p>\n"
