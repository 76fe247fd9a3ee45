"""Whoever is no longer named in public, or is deleted, is named by no next step either."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from actions import workflow
from actions.contributions import items_that_name_somebody, own_due_days
from ogl_portal.directory import own_data
from ogl_portal.lib import search
from sessions_app.workflow import start_correction
from tests.factories.actions import make_item, make_item_due_in
from tests.factories.directory import make_person
from tests.factories.sessions_app import make_draft_report, make_released_report

pytestmark = pytest.mark.django_db
STAND_IN = "ein Mitglied der Arbeitsgruppe"


@pytest.fixture
def adler():
    person = {"salutation": "Frau", "given_name": "Anna", "family_name": "Adler", "organisation": None}
    return make_person(**person, name_is_public=True, name_public_basis="Einwilligung")


def page(actor, item) -> str:
    return actor.client.get(item.get_absolute_url()).content.decode()


def test_withdrawal_takes_the_name_out_of_public_notes_and_names_the_items(visitor, member, adler):
    item, inside = make_item(title="Anrufen"), make_item(title="Intern", is_public=False)
    for each in [item, inside]:
        workflow.change_status(item=each, to="in-progress", note="Frau *Adler* übernimmt.")
    [sentence] = own_data.withdraw_name(adler)
    assert "Notizen" in sentence and "„Anrufen“" in sentence and "„Intern“" not in sentence
    assert f"{STAND_IN} übernimmt." in page(visitor, item).replace("*", "")
    assert "Adler" in page(member, inside)
    assert own_data.withdraw_name(adler) == []


def test_withdrawal_lists_the_items_that_name_this_person_alone(adler):
    other = make_person(salutation="Herr", given_name="Bert", family_name="Birke", name_is_public=False)
    make_person(salutation="Frau", family_name="Adler", name_is_public=True, name_public_basis="Amt")
    make_item(title="Horst", description="Ein Adler und Herr Birke")
    make_item(title="Fragen", description="Frau **Adler** fragen")
    [sentence] = own_data.withdraw_name(adler)
    assert "„Fragen“" in sentence and "„Horst“" not in sentence
    assert "„Horst“" in own_data.withdraw_name(other)[0]


def test_withdrawal_asks_for_no_other_person_however_many_items_are_likely(adler, django_assert_max_num_queries):
    own_data.withdraw_name(adler)
    with django_assert_max_num_queries(40) as without:
        own_data.withdraw_name(adler)
    for _ in range(3):
        make_item(description="Frau Adler fragen")
    with django_assert_max_num_queries(len(without)):
        own_data.withdraw_name(adler)


def test_gaps_of_a_report_are_found_with_the_same_queries_for_many_items(adler, django_assert_num_queries):
    own_data.withdraw_name(adler)
    report = make_draft_report()
    for _ in range(3):
        make_item(report=report, description="Frau Adler fragen")
    with django_assert_num_queries(3):
        gaps = list(items_that_name_somebody(report=report))
    assert len(gaps) == 3


def test_deleted_person_is_named_by_no_item_no_correction_of_it_and_no_note(lead, member, adler):
    item = make_item_due_in(3, title="Frau Adler fragen", responsible_kind="everyone")
    workflow.change_status(item=item, to="in-progress", note="Frau Adler übernimmt.")
    [before] = own_due_days(user=member.user)
    open_page = item.revision
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        lead.client.post(reverse("admin:directory_person_delete", args=[adler.pk]), {"post": "yes"})
    item.refresh_from_db()
    assert (item.title, item.history.first().note) == (f"{STAND_IN} fragen", f"{STAND_IN} übernimmt.")
    assert item.revision > open_page
    [after] = own_due_days(user=member.user)
    assert (after.sequence > before.sequence, after.changed_at > before.changed_at) == (True, True)
    assert not search.find("Adler", audiences=search.Audience).hits


def test_correction_of_an_item_keeps_no_deleted_name_and_is_not_searched_for(lead, adler):
    report = make_released_report()
    item = make_item(report=report, title="Fragen")
    start_correction(report=report, by=lead.user, reason="Ein Wort")
    item.correction.title = "Frau Adler fragen"
    item.correction.save()
    lead.client.post(reverse("admin:directory_person_delete", args=[adler.pk]), {"post": "yes"})
    item.correction.refresh_from_db()
    assert item.correction.title == f"{STAND_IN} fragen"
    assert len(search.find("fragen", audiences=search.Audience).hits) == 1
