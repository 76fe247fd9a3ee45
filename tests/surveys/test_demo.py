"""What the demo shows of the questionnaire."""

from datetime import date

import pytest
from django.core import mail
from django.utils import timezone

from ogl_portal.directory import demo as directory_demo
from ogl_portal.directory.models import Organisation
from sessions_app import demo as sessions_demo
from surveys import demo
from surveys.models import Consent, Invitation, Response, Round, Submission
from surveys.sheet import Sheet
from surveys.statistics import Statistics

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


def test_thirty_have_submitted_and_three_members_have_not_begun(loaded):
    emails = set(Response.objects.submitted().values_list("respondent__email", flat=True))
    assert len(emails) == 30 and {f"mitglied{number}@example.org" for number in (2, 3, 4, 5, 6, 7)} <= emails
    begun = set(Response.objects.values_list("respondent__email", flat=True))
    assert begun.isdisjoint(f"mitglied{number}@example.org" for number in (1, 8, 12))
    assert Submission.objects.count() == 30


def test_responses_are_varied_and_plainly_exemplary(loaded):
    assert not Response.objects.exclude(respondent__is_example=True, organisation__is_example=True).exists()
    kinds = set(Response.objects.values_list("organisation__kind", flat=True))
    assert kinds == set(Organisation.Kind.values)
    assert {row[0][0] for row in Statistics(open_round()).sections if row[2] >= 10} == {"B", "C", "D", "E"}
    assert {consent.value for consent in Consent.objects.filter(question_key="G1")} == {"named", "unnamed", "no"}


def test_responses_came_over_two_weeks(loaded):
    days = Statistics(open_round()).days
    assert days[-1].total == 30 and len([day for day in days if day.new]) >= 8
    assert all(response.created_at < response.submitted_at <= timezone.now() for response in Response.objects.all())


def test_answers_stand_in_no_other_words_than_the_questionnaire_has(loaded):
    sheets = [
        Sheet.of_submission(each, each.definition) for each in Submission.objects.select_related("response__round")
    ]
    assert not [problem for sheet in sheets for problem in sheet.problems]


def test_loading_stays_quick(django_assert_max_num_queries):
    for part in (directory_demo, sessions_demo):
        part.load()
    with django_assert_max_num_queries(1500):
        demo.load()


def open_round() -> Round:
    return Round.objects.get(slug="beispiele-und-vorhaben")


def test_loading_sends_no_mail(loaded):
    assert mail.outbox == []
