"""Which action items a correction of their report has struck: links in earlier versions still lead to them."""

from django.db import models

from ogl_portal.directory.models import belongs_to_group
from sessions_app.models import Report


class StruckItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What was struck from the reports that somebody may read; outside the AG only what was public itself."""
        of_reports = self.filter(report__in=Report.objects.visible_to(user).order_by())
        return of_reports if belongs_to_group(user) else of_reports.filter(is_public=True)


class StruckItem(models.Model):
    """The number of an item that is gone, and its report; nothing of what it said."""

    number = models.BigIntegerField("Nummer", primary_key=True)
    report = models.ForeignKey(Report, models.CASCADE, verbose_name="Report", related_name="struck_items")
    is_public = models.BooleanField("war öffentlich")

    objects = StruckItemQuerySet.as_manager()

    class Meta:
        verbose_name = "gestrichener Schritt"
        verbose_name_plural = "Gestrichene Schritte"
        default_permissions = ()

    def __str__(self):
        return f"Schritt {self.number}"
