"""Compounds fall into known words, and other words stay whole."""

import subprocess
import sys

import pytest

from ogl_portal.lib.search.analyser import PART, WHOLE, is_known, keys_of, parts_of, stem_of

SPLIT = [
    ("Ausbildungsvertrag", "Ausbildung Vertrag"),
    ("Gewerbeanmeldungen", "Gewerbe Anmeldung"),
    ("Bauantrag", "Bau Antrag"),
    ("Bürgerbüro", "Bürger Büro"),
    ("buergerbuero", "Bürger Büro"),
    ("Hundesteueranmeldung", "Hund Steuer Anmeldung"),
    ("Führungszeugnis", "Führung Zeugnis"),
    ("Azubi-Marketing", "Azubi Marketing"),
    ("E-Mail-Adresse", "E-Mail Adresse"),
    ("Ordnungsämter", "Ordnung Amt"),
    ("Schulessen", "Schule Essen"),
    ("Kinderbetreuung", "Kind Betreuung"),
    ("Zeiterfassungssystem", "Zeit Erfassung System"),
]


@pytest.mark.parametrize(("compound", "words"), SPLIT)
def test_parts_of_a_compound_are_the_stems_of_its_words(compound, words):
    assert parts_of(compound) == tuple(map(stem_of, words.split()))


@pytest.mark.parametrize(
    "word",
    ["Vertrag", "Handwerk", "Rathaus", "Vereinbarung", "Leistung", "Termin", "Mitarbeiter", "Xylophon", "Merseburg"],
)
def test_parts_of_a_simple_word_are_none(word):
    assert parts_of(word) == ()


def test_keys_of_a_compound_hold_it_whole_its_parts_and_what_it_contains():
    keys = keys_of("Hundesteueranmeldung")
    assert keys[stem_of("Hundesteueranmeldung")] == WHOLE
    parts = ["Hund", "Steuer", "Anmeldung", "Hundesteuer"]
    assert [keys[stem_of(part)] for part in parts] == [PART] * len(parts)


def test_keys_of_a_hyphenated_word_hold_the_joined_form():
    assert keys_of("E-Rechnung") == {stem_of("eRechnung"): WHOLE, stem_of("Rechnung"): PART}


def test_keys_of_a_compound_with_one_unknown_half_come_from_hyphenation():
    assert keys_of("Glühweinstand")[stem_of("Stand")] == PART


@pytest.mark.parametrize("word", ["Hundesteuer", "Mietvertrag", "beantragt", "Gewerbeanmeldung", "E-Rechnung", "neuer"])
def test_correct_german_word_is_known(word):
    assert is_known(word)


@pytest.mark.parametrize("word", ["Gewerbanmeldung", "Bürgerbürro", "Bauantrg", "Ausbildugsvertrag"])
def test_misspelt_word_is_unknown(word):
    assert not is_known(word)


def test_start_of_the_portal_loads_neither_word_lists_nor_hyphenation():
    code = """
import django, sys
django.setup()
from ogl_portal.lib.search import compounds, texts
assert "pyphen" not in sys.modules, "pyphen is loaded"
assert not texts.read_words.cache_info().currsize, "word lists are read"
"""
    subprocess.run([sys.executable, "-c", code], check=True)
