"""What becomes of a report: what members say to a draft, and the versions that were released."""

import uuid
from html import unescape

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from ogl_portal.directory.models import belongs_to_group
from ogl_portal.lib import dates
from ogl_portal.lib.fields import RevisedModel

from .reports import Report, ReportSection


def random_path(instance, filename: str) -> str:
    """A name that nobody can guess and that says nothing."""
    return f"reports/{uuid.uuid4().hex}"


class ReviewComment(RevisedModel):
    """What a member says to a section of a draft, and what the lead made of it."""

    class Outcome(models.TextChoices):
        OPEN = "open", "offen"
        ANSWERED = "answered", "beantwortet"
        TAKEN_OVER = "taken-over", "übernommen"

    section = models.ForeignKey(ReportSection, models.CASCADE, verbose_name="Abschnitt", related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="von", related_name="report_comments"
    )
    text = models.TextField("Anmerkung", max_length=2000)
    created_at = models.DateTimeField("am", default=timezone.now, editable=False)
    outcome = models.CharField("Stand", max_length=12, choices=Outcome, default=Outcome.OPEN)
    answer = models.TextField("Antwort", max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="beantwortet von", related_name="+",
        null=True, blank=True, editable=False,
    )  # fmt: skip
    answered_at = models.DateTimeField("beantwortet am", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "Anmerkung"
        verbose_name_plural = "Anmerkungen"
        ordering = ["section__number", "created_at", "pk"]

    def __str__(self):
        return f"{self.section}: Anmerkung vom {dates.day(self.created_at)}"


class ReviewConfirmation(models.Model):
    """A member says that the draft is right as it stands."""

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="Report", related_name="confirmations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="Mitglied", related_name="report_confirmations"
    )
    at = models.DateTimeField("am", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "Bestätigung"
        verbose_name_plural = "Bestätigungen"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "user"], name="one_confirmation_per_member_and_report")
        ]

    def __str__(self):
        return f"{self.user}: {dates.day(self.at)}"


class ReportVersionQuerySet(models.QuerySet):
    def without_public_pdf(self):
        """Versions whose PDF was withheld, for it named somebody who withdrew, and is not drawn anew yet."""
        return self.filter(public_pdf="", redacted_at__isnull=False)


class ReportVersion(models.Model):
    """What was released: the rendered text and the two PDFs, for the public and for members. Never changed,
    but for the public part when a consent to name somebody is withdrawn (security.md, personal data)."""

    LONG = ("distribution", "public_html", "members_html", "public_document")
    """What a list of versions does not need."""

    report = models.ForeignKey(Report, models.PROTECT, verbose_name="Report", related_name="versions")
    number = models.PositiveSmallIntegerField("Fassung")
    title = models.CharField("Titel", max_length=200)
    reason = models.CharField("Grund", max_length=300, blank=True)
    released_at = models.DateTimeField("freigegeben am", default=timezone.now)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="freigegeben von", related_name="+", null=True
    )
    distribution = models.JSONField("Verteiler")  # the snapshot: a list of {"name", "organisation", "public_name"}
    public_html = models.TextField("Text für alle")
    members_html = models.TextField("Text für Mitglieder")
    public_document = models.TextField("Dokument für alle")  # the HTML of the public PDF
    public_pdf = models.FileField("PDF für alle", upload_to=random_path, max_length=200)
    public_sha256 = models.CharField("Prüfsumme PDF für alle (SHA-256)", max_length=64)
    members_pdf = models.FileField("PDF für Mitglieder", upload_to=random_path, max_length=200)
    members_sha256 = models.CharField("Prüfsumme PDF für Mitglieder (SHA-256)", max_length=64)
    mailed_at = models.DateTimeField("an den Verteiler gesendet", null=True, blank=True)
    redacted_at = models.DateTimeField("Namen entfernt am", null=True, blank=True)
    redaction_reason = models.CharField("Grund dafür", max_length=300, blank=True)
    former_sha256 = models.CharField("Prüfsumme davor (SHA-256)", max_length=64, blank=True)

    objects = ReportVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "freigegebene Fassung"
        verbose_name_plural = "freigegebene Fassungen"
        default_permissions = ("view",)
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_version_per_number_of_a_report")]

    def __str__(self):
        return f"{self.title}, Fassung {self.number}"

    @property
    def public_text(self) -> str:
        """What everybody may read of it as plain text, without the annexes."""
        return unescape(strip_tags(self.public_html.partition('<section class="annex')[0]))

    def body_for(self, user) -> SafeString:
        """The text as the user may read it: with names for members and lead."""
        html = self.members_html if belongs_to_group(user) else self.public_html
        return mark_safe(html)  # noqa: S308 (our own template made it at the release)

    def file_for(self, user):
        """The stored PDF as the user may read it; it is empty while a withheld one is not drawn anew."""
        return self.members_pdf if belongs_to_group(user) else self.public_pdf

    def pdf_for(self, user) -> bytes:
        """The bytes of it; raises OSError where the storage has lost it."""
        with self.file_for(user).open("rb") as stored:
            return stored.read()
