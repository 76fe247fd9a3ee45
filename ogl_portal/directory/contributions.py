"""What people and their sign-ins contribute to the questions of lib: desk, own data, how long traces stay."""

from django.contrib.sessions.models import Session

from ogl_portal.lib import dates
from ogl_portal.lib.desk import box
from ogl_portal.lib.registry import OwnData, Removal, desk_boxes, own_data, own_data_deletions, retention_rules
from ogl_portal.lib.retention import remove

from . import second_factor
from .models import SignInLink, User


@retention_rules.register
def expired_links(*, now, dry_run):
    yield remove("abgelaufene Anmeldelinks", SignInLink.objects.filter(expires_at__lt=now), dry_run=dry_run)


@retention_rules.register
def expired_sessions(*, now, dry_run):
    yield remove("abgelaufene Sitzungen", Session.objects.filter(expire_date__lt=now), dry_run=dry_run)


@desk_boxes.register
def sign_ins(user):
    """Who works in the admin and has only one lock on the door."""
    yield box("Verwaltung ohne zweiten Faktor", User.objects.without_second_factor(), 130, "?zweiter-faktor=fehlt")


@own_data.register
def traces_of_sign_ins(user):
    """Where the user is signed in, and the second factor."""
    rows = [
        {
            "Gerät": browser.name,
            "Angemeldet": dates.moment(browser.signed_in_at),
            "Zuletzt": dates.moment(browser.used_at),
        }
        for browser in user.browsers.alive()
    ]
    yield OwnData("Wo ich angemeldet bin", tuple(rows))
    since, codes = user.second_factor_since, user.backup_codes.filter(used_at=None).count()
    factor = {"Eingerichtet": dates.moment(since), "Unbenutzte Backup-Codes": str(codes)} if since else None
    yield OwnData("Mein zweiter Faktor", (factor,) if factor else ())


@own_data_deletions.register
def delete_second_factor(user):
    """The browsers go with their sessions: when they are signed out, here or there, and with the user."""
    count = int(user.second_factor_since is not None)
    second_factor.take_away(user)
    yield Removal("zweiter Faktor", count)
