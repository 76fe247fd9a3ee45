"""The table of the audit trail."""

from django.db import models
from django.db.models.functions import Cast, Now
from django.utils import timezone

from .. import dates


class AuditRecordQuerySet(models.QuerySet):
    def over(self, now):
        """Rows that need not be kept at ``now`` (aware) any more, and that the database, by its own clock, lets go."""
        today = Cast(Now(), models.DateField())
        return self.filter(kept_until__lt=timezone.localdate(now)).filter(kept_until__lt=today)

    def about(self, model: type[models.Model], keys):
        """Rows about some objects of a model."""
        return self.filter(model=model._meta.label_lower, object_key__in=[str(key) for key in keys])


class AuditRecord(models.Model):
    """Somebody did something. No foreign keys: what the row is about may go, the row stays as it was written."""

    class Kind(models.TextChoices):
        READ = "read", "gelesen"
        CHANGED = "changed", "geändert"
        EXPORTED = "exported", "exportiert"
        CONSENT = "consent", "Einwilligung"
        ACCESS = "access", "Zugang"
        DELETED = "deleted", "gelöscht"
        PRUNED = "pruned", "aufgeräumt"

    at = models.DateTimeField("Zeitpunkt", default=timezone.now)
    actor = models.CharField("Person", max_length=200)
    actor_key = models.BigIntegerField("Nummer der Anmeldung", null=True)
    kind = models.CharField("Art", max_length=10, choices=Kind)
    what = models.CharField("was", max_length=500)
    model = models.CharField("Tabelle", max_length=100, blank=True)
    object_key = models.CharField("Nummer", max_length=40, blank=True)
    label = models.CharField("woran", max_length=200, blank=True)
    page = models.CharField("auf der Seite", max_length=300, blank=True)
    kept_until = models.DateField("bleibt bis")

    objects = AuditRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "Eintrag im Prüfpfad"
        verbose_name_plural = "Prüfpfad"
        default_permissions = ("view",)
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["at"], name="audit_by_time"),
            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
            models.Index(fields=["kind", "-id"], name="audit_by_kind"),
            models.Index(fields=["model", "object_key"], name="audit_by_object"),
            models.Index(fields=["kept_until"], name="audit_by_end"),
        ]

    def __str__(self):
        return f"{dates.moment(self.at)}: {self.label or self.what}"
