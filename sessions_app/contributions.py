"""What series, events and reports add to the Fahrplan of the AG."""

from collections.abc import Iterator

from ogl_portal.lib.registry import Milestone, milestones

from .models import Event


@milestones.register
def events(user) -> Iterator[Milestone]:
    """Yield every published event that was not cancelled."""
    for event in Event.objects.published().exclude(status=Event.Status.CANCELLED):
        yield Milestone(
            moment=event.starts_at,
            until=event.ends_at,
            label=event.title,
            kind=event.get_kind_display(),
            url=event.get_absolute_url(),
            is_example=event.is_example,
        )
