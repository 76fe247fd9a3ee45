"""Members hear of a Mitgliederprüfung, once for each, and of what became of what they said."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ogl_portal.lib import mail, pdf
from ogl_portal.lib.models import OutgoingMail
from sessions_app import workflow
from tests.factories.directory import make_member, make_person, make_user
from tests.factories.sessions_app import make_draft_report

pytestmark = pytest.mark.django_db
IN_A_WEEK = timedelta(days=7)


@pytest.fixture
def in_review(lead):
    report = make_draft_report(title="Report der Sitzung")
    workflow.submit_report(report=report, by=lead.user, until=timezone.localdate() + IN_A_WEEK)
    return report


def asked(now=None) -> list[str]:
    """Whom a run asks."""
    return sorted(sent.recipient for sent in workflow.send_review_mails(now=now or timezone.now()))


def my_area(actor) -> str:
    return actor.client.get("/mein-bereich/").content.decode()


def comment_of(actor, report):
    return workflow.comment_section(section=report.sections.get(number=4), by=actor.user, text="Bitte <b>prüfen</b>.")


def answer(lead, comment, outcome="answered", answer="Geprüft, es stimmt."):
    workflow.answer_comment(comment=comment, by=lead.user, outcome=outcome, answer=answer)


def test_members_who_can_sign_in_are_asked_once_for_a_submission(in_review, member, lead, guest):
    make_member(email="ohne-zugang@example.org")
    make_user(person=make_member(email="gesperrt@example.org"), is_active=False)
    make_user(person=make_person(email="fremd@example.org"))
    assert asked() == sorted([member.person.email, lead.person.email])
    assert asked() == []
    workflow.withdraw_report(report=in_review, by=lead.user)
    workflow.submit_report(report=in_review, by=lead.user)
    assert asked() == sorted([member.person.email, lead.person.email])


def test_mail_names_the_day_and_leads_to_the_draft(in_review, member):
    list(workflow.send_review_mails(now=timezone.now()))
    sent = OutgoingMail.objects.get(recipient=member.person.email)
    assert sent.subject == f"Bitte prüfen bis {in_review.review_until:%d.%m.%Y}: Report der Sitzung"
    assert in_review.get_draft_url() in sent.text
    assert timezone.localdate(sent.valid_until) == in_review.review_until + timedelta(days=1)


def test_day_on_the_form_of_the_report_holds_when_the_lead_submits_it(lead):
    report = make_draft_report(review_until=timezone.localdate() + IN_A_WEEK)
    workflow.submit_report(report=report, by=lead.user)
    assert report.review_until == timezone.localdate() + IN_A_WEEK
    past = make_draft_report(review_until=timezone.localdate() - IN_A_WEEK)
    workflow.submit_report(report=past, by=lead.user)
    assert past.takes_comments


def test_nobody_is_asked_who_confirmed_or_after_the_last_day_or_for_a_draft(in_review, member, lead):
    make_draft_report()
    for actor in [member, lead]:
        workflow.confirm_report(report=in_review, by=actor.user)
    assert asked() == []
    in_review.confirmations.all().delete()
    assert asked(timezone.now() + timedelta(days=8)) == []
    type(in_review).objects.filter(pk=in_review.pk).update(review_until=None)
    assert len(asked(timezone.now() + timedelta(days=8))) == 2, "without a last day it goes on"


def test_my_area_shows_what_waits_for_the_member_until_it_is_confirmed(in_review, member, guest):
    assert f'href="{in_review.get_draft_url()}"' in my_area(member)
    assert "Reports, die Sie prüfen können" not in my_area(guest)
    workflow.confirm_report(report=in_review, by=member.user)
    assert "Reports, die Sie prüfen können" not in my_area(member)


def test_author_hears_of_an_answer_once(in_review, member, lead):
    comment = comment_of(member, in_review)
    for _ in range(2):
        answer(lead, comment)
    sent = OutgoingMail.objects.get()
    assert sent.recipient == member.user.email
    assert sent.subject == "Zu Ihrer Anmerkung: Report der Sitzung"


def test_answer_that_changes_is_told_again_and_one_that_is_none_is_not(in_review, member, lead):
    comment = comment_of(member, in_review)
    answer(lead, comment, outcome="taken-over", answer="")
    answer(lead, comment)
    answer(lead, comment, outcome="open", answer="")
    assert OutgoingMail.objects.count() == 2


def test_answer_to_an_own_comment_or_to_somebody_without_access_is_told_to_nobody(in_review, member, lead):
    answer(lead, comment_of(lead, in_review))
    comment = comment_of(member, in_review)
    type(member.user).objects.filter(pk=member.user.pk).update(is_active=False)
    answer(lead, type(comment).objects.get(pk=comment.pk))
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("release", [False, True])
def test_answer_leads_to_where_its_author_may_read(in_review, member, lead, release, monkeypatch):
    sent = []
    monkeypatch.setattr(mail, "send", lambda template, *, to, context: sent.append(context["url"]))
    monkeypatch.setattr(pdf, "from_html", lambda html: b"%PDF-1.7" + html.encode())
    comment = comment_of(member, in_review)
    verb = workflow.release_report if release else workflow.withdraw_report
    verb(report=in_review, by=lead.user)
    answer(lead, type(comment).objects.get(pk=comment.pk))
    assert sent == ([f"http://testserver{in_review.get_absolute_url()}#abschnitt-4"] if release else [""])
