"""Which needs of target groups an action item answers."""

from django.db import models

from surveys.models import Need

from .items import ActionItem


class ItemForNeed(models.Model):
    """A link of ours to a need, which knows nothing of action items."""

    item = models.ForeignKey(ActionItem, models.CASCADE, verbose_name="Nächster Schritt", related_name="answered_needs")
    need = models.ForeignKey(Need, models.CASCADE, verbose_name="Bedarf", related_name="item_links")

    class Meta:
        verbose_name = "nächster Schritt zu einem Bedarf"
        verbose_name_plural = "Nächste Schritte, die darauf antworten"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "need"], name="an_item_answers_a_need_once",
                violation_error_message="Dieser Schritt steht schon bei dem Bedarf.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.item} – {self.need}"
