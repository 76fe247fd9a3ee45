"""Which mails about an event went to whom, so that each goes once and everybody hears what is news to them."""

from hashlib import sha256

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ogl_portal.directory.models import Person

from .events import Event


class EventNewsQuerySet(models.QuerySet):
    def waiting(self):
        """What somebody was told last, where that is that a new date follows."""
        same_reader = {name: OuterRef(name) for name in self.model.READER}
        later = self.model.objects.filter(**same_reader, pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later), stage="postponed")


class EventNews(models.Model):
    """One thing that somebody was told of an event, with what it was then; the last one is what they know.

    Numbered per reader: two processes that find the same news at once take the same number, and one mails.
    """

    number = models.PositiveIntegerField("laufende Nummer", default=1)
    starts_at = models.DateTimeField("für den Beginn")
    details = models.CharField("für Ende, Ort und Link", max_length=64, blank=True)
    sent_at = models.DateTimeField("in den Postausgang gelegt", default=timezone.now)

    READER: tuple[str, ...]
    """Who is told of which event."""

    objects = EventNewsQuerySet.as_manager()

    class Meta:
        abstract = True


DETAILS = ["Ende", "Ort", "Link zur Teilnahme"]
"""What people must know to come, beside the beginning: what ``details_of`` has a word for, in its order."""


def details_of(event: Event, *, with_link: bool) -> str:
    """A word for each of ``DETAILS`` that changes with it; none for the link to take part if they were not told."""
    facts = [event.ends_at.timestamp(), (event.is_online, event.place)]
    facts += [event.join_url if event.is_online else ""] if with_link else []
    words = [sha256(repr(fact).encode()).hexdigest()[:20] for fact in facts]
    return ".".join(words if with_link else [*words, ""])


class EventMail(EventNews):
    """One mail about an event to one person, or their answer on its page, which says as well what they know."""

    READER = ("event", "person")

    class Stage(models.TextChoices):
        INVITED = "invited", "eingeladen"
        ANSWERED = "answered", "hat geantwortet"
        WEEK_BEFORE = "week-before", "7 Tage vorher"
        DAY_BEFORE = "day-before", "24 Stunden vorher"
        MOVED = "moved", "verschoben"
        POSTPONED = "postponed", "verschoben, neuer Termin folgt"
        CHANGED = "changed", "geändert"
        CANCELLED = "cancelled", "abgesagt"
        REINSTATED = "reinstated", "findet doch statt"

    event = models.ForeignKey(Event, models.CASCADE, verbose_name="Termin", related_name="mails")
    person = models.ForeignKey(Person, models.CASCADE, verbose_name="Person", related_name="event_mails")
    stage = models.CharField("Anlass", max_length=12, choices=Stage)

    class Meta:
        verbose_name = "Mail zu einem Termin"
        verbose_name_plural = "Mails zu Terminen"
        default_permissions = ("view",)
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(fields=["event", "person", "number"], name="event_mails_are_numbered_per_person")
        ]

    def __str__(self):
        return f"{self.event}, {self.get_stage_display()}: {self.person}"
