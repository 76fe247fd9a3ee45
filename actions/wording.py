"""How a Termin of several days and a list of names are written."""

from collections.abc import Sequence
from datetime import date, time


def enumerate_words(words: Sequence[str]) -> str:
    """Return „a“, „a und b“ or „a, b und c“."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} und {words[-1]}"


def days_text(days: Sequence[date], start: time | None = None, end: time | None = None) -> str:
    """Return „03.06. und 17.06.2021, jeweils 17.00–18.30 Uhr“; the year is said once where it is the same."""
    same_year = len({day.year for day in days}) == 1
    words = [f"{day:%d.%m.}" if same_year else f"{day:%d.%m.%Y}" for day in days]
    if same_year:
        words[-1] = f"{days[-1]:%d.%m.%Y}"
    return enumerate_words(words) + hours_text(start, end, each=len(days) > 1)


def hours_text(start: time | None, end: time | None, *, each: bool) -> str:
    """Return „, 17.00–18.30 Uhr“, with „jeweils“ for several days, or nothing."""
    if start is None or end is None:
        return ""
    return f", {'jeweils ' if each else ''}{start:%H.%M}–{end:%H.%M} Uhr"
