"""Files that belong to a report, and which of them each released version names."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from ogl_portal.directory.models import belongs_to_group
from ogl_portal.lib.uploads import SUFFIXES

from .reports import Report
from .versions import ReportVersion, random_path


class ReportAnnexQuerySet(models.QuerySet):
    def current(self):
        """Annexes that the report has now; others stay for the versions that name them."""
        return self.filter(removed_at=None)

    def unused(self):
        """Annexes that the report has no more, and that no version names."""
        return self.exclude(removed_at=None).filter(namings=None)

    def shown_to(self, user):
        """What the text of a report lists for a reader: members and lead see all, others the public ones."""
        return self.current() if belongs_to_group(user) else self.current().filter(is_public=True)

    def readable_by(self, user):
        """Files that a user may have: what a released version names, members also what they are to check.

        A file that is public no more is withheld at once, whatever was released.
        """
        if user.is_authenticated and user.is_lead:
            return self
        named = VersionAnnex.objects.filter(version__report__current_version__isnull=False)
        if not belongs_to_group(user):
            return self.filter(is_public=True, pk__in=named.filter(is_public=True).values("annex"))
        is_checked = Q(report__status=Report.Status.IN_REVIEW, removed_at=None)
        return self.filter(Q(pk__in=named.values("annex")) | is_checked)


class ReportAnnex(models.Model):
    """A file that belongs to a report; blank questionnaire and Verteiler are annexes by themselves."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, verbose_name="Report", related_name="annexes")
    position = models.PositiveSmallIntegerField("Reihenfolge", default=1)
    title = models.CharField("Titel", max_length=150)
    file = models.FileField("Datei", upload_to=random_path, max_length=200)
    name = models.CharField("Dateiname", max_length=130, editable=False)
    content_type = models.CharField("Dateiart", max_length=100, editable=False)
    size = models.PositiveIntegerField("Größe (Byte)", editable=False)
    sha256 = models.CharField("Prüfsumme (SHA-256)", max_length=64, editable=False)
    is_public = models.BooleanField(
        "öffentlich", default=False,
        help_text="Sonst nur für Mitglieder. Öffentlich wird die Datei mit der Freigabe; ohne Häkchen ist sie es nach "
        "dem Sichern nicht mehr, auch nicht in früheren Fassungen.",
    )  # fmt: skip
    removed_at = models.DateTimeField("entfernt am", null=True, blank=True, editable=False)

    objects = ReportAnnexQuerySet.as_manager()

    class Meta:
        verbose_name = "Anlage"
        verbose_name_plural = "Anlagen"
        ordering = ["position", "title", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("sessions_app:report-annex", args=[self.report.slug, self.uuid])

    def get_file_display(self) -> str:
        """What the file is called, for people."""
        return self.name

    @property
    def download_name(self) -> str:
        """The name under which it is sent; its own one may say whose it was."""
        return f"{self.report.slug}-anlage-{self.position}{SUFFIXES[self.content_type]}"


class VersionAnnex(models.Model):
    """A released version names an annex: the row and the file stay as long as the version does."""

    version = models.ForeignKey(
        ReportVersion, models.CASCADE, verbose_name="freigegebene Fassung", related_name="named_annexes"
    )
    annex = models.ForeignKey(ReportAnnex, models.PROTECT, verbose_name="Anlage", related_name="namings")
    is_public = models.BooleanField("öffentlich genannt")

    class Meta:
        verbose_name = "Anlage einer Fassung"
        verbose_name_plural = "Anlagen von Fassungen"
        default_permissions = ("view",)
        ordering = ["version", "annex"]
        constraints = [models.UniqueConstraint(fields=["version", "annex"], name="one_naming_per_version_and_annex")]

    def __str__(self):
        return f"{self.version}: {self.annex}"
