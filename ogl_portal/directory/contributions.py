"""How long traces of sign-ins and unconfirmed subscriptions are kept, and the news of target groups."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from ogl_portal.lib.registry import due_mails, retention_rules
from ogl_portal.lib.retention import remove
from ogl_portal.lib.subscriptions import UNCONFIRMED_DAYS

from .group_news import send_group_news
from .models import GroupSubscription, SignInLink

due_mails.register(send_group_news)


@retention_rules.register
def expired_links(*, now, dry_run):
    yield remove("abgelaufene Anmeldelinks", SignInLink.objects.filter(expires_at__lt=now), dry_run=dry_run)


@retention_rules.register
def expired_sessions(*, now, dry_run):
    yield remove("abgelaufene Sitzungen", Session.objects.filter(expire_date__lt=now), dry_run=dry_run)


@retention_rules.register
def unconfirmed_subscriptions(*, now, dry_run):
    asked = GroupSubscription.objects.filter(confirmed_at=None, requested_at__lt=now - timedelta(days=UNCONFIRMED_DAYS))
    yield remove("unbestätigte Abos von Zielgruppen", asked, dry_run=dry_run)
