from datetime import date, time

from actions.wording import days_text, enumerate_words

JUNE = [date(2021, 6, 3), date(2021, 6, 10), date(2021, 6, 17)]


def test_enumerate_words_joins_as_people_do():
    assert [enumerate_words(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a und b", "a, b und c"]


def test_days_text_of_one_year_says_the_year_once():
    assert days_text(JUNE) == "03.06., 10.06. und 17.06.2021"


def test_days_text_of_two_years_says_both():
    assert days_text([date(2021, 12, 30), date(2022, 1, 6)]) == "30.12.2021 und 06.01.2022"


def test_days_text_with_hours_says_them_for_each_day():
    assert days_text(JUNE[::2], time(17), time(18, 30)) == "03.06. und 17.06.2021, jeweils 17.00–18.30 Uhr"
    assert days_text(JUNE[:1], time(17), time(18, 30)) == "03.06.2021, 17.00–18.30 Uhr"
