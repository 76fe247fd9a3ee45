"""Series, and events with agenda and attendance."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, Subquery, When
from django.urls import reverse
from django.utils import timezone

from ogl_portal.directory.models import Organisation, Person, belongs_to_group
from ogl_portal.lib import dates
from ogl_portal.lib.fields import MarkdownField, RevisedModel


class SeriesQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Series with a published event; for the OGL-Leitung all."""
        if user.is_authenticated and user.is_lead:
            return self
        return self.filter(pk__in=Event.objects.published().values("series"))

    def with_progress(self, user):
        """Adds how many of its events the user sees, in all and over; without those called off; and the latest end."""
        is_lead = user.is_authenticated and user.is_lead
        seen = Q(events__isnull=False) if is_lead else Q(events__is_published=True)
        over, counted = Q(events__in=Event.objects.past()), ~Q(events__status=Event.Status.CANCELLED)
        counts = {"all": seen, "over": seen & over, "total": seen & counted, "done": seen & counted & over}
        numbers = {f"events_{name}": Count("events", filter=wanted) for name, wanted in counts.items()}
        return self.annotate(**numbers, events_end=Max("events__ends_at", filter=seen))


class Series(RevisedModel):
    """A series of public sessions with one aim."""

    title = models.CharField("Titel", max_length=200)
    slug = models.SlugField("Adresse", max_length=120, unique=True)
    summary = models.CharField("in einem Satz", max_length=250, blank=True)
    description = MarkdownField("Beschreibung")
    aim = MarkdownField("Ziel", help_text="Was soll vorliegen, wenn die Serie endet?")
    paper_introduction = MarkdownField(
        "Einleitung des Empfehlungspapiers", help_text="Steht im Papier vor den Empfehlungen der Serie."
    )
    organisers = models.ManyToManyField(
        Organisation, verbose_name="veranstaltet von", related_name="series", blank=True
    )

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = "Session-Serie"
        verbose_name_plural = "Session-Serien"
        ordering = ["title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("sessions_app:series-detail", args=[self.slug])

    def get_paper_url(self):
        return reverse("sessions_app:paper", args=[self.slug])

    def get_paper_pdf_url(self):
        return reverse("sessions_app:paper-pdf", args=[self.slug])


POSTPONED = Q(status="moved", moved_from=None)
"""The same as ``event.is_postponed``."""


class EventQuerySet(models.QuerySet):
    def published(self):
        """Events that everybody may see."""
        return self.filter(is_published=True)

    def visible_to(self, user):
        """Published events; for the OGL-Leitung also those in preparation."""
        return self if user.is_authenticated and user.is_lead else self.published()

    def in_mails(self, now: datetime, waiting: models.QuerySet):
        """Published events that have not begun; and cancelled ones though hidden: whoever was told must hear that.

        ``waiting``: events for whose new date somebody waits. That they are off is news after the old one, too.
        """
        cancelled = Q(status=Event.Status.CANCELLED)
        may_be_news = Q(starts_at__gt=now) | POSTPONED | cancelled & Q(pk__in=waiting)
        return self.filter(Q(is_published=True) | cancelled, may_be_news)

    def coming_first(self):
        """Coming events, the next one first and at last those without a date; after them past ones, latest first."""
        is_ahead = Q(ends_at__gt=timezone.now())
        group = Case(When(POSTPONED, then=1), When(is_ahead, then=0), default=2)
        return self.order_by(group, Case(When(is_ahead, then=F("starts_at"))).asc(nulls_last=True), "-starts_at", "pk")

    def with_organisers(self):
        """Events with everything that ``organised_by`` needs, in a fixed number of queries."""
        return self.select_related("series").prefetch_related("organisers", "series__organisers")

    def in_calendars(self):
        """What calendars show: published events; a cancelled one until its date has passed."""
        gone = Q(status=Event.Status.CANCELLED, ends_at__lte=timezone.now())
        return self.published().exclude(gone).select_related("series").order_by("starts_at", "pk")

    def with_neighbours(self, slug: str):
        """The event with this address and those before and after it in its series: three at most, by date."""
        asked = Event.objects.filter(slug=slug)
        others, beginning = self.filter(series__in=asked.values("series")), Subquery(asked.values("starts_at"))
        before = others.filter(starts_at__lt=beginning).order_by("-starts_at", "-pk").values("pk")[:1]
        after = others.filter(starts_at__gt=beginning).order_by("starts_at", "pk").values("pk")[:1]
        return self.filter(Q(slug=slug) | Q(pk__in=before) | Q(pk__in=after)).order_by("starts_at", "pk")

    def upcoming(self):
        """Events that are not over, the next one first, at last those without a date."""
        coming = self.filter(Q(ends_at__gt=timezone.now()) | POSTPONED)
        return coming.order_by(Case(When(POSTPONED, then=1), default=0), "starts_at")

    def past(self, at: datetime | None = None):
        """Events that are over, now or ``at`` a moment, the latest one first; the same as ``event.is_over``."""
        return self.filter(ends_at__lte=at or timezone.now()).exclude(POSTPONED).order_by("-starts_at")


class Event(RevisedModel):
    """A session, an AG-Sitzung or a workshop, from announcement to result."""

    class Kind(models.TextChoices):
        SESSION = "session", "Session"
        MEETING = "meeting", "AG-Sitzung"
        WORKSHOP = "workshop", "Workshop"

    class Status(models.TextChoices):
        PLANNED = "planned", "geplant"
        CONFIRMED = "confirmed", "bestätigt"
        MOVED = "moved", "verschoben"
        CANCELLED = "cancelled", "abgesagt"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField("Änderungen des Termins", default=0, editable=False)
    changed_at = models.DateTimeField("zuletzt wesentlich geändert", default=timezone.now, editable=False)
    kind = models.CharField("Art", max_length=20, choices=Kind)
    series = models.ForeignKey(
        Series, models.PROTECT, verbose_name="Serie", related_name="events", null=True, blank=True
    )
    number = models.PositiveSmallIntegerField("Nummer in der Serie", null=True, blank=True)
    title = models.CharField("Titel", max_length=200)
    slug = models.SlugField("Adresse", max_length=120, unique=True)
    summary = models.CharField("in einem Satz", max_length=250, blank=True)
    description = MarkdownField("Beschreibung")
    starts_at = models.DateTimeField("Beginn")
    ends_at = models.DateTimeField("Ende")
    time_is_known = models.BooleanField(
        "Uhrzeit bekannt",
        default=True,
        help_text="Ohne Häkchen zeigt die Website nur den Tag (Uhrzeit nicht überliefert).",
    )
    is_online = models.BooleanField("online", default=True)
    place = models.CharField(
        "Ort", max_length=200, blank=True, help_text="Bei Terminen vor Ort. Leer, solange der Ort offen ist."
    )
    join_url = models.URLField(
        "Link zur Teilnahme",
        blank=True,
        help_text="Sehen die Mitglieder, wer unter „Teilnahme“ steht und, 24 Stunden vorher, wer angemeldet ist.",
    )
    is_open_to_all = models.BooleanField(
        "offen für alle", default=False, help_text="Dann sehen alle den Link zur Teilnahme, auch ohne Anmeldung."
    )
    takes_registrations = models.BooleanField(
        "mit Anmeldung", default=False, help_text="Wer kommen möchte, meldet sich auf der Seite des Termins an."
    )
    capacity = models.PositiveSmallIntegerField(
        "Plätze", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(9999)],
        help_text="Sind alle vergeben, führt das Portal eine Warteliste und lässt nachrücken. Leer: beliebig viele.",
    )  # fmt: skip
    registration_closes_at = models.DateTimeField(
        "Anmeldung bis", null=True, blank=True, help_text="Leer: bis zum Beginn des Termins."
    )
    organisers = models.ManyToManyField(
        Organisation,
        verbose_name="veranstaltet von",
        related_name="events",
        blank=True,
        help_text="Leer lassen, wenn es dieselben sind wie bei der Serie.",
    )
    status = models.CharField("Stand", max_length=20, choices=Status, default=Status.CONFIRMED)
    status_note = models.CharField(
        "Hinweis zum Stand", max_length=200, blank=True, help_text="Etwa der Grund oder der neue Termin."
    )
    moved_from = models.DateTimeField(
        "bisheriger Beginn", null=True, blank=True,
        help_text="Füllt sich von selbst, wenn Sie bei einem veröffentlichten Termin den Beginn ändern und den Stand "
        "„verschoben“ wählen.",
    )  # fmt: skip
    outcome = MarkdownField("Was herauskam")
    is_published = models.BooleanField("veröffentlicht", default=False)
    is_example = models.BooleanField("Beispiel", default=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "Termin"
        verbose_name_plural = "Termine"
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="an_event_ends_after_it_begins",
                violation_error_message="Das Ende muss nach dem Beginn liegen.",
            ),
            models.CheckConstraint(
                condition=Q(number=None) | Q(series__isnull=False),
                name="a_numbered_event_belongs_to_a_series",
                violation_error_message="Eine Nummer hat ein Termin nur innerhalb einer Serie.",
            ),
            models.CheckConstraint(
                condition=Q(is_open_to_all=False) | Q(takes_registrations=False),
                name="who_may_just_come_need_not_register",
                violation_error_message="Bitte wählen Sie „offen für alle“ oder „mit Anmeldung“, nicht beides.",
            ),
            models.UniqueConstraint(
                fields=["series", "number"],
                name="one_event_per_number_in_a_series",
                violation_error_message="Diese Nummer gibt es in der Serie schon.",
            ),
        ]
        indexes = [models.Index(fields=["is_published", "starts_at"], name="event_published_by_start")]

    def __str__(self):
        return f"{self.get_kind_display()} am {dates.day(self.starts_at)}: {self.title}"

    def get_absolute_url(self):
        return reverse("sessions_app:event-detail", args=[self.slug])

    @property
    def when(self) -> str:
        """27.05.2021, 16.00–18.00 Uhr; only the day where the time is not known; „bisher“ where it does not hold."""
        when = dates.time_span(self.starts_at, self.ends_at) if self.time_is_known else dates.day(self.starts_at)
        return f"bisher {when}" if self.is_postponed else when

    @property
    def where(self) -> str:
        """The place, „online“, or both; nothing where the place is not known (yet)."""
        return " und ".join(part for part in [self.place, "online" if self.is_online else ""] if part)

    @property
    def share_text(self) -> str:
        """What search engines and other sites say below the title: when, where, what about."""
        return ". ".join(filter(None, [", ".join(filter(None, [self.when, self.where])), self.summary]))

    @property
    def organised_by(self) -> list[Organisation]:
        """The organisers named for this event, else those of its series."""
        return list(self.organisers.all()) or (list(self.series.organisers.all()) if self.series else [])

    def organisers_in_one_go(self) -> list[Organisation]:
        """The same as ``organised_by``, asked in one query for one event."""
        own = Event.organisers.through.objects.filter(event=self.pk, organisation=OuterRef("pk"))
        of_series = Series.organisers.through.objects.filter(series=self.series_id, organisation=OuterRef("pk"))
        named = Organisation.objects.with_logo().annotate(is_own=Exists(own)).filter(Q(is_own=True) | Exists(of_series))
        found = list(named.order_by("name"))
        return [organisation for organisation in found if organisation.is_own] or found

    def neighbours(self, events: Iterable["Event"]) -> tuple["Event | None", "Event | None"]:
        """The events before and after this one in its series, among ``events`` (the first one first), or None."""
        others = [event for event in events if event.series_id and event.series_id == self.series_id]
        earlier = [event for event in others if event.starts_at < self.starts_at]
        later = [event for event in others if event.starts_at > self.starts_at]
        return next(reversed(earlier), None), next(iter(later), None)

    def may_be_joined_by(self, user) -> bool:
        """Whether a user may see the link: everybody where all may come, else the AG and who is on the list."""
        if self.is_open_to_all or belongs_to_group(user):
            return True
        return user.is_authenticated and self.attendances.admitted().filter(person=user.person_id).exists()

    def admits(self, person: Person) -> bool:
        """Whether somebody may take part, and so have the link in a mail."""
        is_invited = self.is_open_to_all or self.attendances.admitted().filter(person=person).exists()
        return is_invited or Person.objects.members().filter(pk=person.pk).exists()

    @property
    def takes_place(self) -> bool:
        """Whether people can still come: everybody sees it, it is not called off and not over."""
        return self.is_published and self.is_ahead

    @property
    def is_ahead(self) -> bool:
        """Whether it is neither called off nor over; perhaps hidden for a while, which changes nothing of who comes."""
        return self.status != self.Status.CANCELLED and not self.is_over

    @property
    def registration_ends_at(self) -> datetime:
        """Until when people may register."""
        return min(self.registration_closes_at or self.starts_at, self.ends_at)

    @property
    def is_open_for_registration(self) -> bool:
        """Whether people may register now; without a free place they are put on the waiting list."""
        return self.takes_registrations and self.takes_place and timezone.now() < self.registration_ends_at

    @property
    def registration_note(self) -> str:
        """„Mit Anmeldung“ or that it is full, while one can register; full it is by ``taken_places`` of the query."""
        if not self.is_open_for_registration:
            return ""
        is_full = self.capacity is not None and getattr(self, "taken_places", 0) >= self.capacity
        return "ausgebucht, Warteliste" if is_full else "Mit Anmeldung"

    @property
    def is_off_plan(self) -> bool:
        """Whether readers must be warned: the event was moved or cancelled."""
        return self.status in {self.Status.MOVED, self.Status.CANCELLED}

    @property
    def is_postponed(self) -> bool:
        """Whether it was moved and has no new date: the one that it has does not hold."""
        return self.status == self.Status.MOVED and self.moved_from is None

    @property
    def is_over(self) -> bool:
        """Whether the event lies behind us; a cancelled one does so, too, but did not take place.

        One without a date lies ahead, whenever it was to be.
        """
        return self.ends_at <= timezone.now() and not self.is_postponed

    @property
    def mails_until(self) -> datetime | None:
        """Until when a mail about it is of use: to its end, for ever where that does not hold or has passed."""
        return self.ends_at if self.ends_at > timezone.now() and not self.is_postponed else None


