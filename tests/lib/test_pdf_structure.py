"""What readers and archives get of a PDF: both standards kept, each element once, words parted, nothing read twice."""

import re
import zlib
from collections import Counter

import pydyf
import pytest
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from ogl_portal.lib import pdf
from ogl_portal.lib.markdown import render
from ogl_portal.lib.pdf import service
from ogl_portal.lib.pdf.renderer.finish import Finisher, compress
from ogl_portal.lib.pdf.renderer.tree import Tree
from tests.pdfs import Structure, conformance_findings, findings

FRAME = (
    "{% extends 'pdf/base.html' %}{% block title %}Probe{% endblock %}{% block running %}Kopf der Probe{% endblock %}"
    "{% block head %}<meta name='dcterms.created' content='2021-05-27'>{% endblock %}"
    "{% block content %}<h1>Probe</h1>{{ body }}{% endblock %}"
)
TEXT = (
    "Dieser Absatz ist so lang, dass er über mehrere Zeilen geht, und jedes seiner Wörter bleibt ein Wort für sich. "
    * 4
)
ITEMS = "".join(f"<li>Punkt {number}: {TEXT}</li>" for number in range(9))
SECTION = f"<section><h2>Abschnitt</h2><p>{TEXT}</p><h3>Darin</h3><ul>{ITEMS}</ul><p>{TEXT}</p></section>"
HEAD = "<thead><tr><th scope='col'>Schritt</th><th scope='col'>Termin</th><th scope='col'>Wer</th></tr></thead>"
ROW = "<tr><th scope='row'>Zeile {}</th><td>12.07.2021</td><td>alle AG-Mitglieder und die, die sie vertreten</td></tr>"
TABLE = f"<table><caption>Schritte</caption>{HEAD}<tbody>{''.join(ROW.format(n) for n in range(70))}</tbody></table>"
DOCUMENTS = {
    "empty": ("", 1),
    "short": (f"<h2>Kurz</h2><p>{TEXT}</p>", 1),
    "long": (SECTION * 24, 30),
    "tables": (f"<h2>T</h2>{TABLE}" * 4, 8),
}


def made(body: str, **context) -> bytes:
    return pdf.from_html(written(body, **context))


def written(body: str, **context) -> str:
    return Template(FRAME.replace("{{ body }}", body)).render(Context(context))


def read(body: str, **context) -> Structure:
    return Structure(made(body, **context))


@pytest.fixture(scope="module")
def table():
    return read(TABLE)


# Checkers


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_passes_all_checks_however_long_it_is(name):
    body, pages = DOCUMENTS[name]
    content = made(body)
    assert len(Structure(content).marks) >= pages
    assert findings(content) == []


PARTS = [
    "# Eins", "### Drei", f"Ein **fetter** *kursiver* Absatz. {TEXT}",
    "- eins\n- zwei\n  - drei", "1. a\n\n   b\n\n   - c",
    "> Zitat\n>\n> - darin", "---", "```\nCode\n  Zeile\n```", "| a | b |\n|---|---|\n| 1 | |\n", "**fett** *kursiv*",
    "- > Zitat\n- # Kopf\n\n  | a |\n  |---|\n  | 1 |\n", "[Adresse](https://example.org/) <a@example.org>",
    "[](https://x.de)",
    "* \n* leer davor", "[*kursiv **fett***](https://example.org/)", "Umbruch  \nund noch\neiner", "x" * 300,
]  # fmt: skip


