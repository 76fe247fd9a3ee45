"""Needs of target groups: what the OGL-Leitung derives from the answers, each with its evidence."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.urls import reverse

from ogl_portal.lib.fields import MarkdownField, RevisedModel
from sessions_app.models import Event, Recommendation

TITLE_IS_TAKEN = "Diesen Bedarf gibt es schon."


class NeedQuerySet(models.QuerySet):
    def current(self):
        """Needs that were not merged into another."""
        return self.exclude(status=Need.Status.MERGED)

    def released(self):
        """Needs that everybody may read."""
        return self.filter(status=Need.Status.RELEASED)

    def titled(self, title: str) -> "Need | None":
        """The current need of that title, upper and lower case alike: SQLite knows that of ASCII alone."""
        return next((need for need in self.current() if need.title.casefold() == title.casefold()), None)

    def with_organisations(self):
        """Adds ``organisations``: how many different ones stand behind the need, deleted responses included."""
        return self.annotate(organisations=Count("codings__organisation_token", distinct=True))

    def with_figures(self):
        """Adds ``document`` and ``frozen_at``: the figures that may be known, and their Stand; None without any."""
        frozen = Need._meta.get_field("figures").related_model.objects.filter(need=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            document=Subquery(frozen.values("document")[:1]), frozen_at=Subquery(frozen.values("frozen_at")[:1])
        )

    def by_weight(self):
        """The weightiest first, then by title."""
        return self.order_by("-weight", "title", "pk")


class Need(RevisedModel):
    """Zielgruppenbedarf: one need; for which target groups it holds, its codings say."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Entwurf"
        RELEASED = "released", "freigegeben"
        MERGED = "merged", "zusammengeführt"

    class Weight(models.IntegerChoices):
        LOW = 1, "gering"
        MEDIUM = 2, "mittel"
        HIGH = 3, "hoch"

    title = models.CharField(
        "Bedarf in einem Satz", max_length=160, help_text="Zum Beispiel: „Unabhängig beraten werden, bevor man kauft“."
    )
    slug = models.SlugField("Adresse", max_length=120, unique=True)
    description = MarkdownField("Beschreibung", help_text="Was genau fehlt, und woran man merkt, dass es fehlt.")
    weight = models.PositiveSmallIntegerField("Gewicht", choices=Weight, default=Weight.MEDIUM)
    status = models.CharField("Stand", max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    released_at = models.DateTimeField("freigegeben am", null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, verbose_name="aufgegangen in", null=True, blank=True, editable=False,
        related_name="merged",
    )  # fmt: skip
    split_from = models.ManyToManyField(
        "self", verbose_name="abgeteilt von", related_name="split_into", symmetrical=False, blank=True, editable=False
    )
    recommendations = models.ManyToManyField(
        Recommendation, verbose_name="Empfehlungen", related_name="needs", blank=True,
        help_text="Empfehlungen, die darauf antworten.",
    )  # fmt: skip
    events = models.ManyToManyField(
        Event, verbose_name="Termine", related_name="needs", blank=True,
        help_text="Sessions, Sitzungen und Workshops, die darauf antworten.",
    )  # fmt: skip
    is_example = models.BooleanField("Beispiel", default=False, help_text="Erfunden, zum Ausprobieren.")

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = "Bedarf"
        verbose_name_plural = "Bedarfe"
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                Lower("title"),
                condition=~Q(status="merged"),
                name="one_need_per_title",
                violation_error_message=TITLE_IS_TAKEN,
            ),
            models.CheckConstraint(
                condition=~Q(status="released") | Q(released_at__isnull=False),
                name="a_released_need_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False) | ~Q(status="merged") & Q(merged_into=None),
                name="a_merged_need_says_where_it_went",
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if self.status != self.Status.MERGED and Need.objects.exclude(pk=self.pk).titled(self.title):
            raise ValidationError({"title": TITLE_IS_TAKEN})

    def get_absolute_url(self):
        return reverse("needs:need-detail", args=[self.slug])

    @property
    def is_released(self) -> bool:
        return self.status == self.Status.RELEASED
