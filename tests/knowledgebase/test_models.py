from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from knowledgebase import workflow
from knowledgebase.models import Contact, Solution
from tests.factories.knowledgebase import make_complete, make_contact, make_draft, make_published

pytestmark = pytest.mark.django_db


def test_drafts_and_archived_ones_are_the_leads_only(guest, member, lead, superuser):
    published, archived = make_published(), make_published()
    workflow.archive_solution(solution=archived, by=None)
    draft = make_draft()
    for user in [AnonymousUser(), guest.user, member.user]:
        assert set(Solution.objects.visible_to(user)) == {published}
    for user in [lead.user, superuser.user]:
        assert set(Solution.objects.visible_to(user)) == {published, archived, draft}


@pytest.mark.parametrize(("days", "effort"), [(None, None), (5, "low"), (6, "medium"), (20, "medium"), (21, "high")])
def test_effort_class_is_derived_from_the_days(days, effort):
    assert Solution(effort_days_from=days, effort_days_to=days).effort_class == effort


def test_effort_and_duration_are_written_out():
    assert Solution(effort_days_from=1, effort_days_to=1, duration_weeks=1).effort_text == "1 Personentag"
    assert Solution(effort_days_from=2, effort_days_to=4, duration_weeks=6).duration_text == "6 Wochen"
    assert (Solution().effort_text, Solution().duration_text) == ("", "")


def test_amounts_without_a_range_are_dropped():
    solution = make_draft(once_kind="none", once_from=5, once_to=9)
    assert (solution.once_from, solution.once_to, solution.once_text) == (None, None, "keine")


def test_amounts_say_what_they_are_counted_by():
    costs = {"once_kind": "none", "yearly_kind": "range", "yearly_from": 1, "yearly_to": 2}
    per_case, flat = Solution(**costs, cost_basis="per-case"), Solution(**costs, cost_basis="flat")
    assert (per_case.once_text, per_case.yearly_text) == ("keine", "1–2 Euro je Vorgang")
    assert flat.yearly_text == "1–2 Euro"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"effort_days_to": 4}, "Personentage von–bis"),
        ({"effort_days_from": 5, "effort_days_to": 4}, "Personentage von–bis"),
        ({"once_kind": "range", "once_from": 10}, "einmaligen Kosten"),
        ({"yearly_kind": "range", "yearly_from": 10, "yearly_to": 5}, "laufenden Kosten"),
        ({"next_review_on": timezone.localdate()}, "nächste Prüfung"),
    ],
)
def test_solution_with_half_a_span_is_refused_by_form_and_database(fields, message):
    solution = Solution(title="Lösung", slug="loesung", **fields)
    with pytest.raises(ValidationError, match=message):
        solution.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        solution.save()


def test_numbers_that_only_sqlite_would_take_are_refused():
    with pytest.raises(ValidationError):
        Solution(title="Lösung", slug="l", once_kind="range", once_from=1, once_to=10**12).full_clean()


def test_published_without_a_moment_is_refused_by_the_database():
    solution = make_draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Solution.objects.filter(pk=solution.pk).update(status="published")


def test_contact_is_public_only_with_a_consent_that_holds():
    solution, today = make_draft(), timezone.localdate()
    shown = make_contact(solution)
    make_contact(solution, consented_on=None, valid_until=None)
    make_contact(solution, consented_on=today - timedelta(days=9), valid_until=today - timedelta(days=1))
    make_contact(solution, consented_on=today + timedelta(days=1), valid_until=today + timedelta(days=9))
    assert solution.public_contacts == [shown]
    nameless = make_draft()
    assert list(Solution.objects.without_contact()) == [nameless]
    with pytest.raises(ValidationError, match="bis wann die Einwilligung gilt"):
        Contact(solution=solution, name="K", email="k@example.org", consented_on=today).full_clean()


def test_review_is_due_from_its_day_on():
    today = timezone.localdate()
    assert Solution(next_review_on=today).review_is_due
    assert not Solution(next_review_on=today + timedelta(days=1)).review_is_due
    assert not Solution().review_is_due


def test_ozg_note_belongs_to_municipalities_only():
    assert make_complete().is_for_municipalities
    assert not make_complete(target_group="hochschulen").is_for_municipalities
