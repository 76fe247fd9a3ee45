"""Which mails about an event went to whom, so that each goes once."""

from django.db import models
from django.utils import timezone

from ogl_portal.directory.models import Person

from .events import Event


class EventMail(models.Model):
    """One mail about an event to one person; after the event moved, its stages count anew."""

    class Stage(models.TextChoices):
        INVITED = "invited", "eingeladen"
        WEEK_BEFORE = "week-before", "7 Tage vorher"
        DAY_BEFORE = "day-before", "24 Stunden vorher"
        MOVED = "moved", "verschoben"
        CANCELLED = "cancelled", "abgesagt"

    event = models.ForeignKey(Event, models.CASCADE, verbose_name="Termin", related_name="mails")
    person = models.ForeignKey(Person, models.CASCADE, verbose_name="Person", related_name="event_mails")
    stage = models.CharField("Anlass", max_length=12, choices=Stage)
    starts_at = models.DateTimeField("für den Beginn")
    sent_at = models.DateTimeField("in den Postausgang gelegt", default=timezone.now)

    class Meta:
        verbose_name = "Mail zu einem Termin"
        verbose_name_plural = "Mails zu Terminen"
        default_permissions = ("view",)
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person", "stage", "starts_at"], name="one_mail_per_event_person_and_stage"
            )
        ]

    def __str__(self):
        return f"{self.event}, {self.get_stage_display()}: {self.person}"
