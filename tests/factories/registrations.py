"""Events that take registrations, and those who registered."""

from datetime import timedelta

from django.utils import timezone

from sessions_app.models import Event, Registration
from sessions_app.workflow.registering import personal_url

from . import numbers
from .sessions_app import make_event


def make_session(**overrides) -> Event:
    """Make a published online session with registration, in a week unless ``starts_at`` says otherwise."""
    fields = {"kind": Event.Kind.SESSION, "takes_registrations": True, "join_url": "https://treffen.example.org/abend"}
    return make_event(**fields | overrides)


def make_registration(event: Event, status="placed", **overrides) -> Registration:
    """Make a registration that was confirmed ten days ago, unless its status says otherwise."""
    number, moment = next(numbers), timezone.now() - timedelta(days=10)
    fields = {"name": f"Gast {number}", "email": f"gast{number}@example.org", "requested_at": moment}
    fields["confirmed_at"] = None if status == "requested" else moment + timedelta(seconds=number)
    fields["cancelled_at"] = timezone.now() if status == "cancelled" else None
    return Registration.objects.create(event=event, status=status, **fields | overrides)


def path_of(registration: Registration) -> str:
    """The path of a fresh personal link."""
    return personal_url(registration).removeprefix("http://testserver")


def statuses(event: Event) -> dict[str, str]:
    """How every registration of an event stands, by name."""
    return dict(event.registrations.order_by("pk").values_list("name", "status"))
