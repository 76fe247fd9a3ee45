"""Where a solution belongs: the fields, situations and services of the OZG, for whom it is, and its EfA check."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q


class OzgField(models.TextChoices):
    """The 14 Themenfelder of the OZG."""

    WORK = "arbeit-ruhestand", "Arbeit & Ruhestand"
    BUILDING = "bauen-wohnen", "Bauen & Wohnen"
    EDUCATION = "bildung", "Bildung"
    MIGRATION = "ein-auswanderung", "Ein- & Auswanderung"
    ENGAGEMENT = "engagement-hobby", "Engagement & Hobby"
    FAMILY = "familie-kind", "Familie & Kind"
    RESEARCH = "forschung-foerderung", "Forschung & Förderung"
    HEALTH = "gesundheit", "Gesundheit"
    MOBILITY = "mobilitaet-reisen", "Mobilität & Reisen"
    GENERAL = "querschnitt", "Querschnitt"
    LAW = "recht-ordnung", "Recht & Ordnung"
    TAXES = "steuern-zoll", "Steuern & Zoll"
    ENVIRONMENT = "umwelt", "Umwelt"
    BUSINESS = "unternehmensfuehrung-entwicklung", "Unternehmensführung & -entwicklung"


class LifeSituation(models.Model):
    """Lebenslage (of citizens) or Geschäftslage (of companies), imported from the OZG catalogue the operator has."""

    class Kind(models.TextChoices):
        LIFE = "L", "Lebenslage"
        BUSINESS = "G", "Geschäftslage"

    name = models.CharField("Bezeichnung", max_length=150)
    kind = models.CharField("Art", max_length=1, choices=Kind)
    ozg_field = models.CharField("OZG-Themenfeld", max_length=40, choices=OzgField)

    class Meta:
        verbose_name = "Lebens- oder Geschäftslage"
        verbose_name_plural = "Lebens- und Geschäftslagen"
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name"],
                name="one_situation_per_kind_and_name",
                violation_error_message="Diese Lage gibt es schon.",
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.get_kind_display()})"


class PublicService(models.Model):
    """Verwaltungsleistung with its keys, as far as they are known."""

    name = models.CharField("Bezeichnung", max_length=250)
    leika_key = models.CharField(
        "LeiKa-Schlüssel", max_length=14, blank=True,
        validators=[RegexValidator(r"^\d{14}$", "Der LeiKa-Schlüssel hat genau 14 Ziffern.")],
    )  # fmt: skip
    ozg_id = models.CharField(
        "OZG-Nummer", max_length=5, blank=True,
        validators=[RegexValidator(r"^\d{5}$", "Die OZG-Nummer hat genau 5 Ziffern.")],
    )  # fmt: skip

    class Meta:
        verbose_name = "Verwaltungsleistung"
        verbose_name_plural = "Verwaltungsleistungen"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["leika_key"],
                condition=~Q(leika_key=""),
                name="one_service_per_leika_key",
                violation_error_message="Eine Leistung mit diesem LeiKa-Schlüssel gibt es schon.",
            )
        ]

    def __str__(self):
        keys = [f"LeiKa {self.leika_key}" if self.leika_key else "", f"OZG {self.ozg_id}" if self.ozg_id else ""]
        known = ", ".join(filter(None, keys))
        return f"{self.name} ({known})" if known else self.name
