"""Answers in sentences, and the passages of them that people mark: by ticking sentences, or in their own words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .definition import Kind, Question
from .models import Answer, Coding

SENTENCE_END = re.compile(r"(?<=[.!?…;])(?<!\b\w\.)\s+|\n+")
"""Between two sentences, or parts of one; after „z. B.“ none ends."""
BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Passage:
    """Words of an answer: from the character ``start`` up to ``end``, not included."""

    question: str
    start: int
    end: int
    quote: str

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.question}:{self.start}:{self.end}"


@dataclass
class CodableText:
    """One answer in words of the respondent's own, with what is coded in it."""

    question: Question
    text: str
    codings: list[Coding] = field(default_factory=list)

    @property
    def sentences(self) -> list[Passage]:
        """The parts that can be ticked, in order."""
        ends = [match.span() for match in SENTENCE_END.finditer(self.text)]
        starts = [0, *(end for _, end in ends)]
        stops = [*(start for start, _ in ends), len(self.text)]
        found = (self.passage(start, stop) for start, stop in zip(starts, stops, strict=True))
        return [passage for passage in found if passage.quote.strip()]

    @property
    def ticks(self) -> list[tuple[Passage, bool]]:
        """The sentences, each with whether something of it is coded."""
        spans = [(coding.start, coding.end) for coding in self.codings if not coding.is_changed]
        return [(each, any(start < each.end and each.start < end for start, end in spans)) for each in self.sentences]

    def passage(self, start: int, end: int) -> Passage:
        return Passage(self.question.key, start, end, self.text[start:end])

    def joined(self, sentences: Iterable[Passage]) -> Iterator[Passage]:
        """Sentences that follow one another become one passage."""
        run: list[Passage] = []
        for each in sorted(sentences, key=lambda each: each.start):
            if run and self.text[run[-1].end : each.start].strip():
                yield self.passage(run[0].start, run[-1].end)
                run = []
            run.append(each)
        if run:
            yield self.passage(run[0].start, run[-1].end)

    def find(self, words: str) -> Passage | None:
        """The passage with these words, whatever blanks and line breaks stand between them."""
        parts = [re.escape(part) for part in BLANKS.split(words.strip(' \t\n„“"')) if part]
        match = re.search(r"\s+".join(parts), self.text) if parts else None
        return self.passage(*match.span()) if match else None


def codable_texts(questions: Iterable[Question], answers: Iterable[Answer], codings: list[Coding]) -> list[CodableText]:
    """What was answered in words of one's own, question by question, with what is coded in it."""
    said = {(answer.question_key, bool(answer.text)): answer.text or answer.value for answer in answers}
    pairs = ((question, said.get((question.key, question.has_text))) for question in questions if is_in_words(question))
    texts = [CodableText(question, text) for question, text in pairs if text]
    for text in texts:
        text.codings = [coding for coding in codings if coding.question_key == text.question.key]
    return texts


def is_in_words(question: Question) -> bool:
    """Whether a question is answered with words that can be quoted, if only beside a choice."""
    return question.kind in {Kind.SHORT_TEXT, Kind.LONG_TEXT} or question.has_text