@settings(max_examples=settings.default.max_examples // 4)
@given(st.lists(st.sampled_from(PARTS), max_size=20).map("\n\n".join))
def test_any_markdown_keeps_to_both_standards_and_has_each_content_once(text):
    content = made(f"<h2>Text</h2>{render(text, 3)}")
    assert conformance_findings(content) == []
    assert_each_content_has_one_place(Structure(content))


def assert_each_content_has_one_place(structure: Structure) -> None:
    """Everything drawn is an artifact or claimed by exactly one element, and the parent tree says by which."""
    marks = [(page, mark) for page, marks in enumerate(structure.marks) for mark in marks]
    assert all(mark.tag == "/Artifact" for _, mark in marks if mark.number is None and mark.text.strip())
    links = [link for page in structure.pdf.pages for link in page.get("/Annots", [])]
    places = [(page, mark.number) for page, mark in marks if mark.number is not None]
    places += [("annotation", int(link.StructParent)) for link in links]
    assert Counter(places) == Counter(place for element in structure.document.below for place in element.places)
    for element in structure.document.below:
        assert {structure.element_at(place) for place in element.places} <= {element.dictionary.objgen}


def test_each_content_of_a_long_table_has_one_place(table):
    assert_each_content_has_one_place(table)


# One element for each element


def test_table_on_several_pages_is_one_with_one_head(table):
    assert len(table.marks) > 2
    [element] = table.all("Table")
    assert [role for role, _ in element.outline] == ["Caption", "THead", "TBody"]
    assert len(table.all("TR")) == 71


def test_head_of_a_table_stands_on_each_page_and_is_read_once(table):
    for marks in table.marks:
        assert [mark for mark in marks if mark.text.startswith("Schritt")]
    assert table.document.text.count("Schritt") == 2  # with the caption
    assert table.artifacts().count("SchrittTerminWer") == len(table.marks) - 1


def test_table_heads_have_a_scope(table):
    scopes = [str(element.dictionary.A.Scope) for element in table.all("TH")]
    assert scopes == ["/Column"] * 3 + ["/Row"] * 70


def test_table_heads_without_a_scope_get_one_from_their_place():
    table = read(
        "<table><thead><tr><th>a</th><th>b</th></tr></thead>"
        "<tr><th>c</th><td rowspan=2>d</td></tr><tr><th>e</th></tr></table>"
    )
    assert [str(each.dictionary.A.Scope) for each in table.all("TH")] == ["/Column", "/Column", "/Row", "/Row"]
    assert [int(each.dictionary.A.RowSpan) for each in table.all("TD")] == [2]


def test_paragraph_and_list_on_two_pages_are_one_each():
    structure = read(f"<p>{TEXT * 20}</p><ol><li>{TEXT * 20}</li><li>zwei</li></ol>")
    assert len(structure.marks) > 2
    assert len(structure.all("P")) == len(structure.all("L")) == 1
    assert structure.all("P")[0].text.strip() == (TEXT * 20).strip()
    assert [each.text.strip() for each in structure.all("Lbl")] == ["1.", "2."]


def test_lists_have_labels_and_bodies_and_lists_within_their_items():
    structure = read("<ul><li>eins<ol start=3><li><p>a</p><p>b</p></li></ol></li></ul>")
    [item] = structure.document.outline[1][1]
    assert item == ("LI", [("Lbl", []), ("LBody", [("L", [("LI", [("Lbl", []), ("LBody", [("P", []), ("P", [])])])])])])
    assert [str(each.dictionary.A.ListNumbering) for each in structure.all("L")] == ["/Disc", "/Decimal"]


def test_description_list_has_an_item_for_each_term():
    structure = read("<dl><dt>Wann</dt><dd>heute</dd><dt>Wo</dt><dd>hier</dd><dd>und dort</dd></dl>")
    items = [[(kid.role, kid.text) for kid in item.kids] for item in structure.all("LI")]
    assert items == [[("Lbl", "Wann"), ("LBody", "heute")], [("Lbl", "Wo"), ("LBody", "hier")], [("LBody", "und dort")]]


def test_text_of_a_bare_box_is_a_paragraph():
    structure = read("<div>davor<p>Absatz</p>danach</div><blockquote>Zitat</blockquote>")
    assert structure.document.outline[1:] == [("P", []), ("P", []), ("P", []), ("BlockQuote", [("P", [])])]


def test_headings_never_jump():
    structure = read("<h2>a</h2><h4>b</h4><h5>c</h5><h2>d</h2>")
    assert [each.role for each in structure.all("H1", "H2", "H3", "H4", "H5")] == ["H1", "H2", "H3", "H4", "H2"]


# What is not read


def test_head_and_foot_of_pages_are_artifacts():
    structure = read(f"<p>{TEXT * 25}</p>")
    pages = len(structure.marks)
    assert structure.artifacts("Footer")[1::2] == [f"Seite {number} von {pages}" for number in range(1, pages + 1)]
    assert structure.artifacts("Header") == ["Kopf der Probe"] * (pages - 1)
    assert "Seite" not in structure.document.text and "Kopf der" not in structure.document.text


def test_draft_says_so_behind_each_page_and_is_not_read_there():
    content = made(f"<p>{TEXT * 25}</p>", draft=True)
    structure = Structure(content)
    assert structure.artifacts("Watermark") == ["Entwurf"] * len(structure.marks)
    assert all(marks[0].text == "Entwurf" for marks in structure.marks)  # drawn first, so behind the text
    assert "Entwurf" not in structure.document.text
    assert findings(content) == []


def test_document_that_is_no_draft_has_no_watermark(table):
    assert table.artifacts("Watermark") == []


def test_picture_has_its_words_and_decoration_is_none():
    start, end = "<svg width='9' height='9'>", "<rect width='9' height='9'/></svg>"
    structure = read(f"<p>a {start}<title>Logo</title>{end} {start}{end}</p><p aria-hidden='true'>Zier</p>")
    [figure] = structure.all("Figure")
    left, bottom, right, top = (float(value) for value in figure.dictionary.A.BBox)
    assert str(figure.dictionary.Alt) == "Logo"
    assert (round(right - left, 1), round(top - bottom, 1)) == (6.8, 6.8) and 680 < bottom < 720  # below the title
    assert structure.artifacts() == ["Zier", *structure.artifacts("Footer")]


# Words, languages, links


def test_words_are_parted_as_in_the_text():
    text = f"<strong>fett</strong> <em>kursiv</em>. {TEXT} Zeile<br>Umbruch"
    assert read(f"<p>{text}</p>").all("P")[0].text == f"fett kursiv. {TEXT}Zeile Umbruch"


def test_word_that_no_line_holds_stays_one():
    address = "https://example.org/" + "sehrlang" * 40
    assert (
        read(f"<p>{TEXT} {address} Ende der OGL-Sache</p>").all("P")[0].text.endswith(f" {address} Ende der OGL-Sache")
    )


def test_word_broken_by_a_hyphen_stays_one():
    text = read(f"<p>{'Digitalisierungs&shy;fortschritt ' * 40}</p>").all("P")[0].text.replace("‐", "")
    assert set(text.split()) == {"Digitalisierungsfortschritt"}


def test_hard_space_does_not_change_the_other_spaces():
    assert read("<p>a&nbsp;b c</p>").all("P")[0].text.replace("\xa0", " ") == "a b c"


def test_parts_in_other_languages_say_so():
    structure = read(
        "<p>Das heißt <span lang='en'>open data</span>.</p><div lang='fr'><p>Bonjour</p></div><p lang='en'>Hi</p>"
    )
    languages = {
        each.text: str(each.dictionary.Lang) for each in structure.document.below if "/Lang" in each.dictionary
    }
    assert languages == {"open data": "en", "Bonjour": "fr", "Hi": "en"}
    assert structure.pdf.Root.Lang == "de"


def test_abbreviation_says_what_it_stands_for():
    [element] = read("<p>Das <abbr title='Onlinezugangsgesetz'>OZG</abbr> gilt.</p>").all("Span")[:1]
    assert (element.text, str(element.dictionary.E)) == ("OZG", "Onlinezugangsgesetz")


LINKS = {
    "<a href='https://example.org/a/b'>Zum Programm</a>": "Zum Programm",
    "<a href='https://example.org/a/b'>https://example.org/a/b</a>": "Internetseite example.org",
    "<a href='https://example.org/' title='Programm der Session'>hier</a>": "Programm der Session",
    "<a href='mailto:ogl@example.org'>ogl@example.org</a>": "E-Mail an ogl@example.org",
    "<a href='mailto:ogl@example.org'>Nachricht</a>": "Nachricht",
    "<a href='tel:+49345'>+49345</a>": "Anruf bei +49345",
}


@pytest.mark.parametrize("html", LINKS)
def test_link_is_described_in_words(html):
    [link] = read(f"<p>Siehe {html}.</p>").all("Link")
    assert [str(annotation.Contents) for annotation in link.annotations] == [LINKS[html]]
    assert link.text == re.sub("<.*?>", "", html)


def test_link_over_several_lines_is_one_that_can_be_clicked_on_each():
    [link] = read(f"<p><a href='https://example.org/'>{TEXT}<em>auch dies</em></a></p>").all("Link")
    assert len(link.annotations) > 3
    assert link.text == f"{TEXT}auch dies"


def test_link_without_words_is_left_out():
    structure = read("<p>a <a href='https://example.org/'></a> b</p>")
    assert structure.all("Link") == [] and "/Annots" not in structure.pdf.pages[0]


def test_character_that_no_font_has_is_a_question_mark():
    content = made("<p>a\ue123b</p>")
    assert Structure(content).all("P")[0].text == "a?b"
    assert findings(content) == []


# What the file says of itself


def test_file_names_both_standards_and_how_its_colours_are_meant(table):
    metadata = table.pdf.Root.Metadata.read_bytes().decode()
    assert 'pdfaid:part="3"' in metadata and 'pdfaid:conformance="A"' in metadata and 'pdfuaid:part="1"' in metadata
    [intent] = table.pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1" and "sRGB" in str(intent.OutputConditionIdentifier)


def test_file_has_the_date_of_its_document_and_no_other(table):
    assert table.pdf.docinfo["/CreationDate"] == "D:20210527"
    assert "/ModDate" not in table.pdf.docinfo


def test_same_document_is_the_same_file_in_another_process():
    first = made(DOCUMENTS["short"][0] + TABLE)
    service.renderer.stop()
    service.renderer.made_for = ()
    assert made(DOCUMENTS["short"][0] + TABLE) == first


def test_file_whose_table_of_objects_ends_in_a_carriage_return_is_written_again():
    finisher = Finisher(Tree())
    finisher.pdf, finisher.root = pydyf.PDF(), pydyf.Dictionary({"ParentTreeNextKey": 3})
    finisher.pdf.add_object(finisher.root)
    finisher.count = len(finisher.pdf.objects)
    contents = [finisher.sound(content) for content in [b"x\r\nendstream"] * 2]
    assert [content[:8] for content in contents] == [b"%PDF-1.7"] * 2
    assert contents[0] != contents[1] and abs(len(contents[0]) - len(contents[1])) < 9
    assert b"\r\nendstream" not in b"".join(contents)
    assert finisher.sound(b"x\nendstream") == b"x\nendstream"


def test_compressed_stream_never_ends_in_a_carriage_return():
    text = next(text for text in map(b"%d".__mod__, range(10**4, 10**5)) if zlib.compress(text).endswith(b"\r"))
    stream = pydyf.Stream([text], compress=True)
    compress(stream)
    assert not stream.stream[0].endswith(b"\r")
    assert zlib.decompress(stream.stream[0]).rstrip() == text
