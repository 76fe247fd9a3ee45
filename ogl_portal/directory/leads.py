"""Who belongs to the OGL-Leitung: leads appoint and release each other, and all of them hear of it by mail."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ogl_portal.lib import audit, mail
from ogl_portal.lib.audit.models import AuditRecord

from .models import LEAD_GROUP, User

IS_LEAD = "{} gehört schon zur OGL-Leitung."
IS_NO_LEAD = "{} gehört nicht zur OGL-Leitung."
IS_BLOCKED = "{}: Dieser Zugang ist gesperrt."
NOW_LEADS = "{} gehört jetzt zur OGL-Leitung. Eingetragen hat das: {}."
LEADS_NO_MORE = "{} gehört nicht mehr zur OGL-Leitung. Eingetragen hat das: {}."
IS_LAST = "{} ist die letzte Person der OGL-Leitung. Bitte nehmen Sie zuerst jemand anderes auf."


def is_lead(user: User) -> bool:
    """Whether the user belongs to the OGL-Leitung now, whatever was true when it was read."""
    return User.objects.leads().filter(pk=user.pk).exists()


def may_touch(user: User, other: User | None) -> bool:
    """Tell whether the user may change the other's sign-in: that of a superuser only as superuser."""
    return user.is_superuser or other is None or not other.is_superuser


def lock() -> None:
    """Let nobody else change who is in charge until the end of the transaction: two last leads may go at once."""
    list(User.objects.select_for_update().filter(is_staff=True).order_by("pk").values("pk"))


def require_others(leaving: list[User]) -> None:
    """Raise ValidationError, in German, where these are all that lead; without the ``lock`` it is but a first look."""
    if leaving and not User.objects.leads().exclude(pk__in=[user.pk for user in leaving]).exists():
        raise ValidationError([IS_LAST.format(user) for user in leaving])


@contextmanager
def parting_with(users: QuerySet, *, by: User) -> Iterator[None]:
    """Around what deletes these sign-ins: all leads hear of each lead that goes.

    Raises ValidationError, in German, before anything is deleted where no lead would stay.
    """
    with transaction.atomic():
        lock()
        leaving = list(User.objects.leads().filter(pk__in=users).select_related("person"))
        require_others(leaving)
        yield
        for user in leaving:
            tell_leads(user, LEADS_NO_MORE.format(user, by))


@transaction.atomic
def appoint(*, user: User, by: User | str) -> None:
    """Let somebody with a sign-in lead, too. Raises ValidationError, in German, for a blocked one or a lead.

    ``by`` is who did it, in words where that is no user.
    """
    if not user.is_active:
        raise ValidationError(IS_BLOCKED.format(user))
    if is_lead(user):
        raise ValidationError(IS_LEAD.format(user))
    User.objects.filter(pk=user.pk).update(is_staff=True)
    user.groups.add(Group.objects.get(name=LEAD_GROUP))
    audit.record(AuditRecord.Kind.ACCESS, "zur OGL-Leitung gemacht", by=by, thing=user)
    tell_leads(user, NOW_LEADS.format(user, by))


@transaction.atomic
def release(*, user: User, by: User | str) -> None:
    """Let somebody lead no more; the sign-in stays. Raises ValidationError, in German, for the last lead or for none.

    Who has other rights in the admin keeps them.
    """
    lock()
    if not is_lead(user):
        raise ValidationError(IS_NO_LEAD.format(user))
    require_others([user])
    user.groups.remove(Group.objects.get(name=LEAD_GROUP))
    stays = user.is_superuser or user.groups.exists() or user.user_permissions.exists()
    User.objects.filter(pk=user.pk).update(is_staff=stays)
    audit.record(AuditRecord.Kind.ACCESS, "aus der OGL-Leitung genommen", by=by, thing=user)
    tell_leads(user, LEADS_NO_MORE.format(user, by))


def tell_leads(user: User, what: str) -> None:
    """Mail all leads, and whom it is about."""
    for each in {*User.objects.leads().select_related("person"), user}:
        tell(to=each.email, person=each.person, what=what)


def tell(*, to: str, person, what: str) -> None:
    """Mail somebody that who may come in has changed."""
    mail.send("access_changed", to=to, context={"what": what, "moment": timezone.now(), "person": person})
