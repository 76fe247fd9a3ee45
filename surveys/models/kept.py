"""What was typed by somebody whose sign-in had expired: it waits for the next sign-in in the same browser."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from .responses import Entry


class KeptDraftQuerySet(models.QuerySet):
    def forgotten(self, now: datetime):
        """Texts that no session can ask for any more."""
        return self.filter(created_at__lt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE))


class KeptDraft(models.Model):
    """The fields of one form as they were sent; only the session of that browser knows which one is its own.

    It goes with the entry, so that nothing is left in anybody's session of a response that was deleted.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="kept_drafts")
    revision = models.PositiveIntegerField()  # of the entry, that the text was typed on
    fields = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)

    objects = KeptDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "aufgehobener Text"
        verbose_name_plural = "aufgehobene Texte"
        default_permissions = ()

    def __str__(self):
        return f"Aufgehoben für {self.entry}"
