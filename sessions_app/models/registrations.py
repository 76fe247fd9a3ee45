"""Who registered for an event without an account: their places, the waiting list, and the mails they got."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from ogl_portal.lib import dates
from ogl_portal.lib.models import OutgoingMail

from .events import Event
from .reminders import EventNews

LINK_OPENS = timedelta(hours=24)
"""How long before the event the link to take part is shown."""


class RegistrationQuerySet(models.QuerySet):
    def placed(self):
        """Those who have a place."""
        return self.filter(status=Registration.Status.PLACED)

    def waiting(self):
        """The waiting list, who confirmed first is first."""
        return self.filter(status=Registration.Status.WAITING).order_by("confirmed_at", "pk")

    def active(self):
        """Those who want to come: with a place, or waiting for one."""
        return self.filter(status__in=[Registration.Status.PLACED, Registration.Status.WAITING])

    def of_user(self, user):
        """What somebody signed in wants to come to: the sign-in shows that the address is theirs. Next first."""
        own = self.active().filter(email=user.email, event__in=Event.objects.published().upcoming())
        return own.with_place_in_queue().select_related("event").order_by("event__starts_at", "pk")

    def with_place_in_queue(self):
        """With how many wait up to and with each one, in the same query."""
        same = Registration.objects.filter(status=Registration.Status.WAITING, event=OuterRef("event"))
        earlier = Q(confirmed_at__lt=OuterRef("confirmed_at"))
        up_to = same.filter(earlier | Q(confirmed_at=OuterRef("confirmed_at"), pk__lte=OuterRef("pk")))
        counted = up_to.order_by().values("event").annotate(count=Count("pk")).values("count")
        return self.annotate(counted_place=Coalesce(Subquery(counted), 0))

    def taken_places(self):
        """How many want to come to the event of the query around it, as a column."""
        counted = self.active().filter(event=OuterRef("pk")).order_by().values("event")
        return Coalesce(Subquery(counted.annotate(count=Count("pk")).values("count")), 0)

    def dropped(self, before: datetime):
        """What came to nothing before a moment: never confirmed, or cancelled."""
        return self.filter(
            Q(status=Registration.Status.REQUESTED, requested_at__lt=before)
            | Q(status=Registration.Status.CANCELLED, cancelled_at__lt=before)
        )


class Registration(models.Model):
    """Somebody's wish to come to an event; it counts once it was confirmed by mail."""

    class Status(models.TextChoices):
        REQUESTED = "requested", "noch nicht bestätigt"
        PLACED = "placed", "angemeldet"
        WAITING = "waiting", "auf der Warteliste"
        CANCELLED = "cancelled", "abgemeldet"

    event = models.ForeignKey(
        Event, models.CASCADE, verbose_name="Termin", related_name="registrations",
        db_index=False,  # ``registration_queue`` begins with it
    )  # fmt: skip
    name = models.CharField("Name", max_length=120)
    email = models.EmailField("E-Mail-Adresse")
    organisation = models.CharField("Organisation", max_length=200, blank=True)
    status = models.CharField("Stand", max_length=10, choices=Status, default=Status.REQUESTED)
    requested_at = models.DateTimeField("eingegangen", default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField("bestätigt", null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField("abgemeldet am", null=True, blank=True, editable=False)
    has_attended = models.BooleanField("war dabei", default=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "Anmeldung zu einem Termin"
        verbose_name_plural = "Anmeldungen zu Terminen"
        default_permissions = ("view", "change", "delete")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["event", "status", "confirmed_at"], name="registration_queue")]
        constraints = [
            models.UniqueConstraint(fields=["event", "email"], name="one_registration_per_address_and_event"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="registered_emails_are_lower_case"),
            models.CheckConstraint(
                condition=Q(status__in=["requested", "cancelled"]) | Q(confirmed_at__isnull=False),
                name="who_has_or_awaits_a_place_has_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | Q(cancelled_at__isnull=False),
                name="a_cancelled_registration_has_its_moment",
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.event.title}"

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.WAITING

    @property
    def join_url(self) -> str:
        """The link to take part, for who has a place, from 24 hours before the event until its end; else nothing."""
        return self.event.join_url if self.has_link(at=timezone.now()) else ""

    def has_link(self, *, at: datetime) -> bool:
        """Whether this person may take part at that moment, or so soon afterwards that they get the link."""
        is_soon = self.event.starts_at - LINK_OPENS <= at and not self.event.is_postponed
        return self.event.takes_place and is_soon and self.status == self.Status.PLACED

    @property
    def place_in_queue(self) -> int:
        """How many wait up to and with this one; the first is 1."""
        if hasattr(self, "counted_place"):
            return self.counted_place
        others = Registration.objects.waiting().filter(event=self.event_id)
        is_before = Q(confirmed_at__lt=self.confirmed_at) | Q(confirmed_at=self.confirmed_at, pk__lte=self.pk)
        return others.filter(is_before).count()


class RegistrationLink(models.Model):
    """A personal link to one registration; only the hash of its token is stored. Each mail has one of its own.

    The link of a request holds what was typed with it: only that counts if it is this link that is confirmed.
    """

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "Link zu einer Anmeldung"
        verbose_name_plural = "Links zu Anmeldungen"
        default_permissions = ()

    def __str__(self):
        return f"Link vom {dates.day(self.created_at)}"


class RegistrationMail(EventNews):
    """One mail about a coming event to somebody who registered; after the event moved, the reminders count anew."""

    READER = ("registration",)

    class Stage(models.TextChoices):
        ANSWERED = "answered", "Platz oder Warteliste"
        WEEK_BEFORE = "week-before", "7 Tage vorher"
        DAY_BEFORE = "day-before", "24 Stunden vorher"
        MOVED = "moved", "verschoben"
        POSTPONED = "postponed", "verschoben, neuer Termin folgt"
        CHANGED = "changed", "geändert"
        CANCELLED = "cancelled", "abgesagt"
        REINSTATED = "reinstated", "findet doch statt"

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="mails")
    stage = models.CharField("Anlass", max_length=12, choices=Stage)
    mail = models.ForeignKey(OutgoingMail, models.SET_NULL, related_name="+", null=True)

    class Meta:
        verbose_name = "Mail zu einer Anmeldung"
        verbose_name_plural = "Mails zu Anmeldungen"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["registration", "number"], name="mails_are_numbered_per_registration")
        ]

    def __str__(self):
        return f"{self.get_stage_display()}: {self.registration}"
