"""How long traces of sign-ins are kept."""

from django.conf import settings
from django.contrib.sessions.models import Session

from ogl_portal.lib.registry import retention_rules
from ogl_portal.lib.retention import remove

from . import personal_data  # noqa: F401 - registers itself
from .models import SignInLink


@retention_rules.register
def expired_links(*, now, dry_run):
    yield remove("abgelaufene Anmeldelinks", SignInLink.objects.filter(expires_at__lt=now), dry_run=dry_run, after=0)


@retention_rules.register
def expired_sessions(*, now, dry_run):
    over = Session.objects.filter(expire_date__lt=now)
    yield remove("abgelaufene Sitzungen", over, dry_run=dry_run, after=settings.SESSION_COOKIE_AGE // 86_400)
