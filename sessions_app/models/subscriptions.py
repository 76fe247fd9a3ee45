"""Who wants to hear by mail what is new in a series, and which mails they got."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ogl_portal.lib.subscriptions import EmailSubscription

from .events import Event, Series
from .reminders import EventNews


class Subscription(EmailSubscription):
    """An address that hears of new, moved and cancelled events of a series, once confirmed by mail."""

    series = models.ForeignKey(Series, models.CASCADE, verbose_name="Serie", related_name="subscriptions")

    class Meta(EmailSubscription.Meta):
        abstract = False
        verbose_name = "Abo einer Serie"
        verbose_name_plural = "Abos von Serien"
        constraints = [
            models.UniqueConstraint(fields=["series", "email"], name="one_subscription_per_address_and_series"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="subscribed_emails_are_lower_case"),
        ]

    def __str__(self):
        return f"{self.email}: {self.series}"

    @property
    def subject(self) -> str:
        return f"Neues aus der Serie „{self.series}“"


class SubscriptionMail(EventNews):
    """What a subscriber knows of an event."""

    READER = ("event", "subscription__email")

    class Stage(models.TextChoices):
        ANNOUNCED = "announced", "angekündigt"
        MOVED = "moved", "verschoben"
        POSTPONED = "postponed", "verschoben, neuer Termin folgt"
        CHANGED = "changed", "geändert"
        CANCELLED = "cancelled", "abgesagt"
        REINSTATED = "reinstated", "findet doch statt"

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="mails")
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    stage = models.CharField("Anlass", max_length=12, choices=Stage)

    class Meta:
        verbose_name = "Mail zu einem Abo"
        verbose_name_plural = "Mails zu Abos"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "event", "number"], name="mails_are_numbered_per_subscription_and_event"
            )
        ]

    def __str__(self):
        return f"{self.get_stage_display()}: {self.event}"
