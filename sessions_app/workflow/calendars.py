"""The calendar that a user subscribes to, and what mails put into calendars."""

import uuid

from django.utils import timezone

from ogl_portal.directory.models import User

from ..models import Event, PersonalCalendar


def renew_calendar(*, user: User) -> PersonalCalendar:
    """Give the user's calendar an address, or a new one; the former leads nowhere from then on."""
    new = {"key": uuid.uuid4(), "renewed_at": timezone.now()}
    return PersonalCalendar.objects.update_or_create(user=user, defaults=new)[0]


def calendar_message(*, event: Event, to: str, joins: bool = False) -> str:
    """What a mail to an address does in its reader's calendar: it enters the event, or takes it out when it is off.

    The library that writes it takes a quarter of a second to import, which no page should pay.
    """
    from .. import calendars

    return calendars.message(event, to=to, joins=joins)
