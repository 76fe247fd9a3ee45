"""The action item: what was agreed, until when, by whom."""

from calendar import monthrange
from datetime import datetime

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from actions.wording import days_text, enumerate_words
from ogl_portal.directory.models import Organisation, Person, belongs_to_group
from ogl_portal.lib import dates
from ogl_portal.lib.fields import MarkdownField, RevisedModel
from sessions_app.models import Event, Report
from surveys.models import Round

from .querysets import A_YEAR, ActionItemQuerySet


class ActionItem(RevisedModel):
    """Nächster Schritt: an item of a report's section 6, with Termin (T) and Verantwortung (V).

    Its number, the last part of its address, is the primary key: the database gives it once and never again.
    """

    class Status(models.TextChoices):
        OPEN = "open", "offen"
        IN_PROGRESS = "in-progress", "in Arbeit"
        DONE = "done", "erledigt"
        DROPPED = "dropped", "entfallen"

    UNSETTLED = [Status.OPEN, Status.IN_PROGRESS]

    class DueKind(models.TextChoices):
        """The kinds of Termin that the report of 27.05.2021 shows (section 6)."""

        DAY = "day", "ein Tag"
        DAYS = "days", "mehrere Tage"
        EVENT = "event", "ein Termin der AG"
        MONTHS = "months", "Monate von–bis"
        OPEN = "open", "offen"
        UNSET = "unset", "noch nicht angegeben"

    DATED = [DueKind.DAY, DueKind.DAYS, DueKind.MONTHS]

    class ResponsibleKind(models.TextChoices):
        """The kinds of responsibility (V)."""

        PERSONS = "persons", "Personen"
        EVERYONE = "everyone", "alle AG-Mitglieder"
        LEAD = "lead", "OGL-Leitung"
        ORGANISATION = "organisation", "eine Organisation"
        OPEN = "open", "offen"
        UNSET = "unset", "noch nicht angegeben"

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
    due_kind = models.CharField("Art des Termins (T)", max_length=10, choices=DueKind, default=DueKind.UNSET)
    due_from = models.DateField("von", null=True, blank=True, help_text="Nur bei Monaten: ein Tag im ersten Monat.")
    due_until = models.DateField("bis", null=True, blank=True, help_text="Der Tag; bei Monaten einer im letzten.")
    time_from = models.TimeField("Uhrzeit von", null=True, blank=True)
    time_until = models.TimeField("Uhrzeit bis", null=True, blank=True, help_text="Bei mehreren Tagen jeweils.")
    due_event = models.ForeignKey(
        Event, models.PROTECT, verbose_name="Termin der AG", related_name="due_items", null=True, blank=True
    )
    round = models.ForeignKey(
        Round, models.PROTECT, verbose_name="Fragebogenrunde", related_name="action_items", null=True, blank=True,
        help_text="Dann zeigt der Schritt, wie viele schon geantwortet haben.",
    )  # fmt: skip
    is_done_by_event = models.BooleanField(
        "mit dem Termin erledigt", default=False,
        help_text="Der Schritt gilt als erledigt, sobald der Termin der AG stattgefunden hat.",
    )  # fmt: skip
    dated_due_at = models.DateTimeField("fällig", null=True, editable=False)
    responsible_kind = models.CharField(
        "Art der Verantwortung (V)", max_length=15, choices=ResponsibleKind, default=ResponsibleKind.UNSET
    )
    responsible_persons = models.ManyToManyField(
        Person, verbose_name="Personen", related_name="action_items", blank=True
    )
    responsible_organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="Organisation", related_name="action_items", null=True, blank=True
    )
    status = models.CharField("Stand", max_length=15, choices=Status, default=Status.OPEN)
    status_is_example = models.BooleanField("Stand ist ein Beispiel", default=False, editable=False)
    since_version = models.PositiveSmallIntegerField("seit Fassung", default=0, editable=False)
    is_public = models.BooleanField(
        "öffentlich", default=True, help_text="Sonst sehen ihn nur die Mitglieder und die OGL-Leitung."
    )
    is_example = models.BooleanField("Beispiel", default=False)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        verbose_name = "Nächster Schritt"
        verbose_name_plural = "Nächste Schritte"
        ordering = ["-report__event__starts_at", "letter", "number"]
        indexes = [
            models.Index(fields=["status", "dated_due_at"], name="item_by_status_and_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "letter"],
                condition=~Q(letter=""),
                name="one_item_per_letter_in_a_report",
                violation_error_message="Diesen Buchstaben gibt es in dem Report schon.",
            ),
            models.CheckConstraint(
                condition=Q(letter="") | Q(report__isnull=False),
                name="a_letter_belongs_to_a_report",
                violation_error_message="Ein Buchstabe gehört zu einem Report: Bitte wählen Sie den Report aus.",
            ),
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
                condition=~Q(responsible_kind="organisation") | Q(responsible_organisation__isnull=False),
                name="an_item_of_an_organisation_names_it",
                violation_error_message="Bitte wählen Sie die verantwortliche Organisation aus.",
            ),
            models.CheckConstraint(
                condition=Q(is_done_by_event=False) | Q(due_kind="event"),
                name="an_item_done_by_an_event_is_due_at_one",
                violation_error_message="Mit dem Termin erledigt sein kann nur, was an einem Termin der AG fällig ist.",
            ),
        ]

    def __str__(self):
        return f"{self.letter}) {self.title}" if self.letter else self.title

    def get_absolute_url(self):
        return reverse("actions:item-detail", args=[self.pk])

    @classmethod
    def responsible_pks(cls, person_id):
        """The numbers of the items that name the person, as a subquery."""
        return cls.responsible_persons.through.objects.filter(person=person_id).values("actionitem")

    def clean(self):
        super().clean()
        self.settle_termin()

    def save(self, *args, **kwargs):
        self.settle_termin()
        if not ActionItem.objects.filter(pk=self.pk, report=self.report_id).exists():
            self.since_version = self.version_that_comes()
        super().save(*args, **kwargs)

    def version_that_comes(self) -> int:
        """The number of the version in which an item stands first that is added to its report now."""
        if not self.report:
            return 0
        last = self.report.versions.aggregate(last=models.Max("number"))["last"] or 0
        return last if self.report.is_released else last + 1

    def settle_termin(self) -> None:
        """Drop what the chosen kinds do not need, widen months to their borders, derive the due moment."""
        self.drop_what_does_not_belong()
        if self.due_kind == self.DueKind.MONTHS and self.due_from and self.due_until:
            last_day = monthrange(self.due_until.year, self.due_until.month)[1]
            self.due_from, self.due_until = self.due_from.replace(day=1), self.due_until.replace(day=last_day)
        self.dated_due_at = dates.end_of_day(self.due_until) if self.due_until else None

    def drop_what_does_not_belong(self) -> None:
        """Empty the fields of the other kinds of Termin and of responsibility."""
        kind, kinds = self.due_kind, self.DueKind
        if kind not in [kinds.DAYS, kinds.MONTHS]:
            self.due_from = None
        if kind not in self.DATED:
            self.due_until = None
        if kind not in [kinds.DAY, kinds.DAYS]:
            self.time_from = self.time_until = None
        if kind != kinds.EVENT:
            self.due_event = None
        if self.responsible_kind != self.ResponsibleKind.ORGANISATION:
            self.responsible_organisation = None

    @property
    def due_at(self) -> datetime | None:
        """The due moment (aware, exclusive): end of the day in Berlin, the event's end, or None where open."""
        if self.due_kind == self.DueKind.EVENT:
            return self.due_event.ends_at
        return dates.end_of_day(self.due_until) if self.due_until else None

    @property
    def stands(self) -> bool:
        """Whether it is agreed for everybody to read; the same as ``of_released_reports`` of the querysets."""
        if not self.report or self.report.is_released:
            return True
        version = self.report.current_version
        return version is not None and version.number >= self.since_version

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
    def is_without_news(self) -> bool:
        """Whether it is overdue for so long that what became of it is simply not known."""
        return self.is_overdue and self.due_at <= timezone.now() - A_YEAR

    @property
    def due_text(self) -> str:
        """The Termin as everybody may read it: „offen“ while it is not said, or its event not published."""
        is_hidden = self.due_kind == self.DueKind.EVENT and not self.due_event.is_published
        is_unset = self.due_kind == self.DueKind.UNSET
        return self.DueKind.OPEN.label if is_hidden or is_unset else self.due_text_for_lead

    @property
    def due_text_for_lead(self) -> str:
        """The Termin as people write it: 12.07.2021, Juli–August 2021, offen."""
        kinds = self.DueKind
        if self.due_kind == kinds.EVENT:
            return f"{self.due_event.get_kind_display()} am {dates.day(self.due_event.starts_at)}"
        if self.due_kind == kinds.MONTHS:
            return dates.month_span(self.due_from, self.due_until)
        if self.due_kind in [kinds.OPEN, kinds.UNSET]:
            return self.get_due_kind_display()
        days = [row.day for row in self.days.all()] if self.due_kind == kinds.DAYS else []
        return days_text(days or [self.due_until], self.time_from, self.time_until)

    def responsible(self, name) -> str:
        """Who is responsible; ``name`` turns a person into text."""
        kinds = self.ResponsibleKind
        if self.responsible_kind == kinds.ORGANISATION:
            return self.responsible_organisation.name
        if self.responsible_kind == kinds.PERSONS:
            names = dict.fromkeys(name(person) for person in self.responsible_persons.all())
            return enumerate_words(list(names)) or kinds.OPEN.label
        if self.responsible_kind == kinds.UNSET:
            return kinds.OPEN.label
        return self.get_responsible_kind_display()

    @property
    def responsible_text(self) -> str:
        """Who is responsible, as public pages say it: names only where they may be public."""
        return self.responsible(lambda person: person.public_name)

    @property
    def responsible_text_for_members(self) -> str:
        """Who is responsible, with names."""
        return self.responsible(lambda person: person.full_name)

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
