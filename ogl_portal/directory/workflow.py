"""What happens to people and their sign-ins: every write that is not a form of the admin."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ogl_portal.lib import audit, mail, spam, throttle
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.tokens import hash_of, new_token

from . import browsers, leads
from .models import Person, SignInLink, User

HOUR = 3600
OPERATOR = "Systemverwaltung"
MOVED = (
    "Ihre Anmeldung läuft ab jetzt über eine andere E-Mail-Adresse; an diese hier kommen keine Anmeldelinks mehr. "
    "Eingetragen hat das: {}."
)
LINKS_PER_ADDRESS = 5
LINKS_PER_CLIENT = 30


class TooManyLinks(Exception):
    """Too many links were asked for within the hour; the message says so, in German."""

    MESSAGE = (
        "Sie haben in der letzten Stunde schon mehrere Links angefordert. Bitte sehen Sie in Ihr Postfach und in den "
        "Spam-Ordner, oder versuchen Sie es in einer Stunde noch einmal."
    )

    def __init__(self):
        super().__init__(self.MESSAGE)


class NoSignInPossible(Exception):
    """A sign-in cannot be created; the message says why, in German."""


def send_sign_in_link(*, email: str, client: str, next_path: str = "") -> None:
    """Mail a sign-in link to ``email`` if somebody active signs in with it; say nothing either way.

    ``client`` is the client's IP address; with IPv6 its network of 64 bits counts as one client. Raises TooManyLinks
    after 5 links for one address or 30 from one client within the hour, and that too is the same for known and unknown
    addresses.
    """
    email = email.strip().lower()
    network = spam.network_of(client)
    limits = [(f"sign-in-client:{network}", LINKS_PER_CLIENT), (f"sign-in-address:{email}", LINKS_PER_ADDRESS)]
    if not all(throttle.allow(key, limit=limit, seconds=HOUR) for key, limit in limits):
        raise TooManyLinks
    with throttle.taking_at_least(settings.SIGN_IN_ANSWER_SECONDS):
        user = User.objects.filter(email=email, is_active=True).select_related("person").first()
        if user:
            mail_sign_in_link(user=user, next_path=next_path)


@transaction.atomic
def mail_sign_in_link(*, user: User, next_path: str = "") -> None:
    """Put the mail with a fresh link into the outbox."""
    path = create_sign_in_link(user=user, next_path=next_path)
    context = {"url": settings.SITE_URL + path, "minutes": settings.LOGIN_LINK_MINUTES, "person": user.person}
    valid_until = timezone.now() + timedelta(minutes=settings.LOGIN_LINK_MINUTES)
    mail.send("sign_in", to=user.email, context=context, valid_until=valid_until)


def create_sign_in_link(*, user: User, minutes: int | None = None, next_path: str = "") -> str:
    """Create a link that signs the user in once and return its absolute path.

    It is valid for ``minutes`` (default: the setting LOGIN_LINK_MINUTES). Only the hash of its 256 bit token
    is stored; links of the user that are used up or over are forgotten.
    """
    token, now = new_token(), timezone.now()
    lifetime = timedelta(minutes=settings.LOGIN_LINK_MINUTES if minutes is None else minutes)
    SignInLink.objects.over(now).filter(user=user).delete()
    SignInLink.objects.create(
        user=user, token_hash=hash_of(token), next_path=next_path, created_at=now, expires_at=now + lifetime
    )
    return reverse("directory:sign-in-link", args=[token])


def sign_in(*, token: str) -> SignInLink | None:
    """Use up a link and return it, or None where it is unknown, used or expired.

    One update decides, so that of parallel requests with the same token exactly one wins.
    """
    links = SignInLink.objects.filter(token_hash=hash_of(token))
    if not links.usable().update(used_at=timezone.now()):
        return None
    link = links.select_related("user").get()
    return link if link.user.is_active else None


@transaction.atomic
def create_access(*, person: Person, by: User | None = None) -> User:
    """Create the sign-in of a person, with the person's e-mail; raises NoSignInPossible. ``by``: who gave it."""
    if not person.email:
        raise NoSignInPossible(f"{person}: Bitte tragen Sie zuerst eine E-Mail-Adresse ein.")
    if User.objects.filter(person=person).exists():
        raise NoSignInPossible(f"{person}: Einen Zugang gibt es schon.")
    if User.objects.filter(email=person.email).exists():
        raise NoSignInPossible(f"{person}: Mit dieser E-Mail-Adresse meldet sich schon jemand anderes an.")
    user = User.objects.create_user(person.email, person=person)
    audit.record(AuditRecord.Kind.ACCESS, "Zugang angelegt", by=by, thing=user)
    return user


@transaction.atomic
def appoint_lead(*, email: str, given_name: str, family_name: str) -> User:
    """Make somebody OGL-Leitung: a person and a sign-in with this address, as far as they are missing.

    Who has both keeps name and memberships. Raises NoSignInPossible where the address belongs to another's sign-in.
    """
    email = email.strip().lower()
    names = {"given_name": given_name, "family_name": family_name}
    person, _ = Person.objects.get_or_create(email=email, defaults=names)
    user = User.objects.filter(person=person).first() or create_access(person=person)
    User.objects.filter(pk=user.pk).update(is_active=True)
    user.is_active = True
    if leads.is_lead(user):
        audit.record(AuditRecord.Kind.ACCESS, "als OGL-Leitung bestätigt", actor=OPERATOR, thing=user)
    else:
        leads.appoint(user=user, by=OPERATOR)
    return User.objects.get(pk=user.pk)


@transaction.atomic
def shut_out(*, user: User) -> None:
    """End every session and every open link of the user: nothing that was given out before lets anybody in."""
    user.sign_in_links.all().delete()
    browsers.end(user.browsers.all())


def withdraw_mails(*, person: Person) -> None:
    """Let nothing more leave for somebody who is about to be deleted."""
    mail.withdraw(OutgoingMail.objects.filter(recipient=person.email))


@transaction.atomic
def follow_email(*, person: Person, by: User | None = None) -> bool:
    """Let the sign-in follow the person's changed e-mail; return whether it changed.

    Open links to the old address end, it hears so, and the person is signed out everywhere, also where it was their own
    doing: whoever changes another's address could sign in as them, and what is stored of an address is for whoever
    reads its mail. Raises NoSignInPossible when the address belongs to somebody else.
    """
    user = User.objects.filter(person=person).exclude(email=person.email).first()
    if not user or not person.email:
        return False
    if User.objects.filter(email=person.email).exists():
        raise NoSignInPossible(f"{person}: Mit dieser E-Mail-Adresse meldet sich schon jemand anderes an.")
    shut_out(user=user)
    User.objects.filter(pk=user.pk).update(email=person.email)
    leads.tell(to=user.email, person=person, what=MOVED.format(by or OPERATOR))
    audit.record(AuditRecord.Kind.ACCESS, "Andere Adresse für die Anmeldung", by=by, thing=user)
    return True
