from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template

from ogl_portal.directory.distribution import DistributionList
from tests.factories import directory

pytestmark = pytest.mark.django_db

DAY = date(2021, 5, 27)


def rendered(user, day=DAY) -> str:
    template = Template("{% load directory_tags %}{% distribution_list day user %}")
    return template.render(Context({"day": day, "user": user}))


@pytest.fixture
def chamber():
    """Two people of a chamber, one of whom may be named."""
    chamber = directory.make_organisation(name="Beispiel-Kammer")
    directory.make_member(given_name="Erika", family_name="Geheim", role="Beratung", organisation=chamber)
    directory.make_member(
        given_name="Otto", family_name="Offen", organisation=chamber, name_is_public=True, name_public_basis="Report"
    )


def test_list_for_the_public_counts_and_names_whom_it_may(chamber):
    for user in [None, AnonymousUser()]:
        html = rendered(user)
        assert "Beispiel-Kammer" in html
        assert ">2</td>" in html
        assert "Otto Offen" in html
        assert "Geheim" not in html


def test_list_for_a_guest_is_the_public_one(chamber, guest):
    assert "Geheim" not in rendered(guest.user)


@pytest.mark.parametrize("name", ["member", "lead", "superuser"])
def test_list_for_members_and_lead_shows_names(chamber, request, name):
    html = rendered(request.getfixturevalue(name).user)
    assert "Erika Geheim" in html
    assert "Beratung" in html


def test_list_is_a_regular_table_with_caption(chamber):
    html = rendered(None)
    assert "<caption>Verteiler AG, Stand 27.05.2021</caption>" in html
    assert html.count('scope="col"') == 3
    assert "rowspan" not in html


def test_list_of_a_day_before_everything_says_so(chamber):
    assert "niemand als Mitglied" in rendered(None, date(2020, 1, 1))


@pytest.mark.parametrize(("day", "count"), [(27, 1), (28, 0)])
def test_list_holds_on_the_last_day(day, count):
    directory.make_membership(ends_on=DAY)
    assert len(DistributionList(date(2021, 5, day)).entries) == count


def test_person_with_touching_memberships_stands_once():
    person = directory.make_membership(ends_on=DAY).person
    directory.make_membership(person=person, begins_on=DAY)  # the admin refuses this; a list must bear it
    assert len(DistributionList(DAY).entries) == 1


def test_list_of_an_earlier_day_keeps_the_organisation_of_that_time():
    person = directory.make_member(organisation=directory.make_organisation(name="Alt"))
    person.organisation = directory.make_organisation(name="Neu")
    person.save()
    assert [entry.organisation.name for entry in DistributionList(DAY).entries] == ["Alt"]


def test_people_without_organisation_come_last():
    directory.make_member(organisation=None)
    directory.make_member(organisation=directory.make_organisation(name="Zuletzt im Alphabet"))
    assert [str(row.organisation) for row in DistributionList(DAY).organisations()] == ["Zuletzt im Alphabet", "None"]
    assert "ohne Organisation" in rendered(None)


@pytest.mark.parametrize("count", [1, 30])
def test_list_takes_one_query(count, member, django_assert_num_queries):
    for _ in range(count):
        directory.make_member()
    assert member.user.is_member
    with django_assert_num_queries(1):
        rendered(member.user)
