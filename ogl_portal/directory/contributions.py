"""What people, their sign-ins and target groups contribute to the questions of lib: desk, mails, retention."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session

from ogl_portal.lib.desk import box
from ogl_portal.lib.registry import desk_boxes, due_mails, retention_rules
from ogl_portal.lib.retention import remove
from ogl_portal.lib.subscriptions import UNCONFIRMED_DAYS

from . import personal_data  # noqa: F401 - registers itself
from .group_news import send_group_news
from .models import GroupSubscription, SignInLink, User
from .models.users import LINKS_KEPT_DAYS

due_mails.register(send_group_news)


@retention_rules.register
def expired_links(*, now, dry_run):
    over = SignInLink.objects.over(now)
    yield remove("abgelaufene Anmeldelinks", over, dry_run=dry_run, after=LINKS_KEPT_DAYS)


@retention_rules.register
def expired_sessions(*, now, dry_run):
    over = Session.objects.filter(expire_date__lt=now)
    yield remove("abgelaufene Sitzungen", over, dry_run=dry_run, after=settings.SESSION_COOKIE_AGE // 86_400)


@retention_rules.register
def unconfirmed_subscriptions(*, now, dry_run):
    asked = GroupSubscription.objects.given_up(now - timedelta(days=UNCONFIRMED_DAYS))
    yield remove("unbestätigte Abos von Zielgruppen", asked, dry_run=dry_run, after=UNCONFIRMED_DAYS)


@desk_boxes.register
def sign_ins(user):
    """Who works in the admin and has only one lock on the door."""
    yield box("Verwaltung ohne zweiten Faktor", User.objects.without_second_factor(), 130, "?zweiter-faktor=fehlt")
