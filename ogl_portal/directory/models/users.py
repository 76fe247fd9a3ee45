"""The sign-in of a person, and the mailed links that open it."""

from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from ogl_portal.lib import dates

from ..permissions import LEAD_GROUP
from .people import Membership, Person

LINKS_KEPT_DAYS = 1
"""How long a sign-in link is kept after its end."""


class UserQuerySet(models.QuerySet):
    def leads(self):
        """Active users of the group OGL-Leitung who may work in the admin."""
        return self.filter(is_active=True, is_staff=True, groups__name=LEAD_GROUP)

    def in_charge(self):
        """Who is told when something comes in: the leads, or the superusers where there is no lead."""
        return self.leads() or self.filter(is_active=True, is_superuser=True)

    def without_second_factor(self):
        """Active users who may work in the admin and have not set up a second factor yet."""
        return self.filter(is_active=True, is_staff=True, second_factor_since=None)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email: str, password: str | None = None, **fields):
        """Create the sign-in of a person; without a password only the mailed link opens it."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields):
        """Create an account with every permission."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """The sign-in of a person, by e-mail."""

    email = models.EmailField("E-Mail", unique=True)
    person = models.OneToOneField(
        Person, models.CASCADE, verbose_name="Person", related_name="user", null=True, blank=True
    )
    is_staff = models.BooleanField("darf in die Verwaltung", default=False)
    is_active = models.BooleanField("aktiv", default=True)
    created_at = models.DateTimeField("angelegt", default=timezone.now, editable=False)
    second_factor_since = models.DateTimeField("zweiter Faktor seit", null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "Zugang zum Portal"
        verbose_name_plural = "Zugänge zum Portal"
        default_permissions = ("view", "change", "delete")
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="user_emails_are_lower_case",
                violation_error_message="E-Mail-Adressen bitte klein schreiben.",
            )
        ]

    def __str__(self):
        return str(self.person) if self.person else self.email

    def get_short_name(self) -> str:
        """How the admin greets the user."""
        return str(self)

    def clean(self):
        super().clean()
        self.email = self.email.lower()

    @property
    def is_member(self) -> bool:
        """Whether this user's person is a member of the AG today."""
        if not hasattr(self, "_is_member"):
            today = Membership.objects.on(timezone.localdate())
            self._is_member = self.person_id is not None and today.filter(person=self.person_id).exists()
        return self._is_member

    @property
    def is_lead(self) -> bool:
        """Whether this user works in the admin as OGL-Leitung (or as superuser)."""
        if not hasattr(self, "_is_lead"):
            self._is_lead = self.is_superuser or (self.is_staff and self.groups.filter(name=LEAD_GROUP).exists())
        return self._is_lead


def belongs_to_group(user) -> bool:
    """Whether a user (anonymous, None) is a member of the AG or leads it, and so sees names and what is internal."""
    return bool(user and user.is_authenticated and (user.is_member or user.is_lead))


class SignInLinkQuerySet(models.QuerySet):
    def usable(self):
        """Links that are neither used nor expired.

        The conditions stay on this one table: PostgreSQL checks them again for the request that had to wait
        for a parallel one, which it would not do in a subquery.
        """
        return self.filter(used_at=None, expires_at__gt=timezone.now())

    def over(self, now: datetime):
        """Links that need not be kept at ``now`` (aware) any more."""
        return self.filter(expires_at__lt=now - timedelta(days=LINKS_KEPT_DAYS))


class SignInLink(models.Model):
    """A mailed sign-in link; only the hash of its token is stored."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_in_links")
    token_hash = models.CharField(max_length=64, unique=True)
    next_path = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = SignInLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "Anmeldelink"
        verbose_name_plural = "Anmeldelinks"
        ordering = ["-created_at"]
        default_permissions = ()

    def __str__(self):
        return f"Anmeldelink, gültig bis {dates.moment(self.expires_at)}"
