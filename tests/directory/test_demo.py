from datetime import date

import pytest

from ogl_portal.directory import demo
from ogl_portal.directory.models import Membership, Organisation, Person, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded():
    demo.load()


def test_demo_loaded_again_changes_nothing():
    def count():
        return [model.objects.count() for model in (Organisation, Person, Membership, User)]

    before = count()
    demo.load()
    assert count() == before


@pytest.mark.parametrize("name", ["Ozimek", "Mrech", "Reichel"])
def test_demo_names_persons_of_the_report_publicly_and_without_access(name):
    person = Person.objects.get(family_name=name)
    assert person.name_public_basis == "Report vom 27.05.2021"
    assert person.public_name == person.full_name
    assert not person.email
    assert not person.memberships.exists()
    assert not hasattr(person, "user")


def test_demo_puts_prof_mrech_at_the_university():
    person = Person.objects.get(family_name="Mrech")
    assert str(person) == "Frau Prof. Mrech"
    assert person.organisation.name == "Hochschule Merseburg"


def test_demo_has_the_organisations_of_the_report():
    assert set(Organisation.objects.filter(is_example=False).values_list("name", flat=True)) == {
        "Regionales Digitalisierungszentrum Merseburg [Saalekreis]",
        "Unternehmerinitiative Familienfreundliches Halle",
        "Hochschule Merseburg",
        "Gemeinde Schkopau",
    }


def test_demo_members_are_plainly_exemplary():
    members = Person.objects.members(date(2021, 5, 27))
    assert members.count() == 12
    assert all(person.is_example and "Beispiel" in person.full_name for person in members)
    assert not Person.objects.members(date(2021, 1, 27)).exists()


def test_demo_guest_and_leads_have_their_roles():
    roles = {user.email: (user.is_member, user.is_lead) for user in User.objects.all()}
    assert roles["mitglied1@example.org"] == (True, False)
    assert roles["gast@example.org"] == (False, False)
    assert roles["leitung@example.org"] == roles["leitung2@example.org"] == (False, True)
    assert not User.objects.filter(is_superuser=True).exists()
