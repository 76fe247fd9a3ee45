"""Words of a text, and what two spellings have in common."""

import pytest

from ogl_portal.lib.search.ellipses import indexed_words
from ogl_portal.lib.search.texts import content_words, fold, has_word, pieces, plain, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [("Bürgerbüro", "buergerbuero"), ("Bürgerbüro", "Burgerburo"), ("Straße", "STRASSE"), ("Mängel", "Maengel"),
     ("Öffnung", "oeffnung"), ("café", "Cafe")],
)  # fmt: skip
def test_fold_of_two_spellings_is_the_same(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize("word", ["neue", "steuer", "quelle", "bauen", "treue", "feuer"])
def test_fold_leaves_ue_after_a_vowel_alone(word):
    assert fold(word) == word


@pytest.mark.parametrize(
    "text", ["Bürger*innen", "Bürger:innen", "Bürger_innen", "Bürger/-innen", "BürgerInnen", "Bürgerinnen"]
)
def test_plain_text_has_one_form_for_all_genders(text):
    assert plain(text) == "Bürgerinnen"


def test_plain_text_keeps_words_that_only_look_like_a_second_form():
    assert plain("in Innenstadt und Termin") == "in Innenstadt und Termin"


def test_tokens_keep_hyphens_and_marks_of_numbers_together():
    text = "Industrie 4.0, E-Rechnung (XRechnung)/Azubi-Marketing am 27.05.2021."
    assert list(tokens(text)) == ["Industrie", "4.0", "E-Rechnung", "XRechnung", "Azubi-Marketing", "am", "27.05.2021"]


def test_soft_hyphens_split_no_word():
    assert list(tokens(plain("Aus\u00adbil\u00addung"))) == ["Ausbildung"]


@pytest.mark.parametrize(
    ("word", "found"),
    [("E-Mail", ["email"]), ("E-Mail-Adresse", ["email", "adresse"]), ("Kita-Platz", ["kita", "platz"])],
)
def test_pieces_of_a_hyphenated_word_keep_a_single_letter_with_the_next(word, found):
    assert pieces(word) == found


def test_content_words_of_a_question_leave_out_what_says_nothing():
    assert content_words("Wie melde ich einen Azubi an?") == ["melde", "Azubi"]


@pytest.mark.parametrize("text", ["", "   ", "wie ist das", "?!", "a", "🎉"])
def test_text_without_anything_to_search_for_has_no_word(text):
    assert not has_word(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Ausbildungs- und Arbeitsvertrag", "Ausbildungsvertrag"), ("An-, Um- und Abmeldung", "Anmeldung"),
     ("An-, Um- und Abmeldung", "Ummeldung"), ("Industrie- und Handelskammer", "Industriekammer"),
     ("Fort- oder Weiterbildung", "Fortbildung")],
)  # fmt: skip
def test_words_left_out_before_a_hyphen_are_completed(text, expected):
    assert expected in indexed_words(text)


def test_completion_of_words_that_share_nothing_adds_nothing():
    assert indexed_words("Online- und Xyz") == ["Online", "Xyz"]
