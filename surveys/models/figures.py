"""Figures of a round as they were published."""

from django.db import models

from ogl_portal.directory.models import User

from .frozen import FrozenModel
from .rounds import Round


class PublishedFigures(FrozenModel):
    """What may be known outside of a round's answers, once and for all.

    Two versions would give away by their difference who came or went in between.
    """

    round = models.OneToOneField(Round, models.CASCADE, verbose_name="Runde", related_name="published_figures")
    published_at = models.DateTimeField("festgeschrieben", editable=False)
    published_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name="festgeschrieben von", null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = "festgeschriebene Auswertung"
        verbose_name_plural = "festgeschriebene Auswertungen"
        default_permissions = ()

    def __str__(self):
        return f"Auswertung: {self.round}"
