"""When somebody no longer wants to be named, the public part of what was released names them no more.

security.md, personal data: withdrawal acts at once, also on released documents; the former hash and the reason stay.
"""

from hashlib import sha256
from itertools import product

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from ogl_portal.directory.models import Person
from ogl_portal.lib import pdf, search

from ..models import ReportVersion

REASON = "Eine Person hat die Einwilligung widerrufen, hier genannt zu werden."


def redact_versions(*, person: Person) -> int:
    """Take a person's name out of the public text and PDF of every released version; return how many changed.

    The document that the PDF was made of is kept for that. Raises RenderError when a PDF cannot be made anew;
    then nothing has changed.
    """
    names = spellings(person)
    changed = [version for version in ReportVersion.objects.all() if any(n in version.public_document for n in names)]
    documents = [without_names(version.public_document, names, person) for version in changed]
    contents = [pdf.from_html(document) for document in documents]
    with transaction.atomic():
        for version, document, content in zip(changed, documents, contents, strict=True):
            replace_public_part(version, without_names(version.public_html, names, person), document, content)
    return len(changed)


def spellings(person: Person) -> list[str]:
    """How a name may stand in a text, the longest first: Frau Prof. Erika Mrech, Frau Mrech, Prof. Mrech.

    The family name alone is none of them: it may be a word of the language.
    """
    before = product([person.salutation, ""], [person.title, ""], [person.given_name, ""])
    found = {" ".join(filter(None, [*words, person.family_name])) for words in before if any(words)}
    return sorted(map(escape, found), key=len, reverse=True)


def without_names(html: str, names: list[str], person: Person) -> str:
    """The text with the person's organisation, or „ein Mitglied der Arbeitsgruppe“, in the place of the name."""
    stand_in = escape(person.organisation.name if person.organisation else "ein Mitglied der Arbeitsgruppe")
    for name in names:
        html = html.replace(name, stand_in)
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
