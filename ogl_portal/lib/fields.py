"""Model fields that several apps share."""

from django.db import models

from .markdown import validate_markdown_size


class MarkdownField(models.TextField):
    """Text in Markdown of at most 20 KiB; pages show it with the filter ``markdown``."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    default_validators = [validate_markdown_size]
