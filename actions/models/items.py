"""The action item: what was agreed, until when, by whom."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from ogl_portal.directory.models import belongs_to_group
from ogl_portal.lib.fields import MarkdownField, RevisedModel
from sessions_app.models import Event, Report
from surveys.models import Round

from .due import DueModel
from .querysets import A_YEAR, ActionItemManager, ActionItemQuerySet
from .responsible import ResponsibleModel

WORDING = [
    "letter", "title", "description", "round", "is_public", "is_done_by_event",
    "due_kind", "due_from", "due_until", "time_from", "time_until", "due_event", "dated_due_at",
    "responsible_kind", "responsible_organisation",
]  # fmt: skip
"""What a correction of the report may change, and what waits for its release; beside it the days and the persons."""
LETTER_IS_TAKEN = "Diesen Buchstaben gibt es in dem Report schon."


class ActionItem(DueModel, ResponsibleModel, RevisedModel):
    """Nächster Schritt: an item of a report's section 6, with Termin (T) and Verantwortung (V).

    Its number, the last part of its address, is the primary key: the database gives it once and never again.

    While a released report is corrected, each of its items has a second row, its ``correction``: the wording of the
    next version. ``objects`` are the items themselves, whose wording is what was agreed and released; the corrections
    are in ``with_corrections`` alone, so that nothing shows them that does not ask for them.
    """

    class Status(models.TextChoices):
        OPEN = "open", "offen"
        IN_PROGRESS = "in-progress", "in Arbeit"
        DONE = "done", "erledigt"
        DROPPED = "dropped", "entfallen"

    UNSETTLED = [Status.OPEN, Status.IN_PROGRESS]

    number = models.BigAutoField("Nummer", primary_key=True)
    report = models.ForeignKey(
        Report, models.PROTECT, verbose_name="Report", related_name="action_items", null=True, blank=True
    )
    letter = models.CharField(
        "Buchstabe", max_length=2, blank=True, help_text="Wie im Report; Lücken sind erlaubt.",
        validators=[RegexValidator(r"^[a-z]{1,2}$", "Bitte ein oder zwei Kleinbuchstaben, zum Beispiel „a“.")],
    )  # fmt: skip
    title = models.CharField("Nächster Schritt", max_length=250)
    description = MarkdownField("Erläuterung")
    round = models.ForeignKey(
        Round, models.PROTECT, verbose_name="Fragebogenrunde", related_name="action_items", null=True, blank=True,
        help_text="Dann zeigt der Schritt, wie viele schon geantwortet haben.",
    )  # fmt: skip
    status = models.CharField("Stand", max_length=15, choices=Status, default=Status.OPEN)
    status_is_example = models.BooleanField("Stand ist ein Beispiel", default=False, editable=False)
    since_version = models.PositiveSmallIntegerField("seit Fassung", default=0, editable=False)
    is_public = models.BooleanField(
        "öffentlich", default=True, help_text="Sonst sehen ihn nur die Mitglieder und die OGL-Leitung."
    )
    is_example = models.BooleanField("Beispiel", default=False)
    changed_at = models.DateTimeField("zuletzt gesichert am", null=True, blank=True, editable=False)
    corrects = models.OneToOneField(
        "self", models.CASCADE, verbose_name="korrigiert", related_name="correction",
        null=True, blank=True, editable=False,
    )  # fmt: skip
    is_struck = models.BooleanField(
        "streichen", default=False,
        help_text="Mit der Freigabe wird der Schritt gelöscht, samt Verlauf und Kommentaren. Soll er sichtbar bleiben, "
        "geben Sie ihm stattdessen auf seiner Seite den Stand „entfallen“.",
    )  # fmt: skip

    objects = ActionItemManager()
    with_corrections = ActionItemQuerySet.as_manager()

    class Meta:
        verbose_name = "Nächster Schritt"
        verbose_name_plural = "Nächste Schritte"
        ordering = ["-report__event__starts_at", "letter", "number"]
        indexes = [
            models.Index(fields=["status", "dated_due_at"], name="item_by_status_and_due"),
        ]
        constraints = [
            *DueModel.Meta.constraints,
            *ResponsibleModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["report", "letter", "since_version"],  # a struck item keeps its letter until the release
                condition=~Q(letter="") & Q(corrects=None),
                name="one_item_per_letter_in_a_report",
                violation_error_message=LETTER_IS_TAKEN,
            ),
            models.CheckConstraint(
                condition=Q(letter="") | Q(report__isnull=False),
                name="a_letter_belongs_to_a_report",
                violation_error_message="Ein Buchstabe gehört zu einem Report: Bitte wählen Sie den Report aus.",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | Q(report__isnull=False),
                name="a_correction_of_an_item_belongs_to_a_report",
                violation_error_message="Korrigiert wird ein Schritt mit seinem Report.",
            ),
            models.CheckConstraint(
                condition=Q(is_struck=False) | Q(corrects__isnull=False),
                name="an_item_is_struck_by_a_correction",
                violation_error_message="Streichen lässt sich ein Schritt nur mit einer Korrektur seines Reports.",
            ),
        ]

    def __str__(self):
        return f"{self.letter}) {self.title}" if self.letter else self.title

    def get_absolute_url(self):
        return reverse("actions:item-detail", args=[self.corrects_id or self.pk])

    def clean(self):
        """Whether a letter is taken the constraint cannot say to a form, which knows no ``corrects``."""
        super().clean()
        self.settle()
        if self.letter and self.report_id and not self.corrects_id and self.of_the_same_letter().exists():
            raise ValidationError(LETTER_IS_TAKEN)

    def of_the_same_letter(self) -> ActionItemQuerySet:
        """The other items whose letter it may not have.

        While the report is corrected what stands may lose its letter yet: of that the release takes care.
        """
        same = ActionItem.objects.filter(report=self.report_id, letter=self.letter).exclude(pk=self.pk)
        return same.filter(since_version=self.first_version()) if self.report.is_being_corrected else same

    def save(self, *args, **kwargs):
        self.settle()
        self.changed_at = timezone.now()
        if not self.corrects_id:
            self.since_version = self.first_version()
        super().save(*args, **kwargs)

    def first_version(self) -> int:
        """The number of the version in which it stands first; it keeps that while it stays in its report."""
        stays = self.pk and ActionItem.objects.filter(pk=self.pk, report=self.report_id).exists()
        return self.since_version if stays else self.version_that_comes()

    def version_that_comes(self) -> int:
        """The number of the version in which an item stands first that is added to its report now."""
        if not self.report:
            return 0
        last = self.report.versions.aggregate(last=models.Max("number"))["last"] or 0
        return last if self.report.is_released else last + 1

    def settle(self) -> None:
        """Drop what the chosen kinds do not need, and derive the due moment."""
        self.settle_termin()
        self.settle_responsibility()

    @property
    def stands(self) -> bool:
        """Whether it is agreed for everybody to read; the same as ``of_released_reports`` of the querysets."""
        if not self.report or self.report.is_released:
            return True
        version = self.report.current_version
        return version is not None and version.number >= self.since_version

    @property
    def awaits_correction(self) -> bool:
        """Whether its wording changes with the next version of its report only."""
        return self.corrects_id is None and self.report is not None and self.report.is_being_corrected and self.stands

    @property
    def is_settled(self) -> bool:
        """Whether nobody has to do anything any more."""
        return self.current_status not in self.UNSETTLED

    @property
    def has_shares(self) -> bool:
        """Whether each member ticks off an own share; where a round counts the answers, that is the share."""
        return self.responsible_kind == self.ResponsibleKind.EVERYONE and self.round_id is None

    @property
    def was_done_by_event(self) -> bool:
        """Whether the event took place with which the item is done; the same as ``took_place`` of the querysets."""
        return (
            self.is_done_by_event
            and self.status in self.UNSETTLED
            and self.due_event.is_over
            and self.due_event.status != Event.Status.CANCELLED
        )

    @property
    def current_status(self) -> Status:
        """The status as it is stored, or done where an event has done it."""
        return self.Status.DONE if self.was_done_by_event else self.Status(self.status)

    @property
    def is_overdue(self) -> bool:
        return not self.is_settled and self.due_at is not None and self.due_at <= timezone.now()

    @property
    def state_text(self) -> str:
        """What became of it in words: offen, überfällig, überfällig und in Arbeit, erledigt, entfallen."""
        if not self.is_overdue:
            return self.current_status.label
        return "überfällig und in Arbeit" if self.status == self.Status.IN_PROGRESS else "überfällig"

    @property
    def is_without_news(self) -> bool:
        """Whether it is overdue for so long that what became of it is simply not known."""
        return self.is_overdue and self.due_at <= timezone.now() - A_YEAR

    def may_be_ticked_off_by(self, user) -> bool:
        """Whether the user may report progress: the lead always, members on items that name them or their house.

        One member alone does not settle what everyone has to do.
        """
        if not belongs_to_group(user):
            return False
        return user.is_lead or (
            self.responsible_kind != self.ResponsibleKind.EVERYONE
            and ActionItem.objects.of(user).filter(pk=self.pk).exists()
        )
