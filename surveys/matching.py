"""Who should talk to whom: pairs out of what a round's responses plan, offer and seek, with the reason in words.

Pure reckoning: the same answers give the same pairs. Two belong together where they share a topic and one wants
something that the other has or wants too; or where each offers what the other seeks.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import combinations

from .definition import Definition
from .models import Answer, Entry, EntryReview, Response, Round

TOPICS, GROUPS, WISHES, OFFERS, SEEKS = "topics", "target_groups", "wishes", "offers", "seeks"
QUESTIONS = {"D3": TOPICS, "B3": TOPICS, "B4": GROUPS, "E1": GROUPS, "D5": WISHES, "F1": OFFERS, "F2": SEEKS}
"""Which question (questionnaire.md) tells what."""
OF_SIDES = "DF"
"""The sections whose entries become sides."""
TOLD = "told"
"""The topics of projects: those of examples count too, but members are not told."""
ALONE, NOTHING = "alone", "nothing"
Choice = tuple[str, str]
"""Question and key of what was chosen."""
POINTS = {TOPICS: 3, GROUPS: 1, WISHES: 2, SEEKS: 2}
SUITS = {("F2", "delivery-partner"): ("D5", "plan-together"), ("F2", "workforce"): ("F1", "student-projects"),
         ("D5", "trial-partner"): ("F1", "trial")}  # fmt: skip
"""What is sought in one question and offered, in other words, in another."""
MOST = 100
"""So many pairs of a round are proposed at most: more than a lead will ever look through."""
WITHOUT_PROJECT, WITHOUT_TITLE = "Bieten und Suchen", "Vorhaben ohne Titel"


@dataclass
class Side:
    """A project, or what somebody without one offers and seeks."""

    entry_id: int
    response_id: int
    house: str  # names the organisation, or the response that has none
    label: str  # of the house, for the reason
    title: str = ""
    facts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def needs(self) -> set[Choice]:
        """What this side seeks."""
        return {("F2", key) for key in self.facts[SEEKS]} | {("D5", key) for key in self.facts[WISHES]}

    @property
    def haves(self) -> set[Choice]:
        """What this side offers or wants to do."""
        return {("F1", key) for key in self.facts[OFFERS]} | {("D5", key) for key in self.facts[WISHES]}

    def gets_from(self, other: "Side") -> dict[Choice, Choice]:
        """What is sought here, with what the other has for it; F1 and F2 have the same codes."""
        same = {("F2", key): ("F1", key) for key in self.facts[SEEKS]}
        wanted = {need: (same | SUITS).get(need) for need in self.needs}
        return {need: have for need, have in wanted.items() if have in other.haves}


@dataclass(frozen=True)
class Candidate:
    """A pair with what speaks for it."""

    first: Side
    second: Side
    score: int
    reason: str  # of what members may see with G3: projects (D), offers and requests (F)
    inner_reason: str = ""  # of the rest, for the lead alone

    @property
    def pair(self) -> str:
        return pair_of(self.first.entry_id, self.second.entry_id)


def pair_of(one: int, two: int) -> str:
    """The same name for the same two entries, whichever comes first."""
    return f"{min(one, two)}-{max(one, two)}"


def candidates(round: Round, decided: Iterable[str] = ()) -> list[Candidate]:
    """The best pairs of a round, the best first, without those that were decided on; of two houses one pair each."""
    sides, known = sides_of(round), set(decided)
    best: dict[frozenset, Candidate] = {}
    for one, two in related(sides):
        found = judge(one, two, round.definition)
        if found and found.pair not in known:
            key = frozenset([one.response_id, two.response_id])
            best[key] = max(best.get(key, found), found, key=rank)
    return nlargest(MOST, best.values(), key=rank)


def rank(candidate: Candidate) -> tuple:
    return (candidate.score, -candidate.first.entry_id, -candidate.second.entry_id)


def related(sides: list[Side]) -> Iterator[tuple[Side, Side]]:
    """Pairs of different houses that can have anything in common: a topic, or an offer that is sought."""
    drawers = defaultdict(list)
    for number, side in enumerate(sides):
        exchanged = side.facts[OFFERS] | side.facts[SEEKS] if side.facts[OFFERS] and side.facts[SEEKS] else set()
        for key in side.facts[TOPICS] | exchanged:
            drawers[key].append(number)
    pairs = {pair for numbers in drawers.values() for pair in combinations(numbers, 2)}
    for one, two in sorted(pairs):
        if sides[one].house != sides[two].house:
            yield sides[one], sides[two]


def judge(one: Side, two: Side, definition: Definition) -> Candidate | None:
    """How well two sides fit; None where too little speaks for it."""
    topics, groups, wishes = (one.facts[name] & two.facts[name] for name in [TOPICS, GROUPS, WISHES])
    first, second = one.gets_from(two), two.gets_from(one)
    if not ((topics and (wishes or first or second)) or (first and second)):
        return None
    score = POINTS[TOPICS] * len(topics) + POINTS[GROUPS] * min(len(groups), 2)
    score += POINTS[WISHES] * len(wishes) + POINTS[SEEKS] * (len(first) + len(second))
    words = Words(definition)
    told = topics & one.facts[TOLD] & two.facts[TOLD]
    parts = words.shared({"beide: ": ("D3", told), "beide möchten: ": ("D5", wishes)})
    parts += [*words.exchange(one, two, first), *words.exchange(two, one, second)]
    inner = words.shared({"beide: ": ("D3", topics - told), "beide für: ": ("B4", groups)})
    return Candidate(one, two, score, "; ".join(parts), "; ".join(inner))


class Words:
    """What the questionnaire calls its choices."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition

    def shared(self, common: dict[str, tuple[str, set[str]]]) -> list[str]:
        """What both say, each with the words before it."""
        return [f"{text}{self.all(key, values)}" for text, (key, values) in common.items() if values]

    def all(self, key: str, values: Iterable[str]) -> str:
        """Choices of one question; several in quotes, as some names hold a comma."""
        names = sorted(self.one((key, value)) for value in values)
        return names[0] if len(names) == 1 else " und ".join(f"„{name}“" for name in names)

    def one(self, choice: Choice) -> str:
        question = self.definition.questions.get(choice[0])
        return question.choice_label(choice[1]).removesuffix(" gesucht") if question else choice[1]

    def exchange(self, one: Side, two: Side, got: dict[Choice, Choice]) -> Iterator[str]:
        """What one side seeks and the other has: the same in one go, what suits in other words by itself."""
        same = [need[1] for need, have in got.items() if need[1] == have[1]]
        if same:
            yield f"{one.label} sucht, was {two.label} bietet: {self.all('F2', same)}"
        for need, have in sorted(got.items()):
            if need[1] not in same:
                verb = "möchte" if have[0] == "D5" else "bietet"
                yield f"{one.label} sucht {self.one(need)}, {two.label} {verb} {self.one(have)}"


