"""Rows that never change once they are written."""

from django.db import models


class FrozenError(Exception):
    """Somebody tried to change a row that is frozen."""

    def __init__(self) -> None:
        super().__init__("Dieser Stand ist festgeschrieben und lässt sich nicht mehr ändern.")


class FrozenQuerySet(models.QuerySet):
    def update(self, **values):
        """Refuse: raises FrozenError."""
        raise FrozenError

    def bulk_update(self, objs, fields, batch_size=None):
        """Refuse: raises FrozenError."""
        raise FrozenError


class FrozenModel(models.Model):
    """A row with a document and its hash, written once."""

    document = models.JSONField("Dokument", editable=False)
    sha256 = models.CharField("Prüfsumme (SHA-256)", max_length=64, editable=False)

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Write a new row; raises FrozenError for one that exists."""
        if not self._state.adding:
            raise FrozenError
        super().save(*args, **kwargs)
