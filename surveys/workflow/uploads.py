"""Files of an entry: added and taken away like every other answer."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from ogl_portal.lib import uploads
from ogl_portal.lib.files import delete_files

from ..checks import MAX_FILES
from ..models import Entry, Response, Upload
from .errors import TooManyFiles
from .responses import lock, require_open, touch


def add_upload(*, entry: Entry, question_key: str, file: UploadedFile) -> Upload:
    """Store a file for a question. Raises RoundClosed, TooManyFiles, and UploadRefused of ogl_portal.lib.uploads."""
    require_open(entry)
    checked = uploads.check(file)
    with transaction.atomic():
        lock(entry.response)
        present = entry.uploads.present().filter(question_key=question_key)
        if present.count() >= MAX_FILES:
            raise TooManyFiles(MAX_FILES)
        touch(entry.response)
        return Upload.objects.create(
            entry=entry,
            question_key=question_key,
            file=ContentFile(checked.content, name="datei"),
            name=checked.name,
            content_type=checked.content_type,
            size=len(checked.content),
            sha256=checked.sha256,
        )


@transaction.atomic
def remove_upload(*, entry: Entry, uuid) -> None:
    """Take a file away from an entry; what was submitted stays until the next submission. Raises RoundClosed."""
    require_open(entry)
    lock(entry.response)
    if entry.uploads.present().filter(uuid=uuid).update(removed_at=timezone.now()):
        touch(entry.response)


def delete_removed_files(*, response: Response, until: datetime) -> None:
    """Delete what was removed before a submission, where that was open; the files themselves go with the commit."""
    removed = Upload.objects.filter(entry__in=response.entries.writable(response)).removed_until(until)
    delete_files(removed)
    removed.delete()
