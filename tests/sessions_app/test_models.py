"""Events, series and reports: what they say of themselves, and what the database holds."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from ogl_portal.directory.models import User
from sessions_app import workflow
from sessions_app.models import Attendance, Event, Report, ReportSection, Series
from tests.factories.directory import make_organisation, make_person
from tests.factories.sessions_app import make_event, make_report, make_series

pytestmark = pytest.mark.django_db


def berlin(*parts) -> datetime:
    return timezone.make_aware(datetime(*parts))


def workshop(**overrides) -> Event:
    return Event(starts_at=berlin(2021, 5, 27, 16), ends_at=berlin(2021, 5, 27, 18), **overrides)


def test_when_says_day_and_hours():
    assert workshop().when == "27.05.2021, 16.00–18.00 Uhr"


def test_when_without_known_time_says_the_day_only():
    assert workshop(time_is_known=False).when == "27.05.2021"


@pytest.mark.parametrize(
    ("place", "is_online", "where"),
    [("", True, "online"), ("Rathaus", False, "Rathaus"), ("Rathaus", True, "Rathaus und online"), ("", False, "")],
)
def test_where_names_the_place_or_online_or_both(place, is_online, where):
    assert workshop(place=place, is_online=is_online).where == where


def test_organisers_default_to_those_of_the_series():
    series = make_series()
    series.organisers.add(make_organisation(name="Netzwerk"))
    event = make_event(series=series, number=1)
    assert [str(organisation) for organisation in event.organised_by] == ["Netzwerk"]
    event.organisers.add(make_organisation(name="Hochschule"))
    assert [str(organisation) for organisation in event.organised_by] == ["Hochschule"]


def test_organisers_without_series_are_none():
    assert make_event().organised_by == []


def test_coming_first_puts_the_next_one_first_and_the_latest_past_one_after_it():
    days = {"gestern": -1, "bald": 2, "vorher": -9, "später": 8}
    for title, offset in days.items():
        make_event(title=title, starts_at=timezone.now() + timedelta(days=offset))
    assert [event.title for event in Event.objects.coming_first()] == ["bald", "später", "gestern", "vorher"]


def test_upcoming_holds_an_event_that_is_running():
    event = make_event(starts_at=timezone.now() - timedelta(minutes=30))
    assert event in Event.objects.upcoming()
    assert event not in Event.objects.past()


def test_event_that_waits_for_a_new_date_is_not_over_when_the_former_one_has_passed():
    now = timezone.now()
    gone, moved, off = (
        make_event(starts_at=now - timedelta(days=9), title=title, **facts)
        for title, facts in [
            ("ohne Tag", {"status": "moved"}), ("mit neuem Tag", {"status": "moved", "moved_from": now}),
            ("abgesagt", {"status": "cancelled"}),
        ]
    )  # fmt: skip
    coming = make_event(title="bald")
    assert [event.is_over for event in [gone, moved, off, coming]] == [False, True, True, False]
    assert list(Event.objects.upcoming()) == [coming, gone]
    assert set(Event.objects.past()) == {moved, off}
    assert list(Event.objects.coming_first())[:2] == [coming, gone]


def test_neighbours_in_a_series_follow_the_dates():
    series = make_series()
    first, second, third = (make_event(series=series, starts_at=berlin(2021, 6, day, 17)) for day in [3, 10, 17])
    make_event(starts_at=berlin(2021, 6, 11, 17))
    events = Event.objects.all()
    assert first.neighbours(events) == (None, second)
    assert second.neighbours(events) == (first, third)
    assert third.neighbours(events) == (second, None)
    assert make_event().neighbours(events) == (None, None)


def test_series_without_published_event_is_hidden_from_all_but_the_lead(member, lead):
    series = make_series()
    make_event(series=series, is_published=False)
    for user in [AnonymousUser(), member.user]:
        assert series not in Series.objects.visible_to(user)
    assert series in Series.objects.visible_to(lead.user)


@pytest.mark.parametrize(
    ("status", "seen_by"),
    [
        (Report.Status.RELEASED, {"visitor", "guest", "member", "lead"}),
        (Report.Status.IN_REVIEW, {"member", "lead"}),
        (Report.Status.DRAFT, {"lead"}),
    ],
)
def test_report_is_visible_to_those_it_concerns(status, seen_by, guest, member, lead):
    users = {"visitor": AnonymousUser(), "guest": guest.user, "member": member.user, "lead": lead.user}
    report = make_report(status=status)
    assert report.get_draft_url() == report.get_absolute_url(), "no version is beside it"
    assert {name for name, user in users.items() if Report.objects.visible_to(user).exists()} == seen_by
    assert Report.objects.released().exists() == ("visitor" in seen_by)


@pytest.mark.parametrize(
    "change",
    [
        {"ends_at": berlin(2021, 5, 27, 15), "starts_at": berlin(2021, 5, 27, 16)},
        {"number": 2, "series": None},
    ],
)
def test_event_that_cannot_be_is_refused_by_form_and_database(change):
    event = make_event()
    for name, value in change.items():
        setattr(event, name, value)
    with pytest.raises(ValidationError):
        event.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        event.save()


def test_number_in_a_series_is_given_once():
    series = make_series()
    make_event(series=series, number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_event(series=series, number=1)


def test_section_beyond_seven_is_refused():
    report = make_report()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportSection.objects.create(report=report, number=8)


def test_released_report_without_its_moment_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_report(released_at=None)


def test_sections_carry_the_titles_of_the_report_of_2021():
    assert ReportSection.Number.labels == [
        "Einführung",
        "Worum ging es heute?",
        "Wer war beteiligt?",
        "Status Quo",
        "Wo setzen wir Schwerpunkte in der Zukunft, welche Hilfe brauchen wir dabei?",
        "Nächste Schritte",
        "Nächste AG-Sitzung",
    ]


def test_event_may_be_joined_by_the_group_and_those_on_its_list(visitor, guest, member, lead, superuser):
    event = make_event()
    users = [AnonymousUser(), guest.user, member.user, lead.user, superuser.user]
    assert [event.may_be_joined_by(user) for user in users] == [False, False, True, True, True]
    Attendance.objects.create(event=event, person=guest.person)
    assert event.may_be_joined_by(guest.user)
    event.is_open_to_all = True
    assert event.may_be_joined_by(AnonymousUser())


def test_event_admits_the_group_those_on_its_list_and_everybody_where_all_may_come(guest, member):
    event, other = make_event(), make_person()
    assert [event.admits(person) for person in [guest.person, member.person, other]] == [False, True, False]
    event.attendances.create(person=guest.person)
    assert [event.admits(person) for person in [guest.person, other]] == [True, False]
    event.attendances.update(status=Attendance.Status.DECLINED)
    assert not event.admits(guest.person)
    event.is_open_to_all = True
    assert event.admits(other)


def test_event_may_not_be_joined_by_who_declined_or_left_the_group_but_by_its_guests(guest, member, lead):
    event = make_event()
    event.attendances.create(person=guest.person)
    workflow.invite_members(event=event, by=lead.user)
    today = timezone.localdate()
    member.person.memberships.update(begins_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    former = User.objects.get(pk=member.user.pk)
    assert [event.may_be_joined_by(user) for user in (former, guest.user)] == [False, True]
    event.attendances.update(status=Attendance.Status.DECLINED)
    assert not event.may_be_joined_by(guest.user)
