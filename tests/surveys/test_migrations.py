"""What the migrations make of data that is there."""

from importlib import import_module

import pytest
from django.apps import apps

from surveys import workflow
from surveys.models import Consent, Entry
from tests.factories.surveys import fill, make_complete_response, make_entry, submit

pytestmark = pytest.mark.django_db


def test_consent_of_before_learns_which_entry_it_was_for(member):
    migration = import_module("surveys.migrations.0009_what_a_consent_is_about")
    response = make_complete_response(member.person)
    first, second = response.entries.get(section_key="B"), make_entry(response)
    workflow.remove_entry(entry=Entry.objects.get(pk=first.pk))
    third = make_entry(response)
    fill(response, "G", {f"G1-{each.uuid}": "no" for each in [second, third]})
    submit(response)
    numbers = {second.pk: "Beispiel 1", third.pk: "Beispiel 2"}
    for expected in [numbers, {second.pk: "Beispiel 2", third.pk: "Beispiel 3"}]:  # the places, without a submission
        Consent.objects.update(about="")
        migration.say_which_entry(apps, None)
        assert dict(Consent.objects.exclude(entry=None).values_list("entry", "about")) == expected
        response.submissions.all().delete()
