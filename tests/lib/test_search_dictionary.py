"""A slip is mended by the dictionary, too; what may be a word of its own is left alone."""

import pytest

from ogl_portal.lib.search.dictionary import correct


@pytest.mark.parametrize(
    ("typo", "word"),
    [("Bauantrg", "Bauantrag"), ("Urlaubsantarg", "Urlaubsantrag"), ("Straßnbeleuchtung", "Straßenbeleuchtung"),
     ("Sporthale", "Sporthalle"), ("rechnug", "Rechnung"), ("Strassenschlid", "Straßenschild")],
)  # fmt: skip
def test_correct_of_one_slip_is_the_word(typo, word):
    assert correct(typo) == word


@pytest.mark.parametrize(
    "word", ["Bauantrag", "Mondfahrt", "Hochwasserwarnung", "Kesselkunde", "Kubernetes", "Müller", "Amt", "", "4711"]
)
def test_correct_of_a_word_of_its_own_is_nothing(word):
    assert correct(word) == ""
