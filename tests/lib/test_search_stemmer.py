"""Forms of a word have one stem, and different words have not."""

import pytest

from ogl_portal.lib.search.analyser import stem_of

SAME = """
Ausbildungsvertrag Ausbildungsverträge Ausbildungsverträgen Ausbildungsvertrages Ausbildungsvertrags
Antrag Anträge Anträgen Antrags Antrages
Azubi Azubis
Anmeldung Anmeldungen anmelden anmelde angemeldet anzumelden Anmeldungs
Behörde Behörden
Amt Ämter Ämtern Amtes
Kind Kinder Kindern Kindes
Bürger Bürgers Bürgern Bürgerin Bürgerinnen
Mitarbeiter Mitarbeiterin Mitarbeiterinnen Mitarbeitern
neu neue neuer neues neuen neuem
digital digitale digitaler digitales digitalen
Prozess Prozesse Prozessen
Nachweis Nachweise Nachweises
Zeugnis Zeugnisse Zeugnissen Zeugnisses
Kurs Kurse Kursen
Konto Konten Kontos
Thema Themen
Gremium Gremien
Sammlung Sammlungen sammeln
Entwicklung entwickeln entwickelt
Förderung fördern gefördert
Gründung gründen gegründet
Buchung buchen gebucht
Auszubildende Auszubildender Auszubildenden
Kollege Kollegen Kollegin Kolleginnen
Fahrzeug Fahrzeuge Fahrzeugen
Steuer Steuern
Straße Straßen strasse STRASSEN
Übersetzung übersetzen übersetzt
Verfahren Verfahrens
Video Videos
Nachbar Nachbarn
"""
DIFFERENT = """
Bürger Burg
Satzung Satz
Zeitung Zeit
Bildung Bild
Gründung Grund
Steuerung Steuer
Termin Term
Kreis Krei
Gefahr fahren
Buchung Buch
Schulung Schule
Kammer Kamm
"""


@pytest.mark.parametrize("forms", SAME.strip().splitlines())
def test_stem_of_all_forms_is_one(forms):
    assert len({stem_of(form) for form in forms.split()}) == 1, {form: stem_of(form) for form in forms.split()}


@pytest.mark.parametrize("words", DIFFERENT.strip().splitlines())
def test_stem_of_different_words_differs(words):
    one, other = words.split()
    assert stem_of(one) != stem_of(other)


@pytest.mark.parametrize("word", ["OZG", "4.0", "2021", "KI", "a", "99102013080000"])
def test_stem_of_short_words_and_numbers_is_the_word(word):
    assert stem_of(word) == word.lower()


@pytest.mark.parametrize("word", ["beginnen", "gewinnen"])
def test_stem_of_a_verb_in_innen_is_no_feminine(word):
    assert len(stem_of(word)) >= 6
