"""Typos are corrected by similarity; what is right is left alone."""

import pytest

from ogl_portal.lib.search.spelling import look_up, similarity, slips

WORDS = ["Gewerbeanmeldungen", "Bürgerbüro", "Bauantrag", "Azubi", "Datenschutz", "Vertrag"]


@pytest.mark.parametrize(
    ("typo", "word"),
    [("Gewerbanmeldung", "Gewerbeanmeldungen"), ("Bürgerbürro", "Bürgerbüro"), ("Bauantrg", "Bauantrag"),
     ("Azbui", "Azubi"), ("Datenschuts", "Datenschutz"), ("Vertag", "Vertrag"), ("buergerbueor", "Bürgerbüro")],
)  # fmt: skip
def test_look_up_of_a_typo_corrects_it(typo, word):
    assert look_up(typo, WORDS).correction == word


def test_look_up_of_a_word_that_the_index_knows_corrects_nothing():
    assert look_up("Bauanträge", WORDS).is_known
    assert not look_up("Bauanträge", WORDS).correction


def test_look_up_of_something_else_corrects_nothing():
    found = look_up("Mondfahrt", WORDS)
    assert (found.is_known, found.correction) == (False, "")


def test_look_up_of_the_beginning_of_a_word_finds_it_without_correction():
    found = look_up("Gewerbeanm", WORDS)
    assert found.holders == ["gewerbeanmeld"]
    assert not found.correction


def test_look_up_of_a_compound_of_the_indexs_own_words_finds_them():
    assert look_up("Xyloantrag", ["Xylo", "Antrag"]).parts == ("xylo", "antrag")


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("haus", "haus", 0), ("haus", "hasu", 1), ("haus", "hus", 1), ("haus", "maus", 1), ("ab", "", 2)],
)
def test_slips_count_swapped_letters_once(one, other, count):
    assert slips(one, other) == count


def test_similarity_of_equal_words_is_1_and_of_others_0():
    assert similarity("Straße", "strasse") == 1
    assert similarity("abc", "xyz") == 0
