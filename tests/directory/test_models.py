from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from ogl_portal.directory.models import Membership, Person, TargetGroup, Topic, User, belongs_to_group
from tests.factories import directory

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2021, 1, 28), date(2021, 5, 27)


@pytest.mark.parametrize(
    ("day", "is_member"),
    [(date(2021, 1, 27), False), (FIRST, True), (date(2021, 3, 1), True), (LAST, True), (date(2021, 5, 28), False)],
)
def test_membership_holds_on_its_first_and_last_day(day, is_member):
    person = directory.make_membership(begins_on=FIRST, ends_on=LAST).person
    assert Person.objects.members(day).filter(pk=person.pk).exists() is is_member


def test_membership_without_end_holds_today():
    person = directory.make_membership(begins_on=FIRST).person
    assert list(Person.objects.members()) == [person]


def test_membership_keeps_the_organisation_of_its_time():
    person = directory.make_member()
    before = person.organisation
    person.organisation = directory.make_organisation()
    person.save()
    assert person.memberships.get().organisation == before


def test_membership_that_ends_before_it_begins_is_refused():
    with pytest.raises(IntegrityError):
        directory.make_membership(begins_on=LAST, ends_on=FIRST)


def test_second_open_membership_is_refused():
    person = directory.make_member()
    with pytest.raises(IntegrityError):
        Membership.objects.create(person=person)


@pytest.mark.parametrize("begins_on", [LAST, FIRST, date(2021, 3, 1), date(2020, 1, 1)])
def test_membership_that_shares_a_day_with_another_is_invalid(begins_on):
    person = directory.make_membership(begins_on=FIRST, ends_on=LAST).person
    with pytest.raises(ValidationError, match="schon Mitglied"):
        Membership(person=person, begins_on=begins_on).full_clean()


def test_membership_after_another_is_valid():
    person = directory.make_membership(begins_on=FIRST, ends_on=LAST).person
    Membership(person=person, begins_on=date(2021, 5, 28)).full_clean()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"given_name": "Erika", "family_name": "Beispiel"}, "Erika Beispiel"),
        ({"given_name": "Erika", "family_name": "Beispiel", "title": "Prof."}, "Prof. Erika Beispiel"),
        ({"salutation": "Frau", "title": "Prof.", "family_name": "Beispiel"}, "Frau Prof. Beispiel"),
        ({"salutation": "Herr", "family_name": "Beispiel"}, "Herr Beispiel"),
    ],
)
def test_full_name_uses_what_is_known(fields, name):
    assert Person(**fields).full_name == name


def test_public_name_without_basis_is_the_organisation():
    person = directory.make_person(organisation=directory.make_organisation(name="Beispiel-Kammer"))
    assert person.public_name == "Beispiel-Kammer"


def test_public_name_with_basis_is_the_name():
    person = directory.make_person(
        given_name="Erika", family_name="Beispiel", name_is_public=True, name_public_basis="Report"
    )
    assert person.public_name == "Erika Beispiel"


def test_public_name_without_anything_says_member():
    assert directory.make_person(organisation=None).public_name == "ein Mitglied der Arbeitsgruppe"


def test_public_name_needs_a_basis():
    with pytest.raises(IntegrityError):
        directory.make_person(name_is_public=True)


def test_two_persons_with_one_email_are_refused():
    directory.make_person(email="erika@example.org")
    with pytest.raises(IntegrityError):
        directory.make_person(email="erika@example.org")


def test_persons_without_email_may_be_many():
    assert directory.make_person(email="").pk != directory.make_person(email="").pk


def test_email_is_stored_in_lower_case():
    person = directory.make_person(email="")
    person.email = "Erika@Example.ORG"
    person.full_clean()
    assert person.email == "erika@example.org"


def test_vocabulary_holds_the_lists_of_the_questionnaire():
    assert Topic.objects.count() == 13
    assert TargetGroup.objects.count() == 9
    assert Topic.objects.first().name == "Personalgewinnung & Ausbildungsmarketing"


def test_vocabulary_knows_synonyms_of_apprentices():
    synonyms = TargetGroup.objects.get(slug="auszubildende-nachwuchs").synonym_list
    assert {"Azubi", "Lehrling", "junge Leute"} <= set(synonyms)


def test_user_roles_follow_membership_and_group(guest, member, lead, superuser):
    roles = [(actor.user.is_member, actor.user.is_lead) for actor in (guest, member, lead, superuser)]
    assert roles == [(False, False), (True, False), (True, True), (False, True)]


def test_lead_is_who_is_active_may_work_in_the_admin_and_is_in_the_group(lead, second_lead, guest, superuser):
    users, second = User.objects, User.objects.filter(pk=second_lead.user.pk)
    assert list(users.in_charge()) == list(users.leads()) == [lead.user, second_lead.user]
    User.objects.filter(pk=guest.user.pk).update(is_staff=True)
    guest.user.groups.add(Group.objects.create(name="Andere"))
    assert list(users.without_second_factor()) == [guest.user]
    for field in ["is_staff", "is_active"]:
        second.update(**{field: False})
        assert list(users.leads()) == [lead.user]
        second.update(**{field: True})
    second.update(is_staff=False)
    assert not any(users.get_by_natural_key(actor.user.email.upper()).is_lead for actor in [second_lead, guest])
    users.exclude(pk=superuser.user.pk).update(is_staff=False)
    assert list(users.in_charge()) == [superuser.user]
    users.update(is_active=False, is_staff=True)
    assert not users.in_charge() and not users.without_second_factor()


def test_user_is_created_with_a_password_only_where_one_is_given_and_a_superuser_may_all():
    assert not User.objects.create_user("ohne@example.org", "").has_usable_password()
    user = User.objects.create_user(" Erika@Example.org ", "geheim")
    assert (user.email, user.check_password("geheim"), user.is_staff, user.is_superuser) == (
        "erika@example.org", True, False, False
    )  # fmt: skip
    assert str(user) == user.get_short_name() == "erika@example.org"
    assert str(directory.make_user(person=directory.make_person(family_name="Beispiel"))).endswith("Beispiel")
    chief = User.objects.create_superuser("it@example.org")
    assert (chief.is_staff, chief.is_superuser, chief.has_usable_password()) == (True, True, False)
    user.email = "NEU@ｅxample.org"
    user.full_clean()
    assert user.email == "neu@example.org"


def test_group_is_its_members_and_leads(guest, member, lead, superuser):
    users = [None, AnonymousUser(), guest.user, member.user, lead.user, superuser.user]
    assert [belongs_to_group(user) for user in users] == [False, False, False, True, True, True]
