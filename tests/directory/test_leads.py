"""Who belongs to the OGL-Leitung: what refuses, what stays, what is recorded, and who hears of it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError

from ogl_portal.directory import leads
from ogl_portal.directory.models import User
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.models import OutgoingMail

pytestmark = pytest.mark.django_db


def test_released_lead_works_in_the_admin_only_where_other_rights_remain(lead, second_lead, member, guest, superuser):
    member.user.groups.add(Group.objects.create(name="Andere"))
    for actor in [superuser, member, guest]:
        assert not User.objects.filter(pk=guest.user.pk, is_staff=True).exists(), "nobody but who is meant"
        leads.appoint(user=actor.user, by=lead.user)
    row = AuditRecord.objects.filter(what="zur OGL-Leitung gemacht").latest("pk")
    assert (row.actor_key, row.object_key) == (lead.user.pk, str(guest.user.pk))
    guest.user.user_permissions.add(Permission.objects.first())
    for actor in [superuser, guest, member, second_lead]:
        OutgoingMail.objects.all().delete()
        leads.release(user=actor.user, by=lead.user)
    assert list(User.objects.leads()) == [lead.user] and member.user.groups.get().name == "Andere"
    assert set(User.objects.filter(is_staff=True)) == {lead.user, superuser.user, guest.user, member.user}
    told = OutgoingMail.objects.values_list("recipient", flat=True)
    assert set(told) == {lead.user.email, second_lead.user.email}
    row = AuditRecord.objects.filter(what="aus der OGL-Leitung genommen").latest("pk")
    assert (row.actor_key, row.object_key) == (lead.user.pk, str(second_lead.user.pk))


def test_who_leads_is_not_appointed_again_nor_who_is_blocked_and_nobody_else_is_released(lead, second_lead, member):
    for verb, actor, reason in [
        (leads.appoint, second_lead, "gehört schon zur"), (leads.release, member, "gehört nicht zur"),
    ]:  # fmt: skip
        with pytest.raises(ValidationError, match=reason):
            verb(user=actor.user, by=lead.user)
    member.user.is_active = False
    with pytest.raises(ValidationError, match="ist gesperrt"):
        leads.appoint(user=member.user, by=lead.user)
    assert not OutgoingMail.objects.exists() and not AuditRecord.objects.exists()


def test_portal_without_any_lead_lets_others_go(member, superuser):
    with leads.parting_with(User.objects.filter(pk=member.user.pk), by=superuser.user):
        member.user.delete()
    assert not User.objects.filter(email=member.user.email).exists()
