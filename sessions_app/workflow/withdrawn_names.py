"""When somebody no longer wants to be named, the public part of what was released names them no more.

security.md, personal data: withdrawal acts at once, also on released documents; the former hash and the reason stay.
"""

import re
from collections.abc import Collection
from hashlib import sha256
from itertools import product

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from ogl_portal.directory.models import Person
from ogl_portal.lib import pdf, search

from ..models import Report, ReportVersion

REASON = "Eine Person hat die Einwilligung widerrufen, hier genannt zu werden."


def redact_versions(*, person: Person) -> int:
    """Take a person's name out of the public text and PDF of every released version; return how many changed.

    The document that the PDF was made of is kept for that. Raises RenderError when a PDF cannot be made anew;
    then nothing has changed.
    """
    documents = {version: without_name(version.public_document, person) for version in ReportVersion.objects.all()}
    changed = {version: text for version, text in documents.items() if text != version.public_document}
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
        if escape(person.family_name) in html:
            html = without_name(html, person, may_stand)
    return html


def spellings(person: Person) -> list[str]:
    """How a name may stand in a text, the longest first: Frau Prof. Erika Mrech, Frau Mrech, Prof. Mrech.

    The family name alone is none of them: it may be a word of the language.
    """
    before = product([person.salutation, ""], [person.title, ""], [person.given_name, ""])
    found = {" ".join(filter(None, [*words, person.family_name])) for words in before if any(words)}
    return sorted(map(escape, found), key=len, reverse=True)


def without_name(html: str, person: Person, may_stand: Collection[str] = ()) -> str:
    """The text with the person's organisation, or „ein Mitglied der Arbeitsgruppe“, in the place of the name.

    Whole words only, with the s of a genitive: Frau Mai is not Frau Maier.
    """
    stand_in = escape(person.organisation.name if person.organisation else "ein Mitglied der Arbeitsgruppe")
    for name in spellings(person):
        if name not in may_stand:
            html = re.sub(rf"(?<!\w){re.escape(name)}(?=s?(?!\w))", lambda _: stand_in, html)
    return html


def replace_public_part(version: ReportVersion, html: str, document: str, content: bytes) -> None:
    former, old_file = version.public_sha256, version.public_pdf.name
    version.public_html, version.public_document = html, document
    version.public_sha256 = sha256(content).hexdigest()
    version.public_pdf.save("public", ContentFile(content), save=False)
    version.redacted_at, version.redaction_reason, version.former_sha256 = timezone.now(), REASON, former
    version.save()
    search.update(version.report)
    storage = version.public_pdf.storage
    transaction.on_commit(lambda: storage.delete(old_file))
