"""The required pages, and what people report about barriers."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from ogl_portal.lib import dates
from ogl_portal.lib.fields import MarkdownField, RevisedModel

GAP = "[bitte ergänzen"
"""How the shipped texts begin a place that only the operator can fill."""


class PageQuerySet(models.QuerySet):
    def unfinished(self, *, reviewed_until):
        """Pages with gaps, and those whose last review was on that day (date) or before."""
        is_old = Q(reviewed_on__lte=reviewed_until) | Q(key=Page.Key.ACCESSIBILITY, reviewed_on=None)
        return self.filter(Q(body__contains=GAP) | is_old)


class Page(RevisedModel):
    """A required page: its key and address are fixed, its text is the operator's."""

    class Key(models.TextChoices):
        IMPRINT = "imprint", "Impressum"
        PRIVACY = "privacy", "Datenschutz"
        ACCESSIBILITY = "accessibility", "Erklärung zur Barrierefreiheit"
        PLAIN_LANGUAGE = "plain-language", "Leichte Sprache"
        HELP = "help", "Hilfe"

    key = models.SlugField("Seite", max_length=40, unique=True, choices=Key, editable=False)
    title = models.CharField("Titel", max_length=120)
    body = MarkdownField("Text", blank=False, help_text="Mit Markdown: ## Überschrift, - Aufzählung, [Text](Adresse).")
    reviewed_on = models.DateField(
        "geprüft am",
        null=True,
        blank=True,
        help_text="Bei der Erklärung zur Barrierefreiheit: spätestens nach 12 Monaten neu.",
    )
    updated_at = models.DateTimeField("geändert", auto_now=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = "Pflichtseite"
        verbose_name_plural = "Pflichtseiten"
        ordering = ["title"]
        default_permissions = ("view", "change")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse(f"pages:{self.key}")

    def needs_review(self, reviewed_until) -> bool:
        """Whether its last review was on that day (date) or before; only the declaration must have had one at all."""
        if self.reviewed_on is None:
            return self.key == self.Key.ACCESSIBILITY
        return self.reviewed_on <= reviewed_until


class TicketQuerySet(models.QuerySet):
    def open(self):
        """Tickets without an answer, the most urgent first."""
        return self.filter(status=Ticket.Status.OPEN).order_by("due_on")

    def answered_before(self, day):
        """Tickets whose answer is older than a day (date)."""
        return self.filter(status=Ticket.Status.ANSWERED, answered_on__lt=day)


class Ticket(RevisedModel):
    """Somebody wrote to the OGL-Leitung by a form, and is to be answered by a day."""

    class Status(models.TextChoices):
        OPEN = "open", "offen"
        ANSWERED = "answered", "beantwortet"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("Name", max_length=120, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    created_at = models.DateTimeField("eingegangen", default=timezone.now, editable=False)
    due_on = models.DateField("Antwort bis")
    status = models.CharField("Stand", max_length=20, choices=Status, default=Status.OPEN)
    answer = models.TextField(
        "Antwort",
        blank=True,
        max_length=5000,
        help_text="Was Sie antworten. Mit „beantwortet“ geht der Text an die angegebene E-Mail-Adresse.",
    )
    answered_on = models.DateField("beantwortet am", null=True, blank=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["due_on"]
        default_permissions = ("view", "change", "delete")

    def clean(self):
        """Refuse a day that cannot be: it decides how long the ticket is kept."""
        super().clean()
        if self.answered_on and not timezone.localdate(self.created_at) <= self.answered_on <= timezone.localdate():
            raise ValidationError({"answered_on": "Der Tag muss zwischen dem Eingang und heute liegen."})

    @property
    def is_overdue(self) -> bool:
        """Whether the answer should have been given before today."""
        return self.status == self.Status.OPEN and self.due_on < timezone.localdate()


class BarrierReport(Ticket):
    """Somebody met a barrier: the answer is due one month after it came in (EU model declaration)."""

    where = models.CharField("Wo sind Sie auf die Barriere gestoßen?", max_length=500)
    what = models.TextField("Was hat nicht funktioniert?", max_length=5000)

    class Meta(Ticket.Meta):
        verbose_name = "gemeldete Barriere"
        verbose_name_plural = "gemeldete Barrieren"
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="answered") | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="an_answered_barrier_has_its_answer",
                violation_error_message="Bitte tragen Sie ein, was Sie wann geantwortet haben.",
            )
        ]

    def __str__(self):
        return f"Barriere vom {dates.day(self.created_at)}: {self.where[:60]}"


class ContactRequest(Ticket):
    """A question or a hint by anybody: the answer is due two weeks after it came in."""

    subject = models.CharField("Worum geht es?", max_length=150)
    message = models.TextField("Ihre Nachricht", max_length=5000)

    class Meta(Ticket.Meta):
        verbose_name = "Anfrage"
        verbose_name_plural = "Anfragen"
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="answered") | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="an_answered_request_has_its_answer",
                violation_error_message="Bitte tragen Sie ein, was Sie wann geantwortet haben.",
            )
        ]

    def __str__(self):
        return f"Anfrage vom {dates.day(self.created_at)}: {self.subject[:60]}"
