"""Markdown becomes safe HTML here and nowhere else."""

import re
from hashlib import sha256

import nh3
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

MAX_BYTES = 20 * 1024
TAGS = {"p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr",
        "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"scope"}}
PARSER = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
LISTS = {"bullet_list_open", "ordered_list_open"}


def unwrap_items(state) -> None:
    """Take the paragraph off that is all a list item holds, apart from a list below it (PDF/UA)."""
    kinds = [token.type for token in state.tokens]
    for index in (index for index, kind in enumerate(kinds) if kind == "list_item_open"):
        ends = kinds[index + 4 : index + 5]  # after the paragraph's beginning, text and end
        if kinds[index + 1] == "paragraph_open" and set(ends) <= {"list_item_close", *LISTS}:
            state.tokens[index + 1].hidden = state.tokens[index + 3].hidden = True


PARSER.core.ruler.push("unwrap_items", unwrap_items)


def validate_markdown_size(text: str) -> None:
    """Raise ValidationError when the text is larger than 20 KiB in UTF-8 (security.md)."""
    if not fits(text):
        raise ValidationError("Der Text ist zu lang: höchstens 20 KiB, das sind etwa 20.000 Zeichen.", code="too_large")


def to_html(text: str, heading_level: int = 3) -> SafeString:
    """Return safe HTML for Markdown.

    ``heading_level`` is the level that the text's highest heading gets, so that a page has no jump in its
    outline. Links carry nofollow and noreferrer. Paragraphs that fill a list item are unwrapped (PDF/UA).
    The result is kept in the cache under a hash of the text.
    """
    key = f"markdown:{heading_level}:{sha256(text.encode('utf-8', 'replace')).hexdigest()}"
    html = cache.get_or_set(key, lambda: render(text, heading_level), None)
    return mark_safe(html)  # noqa: S308 - nh3 has cleaned it


def render(text: str, heading_level: int) -> str:
    """Render and clean, without the cache."""
    html = PARSER.render(text).replace("<th>", '<th scope="col">')
    html = shift_headings(html, heading_level)
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto", "tel"},
                     link_rel="nofollow noreferrer")  # fmt: skip


def shift_headings(html: str, top: int) -> str:
    """Renumber h1–h6 so that they start at ``top`` and never jump by more than one."""
    levels = sorted({int(level) for level in re.findall(r"<h([1-6])>", html)})
    new = {old: min(6, top + index) for index, old in enumerate(levels)}
    return re.sub(r"<(/?)h([1-6])>", lambda match: f"<{match[1]}h{new[int(match[2])]}>", html)


def to_text(text: str) -> str:
    """Return what people read of Markdown, a line for each paragraph, heading, item or cell."""
    inline = [token for token in PARSER.parse(text) if token.content]
    lines = ["".join(map(text_of, token.children)) if token.children else token.content for token in inline]
    return "\n".join(line.strip() for line in lines if line.strip())


def text_of(token) -> str:
    """The text of one token within a line; a line break is a blank."""
    return " " if token.type.endswith("break") else token.content


def escape(text: str) -> str:
    """Return Markdown that shows the text as it is, within a line."""
    return re.sub(r"([\\`*_\[\]<>&~|])", r"\\\1", text)


def fits(text: str) -> bool:
    """Whether the text is small enough for one field."""
    return len(text.encode("utf-8", "replace")) <= MAX_BYTES
