"""The Termin (T) of an action item: a day, several days, an event, a span of months, or open."""

from calendar import monthrange
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from actions.wording import days_text
from ogl_portal.lib import dates
from sessions_app.models import Event


class DueModel(models.Model):
    """What has a Termin, of whatever kind, and with it one well-defined due moment."""

    class DueKind(models.TextChoices):
        """The kinds of Termin that the report of 27.05.2021 shows (section 6)."""

        DAY = "day", "ein Tag"
        DAYS = "days", "mehrere Tage"
        EVENT = "event", "ein Termin der AG"
        MONTHS = "months", "Monate von–bis"
        OPEN = "open", "offen"
        UNSET = "unset", "noch nicht angegeben"

    DATED = [DueKind.DAY, DueKind.DAYS, DueKind.MONTHS]

    due_kind = models.CharField("Art des Termins (T)", max_length=10, choices=DueKind, default=DueKind.UNSET)
    due_from = models.DateField("von", null=True, blank=True, help_text="Nur bei Monaten: ein Tag im ersten Monat.")
    due_until = models.DateField("bis", null=True, blank=True, help_text="Der Tag; bei Monaten einer im letzten.")
    time_from = models.TimeField("Uhrzeit von", null=True, blank=True)
    time_until = models.TimeField("Uhrzeit bis", null=True, blank=True, help_text="Bei mehreren Tagen jeweils.")
    due_event = models.ForeignKey(
        Event, models.PROTECT, verbose_name="Termin der AG", related_name="due_items", null=True, blank=True
    )
    is_done_by_event = models.BooleanField(
        "mit dem Termin erledigt", default=False,
        help_text="Der Schritt gilt als erledigt, sobald der Termin der AG stattgefunden hat.",
    )  # fmt: skip
    dated_due_at = models.DateTimeField("fällig", null=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(due_kind="day") | Q(due_until__isnull=False),
                name="an_item_due_on_a_day_names_the_day",
                violation_error_message="Bitte geben Sie bei „bis“ den Tag an oder wählen Sie als Art „offen“.",
            ),
            models.CheckConstraint(
                condition=~Q(due_kind="days") | Q(due_from__isnull=False, due_until__isnull=False),
                name="an_item_due_on_several_days_names_them",
                violation_error_message="Bitte geben Sie die Tage an oder wählen Sie als Art des Termins „offen“.",
            ),
            models.CheckConstraint(
                condition=~Q(due_kind="months") | Q(due_from__isnull=False, due_until__isnull=False),
                name="an_item_due_in_months_names_both",
                violation_error_message="Bitte geben Sie bei „von“ und „bis“ den ersten und den letzten Monat an.",
            ),
            models.CheckConstraint(
                condition=Q(due_from=None) | Q(due_from__lte=F("due_until")),
                name="a_termin_ends_after_it_begins",
                violation_error_message="„Bis“ darf nicht vor „von“ liegen.",
            ),
            models.CheckConstraint(
                condition=Q(due_kind="event", due_event__isnull=False) | (~Q(due_kind="event") & Q(due_event=None)),
                name="an_item_due_at_an_event_names_the_event",
                violation_error_message="Bitte wählen Sie den Termin der AG aus.",
            ),
            models.CheckConstraint(
                condition=Q(due_kind__in=["day", "days", "months"], dated_due_at__isnull=False)
                | Q(due_kind__in=["event", "open", "unset"], dated_due_at=None, due_from=None, due_until=None),
                name="an_item_has_one_due_moment",
                violation_error_message="Zu diesem Termin passt der Zeitpunkt nicht, zu dem er fällig ist.",
            ),
            models.CheckConstraint(
                condition=Q(time_from=None, time_until=None)
                | Q(time_from__lt=F("time_until"), time_from__isnull=False, time_until__isnull=False),
                name="hours_of_an_item_end_after_they_begin",
                violation_error_message="Bitte geben Sie beide Uhrzeiten an, die spätere bei „Uhrzeit bis“.",
            ),
            models.CheckConstraint(
                condition=Q(is_done_by_event=False) | Q(due_kind="event"),
                name="an_item_done_by_an_event_is_due_at_one",
                violation_error_message="Mit dem Termin erledigt sein kann nur, was an einem Termin der AG fällig ist.",
            ),
        ]

    def settle_termin(self) -> None:
        """Drop what the chosen kinds do not need, widen months to their borders, derive the due moment."""
        self.drop_other_kinds()
        if self.due_kind == self.DueKind.MONTHS and self.due_from and self.due_until:
            last_day = monthrange(self.due_until.year, self.due_until.month)[1]
            self.due_from, self.due_until = self.due_from.replace(day=1), self.due_until.replace(day=last_day)
        self.dated_due_at = dates.end_of_day(self.due_until) if self.due_until else None

    def drop_other_kinds(self) -> None:
        """Empty the fields of the other kinds of Termin."""
        kind, kinds = self.due_kind, self.DueKind
        if kind not in [kinds.DAYS, kinds.MONTHS]:
            self.due_from = None
        if kind not in self.DATED:
            self.due_until = None
        if kind not in [kinds.DAY, kinds.DAYS]:
            self.time_from = self.time_until = None
        if kind != kinds.EVENT:
            self.due_event = None

    @property
    def due_at(self) -> datetime | None:
        """The due moment (aware, exclusive): end of the day in Berlin, the event's end, or None where open.

        It is open, too, while the event waits for a new date.
        """
        if self.due_kind == self.DueKind.EVENT:
            return None if self.due_event.is_postponed else self.due_event.ends_at
        return dates.end_of_day(self.due_until) if self.due_until else None

    @property
    def due_text(self) -> str:
        """The Termin as everybody may read it: „offen“ while it is not said, or its event not published."""
        is_hidden = self.due_kind == self.DueKind.EVENT and not self.due_event.is_published
        is_unset = self.due_kind == self.DueKind.UNSET
        return self.DueKind.OPEN.label if is_hidden or is_unset else self.due_text_for_lead

    @property
    def due_text_of_draft(self) -> str:
        """The Termin as a draft says it: what is not said yet is not „offen“, which is a word of its own."""
        return self.get_due_kind_display() if self.due_kind == self.DueKind.UNSET else self.due_text

    @property
    def due_text_for_lead(self) -> str:
        """The Termin as people write it: 12.07.2021, Juli–August 2021, offen."""
        kinds = self.DueKind
        if self.due_kind == kinds.EVENT and self.due_event.is_postponed:
            return f"{self.due_event.get_kind_display()}, neuer Termin folgt"
        if self.due_kind == kinds.EVENT:
            return f"{self.due_event.get_kind_display()} am {dates.day(self.due_event.starts_at)}"
        if self.due_kind == kinds.MONTHS:
            return dates.month_span(self.due_from, self.due_until)
        if self.due_kind in [kinds.OPEN, kinds.UNSET]:
            return self.get_due_kind_display()
        days = [row.day for row in self.days.all()] if self.due_kind == kinds.DAYS else []
        return days_text(days or [self.due_until], self.time_from, self.time_until)
