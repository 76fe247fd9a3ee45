"""The calendar that one person subscribes to: its address is its only key."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

SIGNATURE = 32
"""Hexadecimal digits of the signature: 128 bit."""


class PersonalCalendarQuerySet(models.QuerySet):
    def with_token(self, token: str) -> "PersonalCalendar | None":
        """The calendar with this secret address, of somebody who may sign in; None where there is none."""
        try:
            key = uuid.UUID(hex=token[:-SIGNATURE])
        except ValueError:
            return None
        found = self.filter(key=key, user__is_active=True).select_related("user__person").first()
        return found if found and constant_time_compare(found.token, token) else None


class PersonalCalendar(models.Model):
    """The private calendar of a user.

    The table holds half of the address; the other half is signed with the secret key, so that who reads the
    database cannot read the calendars, while their owners can look the address up again for the next device.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="Anmeldung", related_name="calendar", primary_key=True
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    renewed_at = models.DateTimeField("Adresse vom", default=timezone.now, editable=False)

    objects = PersonalCalendarQuerySet.as_manager()

    class Meta:
        verbose_name = "persönlicher Kalender"
        verbose_name_plural = "persönliche Kalender"
        default_permissions = ()

    def __str__(self):
        return f"Kalender von {self.user}"

    def get_absolute_url(self):
        """The secret path."""
        return reverse("sessions_app:personal-calendar", args=[self.token])

    @property
    def token(self) -> str:
        """The secret part of the address: 64 hexadecimal digits."""
        signature = salted_hmac(__name__, self.key.hex, algorithm="sha256").hexdigest()
        return self.key.hex + signature[:SIGNATURE]
