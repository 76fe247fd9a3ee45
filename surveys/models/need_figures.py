"""Figures of needs as they were published."""

from django.db import models
from django.utils import timezone

from ogl_portal.directory.models import User

from .frozen import FrozenModel
from .needs import Need


class NeedFigures(FrozenModel):
    """One Stand of a need: how many organisations say it, as far as that may be known, on the day of its release.

    What is coded later changes nothing here. The last row is the one that is shown.
    """

    need = models.ForeignKey(Need, models.CASCADE, verbose_name="Bedarf", related_name="figures")
    frozen_at = models.DateTimeField("festgeschrieben", default=timezone.now, editable=False)
    frozen_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name="festgeschrieben von", null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = "festgeschriebene Zahlen eines Bedarfs"
        verbose_name_plural = "festgeschriebene Zahlen von Bedarfen"
        default_permissions = ()
        ordering = ["need", "pk"]

    def __str__(self):
        return f"Zahlen: {self.need}"
