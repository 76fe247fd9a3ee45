"""What the lead does with events and reports."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.utils import timezone

from ogl_portal.lib import markdown
from sessions_app import workflow
from sessions_app.models import AgendaItem, Attendance, Event, Report
from tests.factories.directory import make_member, make_membership
from tests.factories.sessions_app import make_event, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def past_event():
    event = make_event(kind=Event.Kind.WORKSHOP, starts_at=timezone.now() - timedelta(days=3))
    AgendaItem.objects.create(event=event, position=1, title="Rückblick")
    AgendaItem.objects.create(event=event, position=2, title="Ausblick", description="Was kommt.")
    return event


@pytest.fixture
def draft():
    return make_report(status=Report.Status.DRAFT, released_at=None, next_meeting=make_event())


def bodies(report) -> dict:
    return {section.number: section.body for section in report.sections.all()}


def test_start_report_takes_over_agenda_attendance_and_the_next_meeting(past_event, lead):
    coming = make_event()
    for status in [Attendance.Status.ATTENDED, Attendance.Status.ATTENDED, Attendance.Status.DECLINED]:
        Attendance.objects.create(event=past_event, person=make_member(), status=status)
    report = workflow.start_report(event=past_event, by=lead.user)
    assert report.status == Report.Status.DRAFT
    assert report.next_meeting == coming
    assert report.distribution_date == timezone.localdate(past_event.starts_at)
    assert list(bodies(report)) == [1, 2, 3, 4, 5, 6, 7]
    assert bodies(report)[2] == "**TOP 1: Rückblick**\n\n**TOP 2: Ausblick**\n\nWas kommt."
    assert bodies(report)[3] == "Teilgenommen haben 2 Personen."


def test_start_report_does_not_copy_names(past_event, lead):
    person = make_member(family_name="Unverkennbar")
    Attendance.objects.create(event=past_event, person=person, status=Attendance.Status.ATTENDED)
    report = workflow.start_report(event=past_event, by=lead.user)
    assert "Unverkennbar" not in "".join(bodies(report).values())


def test_start_report_a_second_time_is_refused(past_event, lead):
    workflow.start_report(event=past_event, by=lead.user)
    with pytest.raises(ValidationError, match="gibt es schon einen Report"):
        workflow.start_report(event=past_event, by=lead.user)
    assert Report.objects.count() == 1


def test_start_report_without_coming_meeting_leaves_it_open(past_event, lead):
    make_event(status=Event.Status.CANCELLED)
    make_event(is_example=True)
    assert workflow.start_report(event=past_event, by=lead.user).next_meeting is None


def test_release_report_makes_it_public_and_notes_who_did_it(draft, lead):
    workflow.release_report(report=draft, by=lead.user)
    assert draft.is_released
    assert draft.released_at <= timezone.now()
    assert LogEntry.objects.get(object_id=str(draft.pk)).user == lead.user


@pytest.mark.parametrize("number", [1, 2, 4, 5, 6])
def test_release_report_with_an_empty_section_names_it(draft, lead, number):
    section = draft.sections.get(number=number)
    section.body = " \n"
    section.save()
    with pytest.raises(ValidationError, match=f"{number}. {section.get_number_display()}".replace("?", r"\?")):
        workflow.release_report(report=draft, by=lead.user)
    draft.refresh_from_db()
    assert draft.status == Report.Status.DRAFT


def test_release_report_needs_no_text_where_the_portal_adds_it(draft, lead):
    draft.sections.filter(number__in=[3, 7]).update(body="")
    workflow.release_report(report=draft, by=lead.user)
    assert draft.is_released


def test_release_report_without_word_on_the_next_meeting_is_refused(draft, lead):
    draft.sections.filter(number=7).update(body="")
    draft.next_meeting = None
    draft.save()
    with pytest.raises(ValidationError, match="Nächste AG-Sitzung"):
        workflow.release_report(report=draft, by=lead.user)


def test_release_report_without_sections_names_all(lead):
    report = make_report(status=Report.Status.DRAFT, released_at=None)
    report.sections.all().delete()
    with pytest.raises(ValidationError) as refusal:
        workflow.release_report(report=report, by=lead.user)
    assert refusal.value.message.count(";") == 5


def test_submit_report_lets_members_read_it_and_withdraw_takes_it_back(draft, lead, member):
    workflow.submit_report(report=draft, by=lead.user)
    assert draft in Report.objects.visible_to(member.user)
    workflow.withdraw_report(report=draft, by=lead.user)
    assert draft not in Report.objects.visible_to(member.user)


def test_withdraw_report_takes_it_from_the_public(lead):
    report = make_report()
    workflow.withdraw_report(report=report, by=lead.user)
    assert report.status == Report.Status.DRAFT
    assert report.released_at is None
    assert not Report.objects.released().exists()


@pytest.mark.parametrize(
    ("status", "verb"),
    [
        (Report.Status.RELEASED, workflow.submit_report),
        (Report.Status.RELEASED, workflow.release_report),
        (Report.Status.DRAFT, workflow.withdraw_report),
    ],
)
def test_verb_that_does_not_fit_the_status_is_refused(status, verb, lead):
    report = make_report(status=status, next_meeting=make_event())
    with pytest.raises(ValidationError, match="Das geht nicht"):
        verb(report=report, by=lead.user)
    report.refresh_from_db()
    assert report.status == status


def test_invite_members_adds_those_of_the_day_once(lead):
    lead.person.memberships.all().delete()
    event = make_event()
    make_member()
    make_membership(begins_on=date(2021, 1, 28), ends_on=date(2021, 12, 31))
    assert workflow.invite_members(event=event, by=lead.user) == 1
    assert workflow.invite_members(event=event, by=lead.user) == 0
    assert event.attendances.get().status == Attendance.Status.INVITED


def test_publish_event_shows_it_once(lead):
    event = make_event(is_published=False)
    workflow.publish_event(event=event, by=lead.user)
    assert event.is_published
    with pytest.raises(ValidationError, match="war schon veröffentlicht"):
        workflow.publish_event(event=event, by=lead.user)


def test_start_report_at_the_address_of_another_report_is_refused(lead):
    other = make_report()
    with pytest.raises(ValidationError, match="hat schon ein anderer Report"):
        workflow.start_report(event=make_event(slug=other.slug), by=lead.user)


def test_release_report_of_an_unpublished_event_is_refused(lead, draft):
    Event.objects.filter(pk=draft.event.pk).update(is_published=False)
    draft.refresh_from_db()
    with pytest.raises(ValidationError, match="zuerst den Termin"):
        workflow.release_report(report=draft, by=lead.user)
    assert not Report.objects.released().exists()


def test_release_report_of_an_event_to_come_is_refused(lead):
    report = make_report(event=make_event(), status=Report.Status.DRAFT, released_at=None, next_meeting=make_event())
    with pytest.raises(ValidationError, match="steht noch bevor"):
        workflow.release_report(report=report, by=lead.user)
    assert not Report.objects.released().exists()


def test_release_report_before_its_next_meeting_is_published_is_refused(lead, draft):
    Event.objects.filter(pk=draft.next_meeting.pk).update(is_published=False)
    with pytest.raises(ValidationError, match=f"zuerst den Termin „{draft.next_meeting.title}“"):
        workflow.release_report(report=draft, by=lead.user)
    assert not Report.objects.released().exists()


def test_start_report_takes_titles_of_the_agenda_as_they_are(past_event, lead):
    AgendaItem.objects.create(event=past_event, position=3, title="Was **wir** tun [heute] <b>")
    body = workflow.start_report(event=past_event, by=lead.user).sections.get(number=2).body
    html = markdown.to_html(body)
    assert "<strong>TOP 3: Was **wir** tun [heute] &lt;b&gt;</strong>" in html


def test_start_report_leaves_out_explanations_that_one_section_cannot_hold(past_event, lead):
    for position in range(3, 6):
        AgendaItem.objects.create(
            event=past_event, position=position, title=f"Punkt {position}", description="ä" * 9000
        )
    section = workflow.start_report(event=past_event, by=lead.user).sections.get(number=2)
    section.full_clean()
    assert section.body.count("Punkt") == 3
    assert section.body.count("ä") == 9000
