"""What the OGL-Leitung makes of an entry: how far it is looked through, and a redacted version beside the original."""

from collections.abc import Mapping

from django.db import models

from ogl_portal.directory.models import User

from .responses import Entry


class EntryReview(models.Model):
    """The lead's work on one submitted entry; an entry without a row is new. The original stays untouched.

    ``redacted`` maps names of text fields to the text as it may leave the house.
    """

    class State(models.TextChoices):
        NEW = "new", "neu"
        IN_REVIEW = "in-review", "in Prüfung"
        QUERY = "query", "Rückfrage"
        REVIEWED = "reviewed", "geprüft"
        UNUSABLE = "unusable", "nicht verwendbar"

    entry = models.OneToOneField(Entry, models.CASCADE, verbose_name="Eintrag", related_name="review")
    state = models.CharField("Stand der Prüfung", max_length=20, choices=State, default=State.NEW)
    note = models.TextField(
        "interne Notiz", max_length=4000, blank=True, help_text="Wer geantwortet hat, liest sie unter „Meine Daten“."
    )
    question = models.TextField("Rückfrage", max_length=2000, blank=True)
    asked_at = models.DateTimeField("gefragt am", null=True, blank=True, editable=False)
    redacted = models.JSONField("redigierte Fassung", default=dict, blank=True, editable=False)
    redacted_from = models.PositiveIntegerField("redigiert aus Absendung", null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField("Fassung", default=0, editable=False)
    changed_at = models.DateTimeField("zuletzt bearbeitet", auto_now=True)
    changed_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name="zuletzt bearbeitet von", null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = "Prüfung eines Eintrags"
        verbose_name_plural = "Prüfungen der Einträge"
        default_permissions = ()

    def __str__(self):
        return f"{self.entry}: {self.get_state_display()}"

    def redact(self, answers: Mapping) -> dict:
        """The answers with the redacted texts in their place; what is not answered any more stays out."""
        return {**answers, **{name: text for name, text in self.redacted.items() if name in answers}}
