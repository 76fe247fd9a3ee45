"""What the demo shows of the questionnaire."""

from datetime import date

import pytest
from django.core import mail
from django.utils import timezone

from ogl_portal.directory import demo as directory_demo
from sessions_app import demo as sessions_demo
from surveys import demo
from surveys.models import Invitation, Response, Round, Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    for part in (directory_demo, sessions_demo, demo, demo):
        part.load()


def test_round_of_2021_is_dated_as_the_report_has_it(loaded):
    round = Round.objects.get(slug="anlage-1-2021")
    assert round.words["{deadline}"] == "12.07.2021, 24 Uhr"
    assert round.evaluation_until == date(2021, 7, 30)
    assert round.report.slug == "workshop-2021-05-27" and round.is_over
    assert round.title == "Digitalisierung: Best-Practice-Beispiele, Erfahrungen, geplante Projekte"
    assert not round.invitations.exists() and not round.responses.exists()


def test_open_round_runs_for_30_days_and_takes_its_dates_from_itself(loaded):
    round = Round.objects.get(slug="beispiele-und-vorhaben")
    assert round.is_running and round.is_example
    assert (round.last_day - timezone.localdate()).days == 30
    assert "2021" not in str(round.definition)


def test_members_and_the_guest_are_invited_once(loaded):
    emails = set(Invitation.objects.values_list("person__email", flat=True))
    assert {"mitglied1@example.org", "mitglied12@example.org", "gast@example.org"} <= emails
    assert Invitation.objects.count() == len(emails)


def test_four_members_have_submitted_and_the_first_has_not_begun(loaded):
    emails = set(Response.objects.submitted().values_list("respondent__email", flat=True))
    assert emails == {f"mitglied{number}@example.org" for number in (2, 3, 4, 5)}
    assert Submission.objects.count() == 4


def test_loading_sends_no_mail(loaded):
    assert mail.outbox == []
