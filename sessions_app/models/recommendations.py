"""What a series recommends: to small and medium enterprises, and to politics."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from ogl_portal.lib.fields import MarkdownField, RevisedModel

from .events import Event, Series


class RecommendationQuerySet(models.QuerySet):
    def public(self):
        """Those that are agreed, so that everybody may read them."""
        return self.exclude(status=Recommendation.Status.DRAFT)

    def visible_to(self, user):
        """Agreed ones; for the OGL-Leitung the drafts, too."""
        return self if user.is_authenticated and user.is_lead else self.public()

    def in_order(self):
        """As the paper has them: each part in its own order."""
        return self.order_by("addressee", "position", "pk")

    def with_sources(self):
        """With series and session, in the same query."""
        return self.select_related("series", "event")


class Recommendation(RevisedModel):
    """One recommendation, from its draft to the answer; its number is its address."""

    class Addressee(models.TextChoices):
        """The two parts of the paper, in its order."""

        COMPANIES = "companies", "KMU"
        POLITICS = "politics", "Politik"

    class Status(models.TextChoices):
        DRAFT = "draft", "Entwurf"
        AGREED = "agreed", "abgestimmt"
        HANDED_OVER = "handed-over", "übergeben"
        ANSWERED = "answered", "Antwort erhalten"

    series = models.ForeignKey(Series, models.PROTECT, verbose_name="Serie", related_name="recommendations")
    event = models.ForeignKey(
        Event, models.PROTECT, verbose_name="Session", related_name="recommendations", null=True, blank=True,
        help_text="Der Beleg: In dieser Session der Serie ist die Empfehlung entstanden.",
    )  # fmt: skip
    addressee = models.CharField("gerichtet an", max_length=20, choices=Addressee)
    position = models.PositiveSmallIntegerField(
        "Reihenfolge", default=1, help_text="Innerhalb der Empfehlungen der Serie an dieselbe Seite."
    )
    title = models.CharField("Empfehlung in einem Satz", max_length=200)
    text = MarkdownField("Text", help_text="Was genau empfohlen wird.")
    reasoning = MarkdownField("Begründung", help_text="Warum, und was sich dadurch ändert.")
    status = models.CharField("Stand", max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    agreed_on = models.DateField("abgestimmt am", null=True, blank=True, editable=False)
    handed_over_to = models.CharField("übergeben an", max_length=200, blank=True)
    handed_over_on = models.DateField("übergeben am", null=True, blank=True)
    answer = MarkdownField("Antwort", help_text="Was geantwortet wurde, und von wem. Bitte keine Namen von Personen.")
    answered_on = models.DateField("Antwort vom", null=True, blank=True)
    is_example = models.BooleanField("Beispiel", default=False, help_text="Erfunden, zum Ausprobieren.")

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = "Empfehlung"
        verbose_name_plural = "Empfehlungen"
        ordering = ["series", "addressee", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft") | Q(agreed_on__isnull=False),
                name="a_public_recommendation_has_its_day",
                violation_error_message="Eine abgestimmte Empfehlung braucht den Tag der Abstimmung.",
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(event__isnull=False),
                name="a_public_recommendation_names_its_session",
                violation_error_message="Eine abgestimmte Empfehlung nennt die Session, auf die sie sich stützt.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["handed-over", "answered"])
                | (~Q(handed_over_to="") & Q(handed_over_on__isnull=False)),
                name="a_recommendation_was_handed_to_somebody",
                violation_error_message="Bitte sagen Sie, an wen und wann die Empfehlung übergeben wurde.",
            ),
            models.CheckConstraint(
                condition=~Q(status="answered") | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="an_answered_recommendation_has_an_answer",
                violation_error_message="Bitte tragen Sie die Antwort und ihren Tag ein.",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(handed_over_on=None) | Q(answered_on__gte=models.F("handed_over_on")),
                name="an_answer_follows_the_handing_over",
                violation_error_message="Die Antwort kann nicht vor der Übergabe liegen.",
            ),
        ]
        indexes = [models.Index(fields=["addressee", "position", "id"], name="recommendation_order")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("sessions_app:recommendation-detail", args=[self.pk])

    def clean(self):
        """The session belongs to the series; the database cannot say that across two tables."""
        super().clean()
        if self.event_id and self.series_id and self.event.series_id != self.series_id:
            raise ValidationError({"event": "Diese Session gehört nicht zur gewählten Serie."})

    @property
    def addressed_to(self) -> str:
        """Whom it addresses, as it follows „an“."""
        return "die Politik" if self.addressee == self.Addressee.POLITICS else "KMU"

    @property
    def is_public(self) -> bool:
        return self.status != self.Status.DRAFT


def has_paper():
    """The condition for series of which there is something to print."""
    return Exists(Recommendation.objects.public().filter(series=OuterRef("pk")))
