"""The Fahrplan of the AG: milestones in order, with today among them, as a list and as a picture.

A picture true to scale would be empty: the record of 2021 and today lie years apart. So the picture keeps the order
and gives every station the same room: what is over by month, what comes by day, with a break between years.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from textwrap import wrap

from django.utils import timezone

from . import dates
from .registry import Milestone


class Step:
    """A milestone as seen today: its days (in Berlin), its state, and words for both."""

    STATES = {
        "over": "",
        "coming": "kommt",
        "done": "abgeschlossen",
        "due": "offen",
        "overdue": "Termin verstrichen",
    }

    def __init__(self, milestone: Milestone, now) -> None:
        self.milestone = milestone
        self.first_day = timezone.localdate(milestone.moment)
        end = milestone.until or milestone.moment
        # The end of a deadline or a span is exclusive: midnight belongs to the day before.
        self.last_day = timezone.localdate(end - timedelta(microseconds=1))
        self.first_day = min(self.first_day, self.last_day)
        self.is_past = end <= now
        self.state = self.find_state()

    def find_state(self) -> str:
        """One of STATES: a deadline is done, due or overdue, anything else is over or comes."""
        if self.milestone.is_done and self.milestone.is_deadline:
            return "done"
        if self.milestone.is_deadline:
            return "overdue" if self.is_past else "due"
        return "over" if self.is_past else "coming"

    @property
    def state_label(self) -> str:
        """The word of the milestone itself, or the one of its state."""
        return self.milestone.state_label or self.STATES[self.state]

    @property
    def when(self) -> str:
        """The words of the milestone itself, or 27.05.2021, bis 12.07.2021, 03.06.–17.06.2021 or Juli–August 2021."""
        if self.milestone.when_text:
            return self.milestone.when_text
        first, last = self.first_day, self.last_day
        if self.is_whole_months:
            return dates.month_span(first, last)
        if first < last:
            return f"{first:%d.%m.}–{last:%d.%m.%Y}" if first.year == last.year else f"{first:%d.%m.%Y}–{last:%d.%m.%Y}"
        return f"bis {last:%d.%m.%Y}" if self.milestone.is_deadline else f"{last:%d.%m.%Y}"

    @property
    def is_whole_months(self) -> bool:
        """Whether the span runs from the first of a month to the last of one."""
        return (
            self.first_day.day == 1 and self.first_day < self.last_day and (self.last_day + timedelta(days=1)).day == 1
        )


MOST_LISTED = 30


class Roadmap:
    """Milestones in the order of the days on which they end, split by the present moment."""

    def __init__(self, milestones: Iterable[Milestone]) -> None:
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)
        steps = [Step(milestone, self.now) for milestone in milestones]
        self.steps = sorted(steps, key=lambda step: (step.last_day, step.milestone.moment, step.milestone.label))

    @property
    def past(self) -> list[Step]:
        return [step for step in self.steps if step.is_past]

    @property
    def coming(self) -> list[Step]:
        return [step for step in self.steps if not step.is_past]

    @property
    def listed(self) -> tuple[list[Step], list[Step]]:
        """What the whole list names of what is over and what comes: a page that stays readable after years."""
        return self.past[-MOST_LISTED:], self.coming[:MOST_LISTED]

    @property
    def is_listed_whole(self) -> bool:
        return max(len(self.past), len(self.coming)) <= MOST_LISTED

    @property
    def shortened(self) -> list[Step]:
        """The last two steps that are over, for narrow screens."""
        return self.past[-2:]

    @property
    def due(self) -> list[Step]:
        """Deadlines that are open, those that have passed first."""
        return [step for step in self.steps if step.state in ("overdue", "due")]

    @cached_property
    def picture(self) -> "Picture":
        return Picture(self)


@dataclass
class Station:
    """One place of the picture: a day or a month, with a dot for each step and some lines of text."""

    x: int
    year: int
    heading: str
    steps: list[Step]
    words: list[str]

    @property
    def dots(self) -> list[dict]:
        """Position and state of each step, as many as fit."""
        return [
            {"x": self.x + 9 + 22 * index, "state": step.state}
            for index, step in enumerate(self.steps[: Picture.MAX_DOTS])
        ]

    @property
    def lines(self) -> list[dict]:
        """The lines of text below the heading, with their height."""
        return [{"text": word, "y": Picture.LINE + 62 + 20 * index} for index, word in enumerate(self.words)]


class Picture:
    """Where everything stands in the drawing, in whole units of its view box."""

    WIDTH = 1136
    LINE = 88  # height of the line on which the stations stand
    PAST = 84  # room for a month that is over
    TODAY = 96
    COMING = 144  # least room for a day to come
    MOST_COMING, LEAST_COMING = 4, 3
    MAX_DOTS = 3
    LETTER = 8  # width of a letter, on average

    def __init__(self, roadmap: Roadmap) -> None:
        self.today = roadmap.today
        coming = group(roadmap.coming, lambda step: step.last_day)[: self.MOST_COMING]
        past = group(roadmap.past, lambda step: step.last_day.replace(day=1))
        if len(past) > self.room(coming):
            coming = coming[: self.LEAST_COMING]
        room = self.room(coming)
        self.is_shortened = len(past) > room
        past = past[-room:]
        self.today_x = self.PAST * len(past)
        self.past = [self.month(index, *item) for index, item in enumerate(past)]
        self.coming = list(self.days(coming))
        bottoms = [station.lines[-1]["y"] for station in self.stations if station.lines]
        self.height = max(bottoms, default=self.LINE + 40) + 14

    def room(self, coming: list) -> int:
        """How many months fit beside the days to come."""
        return (self.WIDTH - self.TODAY - self.COMING * len(coming)) // self.PAST

    @property
    def stations(self) -> list[Station]:
        return self.past + self.coming

    def month(self, index: int, first: date, steps: list[Step]) -> Station:
        """A month that is over, with the kinds of what happened in it."""
        words = [f"{len(same)}× {kind}" if len(same) > 1 else kind for kind, same in kinds(steps)]
        lines = [line for word in words for line in wrap(word, self.PAST // self.LETTER)][:4]
        return Station(self.PAST * index, first.year, dates.SHORT_MONTHS[first.month - 1], steps, lines)

    def days(self, coming: list) -> Iterator[Station]:
        """The days to come, sharing what room is left, each with its kind and title."""
        left = self.today_x + self.TODAY
        room = min(260, (self.WIDTH - left) // max(1, len(coming)))
        for index, (day, steps) in enumerate(coming):
            width = (room - 18) // self.LETTER
            words = [wrap(named(step.milestone), width, max_lines=4, placeholder=" …") for step in steps]
            lines = [line for word in words for line in word]
            prefix = "bis " if all(step.milestone.is_deadline for step in steps) else ""
            yield Station(left + room * index, day.year, f"{prefix}{day:%d.%m.}", steps, lines[:6])

    @property
    def years(self) -> list[dict]:
        """The first place of each year and whether a break stands before it."""
        places = [(station.x, station.year) for station in self.past]
        places += [(self.today_x, self.today.year)] + [(station.x, station.year) for station in self.coming]
        firsts = {}
        for x, year in places:
            firsts.setdefault(year, x)
        return [{"year": year, "x": x, "gap": x - 22 if x else 0} for year, x in firsts.items()]


def named(milestone: Milestone) -> str:
    """Its label, led by its kind and by „Beispiel“ unless it says so itself."""
    words = [milestone.kind] + (["Beispiel"] if milestone.is_example else [])
    return ": ".join([word for word in words if word not in milestone.label] + [milestone.label])


def group(steps: Iterable[Step], key) -> list[tuple[date, list[Step]]]:
    """Put neighbours with the same key together."""
    return [(value, list(same)) for value, same in groupby(steps, key)]


def kinds(steps: list[Step]) -> list[tuple[str, list[Step]]]:
    """The steps by their kind, in the order in which the kinds first appear."""
    by_kind: dict[str, list[Step]] = {}
    for step in steps:
        by_kind.setdefault(step.milestone.kind, []).append(step)
    return list(by_kind.items())
