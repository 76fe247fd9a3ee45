"""What belongs to one solution: steps, links, contacts."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ogl_portal.lib.fields import MarkdownField

from .solutions import Solution


class Step(models.Model):
    """One step of the way to use the solution in one's own house."""

    solution = models.ForeignKey(Solution, models.CASCADE, verbose_name="Musterlösung", related_name="steps")
    position = models.PositiveSmallIntegerField("Nr.")
    title = models.CharField("Schritt", max_length=120)
    text = MarkdownField("Was ist zu tun?")
    role = models.CharField("Wer?", max_length=120, blank=True)
    duration = models.CharField("Wie lange?", max_length=60, blank=True, help_text="Zum Beispiel „2 Stunden“.")
    done_when = models.CharField("Erledigt, wenn …", max_length=200, blank=True)

    class Meta:
        verbose_name = "Schritt"
        verbose_name_plural = "Schritte"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["solution", "position"],
                name="one_step_per_position",
                violation_error_message="Diese Nummer gibt es schon.",
            )
        ]

    def __str__(self):
        return f"{self.position}. {self.title}"


class Link(models.Model):
    """Where more is to be found."""

    class Kind(models.TextChoices):
        LANDING = "landing", "Internetseite"
        DEMO = "demo", "Vorführung"
        DOCUMENTATION = "documentation", "Dokumentation"
        REPOSITORY = "repository", "Quelltext"
        API = "api", "Schnittstelle"

    solution = models.ForeignKey(Solution, models.CASCADE, verbose_name="Musterlösung", related_name="links")
    kind = models.CharField("Art", max_length=15, choices=Kind)
    url = models.URLField("Adresse", max_length=500)

    class Meta:
        verbose_name = "Link"
        verbose_name_plural = "Links"
        ordering = ["kind", "url"]
        constraints = [
            models.UniqueConstraint(
                fields=["solution", "kind", "url"],
                name="one_link_per_kind_and_address",
                violation_error_message="Diesen Link gibt es schon.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.url}"


class Contact(models.Model):
    """Whom to ask; public only with consent, and only as long as that holds."""

    class Role(models.TextChoices):
        SUBJECT = "subject", "fachlich"
        TECHNICAL = "technical", "technisch"
        LEGAL = "legal", "rechtlich"

    solution = models.ForeignKey(Solution, models.CASCADE, verbose_name="Musterlösung", related_name="contacts")
    name = models.CharField("Name", max_length=120)
    role = models.CharField("Rolle", max_length=12, choices=Role, default=Role.SUBJECT)
    email = models.EmailField("E-Mail")
    scope = models.CharField("Umfang", max_length=120, blank=True, help_text="Zum Beispiel „Auskunft, ein Telefonat“.")
    consented_on = models.DateField("eingewilligt am", null=True, blank=True)
    valid_until = models.DateField("gilt bis (letzter Tag)", null=True, blank=True)

    class Meta:
        verbose_name = "Ansprechperson"
        verbose_name_plural = "Ansprechpersonen"
        ordering = ["role", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(consented_on=None) | Q(valid_until__gte=F("consented_on"), valid_until__isnull=False),
                name="a_consent_has_an_end",
                violation_error_message="Bitte geben Sie an, bis wann die Einwilligung gilt.",
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.get_role_display()})"

    @property
    def is_public(self) -> bool:
        """Whether the consent was given and holds today."""
        today = timezone.localdate()
        return self.consented_on is not None and self.consented_on <= today <= self.valid_until