class AgendaItem(models.Model):
    """A TOP of an event's agenda."""

    event = models.ForeignKey(Event, models.CASCADE, verbose_name="Termin", related_name="agenda")
    position = models.PositiveSmallIntegerField("TOP")
    title = models.CharField("Titel", max_length=200)
    description = MarkdownField("Erläuterung")

    class Meta:
        verbose_name = "Tagesordnungspunkt"
        verbose_name_plural = "Tagesordnung"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "position"],
                name="one_agenda_item_per_position",
                violation_error_message="Diese TOP-Nummer gibt es schon.",
            )
        ]

    def __str__(self):
        return f"TOP {self.position}: {self.title}"


class AttendanceQuerySet(models.QuerySet):
    def expected(self):
        """Who has been put on the list, or said that they come."""
        return self.filter(status__in=[Attendance.Status.INVITED, Attendance.Status.ACCEPTED])

    def admitted(self):
        """Who may have the link: nobody who declined, and who came onto the list as a member only while they are."""
        is_invited = Q(as_member=False) | Q(person__in=Person.objects.members())
        return self.exclude(status=Attendance.Status.DECLINED).filter(is_invited)


class Attendance(models.Model):
    """Whether a person comes, or came, to an event."""

    class Status(models.TextChoices):
        INVITED = "invited", "eingeladen"
        ACCEPTED = "accepted", "zugesagt"
        DECLINED = "declined", "abgesagt"
        ATTENDED = "attended", "dabei"

    event = models.ForeignKey(Event, models.CASCADE, verbose_name="Termin", related_name="attendances")
    person = models.ForeignKey(Person, models.CASCADE, verbose_name="Person", related_name="attendances")
    status = models.CharField("Stand", max_length=20, choices=Status, default=Status.INVITED)
    as_member = models.BooleanField("als Mitglied eingeladen", default=False, editable=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "Teilnahme"
        verbose_name_plural = "Teilnahmen"
        ordering = ["person__family_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"],
                name="one_attendance_per_person_and_event",
                violation_error_message="Die Person steht schon auf der Liste.",
            )
        ]

    def __str__(self):
        return f"{self.person}: {self.get_status_display()}"
