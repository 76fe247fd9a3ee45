"""The second factor of those who work in the admin: a code of an app (TOTP, RFC 6238), or one of the backup codes.

Whether it was given is kept in the session, beside the moment since which the user has this factor: a factor that
was replaced or taken away opens no session any more, and asking costs no query.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib import auth
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_totp.models import TOTPDevice

from ogl_portal.lib import audit, mail, throttle
from ogl_portal.lib.audit.models import AuditRecord

from . import browsers
from .models import BackupCode, User

GIVEN = "second_factor"
IDLE = timedelta(minutes=30)
HOUR = 3600
CODES_PER_HOUR = 10
BACKUP_CODES = 10
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # without what is easily misread
PART, PARTS = 4, 3


class WrongCode(Exception):
    """The code is not, or no longer, right; the message says so, in German."""

    MESSAGE = (
        "Dieser Code stimmt nicht oder wurde schon benutzt. Codes der App wechseln alle 30 Sekunden: "
        "Bitte warten Sie auf den nächsten. Geht die Uhr Ihres Geräts richtig?"
    )

    def __init__(self, message: str = MESSAGE):
        super().__init__(message)


class TooManyCodes(WrongCode):
    """Too many codes were tried within the hour."""

    def __init__(self):
        super().__init__("Das waren zu viele Versuche. Bitte versuchen Sie es in einer Stunde noch einmal.")


# In the session


def is_needed(user: User) -> bool:
    """Whether the admin asks this user for a second factor: everybody, with DEBUG only who has set one up."""
    return settings.SECOND_FACTOR_IN_ADMIN or user.second_factor_since is not None


def is_given(request) -> bool:
    """Whether the user gave the factor that counts now, and was not away for half an hour since."""
    since = request.user.second_factor_since
    is_same = since is not None and request.session.get(GIVEN) == since.isoformat()
    return is_same and browsers.unused_for(request.session) < IDLE


def remember(request) -> None:
    """Let the session in from now on."""
    request.session[GIVEN] = request.user.second_factor_since.isoformat()
    request.session[browsers.LAST_USE] = int(timezone.now().timestamp())
    browsers.renew_key(request.session)


def begin_anew(session) -> None:
    """Before a sign-in: whoever signs in gives the factor again, and who goes on as the same user under another id."""
    session.pop(GIVEN, None)
    if auth.SESSION_KEY in session:
        browsers.renew_key(session)


def forget_when_idle(session) -> None:
    """After half an hour without use the factor is to be given again, whatever page is asked for first."""
    if GIVEN in session and browsers.unused_for(session) >= IDLE:
        del session[GIVEN]


# Codes


def check(*, user: User, code: str) -> None:
    """Use up a code of the app or a backup code; raises WrongCode, and TooManyCodes after ten tries within the hour.

    Each code counts once: of parallel requests with the same one exactly one wins.
    """
    if not throttle.allow(f"second-factor:{user.pk}", limit=CODES_PER_HOUR, seconds=HOUR):
        raise TooManyCodes
    plain = "".join(character for character in code.lower() if character.isalnum())
    if not (takes_app_code(user, plain) or takes_backup_code(user, plain)):
        raise WrongCode


@transaction.atomic
def takes_app_code(user: User, code: str) -> bool:
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
    return bool(device and is_app_code(code) and device.verify_token(code))


def is_app_code(code: str) -> bool:
    """Whether it looks like one; Python would take digits of any script for a number."""
    return len(code) == 6 and code.isascii() and code.isdigit()


@transaction.atomic
def takes_backup_code(user: User, code: str) -> bool:
    codes = BackupCode.objects.filter(user=user, used_at=None)
    if not codes.filter(code_hash=hash_of_code(user, code)).update(used_at=timezone.now()):
        return False
    tell(user, f"Mit einem Ihrer Backup-Codes wurde die Verwaltung geöffnet. Es bleiben {codes.count()}.")
    return True


def hash_of_code(user: User, code: str) -> str:
    """What is stored of a backup code: useless without the SECRET_KEY, which is not in the database."""
    return salted_hmac("backup-code", f"{user.pk}:{code}", algorithm="sha256").hexdigest()


def new_codes(user: User) -> list[str]:
    """Put ten new backup codes in the place of the user's, and return them; nobody can read them later."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(PART * PARTS)) for _ in range(BACKUP_CODES)]
    user.backup_codes.all().delete()
    BackupCode.objects.bulk_create(BackupCode(user=user, code_hash=hash_of_code(user, code)) for code in codes)
    return ["-".join(code[start : start + PART] for start in range(0, len(code), PART)) for code in codes]


# Verbs


@transaction.atomic
def set_up(*, user: User, key: str, code: str) -> list[str]:
    """Give the user a factor, in the place of the one before; return the backup codes. Raises WrongCode.

    ``key`` is the secret that the app knows (hexadecimal), ``code`` what the app makes of it.
    """
    User.objects.select_for_update().get(pk=user.pk)
    TOTPDevice.objects.filter(user=user).delete()
    device = TOTPDevice.objects.create(user=user, name="App", key=key)
    code = "".join(code.split())
    if not (is_app_code(code) and device.verify_token(code)):
        raise WrongCode
    done = "gewechselt" if user.second_factor_since else "eingerichtet"
    put_date(user, timezone.now())
    audit.record(AuditRecord.Kind.ACCESS, f"Zweiten Faktor {done}", by=user, thing=user)
    tell(user, f"Sie haben Ihren zweiten Faktor {done}.")
    return new_codes(user)


@transaction.atomic
def renew_codes(*, user: User) -> list[str]:
    """Return new backup codes; the earlier ones no longer count."""
    audit.record(AuditRecord.Kind.ACCESS, "Neue Backup-Codes angefordert", by=user, thing=user)
    tell(user, "Sie haben neue Backup-Codes angefordert. Die bisherigen gelten nicht mehr.")
    return new_codes(user)


@transaction.atomic
def remove(*, user: User) -> None:
    """Take away the user's factor, as the user wishes."""
    take_away(user)
    audit.record(AuditRecord.Kind.ACCESS, "Zweiten Faktor entfernt", by=user, thing=user)
    tell(
        user,
        "Sie haben Ihren zweiten Faktor entfernt. Beim nächsten Öffnen der Verwaltung richten Sie einen neuen ein.",
    )


@transaction.atomic
def reset(*, user: User, by: User | str) -> None:
    """Take away the factor of somebody who lost the device, and sign them out everywhere: it may be in other hands.

    ``by`` is who did it, in words where that is no user.
    """
    take_away(user)
    audit.record(AuditRecord.Kind.ACCESS, "Zweiten Faktor zurückgesetzt", by=by, thing=user)
    browsers.end(user.browsers.all())
    tell(user, f"{by} hat Ihren zweiten Faktor zurückgesetzt. Sie sind überall abgemeldet.")


def take_away(user: User) -> None:
    """Delete everything of the user's factor."""
    TOTPDevice.objects.filter(user=user).delete()
    user.backup_codes.all().delete()
    put_date(user, None)


def put_date(user: User, moment) -> None:
    user.second_factor_since = moment
    User.objects.filter(pk=user.pk).update(second_factor_since=moment)


def tell(user: User, what: str) -> None:
    """Mail the owner what became of the second factor."""
    url = settings.SITE_URL + reverse("directory:second-factor")
    context = {"what": what, "url": url, "moment": timezone.now(), "person": user.person}
    mail.send("second_factor", to=user.email, context=context)
