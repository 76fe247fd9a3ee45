"""How the name of a person may stand in a text, be it HTML, Markdown or plain, and the text without it."""

import re
from collections.abc import Callable, Collection
from functools import partial, reduce
from itertools import product
from operator import or_

from django.db.models import Model, Q
from django.utils.html import escape

from ogl_portal.directory.models import Person

GAP = (
    r"(?:\s|&nbsp;|&#160;|</?(?:a|br|code|em|s|strong)\b[^>]*>"  # as it is shown
    r"|[*_`~\[\\]|\](?:\([^)\s]*\))?)+"  # as it is typed
)
"""What may stand between two words of a name: blanks of every kind, a new line, the marks of HTML and Markdown."""
SIGNS = {
    "'": "(?:['’]|&#x27;|&#39;|&rsquo;)",
    "’": "(?:['’]|&#x27;|&#39;|&rsquo;)",
    '"': '(?:"|&quot;|&#34;)',
    "&": "&(?:amp;)?",
    "<": "(?:<|&lt;)",
    ">": "(?:>|&gt;)",
    "-": "[-\u2010\u2011]",
}
"""How else a sign of a name may stand in HTML, which templates and Markdown write differently."""
TAG = re.compile(r"<(/?)[^>]*>")
MARK = re.compile(r"<[^>]*>|\*+|_+|`+|~+|\[|\](?:\([^)\s]*\))?")
ENDS_WITHIN = re.compile(r"[^\s*_`~\[](?:</|[*_`~\]])")
EMPTY_PAIR = re.compile(r"<(\w+)\b[^>]*></\1>|<br\b[^>]*>")


def names_of(person: Person) -> list[list[str]]:
    """Salutation, title, given and family name, as they are now and as they were before."""
    return [person.name_parts, *person.former_names]


def spellings(person: Person) -> list[str]:
    """How a name may stand in a text, the longest first: Frau Prof. Erika Mrech, Frau Mrech, Prof. Mrech.

    The family name alone is none of them: it may be a word of the language.
    """
    found = set()
    for *first, family_name in names_of(person):
        before = product(*([word, ""] for word in first))
        found |= {" ".join(filter(None, [*words, family_name])) for words in before if any(words)}
    return sorted(found, key=lambda name: (-len(name), name))


def cores_of(person: Person) -> set[str]:
    """Of each family name the longest piece that stands the same in every spelling: Angelo of D'Angelo."""
    return {max(re.split(r"[\W_]+", name[-1]), key=len) for name in names_of(person)}


def may_name(person: Person, *fields: str) -> Q:
    """What may name the person in one of these fields: for the database, so that few texts are read."""
    return reduce(or_, (Q(**{f"{field}__contains": core}) for core in cores_of(person) for field in fields))


def pattern_of(person: Person, may_stand: Collection[str] = ()) -> re.Pattern:
    """What finds every spelling of the name, but those that ``may_stand``.

    Whole words only, with the s of a genitive: Frau Mai is not Frau Maier.
    """
    names = [GAP.join(map(as_written, name.split())) for name in spellings(person) if name not in may_stand]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(names)})(?=s?(?![^\W_]))" if names else r"(?!)")


def as_written(word: str) -> str:
    """The pattern of one word; in Markdown a backslash may stand before a sign."""
    return "".join(sign if sign.isalnum() else r"\\?" + (SIGNS.get(sign) or re.escape(sign)) for sign in word)


def without_name(text: str, person: Person, may_stand: Collection[str] = (), *, is_html: bool = True) -> str:
    """The text with the stand-in in the place of the name; what lies within the stand-in („Dr. Adler GmbH“) stays."""
    stand_in = escape(stand_in_for(person)) if is_html else stand_in_for(person)
    houses = [found.span() for found in re.finditer(re.escape(stand_in), text)]

    def replaced(found: re.Match) -> str:
        is_within = any(start <= found.start() and found.end() <= end for start, end in houses)
        return found[0] if is_within else in_place_of(found[0], stand_in)

    return pattern_of(person, may_stand).sub(replaced, text)


def stand_in_for(person: Person) -> str:
    """The organisation of the person; „ein Mitglied der Arbeitsgruppe“ where there is none, or it is called as they."""
    house = person.organisation.name if person.organisation else ""
    return house if house and not pattern_of(person).fullmatch(house) else "ein Mitglied der Arbeitsgruppe"


def names(text: str, person: Person, *, is_html: bool = True) -> bool:
    """Whether the text names the person: something would be taken out of it."""
    return without_name(text, person, is_html=is_html) != text


def in_place_of(name: str, stand_in: str) -> str:
    """The stand-in with the marks that begin or end within the name, so that each still has its other half."""
    marks = MARK.findall(name)
    marks = [] if len(marks) == 2 and marks[0] == marks[1] else marks  # **Frau** **Adler**
    kept = EMPTY_PAIR.sub("", "".join(marks))
    return stand_in + kept if ENDS_WITHIN.search(TAG.sub(r"<\1>", name)) else kept + stand_in


def without_private_names(text: str, *, is_html: bool = True) -> str:
    """A text as the public may read it: without the names of all persons who may not be named in public."""
    return taking_out_private_names()(text, is_html=is_html)


def taking_out_private_names() -> Callable[..., str]:
    """The same for several texts, with two queries for all of them.

    A spelling that somebody shares who may be named stays: the text may mean that one.
    """
    may_stand = {name for person in Person.objects.filter(name_is_public=True) for name in spellings(person)}
    private = list(Person.objects.filter(name_is_public=False).select_related("organisation"))
    return partial(without_names, private, may_stand)


def without_names(private: list[Person], may_stand: Collection[str], text: str, *, is_html: bool = True) -> str:
    for person in private:
        if any(core in text for core in cores_of(person)):
            text = without_name(text, person, may_stand, is_html=is_html)
    return text


def take_out(row: Model, clean: Callable[..., str], *, html: Collection[str] = (), text: Collection[str] = ()) -> bool:
    """Clean the fields of a row, HTML and typed ones, without storing it; whether there was anything to take out."""
    changed = False
    for name in [*html, *text]:
        before = getattr(row, name)
        after = clean(before, is_html=name in html)[: row._meta.get_field(name).max_length]
        changed |= after != before
        setattr(row, name, after)
    return changed
