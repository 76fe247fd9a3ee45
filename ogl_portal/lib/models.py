"""Tables of the tools: the outbox of mails, counters of the throttle, files to delete; the search has its own."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .audit.models import AuditRecord  # noqa: F401 - Django looks for tables here
from .search import models as search_models  # noqa: F401 - Django looks for tables here


class OutgoingMailQuerySet(models.QuerySet):
    def may_leave(self):
        """Mails that may still leave, now, later, or again once the lead says so: neither given up nor over."""
        serving = self.filter(Q(valid_until=None) | Q(valid_until__gt=timezone.now()))
        return serving.filter(sent_at=None, failed_at=None, attempts__lt=OutgoingMail.MAX_ATTEMPTS)

    def waiting(self):
        """Mails that still have to leave: neither given up, nor over nor, as far as is known, on their way."""
        return self.may_leave().filter(handed_over_at=None)

    def uncertain(self):
        """Mails of which nobody knows whether they left: whoever handed them over got, or noted, no answer in time.

        Without those that would not leave again anyway.
        """
        return self.may_leave().filter(handed_over_at__isnull=False, retry_at__lte=timezone.now())

    def undeliverable(self):
        """Mails that cannot leave: the mail server refused the recipient, or every attempt failed."""
        return self.filter(Q(failed_at__isnull=False) | Q(attempts__gte=OutgoingMail.MAX_ATTEMPTS), sent_at=None)

    def expired(self):
        """Mails that have not left and need not any more: they serve nobody since their ``valid_until``."""
        return self.filter(sent_at=None, valid_until__lte=timezone.now())

    def due(self):
        """Waiting mails whose next attempt may be made now: nobody else is at it, and its pause is over."""
        return self.waiting().filter(retry_at__lte=timezone.now())


class OutgoingMail(models.Model):
    """A mail, written in the transaction that causes it, and sent after its commit."""

    MAX_ATTEMPTS = 20

    recipient = models.EmailField("an")
    subject = models.CharField("Betreff", max_length=200)
    text = models.TextField("Text")
    html = models.TextField("HTML", blank=True)
    calendar = models.TextField("Kalenderdatei", blank=True)
    unsubscribe_url = models.TextField("Adresse zum Abbestellen", blank=True)
    created_at = models.DateTimeField("angelegt", default=timezone.now)
    sent_at = models.DateTimeField("gesendet", null=True, blank=True, db_index=True)
    failed_at = models.DateTimeField("nicht zustellbar seit", null=True, blank=True)
    handed_over_at = models.DateTimeField("übergeben, ohne Antwort", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("Versuche", default=0)
    retry_at = models.DateTimeField("nächster Versuch", default=timezone.now)
    valid_until = models.DateTimeField("sinnvoll bis", null=True, blank=True)
    error = models.TextField("letzter Fehler", blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = "ausgehende Mail"
        verbose_name_plural = "ausgehende Mails"
        default_permissions = ("view",)
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self.subject} an {self.recipient}"

    @property
    def is_undeliverable(self) -> bool:
        """Whether it has been given up."""
        return not self.sent_at and bool(self.failed_at or self.attempts >= self.MAX_ATTEMPTS)


class ThrottleCounter(models.Model):
    """How often something was tried in one window of time; the key is a hash, never an address."""

    key = models.CharField(max_length=64)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["key", "window"], name="one_throttle_counter_per_key_and_window")
        ]

    def __str__(self):
        return f"{self.key[:8]}… {self.window}: {self.count}"


class UnwantedFile(models.Model):
    """A file in the storage that nothing names any more: it goes with the commit, or with the next ``prune``."""

    name = models.CharField(max_length=200)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.name
