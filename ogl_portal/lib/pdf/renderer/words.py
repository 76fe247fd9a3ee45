"""The words of the HTML, to tell where a line ends between two of them."""

from functools import lru_cache

WITHIN_WORDS = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
}  # fmt: skip
"""Elements whose beginning and end part no words."""


@lru_cache(maxsize=64)
def text_of(element) -> str:
    """Return all the text of an element, words parted by single spaces."""
    return " ".join("".join(parts_of(element)).split())


def parts_of(element):
    """Yield the texts in the element, with a space wherever another block or line begins."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):  # else it is a comment
            parted = "" if child.tag in WITHIN_WORDS else " "
            yield parted
            yield from parts_of(child)
            yield parted
        yield child.tail or ""


def is_one_word(text: str, end: str, beginning: str) -> bool:
    """Whether ``end`` and ``beginning``, the words beside a line's end, are two parts of one word of the text.

    So it is in a long address that no line can hold, and after a hyphen.
    """
    if "\xad" in text:
        text, end, beginning = (each.replace("\xad", "") for each in (text, end.rstrip("‐"), beginning))
    return end + beginning in text and f"{end} {beginning}" not in f"{text} "
