"""Where somebody is signed in, and the codes that stand in for the second factor."""

import uuid

from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone

from ogl_portal.lib import dates

from .users import User


class SignedInBrowserQuerySet(models.QuerySet):
    def alive(self):
        """Those whose session has not run out."""
        return self.filter(session__expire_date__gt=timezone.now())


class SignedInBrowser(models.Model):
    """A browser in which a user is signed in; it goes with the session, however that ends.

    ``name`` is what people call it. The address that it comes from and its exact version are not stored.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.OneToOneField(Session, models.CASCADE, related_name="browser")
    user = models.ForeignKey(User, models.CASCADE, related_name="browsers")
    name = models.CharField("Gerät", max_length=60)
    signed_in_at = models.DateTimeField("angemeldet", default=timezone.now)
    used_at = models.DateTimeField("zuletzt benutzt", default=timezone.now)

    objects = SignedInBrowserQuerySet.as_manager()

    class Meta:
        verbose_name = "angemeldetes Gerät"
        verbose_name_plural = "angemeldete Geräte"
        ordering = ["-used_at"]
        default_permissions = ()

    def __str__(self):
        return f"{self.name}, angemeldet {dates.moment(self.signed_in_at)}"


class BackupCode(models.Model):
    """A code that serves once where the device with the second factor is not at hand; only its hash is stored."""

    user = models.ForeignKey(User, models.CASCADE, related_name="backup_codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "Backup-Code"
        verbose_name_plural = "Backup-Codes"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "code_hash"], name="a_backup_code_of_a_user_exists_once")
        ]

    def __str__(self):
        return f"Backup-Code von {self.user}"
