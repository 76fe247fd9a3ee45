"""Which action item came of which pair of the Vernetzung."""

from django.db import models

from surveys.models import Match

from .items import ActionItem


class ItemForMatch(models.Model):
    """A link of ours to a match, which knows nothing of action items."""

    item = models.ForeignKey(ActionItem, models.CASCADE, verbose_name="Nächster Schritt", related_name="match_links")
    match = models.ForeignKey(Match, models.CASCADE, verbose_name="Vernetzung", related_name="item_links")

    class Meta:
        verbose_name = "nächster Schritt aus der Vernetzung"
        verbose_name_plural = "Nächste Schritte, die daraus wurden"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "match"], name="an_item_comes_of_a_match_once",
                violation_error_message="Dieser Schritt steht schon bei dem Paar.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.item} – {self.match}"
