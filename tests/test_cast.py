"""The cast is who it says it is."""

import pytest

from .cast import ROLES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ROLES)
def test_cast_each_role_has_its_rights(request, role):
    actor = request.getfixturevalue(role)
    user = actor.user
    assert (user is None) == (role == "visitor")
    assert bool(user and user.is_member) == (role in {"member", "other_member", "lead", "second_lead"})
    assert bool(user and user.is_lead) == (role in {"lead", "second_lead", "superuser"})


def test_cast_members_come_from_different_organisations(member, other_member):
    assert member.person.organisation != other_member.person.organisation
