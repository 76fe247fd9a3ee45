"""What the recommendations paper of a series holds; its page and its PDF are made from the same."""

from dataclasses import dataclass
from datetime import date

from .models import Event, Recommendation, Series


@dataclass(frozen=True)
class Part:
    """The recommendations to one side, numbered as the paper has them."""

    addressee: Recommendation.Addressee
    title: str
    recommendations: list[Recommendation]


@dataclass(frozen=True)
class Paper:
    """The two parts and the sources of a paper, as of a day."""

    parts: list[Part]
    sessions: list[Event]
    as_of: date
    is_final: bool

    @classmethod
    def of(cls, series: Series) -> "Paper":
        """Gather the agreed recommendations of a series (two queries); there must be one."""
        recommendations = list(series.recommendations.public().in_order().select_related("event"))
        sessions = list(series.events.published().exclude(status=Event.Status.CANCELLED).order_by("starts_at"))
        return cls(
            parts=[part for part in parts_of(recommendations) if part.recommendations],
            sessions=sessions,
            as_of=max(last_change(each) for each in recommendations),
            is_final=all(session.is_over for session in sessions),
        )

    @property
    def has_examples(self) -> bool:
        return any(each.is_example for part in self.parts for each in part.recommendations)


TITLES = {
    Recommendation.Addressee.COMPANIES: "Empfehlungen an kleine und mittlere Unternehmen",
    Recommendation.Addressee.POLITICS: "Empfehlungen an die Politik: Rahmenbedingungen",
}


def parts_of(recommendations: list[Recommendation]) -> list[Part]:
    return [
        Part(addressee, title, [each for each in recommendations if each.addressee == addressee])
        for addressee, title in TITLES.items()
    ]


def last_change(recommendation: Recommendation) -> date:
    """The last day on which something happened to a recommendation."""
    days = [recommendation.agreed_on, recommendation.handed_over_on, recommendation.answered_on]
    return max(filter(None, days))
