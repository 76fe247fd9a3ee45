"""Hits are marked in escaped text, and a snippet shows the words around them."""

import pytest

from ogl_portal.lib.search.query import parse
from ogl_portal.lib.search.snippets import LENGTH, Marker
from ogl_portal.lib.search.synonyms import of


def marker(text: str, groups=()) -> Marker:
    return Marker(parse(text, of([(words, "") for words in groups]), {}))


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("Antrag", "Anträge stellen", "<mark>Anträge</mark> stellen"),
        ("Vertrag", "Der Ausbildungsvertrag liegt vor", "Der <mark>Ausbildungsvertrag</mark> liegt vor"),
        ("strasse", "Die Straße ist gesperrt.", "Die <mark>Straße</mark> ist gesperrt."),
        ("Bürgerbüro", "Das Buergerbuero", "Das <mark>Buergerbuero</mark>"),
        ("Akte", "aktuelle Aktion", "aktuelle Aktion"),
        ("Rechnung", "Die E-Rechnung kommt", "Die <mark>E-Rechnung</mark> kommt"),
        ("anmelden", "Die Anmeldung", "Die <mark>Anmeldung</mark>"),
        ("Fahrrad mieten", "Fahrräder mietet man", "<mark>Fahrräder</mark> <mark>mietet</mark> man"),
        ("Prozess", "alle Prozesse", "alle <mark>Prozesse</mark>"),
    ],
)
def test_marked_are_the_words_that_are_hits(query, text, expected):
    assert marker(query).mark(text) == expected


def test_marked_is_a_synonym_only_where_the_word_itself_is_not():
    finder = marker("Azubi", ["Azubi\nLehrling"])
    assert finder.mark("Ein Lehrling") == "Ein <mark>Lehrling</mark>"
    assert finder.mark("Azubi und Lehrling") == "<mark>Azubi</mark> und Lehrling"


@pytest.mark.parametrize("text", ["<script>alert(1)</script> Antrag", "Antrag & <b>fett</b>", "\"Antrag\" 'x'"])
def test_marked_text_is_escaped(text):
    html = str(marker("Antrag script").mark(text))
    assert "<mark>Antrag</mark>" in html
    assert "<script" not in html
    assert "<b>" not in html


def test_snippet_is_the_summary_where_it_has_the_hit():
    assert marker("Antrag").snippet("Ein Antrag.", "Viel Text.") == "Ein <mark>Antrag</mark>."


def test_snippet_is_the_summary_where_nothing_has_the_hit():
    assert marker("Antrag").snippet("Ein Satz.", "Viel Text.") == "Ein Satz."


def test_snippet_shows_the_words_around_a_hit_far_down():
    text = "Wort " * 200 + "und dann der Antrag und " + "Wort " * 200
    html = marker("Antrag").snippet("", text)
    assert html.startswith("… ")
    assert html.endswith(" …")
    assert "der <mark>Antrag</mark> und" in html
    assert len(html) < LENGTH + 60


def test_snippet_of_nothing_is_nothing():
    assert marker("Antrag").snippet("", "") == ""


def test_snippet_of_one_endless_word_stands():
    assert "<mark>" in marker("Antrag").snippet("", "x" * 500 + " Antrag" + " " + "y" * 5000)
