"""Nachnutzung: who uses a solution, since when, and what came of it."""

from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ogl_portal.lib.fields import RevisedModel

from .solutions import AT_MOST_DAYS, AT_MOST_EURO, Solution

REACHABLE = Q(reported_by__is_active=True) | ~Q(reporter_email="")
"""Whose reporter can be written to."""


class ReuseQuerySet(models.QuerySet):
    def waiting(self):
        """Reports that nobody has decided on."""
        return self.filter(confirmed_at=None, declined_at=None)

    def confirmed(self, on: date | None = None):
        """What counts in public: in use, confirmed by a second person, not overdue on the day (default: today)."""
        return self.not_ended().filter(confirmed_at__isnull=False, confirm_again_on__gt=on or timezone.localdate())

    def in_use(self):
        """Confirmed uses without those who are merely interested: what „an 3 Stellen“ counts."""
        return self.confirmed().exclude(status=Reuse.Status.INTERESTED)

    def overdue(self, on: date | None = None):
        """Confirmed once, and not again in time: counts no more on the day (default: today in Berlin)."""
        return self.not_ended().filter(confirmed_at__isnull=False, confirm_again_on__lte=on or timezone.localdate())

    def to_ask_again(self, on: date):
        """Overdue ones of published solutions whose reporter can be reached, and was not asked for this time."""
        found = self.overdue(on).filter(REACHABLE, solution__status=Solution.Status.PUBLISHED)
        return found.exclude(asked_for=F("confirm_again_on"))

    def out_of_reach(self):
        """Overdue ones whose reporter left no address: the lead asks elsewhere."""
        return self.overdue().exclude(REACHABLE)

    def not_ended(self):
        return self.exclude(status=Reuse.Status.ENDED)

    def declined(self):
        return self.filter(declined_at__isnull=False)

    def of(self, user):
        """What this user has reported; nothing for who is not signed in."""
        return self.filter(reported_by=user.pk, reported_by__isnull=False)


class Reuse(RevisedModel):
    """One organisation's use of a solution, as somebody reported it; it counts once a second person confirmed it."""

    class Status(models.TextChoices):
        INTERESTED = "interested", "interessiert"
        INTRODUCING = "introducing", "in Einführung"
        PRODUCTIVE = "productive", "produktiv"
        ENDED = "ended", "beendet"

    solution = models.ForeignKey(
        Solution, models.CASCADE, verbose_name="Musterlösung", related_name="reuses",
        db_index=False,  # ``reuse_counts_until`` begins with it
    )  # fmt: skip
    organisation_name = models.CharField("Name der Organisation", max_length=200)
    place = models.CharField("Ort", max_length=120)
    status = models.CharField("Stand", max_length=12, choices=Status)
    since_year = models.PositiveSmallIntegerField(
        "seit (Jahr)", validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    version = models.CharField("eingesetzte Version", max_length=40, blank=True)
    adapted = models.TextField("angepasst wurde", blank=True, max_length=1000)
    effort_days = models.PositiveSmallIntegerField(
        "tatsächlicher Aufwand (Personentage)", null=True, blank=True, validators=[AT_MOST_DAYS]
    )
    cost = models.PositiveIntegerField("tatsächliche Kosten (Euro)", null=True, blank=True, validators=[AT_MOST_EURO])
    verdict = models.TextField("Fazit", blank=True, max_length=500)
    source_url = models.URLField("öffentliche Quelle", max_length=500, blank=True)
    contact_released = models.BooleanField("Kontakt darf weitergegeben werden", default=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="gemeldet von", related_name="+",
        null=True, blank=True, editable=False,
    )  # fmt: skip
    reporter_name = models.CharField("Name", max_length=120, blank=True)
    reporter_email = models.EmailField("E-Mail", blank=True)
    reported_at = models.DateTimeField("gemeldet am", default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="bestätigt von", related_name="+",
        null=True, blank=True, editable=False,
    )  # fmt: skip
    confirmed_at = models.DateTimeField("bestätigt am", null=True, blank=True, editable=False)
    confirm_again_on = models.DateField("zählt bis zur erneuten Bestätigung am", null=True, blank=True, editable=False)
    asked_for = models.DateField("erneut gefragt für", null=True, blank=True, editable=False)
    declined_at = models.DateTimeField("abgelehnt am", null=True, blank=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="seit der Meldung geändert von", related_name="+",
        null=True, blank=True, editable=False,
    )  # fmt: skip
    is_example = models.BooleanField("Beispiel", default=False, help_text="Erfunden, zum Ausprobieren.")

    objects = ReuseQuerySet.as_manager()

    class Meta:
        verbose_name = "Nachnutzung"
        verbose_name_plural = "Nachnutzungen"
        ordering = ["-reported_at", "-pk"]
        indexes = [models.Index(fields=["solution", "confirm_again_on"], name="reuse_counts_until")]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirm_again_on=None)
                | Q(confirmed_at__isnull=False, confirm_again_on__isnull=False),
                name="a_confirmed_reuse_has_an_end",
                violation_error_message="Eine Bestätigung gilt bis zu einem Tag.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(declined_at=None),
                name="a_reuse_is_confirmed_or_declined",
                violation_error_message="Eine Nachnutzung ist entweder bestätigt oder abgelehnt.",
            ),
        ]

    def __str__(self):
        return f"{self.organisation_name}: {self.solution}"

    @property
    def organisation_key(self) -> str:
        """What two uses by the same organisation have in common."""
        return key_of(self.organisation_name)

    @property
    def text(self) -> str:
        """in Musterdorf seit 2024 produktiv."""
        return f"in {self.place} seit {self.since_year} {self.get_status_display()}"

    @property
    def reporter_address(self) -> str:
        """Where its reporter is reached: the own sign-in, else the e-mail that was given; empty where there is none."""
        return self.reported_by.email if self.reported_by and self.reported_by.is_active else self.reporter_email

    @property
    def state_text(self) -> str:
        """How far the report is: waiting, counted until a day, overdue, declined or ended."""
        if self.status == self.Status.ENDED:
            return "beendet"
        if self.declined_at:
            return "abgelehnt"
        if self.confirm_again_on is None:
            return "wartet auf Bestätigung"
        if self.confirm_again_on <= timezone.localdate():
            return "nicht mehr bestätigt"
        return "bestätigt"


def key_of(organisation_name: str) -> str:
    """What the names of one organisation have in common, however they are written."""
    return organisation_name.strip().lower()
