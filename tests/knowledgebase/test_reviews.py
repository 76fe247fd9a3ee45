"""Review dates that bite."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from knowledgebase import workflow
from knowledgebase.models import Review, Solution
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.registry import due_mails
from tests.factories.knowledgebase import make_archived, make_complete, make_contact, make_published

pytestmark = pytest.mark.django_db


def make_due(make=make_published, **overrides) -> Solution:
    """A solution whose review is due today."""
    today = timezone.localdate()
    return make(reviewed_on=today - timedelta(days=365), next_review_on=today, **overrides)


def send(days: int = 0) -> list[str]:
    """Whom the mails that are due in as many days go to."""
    mails = workflow.send_due_reviews(now=timezone.now() + timedelta(days=days))
    return sorted(mail.recipient for mail in mails)


def test_review_keeps_who_and_when_and_moves_the_dates(lead):
    solution = make_due()
    revision, until = solution.revision, timezone.localdate() + timedelta(days=365)
    workflow.review_solution(solution=solution, by=lead.user, next_review_on=until, note="Kosten angepasst.")
    solution.refresh_from_db()
    assert (solution.reviewed_on, solution.next_review_on) == (timezone.localdate(), until)
    review = Review.objects.get()
    assert (review.checked_by, review.note, review.next_review_on) == (lead.user, "Kosten angepasst.", until)
    assert solution.snapshots.first().message == "Geprüft."
    assert solution.revision == revision + 1


@pytest.mark.parametrize("days", [0, -1])
def test_review_that_ends_at_once_is_refused(lead, days):
    solution = make_due()
    with pytest.raises(ValidationError, match="nach heute"):
        workflow.review_solution(
            solution=solution, by=lead.user, next_review_on=timezone.localdate() + timedelta(days=days)
        )
    assert not Review.objects.exists()


def test_due_review_asks_every_contact_once_for_each_due_day():
    solution = make_due(title="Bürger & Bits")
    make_contact(solution, email="Zweite@example.org", name="Zoe Zweite")
    make_contact(solution, email="karla@example.org", role="technical")
    assert send(-1) == []
    assert send() == ["Zweite@example.org", "karla@example.org"]
    assert send() == send(30) == []
    workflow.review_solution(solution=solution, by=None, next_review_on=timezone.localdate() + timedelta(days=9))
    solution.contacts.update(valid_until=timezone.localdate() + timedelta(days=99))
    assert send(8) == []
    assert send(9) == ["Zweite@example.org", "karla@example.org"]


def test_mail_says_what_when_and_how_long_the_consent_holds():
    solution = make_due(title="Bürger & Bits")
    assert send() == ["karla@example.org"]
    mail = OutgoingMail.objects.get()
    today = f"{timezone.localdate():%d.%m.%Y}"
    assert mail.subject == "Stimmt das noch? Bürger & Bits"
    assert f"Am {today} ist die nächste Prüfung fällig." in mail.text and f"gilt bis {today}" in mail.text
    assert solution.get_absolute_url() in mail.text and solution.get_absolute_url() in mail.html
    assert "Bürger &amp; Bits" in mail.html


def test_nobody_is_asked_who_did_not_consent_and_whoever_consents_later_is():
    solution = make_due()
    contact = solution.contacts.get()
    solution.contacts.update(consented_on=None, valid_until=None)
    assert send() == []
    contact.save()
    assert send() == ["karla@example.org"]


def test_leads_are_asked_where_no_consent_holds(lead, second_lead):
    solution = make_due(title="Bürger & Bits")
    solution.contacts.update(consented_on=timezone.localdate() - timedelta(days=9),
                             valid_until=timezone.localdate() - timedelta(days=1))  # fmt: skip
    assert send() == sorted([lead.user.email, second_lead.user.email])
    assert send() == []
    mail = OutgoingMail.objects.first()
    assert "niemand ist zu fragen" in mail.subject and f"/{solution.pk}/change/" in mail.text


@pytest.mark.parametrize("make", [make_complete, make_archived])
def test_what_is_not_public_asks_nobody(make):
    make_due(make)
    assert send() == []


def test_two_runs_at_once_ask_once():
    solution = make_due()
    first, second = Solution.objects.get(), Solution.objects.get()
    day = timezone.localdate()
    assert len(workflow.reviews.ask_somebody(solution=first, day=day)) == 1
    assert workflow.reviews.ask_somebody(solution=second, day=day) == []
    solution.refresh_from_db()
    assert solution.review_mailed_for == solution.next_review_on


def test_remind_sends_the_mail_once(mailoutbox, capsys):
    make_due()
    for _ in range(2):
        call_command("remind")
    assert [mail.to for mail in mailoutbox] == [["karla@example.org"]]
    assert "1 Mail(s) neu fällig, 1 Mail(s) gesendet." in capsys.readouterr().out
    assert list(due_mails.ask(now=timezone.now())) == []


def test_due_for_review_is_what_is_published_and_whose_day_has_come():
    due = make_due()
    make_due(make_archived)
    make_published()
    assert set(Solution.objects.due_for_review()) == {due}
    assert set(Solution.objects.due_for_review(timezone.localdate() - timedelta(days=1))) == set()
