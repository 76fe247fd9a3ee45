"""Where a solution came out of an example of the questionnaire: what was taken over, and whether that still holds."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from surveys.models import Response

from .solutions import Solution

WITHOUT_NAME = "Die Freigabe gilt nur noch ohne Namensnennung (G1)."
"""Why a solution is hidden that names the organisation, and may be shown again without."""


class TransferQuerySet(models.QuerySet):
    def withdrawn(self):
        """Those whose consent is gone: nothing of them may be published."""
        return self.filter(withdrawn_at__isnull=False).order_by("-withdrawn_at")

    def changed(self):
        """Those whose answers changed since, and nobody has looked at that yet."""
        return self.filter(changed_at__isnull=False, withdrawn_at=None).order_by("changed_at")


class Transfer(models.Model):
    """The passage of one example into the Wissensdatenbank; the example itself is the solution's ``origin``.

    Of the answers only hashes are kept here, so that nothing is left of them where they are deleted.
    """

    solution = models.OneToOneField(Solution, models.CASCADE, verbose_name="Musterlösung", related_name="transfer")
    response = models.ForeignKey(
        Response, models.SET_NULL, verbose_name="Rückmeldung", related_name="+", null=True, editable=False
    )
    is_named = models.BooleanField("mit Name der Organisation", editable=False)
    digests = models.JSONField("Prüfsummen", editable=False)  # by question
    transferred_at = models.DateTimeField("übernommen am", default=timezone.now, editable=False)
    transferred_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="übernommen von", related_name="+",
        null=True, editable=False,
    )  # fmt: skip
    changed_at = models.DateTimeField("Quelle geändert am", null=True, editable=False)
    changed_keys = models.JSONField("geänderte Fragen", default=list, editable=False)
    withdrawn_at = models.DateTimeField("Freigabe zurückgezogen am", null=True, editable=False)
    withdrawn_reason = models.CharField("warum", max_length=200, blank=True, editable=False)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = "Lösung aus dem Fragebogen"
        verbose_name_plural = "Lösungen aus dem Fragebogen"
        ordering = ["-transferred_at"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""),
                name="a_withdrawn_example_says_why",
                violation_error_message="Wer eine Freigabe als zurückgezogen vermerkt, sagt warum.",
            )
        ]

    def __str__(self):
        return self.solution.title

    @property
    def may_lose_its_name(self) -> bool:
        """Whether it is hidden only because it names the organisation."""
        return self.withdrawn_reason == WITHOUT_NAME
