"""Effort and cost of a solution as people say them."""

from django.db import models

from knowledgebase.wording import cost_text, span_text


class FiguresMixin:
    """What a solution says about itself in figures; the columns are those of Solution."""

    class EffortClass(models.TextChoices):
        LOW = "low", "gering"
        MEDIUM = "medium", "mittel"
        HIGH = "high", "hoch"

    @property
    def feature_list(self) -> list[str]:
        """The features as a list, without blanks."""
        return [line.strip() for line in self.features.splitlines() if line.strip()]

    @property
    def effort_class(self) -> EffortClass | None:
        """Up to 5 person-days are little, up to 20 medium; None where nothing is known."""
        if self.effort_days_to is None:
            return None
        if self.effort_days_to <= 5:
            return self.EffortClass.LOW
        return self.EffortClass.MEDIUM if self.effort_days_to <= 20 else self.EffortClass.HIGH

    @property
    def effort_text(self) -> str:
        """2–4 Personentage, or nothing where it is not known."""
        if self.effort_days_to is None:
            return ""
        unit = "Personentag" if self.effort_days_to == 1 else "Personentage"
        return f"{span_text(self.effort_days_from, self.effort_days_to)} {unit}"

    @property
    def duration_text(self) -> str:
        """6 Wochen, or nothing where it is not known."""
        if self.duration_weeks is None:
            return ""
        return "1 Woche" if self.duration_weeks == 1 else f"{self.duration_weeks} Wochen"

    @property
    def once_text(self) -> str:
        """1.500–3.000 Euro, 2 Euro je Vorgang, keine, or nothing where it is not known."""
        return cost_text(self.get_once_kind_display(), self.once_from, self.once_to, self.cost_unit)

    @property
    def yearly_text(self) -> str:
        """The same for each year."""
        return cost_text(self.get_yearly_kind_display(), self.yearly_from, self.yearly_to, self.cost_unit)

    @property
    def cost_unit(self) -> str:
        """What each amount is counted by, such as „je Vorgang“; empty for a sum."""
        return "" if self.cost_basis in {"", self.CostBasis.FLAT} else self.get_cost_basis_display()
