"""Files in rows of a table: what is stored is what was checked, and what nothing names any more goes with the commit.

Such a row has ``file``, ``name``, ``content_type``, ``size`` and ``sha256``.
"""

import logging
from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.http import Http404, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from . import uploads
from .forms import PlainTextModelForm
from .models import UnwantedFile

logger = logging.getLogger(__name__)


def put_file(row: models.Model, checked: uploads.CheckedFile) -> None:
    """Give a row, saved or not, a file and what is known of it; the caller saves it."""
    row.file = ContentFile(checked.content, name="datei")
    row.name = checked.name
    row.content_type = checked.content_type
    row.size = len(checked.content)
    row.sha256 = checked.sha256


def delete_files(rows: Iterable[models.Model]) -> None:
    """Delete the stored files of rows once the transaction is committed, or as soon as the storage lets go of them."""
    delete_stored([row.file.name for row in rows if row.file])


def delete_stored(names: Iterable[str]) -> None:
    """Delete files that nothing names any more once the transaction is committed.

    That they are to go is part of the transaction. What the storage does not let go of then goes with ``prune``: what
    was committed is done, and nobody waits for a storage that is away.
    """
    unwanted = UnwantedFile.objects.bulk_create(UnwantedFile(name=name) for name in names)
    transaction.on_commit(lambda: all(map(let_go, unwanted)), robust=True)


def let_go(unwanted: UnwantedFile) -> bool:
    """Try to delete a file; return whether it is gone."""
    try:
        default_storage.delete(unwanted.name)
    except Exception as error:  # whatever the storage does, the row stays
        logger.warning("Die Datei „%s“ bleibt bis zum nächsten prune (%s).", unwanted.name, type(error).__name__)
        return False
    unwanted.delete()
    return True


def send_file(row: models.Model, name: str) -> HttpResponse:
    """The file of a row, to be saved under a name; raises Http404 where it is missing in the storage."""
    try:
        with row.file.open("rb") as stored:
            return uploads.respond(stored.read(), name)
    except FileNotFoundError:
        logger.warning("Die Datei „%s“ (%s %s) fehlt in der Ablage.", row.file.name, row._meta.label, row.pk)
        raise Http404 from None


class FileForm(PlainTextModelForm):
    """A file is taken for what it contains; one that is refused costs nothing of what was typed beside it.

    ``checked`` is what may be stored, None where no new file came.
    """

    checked = None

    class Meta:
        widgets = {"file": forms.FileInput(attrs={"accept": uploads.ACCEPT})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].max_length = None  # it is stored under a name of ours, and called by a shortened one

    def clean_file(self):
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            try:
                self.checked = uploads.check(file)
            except uploads.UploadRefused as refusal:
                raise ValidationError(str(refusal)) from None
        return file


def stored_link(row: models.Model) -> SafeString | str:
    """The file that a row has, to be looked at, with what tells it from every other."""
    if not row.pk:
        return "noch keine Datei"
    facts = [row.get_absolute_url(), row.name, size_text(row.size), row.sha256[:12]]
    return format_html('<a href="{}">{}</a>, {}, SHA-256 {}…', *facts)


def size_text(size: int) -> str:
    """Return „240 KB“ or „1,2 MB“ for a number of bytes."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def format_text(name: str) -> str:
    """Return „PDF“ for „Muster.pdf“."""
    _, point, suffix = name.rpartition(".")
    return suffix.upper() if point else "Datei"
