"""What members propose for the agenda of an AG-Sitzung or a workshop."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .events import AgendaItem, Event


class AgendaProposalQuerySet(models.QuerySet):
    def open(self):
        """Proposals that nobody has decided on, the oldest first."""
        return self.filter(outcome=AgendaProposal.Outcome.OPEN)


class AgendaProposal(models.Model):
    """A TOP that a member wishes for; the lead takes it over into the agenda or says why not."""

    class Outcome(models.TextChoices):
        OPEN = "open", "offen"
        TAKEN_OVER = "taken-over", "steht auf der Tagesordnung"
        DECLINED = "declined", "nicht aufgenommen"

    event = models.ForeignKey(Event, models.CASCADE, verbose_name="Termin", related_name="agenda_proposals")
    title = models.CharField("Thema", max_length=200)
    description = models.TextField("Worum geht es?", max_length=2000, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="vorgeschlagen von", related_name="agenda_proposals"
    )
    created_at = models.DateTimeField("am", default=timezone.now, editable=False)
    outcome = models.CharField("Stand", max_length=12, choices=Outcome, default=Outcome.OPEN)
    answer = models.CharField("Antwort", max_length=300, blank=True, help_text="Lesen die Mitglieder am Vorschlag.")
    item = models.OneToOneField(
        AgendaItem, models.SET_NULL, verbose_name="TOP", related_name="proposal", null=True, blank=True, editable=False
    )

    objects = AgendaProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "Vorschlag zur Tagesordnung"
        verbose_name_plural = "Vorschläge zur Tagesordnung"
        default_permissions = ("view", "change", "delete")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="declined") | ~Q(answer=""),
                name="a_declined_agenda_proposal_has_an_answer",
                violation_error_message="Bitte schreiben Sie, warum das Thema nicht auf die Tagesordnung kommt.",
            )
        ]

    def __str__(self):
        return self.title
