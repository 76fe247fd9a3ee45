"""Files in rows of a table, in words; storing them is tested where rows have them."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction

from ogl_portal.lib.files import delete_stored, format_text, size_text
from ogl_portal.lib.models import UnwantedFile


@pytest.mark.parametrize(
    ("size", "text"), [(0, "1 KB"), (240_400, "240 KB"), (999_499, "999 KB"), (1_250_000, "1,2 MB")]
)
def test_size_text_is_short(size, text):
    assert size_text(size) == text


@pytest.mark.parametrize(("name", "text"), [("a.b.pdf", "PDF"), ("ohne", "Datei"), ("", "Datei")])
def test_format_text_is_the_ending(name, text):
    assert format_text(name) == text


@pytest.mark.django_db
def test_file_that_the_storage_does_not_let_go_of_with_the_commit_goes_with_prune(
    monkeypatch, capsys, django_capture_on_commit_callbacks
):
    names = [default_storage.save(f"unwanted/{number}", ContentFile(b"x")) for number in range(3)]
    failures, delete = iter([OSError("away for a moment")]), default_storage.delete

    def delete_later(name):
        if failure := next(failures, None):
            raise failure
        delete(name)

    monkeypatch.setattr(default_storage, "delete", delete_later)
    with django_capture_on_commit_callbacks(execute=True):
        delete_stored(names)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            delete_stored(["unwanted/still-named"])
            raise ZeroDivisionError
    assert all(map(default_storage.exists, names))
    for words in ["Gelöscht: 3 × Dateien", "Es gibt nichts zu löschen"]:
        call_command("prune")
        assert words in capsys.readouterr().out
    assert not any(map(default_storage.exists, names)) and not UnwantedFile.objects.exists()
