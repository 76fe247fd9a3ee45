"""The calendar that a user subscribes to."""

import uuid

from django.utils import timezone

from ogl_portal.directory.models import User

from ..models import PersonalCalendar


def renew_calendar(*, user: User) -> PersonalCalendar:
    """Give the user's calendar an address, or a new one; the former leads nowhere from then on."""
    new = {"key": uuid.uuid4(), "renewed_at": timezone.now()}
    return PersonalCalendar.objects.update_or_create(user=user, defaults=new)[0]
