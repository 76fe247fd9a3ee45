"""Dates and spans as people write them (Europe/Berlin): 27.05.2021, 17.00–18.30 Uhr."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

MONTHS = ["Januar", "Februar", "März", "April", "Mai", "Juni",
          "Juli", "August", "September", "Oktober", "November", "Dezember"]  # fmt: skip
SHORT_MONTHS = ["Jan.", "Feb.", "März", "April", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."]


def day(value: date | datetime) -> str:
    """Return 27.05.2021 for a date, or for an aware datetime its day in Berlin."""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return f"{value:%d.%m.%Y}"


def clock(value: datetime) -> str:
    """Return 17.00 for an aware datetime, in Berlin."""
    return f"{timezone.localtime(value):%H.%M}"


def moment(value: datetime) -> str:
    """Return 27.05.2021, 17.00 Uhr."""
    return f"{day(value)}, {clock(value)} Uhr"


def time_span(start: datetime, end: datetime) -> str:
    """Return 27.05.2021, 17.00–18.30 Uhr, or both days where the span crosses midnight."""
    if day(start) == day(end):
        return f"{day(start)}, {clock(start)}–{clock(end)} Uhr"
    return f"{moment(start)} – {moment(end)}"


def deadline(value: datetime) -> str:
    """Return the last moment before an exclusive end: 13.07.2021 00:00 is written 12.07.2021, 24 Uhr."""
    if timezone.localtime(value).time() == time(0):
        return f"{day(value - timedelta(microseconds=1))}, 24 Uhr"
    return moment(value)


def month_span(start: date, end: date) -> str:
    """Return Juli 2021, Juli–August 2021 or Dezember 2021 – Januar 2022."""
    first, last = MONTHS[start.month - 1], MONTHS[end.month - 1]
    if start.year != end.year:
        return f"{first} {start.year} – {last} {end.year}"
    return f"{first} {start.year}" if start.month == end.month else f"{first}–{last} {end.year}"


def start_of_day(value: date) -> datetime:
    """Return the first moment of the day, in Berlin."""
    return timezone.make_aware(datetime.combine(value, time(0)))


def end_of_day(value: date) -> datetime:
    """Return the first moment after the day, in Berlin: a deadline on that day has passed from then on."""
    return start_of_day(value + timedelta(days=1))


def years_later(value: date, years: int = 1) -> date:
    """Return the same day so many years on; 28 February where that year has no 29th."""
    is_leap_day = (value.month, value.day) == (2, 29)
    return value.replace(year=value.year + years, day=28 if is_leap_day else value.day)
