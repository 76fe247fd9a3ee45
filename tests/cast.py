"""The people of the tests: one for each role that sees the portal differently."""

from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.test import Client
from django.utils import timezone

from ogl_portal.directory.browsers import LAST_USE
from ogl_portal.directory.models import LEAD_GROUP, Person, User
from ogl_portal.directory.second_factor import GIVEN

from .factories import directory

NEVER_IDLE = 10**10  # seconds, in the year 2286
ROLES = ["visitor", "guest", "member", "other_member", "lead", "second_lead", "superuser"]


@dataclass
class Actor:
    """Somebody with a browser of their own; a visitor has neither user nor person."""

    client: Client
    user: User | None = None
    person: Person | None = None


def visitor() -> Actor:
    """Make somebody who is not signed in."""
    return Actor(Client())


def signed_in(person: Person, **user_fields) -> Actor:
    """Make the person's user and a client that is signed in as this user."""
    if user_fields.get("is_staff"):
        user_fields["second_factor_since"] = timezone.now()
    user = directory.make_user(person=person, **user_fields)
    client = Client()
    sign_in(client, user)
    return Actor(client, user, person)


def sign_in(client: Client, user: User) -> None:
    """Sign the user in, with the second factor where there is one; the session is in use whenever the test plays."""
    client.force_login(user)
    session = client.session
    session[LAST_USE] = NEVER_IDLE
    if user.second_factor_since:
        session[GIVEN] = user.second_factor_since.isoformat()
    session.save()


def make_staff(actor: Actor, *rights: str) -> None:
    """Let somebody into the admin who is not of the OGL-Leitung, with these permissions alone."""
    actor.user.is_staff, actor.user.second_factor_since = True, timezone.now()
    actor.user.save()
    actor.user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    sign_in(actor.client, actor.user)


def guest() -> Actor:
    """Make somebody who is invited to a questionnaire and no member."""
    return signed_in(directory.make_person(given_name="Gesine", family_name="Gast"))


def member(**person_fields) -> Actor:
    """Make a member of the AG, of an organisation of their own."""
    return signed_in(directory.make_member(**person_fields))


def lead(**person_fields) -> Actor:
    """Make somebody of the OGL-Leitung, who is a member too."""
    actor = signed_in(directory.make_member(**person_fields), is_staff=True)
    actor.user.groups.add(Group.objects.get(name=LEAD_GROUP))
    return actor


def superuser() -> Actor:
    """Make the operator: every permission, no membership."""
    return signed_in(directory.make_person(family_name="Betrieb"), is_staff=True, is_superuser=True)


def people() -> dict[str, Actor]:
    """Make the whole cast, by role."""
    makers = {
        "visitor": visitor,
        "guest": guest,
        "member": lambda: member(given_name="Mia", family_name="Mitglied"),
        "other_member": lambda: member(given_name="Otto", family_name="Ander"),
        "lead": lambda: lead(given_name="Lea", family_name="Leitung"),
        "second_lead": lambda: lead(given_name="Luis", family_name="Vertretung"),
        "superuser": superuser,
    }
    return {role: makers[role]() for role in ROLES}


@contextmanager
def undone(actor: Actor):
    """Take back what happens inside, so that everybody meets the same world and stays signed in."""
    cookies = deepcopy(actor.client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    actor.client.cookies = cookies
