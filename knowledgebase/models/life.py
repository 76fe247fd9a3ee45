"""What happens to a solution over time: its editions, its reviews, and what people suggest from outside."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .solutions import Solution


class Snapshot(models.Model):
    """What a solution held after one change: who, when, what; contacts are left out, a consent is never restored."""

    solution = models.ForeignKey(
        Solution, models.CASCADE, verbose_name="Musterlösung", related_name="snapshots",
        db_index=False,  # that of the constraint below begins with it
    )  # fmt: skip
    number = models.PositiveIntegerField("Nr.")
    made_at = models.DateTimeField("wann", default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="wer", related_name="+", null=True, editable=False
    )
    message = models.CharField("was", max_length=200)
    content = models.JSONField("Inhalt")

    class Meta:
        verbose_name = "früherer Stand"
        verbose_name_plural = "frühere Stände"
        default_permissions = ("view",)
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["solution", "number"], name="one_snapshot_per_number")]

    def __str__(self):
        return f"{self.solution}, Stand {self.number}"


class Review(models.Model):
    """Who checked when whether a solution's page still holds."""

    solution = models.ForeignKey(Solution, models.CASCADE, verbose_name="Musterlösung", related_name="reviews")
    checked_on = models.DateField("geprüft am")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="geprüft von", related_name="+",
        null=True, editable=False,
    )  # fmt: skip
    next_review_on = models.DateField("nächste Prüfung am")
    note = models.CharField("Bemerkung", max_length=300, blank=True)

    class Meta:
        verbose_name = "Prüfung"
        verbose_name_plural = "Prüfungen"
        default_permissions = ("view",)
        ordering = ["-checked_on", "-pk"]

    def __str__(self):
        return f"{self.solution}, geprüft {self.checked_on:%d.%m.%Y}"


class SuggestionQuerySet(models.QuerySet):
    def waiting(self):
        """Suggestions that nobody has decided on."""
        return self.filter(decided_at=None)

    def taken(self):
        """Suggestions that became a draft."""
        return self.filter(solution__isnull=False)

    def declined(self):
        """Suggestions that became nothing."""
        return self.filter(decided_at__isnull=False, solution=None)


class Suggestion(models.Model):
    """What somebody without an account tells about a solution the Wissensdatenbank should hold."""

    title = models.CharField("Wie heißt die Lösung?", max_length=120)
    text = models.TextField("Was leistet sie, und wo läuft sie?", max_length=4000)
    url = models.URLField("Adresse im Netz", max_length=500, blank=True)
    name = models.CharField("Ihr Name", max_length=120, blank=True)
    email = models.EmailField("Ihre E-Mail", blank=True)
    created_at = models.DateTimeField("eingegangen", default=timezone.now, editable=False)
    decided_at = models.DateTimeField("entschieden am", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="entschieden von", related_name="+",
        null=True, blank=True, editable=False,
    )  # fmt: skip
    solution = models.ForeignKey(
        Solution, models.SET_NULL, verbose_name="daraus wurde", related_name="suggestions",
        null=True, blank=True, editable=False,
    )  # fmt: skip

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = "Vorschlag von außen"
        verbose_name_plural = "Vorschläge von außen"
        default_permissions = ("view", "delete")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(solution=None) | Q(decided_at__isnull=False),
                name="a_taken_suggestion_is_decided",
                violation_error_message="Wer einen Vorschlag übernimmt, hat über ihn entschieden.",
            )
        ]

    def __str__(self):
        return self.title
