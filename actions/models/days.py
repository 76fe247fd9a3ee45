"""The single days of a Termin that is on several."""

from django.db import models

from ogl_portal.lib import dates

from .items import ActionItem


class DueDay(models.Model):
    """One of the several days of an item's Termin."""

    item = models.ForeignKey(ActionItem, models.CASCADE, verbose_name="Nächster Schritt", related_name="days")
    day = models.DateField("Tag")

    class Meta:
        verbose_name = "Tag"
        verbose_name_plural = "Tage"
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "day"],
                name="one_row_per_day_of_an_item",
                violation_error_message="Diesen Tag gibt es schon.",
            )
        ]

    def __str__(self):
        return dates.day(self.day)
