"""When somebody no longer wants to be named, the public part of what was released names them no more.

security.md, personal data: withdrawal acts at once, also on released documents; the former hash and the reason stay.
"""

import re
from collections.abc import Collection, Iterator
from hashlib import sha256
from itertools import product

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from ogl_portal.directory.models import Person
from ogl_portal.lib import pdf, search
from ogl_portal.lib.files import delete_stored

from ..models import Report, ReportVersion

REASON = "Eine Person hat die Einwilligung widerrufen, hier genannt zu werden."
GAP = r"(?:\s|&nbsp;|&#160;|</?(?:a|br|code|em|s|strong)\b[^>]*>)+"
"""What may stand between two words of a name: blanks of every kind, a new line, the marks of Markdown."""
SIGNS = {
    "'": "(?:['’]|&#x27;|&#39;|&rsquo;)",
    "’": "(?:['’]|&#x27;|&#39;|&rsquo;)",
    '"': '(?:"|&quot;|&#34;)',
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "-": "[-\u2010\u2011]",
}
"""How else a sign of a name may stand in HTML, which templates and Markdown write differently."""
TAG = re.compile(r"<[^>]*>")
EMPTY_PAIR = re.compile(r"<(\w+)\b[^>]*></\1>|<br\b[^>]*>")


def redact_versions(*, person: Person) -> int:
    """Take a person's name out of the public text and PDF of every released version; return how many changed.

    The document that the PDF was made of is kept for that. Raises RenderError when a PDF cannot be made anew;
    then nothing has changed.
    """
    found = [version.pk for version in versions_naming(person, "public_document")]
    versions = ReportVersion.objects.defer("members_html", "distribution").filter(pk__in=found)
    changed = {version: without_name(version.public_document, person) for version in versions}
    contents = [pdf.from_html(document) for document in changed.values()]
    with transaction.atomic():
        for (version, document), content in zip(changed.items(), contents, strict=True):
            replace_public_part(version, without_name(version.public_html, person), document, content)
        for report in Report.objects.filter(status=Report.Status.RELEASED, current_version=None):
            search.update(report)  # its page takes the names out by itself
    return len(changed)


def without_private_names(html: str) -> str:
    """A text as the public may read it: without the names of all persons who may not be named in public.

    A spelling that somebody shares who may be named stays: the text may mean that one.
    """
    may_stand = {name for person in Person.objects.filter(name_is_public=True) for name in spellings(person)}
    for person in Person.objects.filter(name_is_public=False).select_related("organisation"):
        if core_of(person) in html:
            html = without_name(html, person, may_stand)
    return html


def versions_naming(person: Person, text: str) -> Iterator[ReportVersion]:
    """The released versions whose ``text`` (the name of a field) names the person; only that field is loaded."""
    names, likely = pattern_of(person), ReportVersion.objects.filter(**{f"{text}__contains": core_of(person)})
    for version in likely.only(text).iterator(chunk_size=20):
        if names.search(getattr(version, text)):
            yield version


def spellings(person: Person) -> list[str]:
    """How a name may stand in a text, the longest first: Frau Prof. Erika Mrech, Frau Mrech, Prof. Mrech.

    The family name alone is none of them: it may be a word of the language.
    """
    before = product([person.salutation, ""], [person.title, ""], [person.given_name, ""])
    found = {" ".join(filter(None, [*words, person.family_name])) for words in before if any(words)}
    return sorted(found, key=len, reverse=True)


def core_of(person: Person) -> str:
    """The longest piece of the family name that stands the same in every spelling: Angelo of D'Angelo."""
    return max(re.split(r"[\W_]+", person.family_name), key=len)


def pattern_of(person: Person, may_stand: Collection[str] = ()) -> re.Pattern:
    """What finds every spelling of the name in HTML, but those that ``may_stand``.

    Whole words only, with the s of a genitive: Frau Mai is not Frau Maier.
    """
    names = [GAP.join(map(as_in_html, name.split())) for name in spellings(person) if name not in may_stand]
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?=s?(?!\w))" if names else r"(?!)")


def as_in_html(word: str) -> str:
    """The pattern of one word."""
    return "".join(SIGNS.get(sign) or re.escape(sign) for sign in word)


def without_name(html: str, person: Person, may_stand: Collection[str] = ()) -> str:
    """The text with the person's organisation, or „ein Mitglied der Arbeitsgruppe“, in the place of the name."""
    stand_in = escape(person.organisation.name if person.organisation else "ein Mitglied der Arbeitsgruppe")
    return pattern_of(person, may_stand).sub(lambda found: in_place_of(found[0], stand_in), html)


def in_place_of(name: str, stand_in: str) -> str:
    """The stand-in with the tags that begin or end within the name, so that each still has its other half."""
    tags = EMPTY_PAIR.sub("", "".join(TAG.findall(name)))
    return stand_in + tags if tags.startswith("</") else tags + stand_in


def replace_public_part(version: ReportVersion, html: str, document: str, content: bytes) -> None:
    former, old_file = version.public_sha256, version.public_pdf.name
    version.public_html, version.public_document = html, document
    version.public_sha256 = sha256(content).hexdigest()
    version.public_pdf.save("public", ContentFile(content), save=False)
    version.redacted_at, version.redaction_reason, version.former_sha256 = timezone.now(), REASON, former
    version.save()
    search.update(version.report)
    delete_stored([old_file])
