"""What people and their sign-ins contribute to the questions of lib: desk, how long traces stay."""

from django.conf import settings
from django.contrib.sessions.models import Session

from ogl_portal.lib.desk import box
from ogl_portal.lib.registry import desk_boxes, retention_rules
from ogl_portal.lib.retention import remove

from . import personal_data  # noqa: F401 - registers itself
from .models import SignInLink, User


@retention_rules.register
def expired_links(*, now, dry_run):
    yield remove("abgelaufene Anmeldelinks", SignInLink.objects.filter(expires_at__lt=now), dry_run=dry_run, after=0)


@retention_rules.register
def expired_sessions(*, now, dry_run):
    over = Session.objects.filter(expire_date__lt=now)
    yield remove("abgelaufene Sitzungen", over, dry_run=dry_run, after=settings.SESSION_COOKIE_AGE // 86_400)


@desk_boxes.register
def sign_ins(user):
    """Who works in the admin and has only one lock on the door."""
    yield box("Verwaltung ohne zweiten Faktor", User.objects.without_second_factor(), 130, "?zweiter-faktor=fehlt")
