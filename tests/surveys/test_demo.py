"""What the demo shows of the questionnaire."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.utils import timezone

from ogl_portal.directory import demo as directory_demo
from ogl_portal.directory.models import Organisation, User
from sessions_app import demo as sessions_demo
from surveys import demo
from surveys.answering import answers_to
from surveys.differences import ADDED, CHANGED, REMOVED, differences
from surveys.models import Coding, Consent, EntryReview, Invitation, Need, Response, Round, Submission, Upload
from surveys.published_needs import PublishedNeeds
from surveys.quotes import quotes_of_needs
from surveys.sheet import Sheet
from surveys.statistics import Statistics

pytestmark = pytest.mark.django_db


def test_round_of_2021_is_dated_as_the_report_has_it(demo_data):
    round = Round.objects.get(slug="anlage-1-2021")
    assert round.words["{deadline}"] == "12.07.2021, 24 Uhr"
    assert round.evaluation_until == date(2021, 7, 30)
    assert round.report.slug == "workshop-2021-05-27" and round.is_over
    assert round.title == "Digitalisierung: Best-Practice-Beispiele, Erfahrungen, geplante Projekte"


def test_round_of_2021_shows_its_progress_by_exemplary_people(demo_data):
    round = Round.objects.with_counts().get(slug="anlage-1-2021")
    assert (round.invited, round.exemplary, round.submitted) == (12, 12, 9)
    assert all(each.submitted_at < round.closes_at for each in Submission.objects.filter(response__round=round))


def test_open_round_runs_for_30_days_and_takes_its_dates_from_itself(demo_data):
    round = Round.objects.get(slug="beispiele-und-vorhaben")
    assert round.is_running and round.is_example
    assert (round.last_day - timezone.localdate()).days == 30
    assert "2021" not in str(round.definition)


def test_members_and_the_guest_are_invited_once(demo_data):
    emails = set(Invitation.objects.values_list("person__email", flat=True))
    assert {"mitglied1@example.org", "mitglied12@example.org", "gast@example.org"} <= emails
    assert Invitation.objects.filter(round__slug="beispiele-und-vorhaben").count() == len(emails)


def test_thirty_have_submitted_and_three_members_have_not_begun(demo_data):
    emails = set(Response.objects.submitted().values_list("respondent__email", flat=True))
    assert len(emails) == 30 and {f"mitglied{number}@example.org" for number in (2, 3, 4, 5, 6, 7)} <= emails
    begun = set(Response.objects.values_list("respondent__email", flat=True))
    assert begun.isdisjoint(f"mitglied{number}@example.org" for number in (1, 8, 12))
    submitted = Submission.objects.filter(number=1, response__round__slug="beispiele-und-vorhaben")
    assert submitted.count() == 30


def test_responses_are_varied_and_plainly_exemplary(demo_data):
    assert not Response.objects.exclude(respondent__is_example=True, organisation__is_example=True).exists()
    kinds = set(Response.objects.values_list("organisation__kind", flat=True))
    assert kinds == set(Organisation.Kind.values)
    assert {row[0][0] for row in Statistics(open_round()).sections if row[2] >= 10} == {"B", "C", "D", "E"}
    assert {consent.value for consent in Consent.objects.filter(question_key="G1")} == {"named", "unnamed", "no"}


def test_responses_came_over_two_weeks(demo_data):
    days = Statistics(open_round()).days
    assert days[-1].total == 30 and len([day for day in days if day.new]) >= 8
    for response in Response.objects.submitted():
        assert response.created_at < response.submitted_at <= timezone.now()


def test_some_have_submitted_twice_so_that_the_difference_shows(demo_data):
    kinds = []
    for second in Submission.objects.filter(number=2).select_related("response__round__version"):
        first = second.response.submissions.get(number=1)
        first.response = second.response
        assert open_round().opens_at < first.submitted_at < second.submitted_at <= timezone.now()
        kinds += [difference.kind for difference in differences(first, second)]
    assert set(kinds) == {ADDED, CHANGED, REMOVED}
    assert Response.objects.filter(status=Response.Status.CHANGED).count() == 1


def test_files_are_exemplary_and_the_lead_sees_them(demo_data):
    lead = User.objects.get(email="leitung@example.org")
    uploads = Upload.objects.select_related("entry__response__round__version")
    assert {upload.content_type for upload in uploads} == {"application/pdf", "image/png"}
    assert all(upload.is_visible_to(lead, lead.person_id) and "Beispiel" in upload.name for upload in uploads)


def test_board_has_somebody_in_every_state(demo_data):
    states = set(open_round().invitations.with_state().values_list("state", flat=True))
    assert states == set(Invitation.State.values)
    refused = Invitation.objects.get(person__email="gast32@example.org").last_mail
    assert refused.is_undeliverable and "Beispiel" in refused.error


def test_lead_has_begun_to_review_and_has_redacted_an_example(demo_data):
    redacted = EntryReview.objects.exclude(redacted={}).get()
    name, text = next(iter(redacted.redacted.items()))
    assert redacted.entry.draft[name].startswith(text.removesuffix("."))
    assert EntryReview.objects.values("state").distinct().count() >= 3


def test_answers_stand_in_no_other_words_than_the_questionnaire_has(demo_data):
    sheets = [
        Sheet.of_submission(each, each.definition) for each in Submission.objects.select_related("response__round")
    ]
    assert not [problem for sheet in sheets for problem in sheet.problems]


def test_loading_stays_quick(django_assert_max_num_queries):
    for part in (directory_demo, sessions_demo):
        part.load()
    with django_assert_max_num_queries(2500):
        demo.load()


def open_round() -> Round:
    return Round.objects.get(slug="beispiele-und-vorhaben")


def test_loading_sends_no_mail(demo_data):
    assert mail.outbox == []


def test_open_round_is_coded_with_needs_of_four_target_groups(demo_data):
    matrix = PublishedNeeds()
    assert len(matrix.needs) >= 12 and Need.objects.filter(status="draft").exists()
    assert len(matrix.columns) == 4 and len(matrix.bars) >= 4
    unanswered = {need.title for need in matrix.needs} - {need.title for need in matrix.needs if answers_of(need)}
    assert unanswered == {"Verlässliches Netz auf Baustelle und Dorf"}
    assert {need.pk for need in matrix.needs} == set(quotes_of_needs(matrix.needs))
    assert not any(each.is_changed for each in Coding.objects.in_full())


def answers_of(need: Need) -> list:
    return answers_to([need.pk], AnonymousUser()).get(need.pk, [])
