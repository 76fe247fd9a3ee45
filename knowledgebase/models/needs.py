"""Which needs of target groups a solution answers."""

from django.db import models

from surveys.models import Need

from .solutions import Solution


class SolutionForNeed(models.Model):
    """A link of ours to a need, which knows nothing of solutions."""

    solution = models.ForeignKey(
        Solution, models.CASCADE, verbose_name="Lösung", related_name="answered_needs",
        db_index=False,  # that of the constraint below begins with it
    )  # fmt: skip
    need = models.ForeignKey(Need, models.CASCADE, verbose_name="Bedarf", related_name="solution_links")

    class Meta:
        verbose_name = "Lösung zu einem Bedarf"
        verbose_name_plural = "Lösungen, die darauf antworten"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["solution", "need"], name="a_solution_answers_a_need_once",
                violation_error_message="Diese Lösung steht schon bei dem Bedarf.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.solution} – {self.need}"