def sides_of(round: Round) -> list[Side]:
    """Every project of the round, and the offers and requests of those without one: three queries."""
    responses = {each.pk: each for each in Response.objects.filter(round=round).select_related("organisation")}
    entries = Entry.objects.filter(response__in=responses, section_key__in="BDEF").select_related("review")
    entries = entries.exclude(review__state=EntryReview.State.UNUSABLE)
    facts = facts_of(entries)
    by_response = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        if entry.pk in facts:
            by_response[entry.response_id][entry.section_key].append(entry)
    found = (sides_of_response(responses[pk], sections, facts) for pk, sections in sorted(by_response.items()))
    return [side for sides in found for side in sides]


def facts_of(entries) -> dict[int, dict[str, set[str]]]:
    """What each entry answers, by question; entries of which nothing was submitted are not there."""
    facts = defaultdict(lambda: defaultdict(set))
    answers = Answer.objects.filter(entry__in=entries, question_key__in=[*QUESTIONS, "D1"]).order_by("pk")
    for entry, question, value in answers.values_list("entry", "question_key", "value"):
        facts[entry][question].add(value)
    return facts


def sides_of_response(response: Response, sections: dict, facts: dict) -> Iterator[Side]:
    projects = [entry for entry in sections["D"] if ALONE not in facts[entry.pk]["D5"]]
    shared = [entry for key in "BEF" for entry in sections[key]]
    if projects:
        shared = [entry for entry in shared if entry.section_key != "B"]  # a project has topics of its own
    for entry in projects or (sections["F"] if not sections["D"] else []):
        house = f"organisation:{response.organisation_id}" if response.organisation_id else f"response:{response.pk}"
        side = Side(entry.pk, response.pk, house, str(response.organisation or "eine Person ohne Organisation"))
        side.title = title_of(entry, facts[entry.pk]["D1"])
        for each in {entry.pk: entry} | {other.pk: other for other in shared}:
            for question, name in QUESTIONS.items():
                side.facts[name] |= facts[each][question] - {NOTHING, ALONE}
            side.facts[TOLD] |= facts[each]["D3"]
        yield side


def title_of(entry: Entry, titles: Iterable[str]) -> str:
    """What the project is called, redacted where the lead has done so; a word for what has no title."""
    review = getattr(entry, "review", None)
    title = (review.redacted if review else {}).get("D1", next(iter(titles), ""))
    return title[:120].strip() or (WITHOUT_TITLE if entry.section_key == "D" else WITHOUT_PROJECT)


def title_now(entry: Entry) -> str:
    """The same for one entry, as it stands."""
    return title_of(entry, entry.answers.filter(question_key="D1").values_list("value", flat=True))
