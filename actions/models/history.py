"""What became of an action item."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ogl_portal.lib import dates

from .items import ActionItem


class StatusChange(models.Model):
    """What became of an item: from which state to which, when, by whom. Written by workflow alone."""

    item = models.ForeignKey(ActionItem, models.CASCADE, verbose_name="Nächster Schritt", related_name="history")
    from_status = models.CharField("von", max_length=15, choices=ActionItem.Status, blank=True)
    to_status = models.CharField("zu", max_length=15, choices=ActionItem.Status)
    at = models.DateTimeField("am", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="durch", related_name="+", null=True, blank=True
    )
    note = models.CharField("Notiz", max_length=500, blank=True)
    note_is_public = models.BooleanField("Notiz ist öffentlich", default=False, editable=False)
    is_example = models.BooleanField("Beispiel", default=False)

    class Meta:
        verbose_name = "Änderung des Stands"
        verbose_name_plural = "Verlauf"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_status=F("to_status")),
                name="a_status_change_changes_the_status",
                violation_error_message="Der Schritt hat diesen Stand schon.",
            )
        ]

    def __str__(self):
        return f"{dates.day(self.at)}: {self.get_to_status_display()}"
