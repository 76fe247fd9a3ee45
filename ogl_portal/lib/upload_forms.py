"""Rows of the admin that hold a file each."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import BaseInlineFormSet
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString

from . import uploads
from .forms import PlainTextModelForm


class FileRowForm(PlainTextModelForm):
    """A file is taken for what it contains; one that is refused costs nothing of what was typed beside it."""

    class Meta:
        widgets = {"file": forms.FileInput(attrs={"accept": uploads.ACCEPT})}

    checked = None

    def clean_file(self):
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            try:
                self.checked = uploads.check(file)
            except uploads.UploadRefused as refusal:
                raise ValidationError(str(refusal)) from None
        return file

    def save(self, commit=True):
        if self.checked:
            uploads.delete_files(type(self.instance)._base_manager.filter(pk=self.instance.pk))
            uploads.put_file(self.instance, self.checked)
        return super().save(commit)


class FileRowFormSet(BaseInlineFormSet):
    def delete_existing(self, obj, commit=True):
        """The stored file goes with its row."""
        uploads.delete_files([obj])
        super().delete_existing(obj, commit)


def stored_file(row) -> SafeString | str:
    """The file that is there, to be looked at, with what tells it from every other."""
    if not row.pk:
        return "noch keine Datei"
    facts = [row.get_absolute_url(), row.name, filesizeformat(row.size)]
    return format_html('<a href="{}">{}</a>, {}, SHA-256 {}…', *facts, row.sha256[:12])
