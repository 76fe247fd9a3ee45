"""Where a hit stands in a text: the words around it, and <mark> around the hit."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .analyser import quick_keys
from .query import Concept, Level, Query
from .texts import TOKEN

HINT = 5
"""So many letters of a key are looked for; whether a word has the key is then found out."""
LENGTH = 220
"""Letters of a snippet, about."""
LEAD = 60
"""Letters before the hit."""
WRITTEN = {"a": "(?:ae|[aäàáâ])", "o": "(?:oe|[oöòóô])", "u": "(?:ue|[uüùúû])", "e": "[eéèê]", "s": "(?:s|ß)"}
"""How a letter of a key may be written."""


class Marker:
    """Marks the words of a query in texts: of each concept what meets it best in that text."""

    def __init__(self, query: Query) -> None:
        self.concepts = [groups(concept) for concept in query.concepts]
        self.keys = query.keys
        self.hint = re.compile("|".join(sorted({written(key[:HINT]) for key in self.keys})) or r"(?!)", re.IGNORECASE)

    def candidates(self, text: str) -> list[tuple[int, int, frozenset[str]]]:
        """Beginning, end and keys of every word of the text that has a key of the query."""
        found, last = [], 0
        for match in self.hint.finditer(text):
            if match.start() < last:
                continue
            start = match.start()
            while start > last and (text[start - 1].isalnum() or text[start - 1] == "-"):
                start -= 1
            token = TOKEN.match(text, start)
            last = max(match.end(), token.end() if token else 0)
            if token and (keys := self.keys & quick_keys(token[0])):
                found.append((*token.span(), keys))
        return found

    def places(self, text: str) -> list[tuple[int, int]]:
        """Beginning and end of every word of the text that is a hit."""
        found = self.candidates(text)
        present = {key for _, _, keys in found for key in keys}
        best = [next((group for group in concept if group & present), frozenset()) for concept in self.concepts]
        wanted = frozenset().union(*best)
        return [(start, end) for start, end, keys in found if keys & wanted]

    def mark(self, text: str) -> SafeString:
        """The whole text with its hits marked."""
        return marked(text, self.places(text))

    def snippet(self, summary: str, text: str) -> SafeString:
        """The summary, or the words around the first hit in the text where the summary has none."""
        places = self.places(summary)
        if summary and (places or not text):
            return marked(summary, places)
        places = self.places(text)
        if summary and not places:
            return marked(summary, [])
        start, end = window(text, places[0][0] if places else 0)
        within = [(first - start, last - start) for first, last in places if first >= start and last <= end]
        return format_html(
            "{}{}{}", "… " if start else "", marked(text[start:end], within), " …" if end < len(text) else ""
        )


def groups(concept: Concept) -> list[frozenset[str]]:
    """The keys that may meet a concept: the word itself, then its parts and synonyms, then what only comes near."""
    own = [option for option in concept.options if option.level <= Level.PART and len(option.keys) == 1]
    close = [option for option in concept.options if option.level <= Level.SYNONYM]
    return [
        frozenset(key for option in some for keys in option.keys for key in keys)
        for some in (own, close, concept.options)
    ]


def written(key: str) -> str:
    """A pattern for the ways in which a key may be written; short ones stand at the beginning of a word."""
    letters = re.sub("ss", "s", key)
    pattern = "".join(WRITTEN.get(letter, re.escape(letter)) for letter in letters)
    return pattern.replace("(?:s|ß)", "(?:ss?|ß)")


def window(text: str, place: int) -> tuple[int, int]:
    """Where the words around a place begin and end."""
    start = text.find(" ", max(0, place - LEAD)) + 1 if place > LEAD else 0
    line = text.rfind("\n", start, place)
    start = line + 1 if line >= 0 else start
    end = start + LENGTH
    return (start, len(text)) if end >= len(text) else (start, max(text.rfind(" ", start, end), place))


def marked(text: str, places: list[tuple[int, int]]) -> SafeString:
    """Escape the text and put <mark> around the places."""
    pieces, last = [], 0
    for start, end in places:
        pieces += [(text[last:start],), (format_html("<mark>{}</mark>", text[start:end]),)]
        last = end
    return format_html_join("", "{}", [*pieces, (text[last:],)])
