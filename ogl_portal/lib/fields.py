"""Model fields that several apps share."""

from django.db import models

from .markdown import validate_markdown_size


class MarkdownField(models.TextField):
    """Text in Markdown of at most 20 KiB; pages show it with the filter ``markdown``."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    default_validators = [validate_markdown_size]


class RevisedModel(models.Model):
    """What two people may edit at once: every change raises the revision, so that a form knows it is outdated.

    Forms raise it by themselves (``forms.RevisedModelForm``); a verb of a workflow does so in its update.
    """

    revision = models.PositiveIntegerField("Fassung", default=0, editable=False)
    gone_rows = ()
    """What the rows said that a posted form has of this thing and that are stored no more (``RevisedAdmin``)."""

    class Meta:
        abstract = True
