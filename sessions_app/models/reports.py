"""The reports of what was said, with their seven sections."""

from datetime import date

from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from ogl_portal.lib.fields import MarkdownField, RevisedModel

from .events import Event

RELEASED = Q(current_version__isnull=False) | Q(status="released")
"""A report that was released before versions were kept has none until its next release."""


class ReportQuerySet(models.QuerySet):
    def released(self):
        """Reports of which everybody may read a version, the latest event first."""
        return self.filter(RELEASED).order_by("-event__starts_at")

    def visible_to(self, user):
        """Released reports; in Mitgliederprüfung for members; drafts for the OGL-Leitung only."""
        if user.is_authenticated and user.is_lead:
            return self.order_by("-event__starts_at")
        visible = RELEASED
        if user.is_authenticated and user.is_member:
            visible |= Q(status=Report.Status.IN_REVIEW)
        return self.filter(visible).order_by("-event__starts_at")

    def in_review(self, on: date):
        """Reports to which members may still say something on a day; the same as ``takes_comments``."""
        return self.filter(Q(review_until=None) | Q(review_until__gte=on), status=Report.Status.IN_REVIEW)

    def complete(self):
        """Reports with what their page and their PDF show."""
        organisers = ["event__organisers", "event__series__organisers"]
        related = self.select_related("event__series", "next_meeting", "current_version")
        return related.prefetch_related("sections", *organisers)

    def with_public_title(self):
        """With the version that has the title that everybody reads, without its long texts."""
        return self.select_related("current_version").without_texts_of_versions()

    def without_texts_of_versions(self):
        """Without what only the page of a report needs of its version."""
        version = self.model._meta.get_field("current_version").related_model
        return self.defer(*(f"current_version__{name}" for name in version.LONG))

    def with_comments(self):
        """With what members said to each section: three more queries however many they are."""
        return self.prefetch_related("sections__comments__author__person")


class Report(RevisedModel):
    """The record of a meeting or workshop: seven fixed sections and annexes."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Entwurf"
        IN_REVIEW = "in-review", "Mitgliederprüfung"
        RELEASED = "released", "freigegeben"

    event = models.OneToOneField(Event, models.PROTECT, verbose_name="Termin", related_name="report")
    title = models.CharField("Titel", max_length=200)
    slug = models.SlugField("Adresse", max_length=120, unique=True)
    status = models.CharField("Stand", max_length=20, choices=Status, default=Status.DRAFT)
    released_at = models.DateTimeField("freigegeben am", null=True, blank=True)
    review_until = models.DateField(
        "Mitgliederprüfung bis (letzter Tag)", null=True, blank=True,
        help_text="Bis dahin bestätigen oder kommentieren die Mitglieder den Entwurf.",
    )  # fmt: skip
    reason = models.CharField(
        "Grund der Korrektur",
        max_length=300,
        blank=True,
        help_text="Steht bei der neuen Fassung.",
    )
    current_version = models.ForeignKey(
        "ReportVersion", models.PROTECT, verbose_name="öffentliche Fassung", related_name="+",
        null=True, blank=True, editable=False,
    )  # fmt: skip
    distribution_date = models.DateField(
        "Verteiler AG, Stand", help_text="Der Verteiler dieses Tages hängt dem Report an."
    )
    next_meeting = models.ForeignKey(
        Event, models.PROTECT, verbose_name="nächste AG-Sitzung", related_name="announced_by", null=True, blank=True
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "Report"
        verbose_name_plural = "Reports"
        ordering = ["-event__starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="released") | Q(released_at__isnull=False),
                name="a_released_report_has_its_moment",
                violation_error_message="Ein freigegebener Report braucht den Zeitpunkt der Freigabe.",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("sessions_app:report-detail", args=[self.slug])

    def get_pdf_url(self):
        return reverse("sessions_app:report-pdf", args=[self.slug])

    def get_draft_url(self):
        """The address of the working text, beside a version that is released already."""
        return self.get_absolute_url() + ("?version=entwurf" if self.current_version_id else "")

    def draft_readable_by(self, user) -> bool:
        """Whether a user may read a draft: the lead always, members while they check it."""
        if not user.is_authenticated:
            return False
        return user.is_lead or (user.is_member and self.status == self.Status.IN_REVIEW)

    def text_readable_by(self, user) -> bool:
        """Whether a user may read the working text, which is public where no version was kept of a release."""
        return (self.is_released and not self.current_version_id) or self.draft_readable_by(user)

    def versions_readable_by(self, user) -> bool:
        """Whether a user may read what was released: everybody, but of a withdrawn report the lead only."""
        return self.current_version_id is not None or (user.is_authenticated and user.is_lead)

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it, in its last released version."""
        return self.is_released or self.current_version_id is not None

    @property
    def is_released(self) -> bool:
        return self.status == self.Status.RELEASED

    @property
    def is_being_corrected(self) -> bool:
        """Whether a version is public while the next one is written."""
        return self.current_version_id is not None and not self.is_released

    @property
    def public_title(self) -> str:
        """The title as it was released last; what a running correction makes of it is not public yet."""
        return self.current_version.title if self.is_being_corrected else self.title

    @classmethod
    def public_title_at(cls, path: str) -> Case:
        """The same as a column of another query; ``path`` leads to the report: ``report__``."""
        title, released = F(f"{path}title"), F(f"{path}current_version__title")
        is_released = Q(**{f"{path}status": cls.Status.RELEASED})
        return Case(When(is_released, then=title), default=Coalesce(released, title))

    @property
    def takes_comments(self) -> bool:
        """Whether members may still say something to the draft: in Mitgliederprüfung, to the end of its last day."""
        is_over = self.review_until and self.review_until < timezone.localdate()
        return self.status == self.Status.IN_REVIEW and not is_over


class ReportSection(models.Model):
    """One of the seven sections of a report."""

    class Number(models.IntegerChoices):
        """The sections of the report of 27.05.2021, in its order."""

        INTRODUCTION = 1, "Einführung"
        SUBJECT = 2, "Worum ging es heute?"
        PARTICIPANTS = 3, "Wer war beteiligt?"
        STATUS_QUO = 4, "Status Quo"
        PRIORITIES = 5, "Wo setzen wir Schwerpunkte in der Zukunft, welche Hilfe brauchen wir dabei?"
        NEXT_STEPS = 6, "Nächste Schritte"
        NEXT_MEETING = 7, "Nächste AG-Sitzung"

    NEEDS_TEXT = [Number.INTRODUCTION, Number.SUBJECT, Number.STATUS_QUO, Number.PRIORITIES, Number.NEXT_STEPS]
    """What nothing but its text fills; 3 always refers to the Verteiler, 7 may name the next AG-Sitzung."""

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="Report", related_name="sections")
    number = models.PositiveSmallIntegerField("Abschnitt", choices=Number)
    body = MarkdownField("Text")
    is_omitted = models.BooleanField("entfällt", default=False, help_text="Ausdrücklich: Dazu gibt es nichts zu sagen.")

    class Meta:
        verbose_name = "Abschnitt"
        verbose_name_plural = "Abschnitte"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"],
                name="one_section_per_number",
                violation_error_message="Diesen Abschnitt gibt es schon.",
            ),
            models.CheckConstraint(
                condition=Q(number__range=(1, 7)),
                name="a_report_has_seven_sections",
                violation_error_message="Ein Report hat die Abschnitte 1 bis 7.",
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.get_number_display()}"

    @property
    def needs_text(self) -> bool:
        """Whether a report cannot be released while this section is empty."""
        return self.number in self.NEEDS_TEXT
