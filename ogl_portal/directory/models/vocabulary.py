"""The portal's one vocabulary: topics and target groups."""

from django.db import models
from django.urls import reverse

from ogl_portal.lib.fields import MarkdownField, RevisedModel


class Vocabulary(models.Model):
    """A word of the portal's vocabulary, with the synonyms people use for it, one a line."""

    name = models.CharField("Bezeichnung", max_length=120, unique=True)
    slug = models.SlugField("Adresse", max_length=120, unique=True)
    synonyms = models.TextField("Synonyme", blank=True, max_length=2000, help_text="Ein Wort je Zeile.")
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        abstract = True
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    @property
    def synonym_list(self) -> list[str]:
        """The synonyms as a list, without blanks."""
        return [line.strip() for line in self.synonyms.splitlines() if line.strip()]


class TargetGroup(RevisedModel, Vocabulary):
    """Zielgruppe, list ZG of questionnaire.md; each has a page that speaks to it."""

    summary = models.CharField(
        "in einem Satz", max_length=200, blank=True, help_text="Was die Seite dieser Zielgruppe bietet."
    )
    introduction = MarkdownField(
        "Einleitung", help_text="Steht oben auf der Seite der Zielgruppe. Sprechen Sie sie an: „Sie führen …“."
    )

    class Meta(Vocabulary.Meta):
        verbose_name = "Zielgruppe"
        verbose_name_plural = "Zielgruppen"

    def get_absolute_url(self):
        return reverse("directory:target-group", args=[self.slug])


class Topic(Vocabulary):
    """Thema (Handlungsfeld), list HF of questionnaire.md."""

    class Meta(Vocabulary.Meta):
        verbose_name = "Thema"
        verbose_name_plural = "Themen"
