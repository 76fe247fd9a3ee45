"""Files of a solution: what is stored is what was checked, and what nothing names any more goes with the commit."""

from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.db import transaction

from ogl_portal.lib.uploads import CheckedFile

from ..models import Attachment


def put_file(attachment: Attachment, checked: CheckedFile) -> None:
    """Give an attachment, saved or not, a file and what is known of it; the caller saves it."""
    attachment.file = ContentFile(checked.content, name="datei")
    attachment.name = checked.name
    attachment.content_type = checked.content_type
    attachment.size = len(checked.content)
    attachment.sha256 = checked.sha256


def delete_files(attachments: Iterable[Attachment]) -> None:
    """Delete the stored files of attachments once the transaction is committed."""
    for file in [attachment.file for attachment in attachments if attachment.file]:
        transaction.on_commit(lambda storage=file.storage, name=file.name: storage.delete(name))
