import pytest

from knowledgebase.wording import cost_text, reuse_text, span_text


@pytest.mark.parametrize(
    ("low", "high", "text"), [(2, 4, "2–4"), (4, 4, "4"), (1500, 3000, "1.500–3.000"), (0, 0, "0")]
)
def test_span_text_writes_numbers_as_people_do(low, high, text):
    assert span_text(low, high) == text


def test_cost_text_is_the_amount_or_the_word():
    assert cost_text("Betrag von–bis", 0, 800) == "0–800 Euro"
    assert cost_text("auf Anfrage", None, None) == "auf Anfrage"


@pytest.mark.parametrize(
    ("count", "text"), [(0, "noch keine Meldung"), (1, "an 1 Stelle"), (3, "an 3 Stellen"), (1200, "an 1.200 Stellen")]
)
def test_reuse_text_counts_places(count, text):
    assert reuse_text(count) == text
