"""Recommendations of a series that has been held."""

from datetime import date, timedelta

from django.utils import timezone

from sessions_app.models import Event, Recommendation

from . import numbers
from .sessions_app import make_event, make_series

STAGES = {
    Recommendation.Status.DRAFT: {},
    Recommendation.Status.AGREED: {"agreed_on": date(2026, 3, 1)},
    Recommendation.Status.HANDED_OVER: {"handed_over_to": "Ausschuss", "handed_over_on": date(2026, 3, 8)},
    Recommendation.Status.ANSWERED: {"answer": "Wir prüfen das.", "answered_on": date(2026, 4, 2)},
}


def make_session(**overrides) -> Event:
    """Make a published session of a series that took place."""
    fields = {"kind": Event.Kind.SESSION, "starts_at": timezone.now() - timedelta(days=30)}
    if "series" not in overrides:
        overrides["series"] = make_series()
    return make_event(**fields | overrides)


def make_recommendation(**overrides) -> Recommendation:
    """Make an agreed recommendation, complete up to the stage that ``status`` names."""
    number = next(numbers)
    if "event" not in overrides:
        overrides["event"] = make_session(**{"series": overrides["series"]} if "series" in overrides else {})
    status = overrides.setdefault("status", Recommendation.Status.AGREED)
    reached = list(STAGES)[: list(STAGES).index(status) + 1]
    fields = {
        "series": overrides["event"].series if overrides["event"] else None,
        "addressee": Recommendation.Addressee.COMPANIES,
        "title": f"Empfehlung {number}",
        "text": "Das empfehlen wir.",
        "reasoning": "Weil es hilft.",
    }
    for stage in reached:
        fields |= STAGES[stage]
    return Recommendation.objects.create(**fields | overrides)
