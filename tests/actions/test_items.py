"""Kinds of Termin and responsibility, the one due moment, and what the database keeps."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from actions.models import ActionItem
from tests.factories.actions import make_item, make_item_due_in, make_item_of
from tests.factories.directory import make_organisation, make_person
from tests.factories.sessions_app import make_event, make_report

pytestmark = pytest.mark.django_db


def due_of(item):
    """The due moment, by the property; the annotation must say the same."""
    annotated = ActionItem.objects.with_due().get(pk=item.pk)
    assert annotated.due == annotated.due_at
    return annotated.due_at


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2021, 7, 12), datetime(2021, 7, 12, 22, tzinfo=UTC)),
        (date(2021, 12, 12), datetime(2021, 12, 12, 23, tzinfo=UTC)),
        (date(2021, 3, 27), datetime(2021, 3, 27, 23, tzinfo=UTC)),  # the night in which summer time begins
        (date(2021, 3, 28), datetime(2021, 3, 28, 22, tzinfo=UTC)),
        (date(2021, 10, 30), datetime(2021, 10, 30, 22, tzinfo=UTC)),  # the night in which it ends
        (date(2021, 10, 31), datetime(2021, 10, 31, 23, tzinfo=UTC)),
    ],
)
def test_due_at_of_a_day_is_its_end_in_berlin(day, moment):
    assert due_of(make_item(due_kind="day", due_until=day)) == moment


def test_due_at_of_several_days_is_the_end_of_the_last():
    item = make_item(due_kind="days", due_from=date(2021, 6, 3), due_until=date(2021, 6, 3),
                     days=[date(2021, 6, 17), date(2021, 6, 3)])  # fmt: skip
    assert due_of(item) == datetime(2021, 6, 17, 22, tzinfo=UTC)
    assert [row.day for row in item.days.all()] == [date(2021, 6, 3), date(2021, 6, 17)]


def test_due_at_of_an_event_follows_the_event():
    event = make_event()
    item = make_item(due_kind="event", due_event=event)
    assert due_of(item) == event.ends_at
    event.ends_at += timedelta(days=7)
    event.save()
    assert due_of(item) == event.ends_at


def test_due_at_of_months_is_the_end_of_the_last_month():
    item = make_item(due_kind="months", due_from=date(2021, 7, 9), due_until=date(2021, 8, 2))
    assert due_of(item) == datetime(2021, 8, 31, 22, tzinfo=UTC)
    assert item.due_from == date(2021, 7, 1)


def test_due_at_of_an_open_termin_is_none():
    assert due_of(make_item()) is None
    assert not make_item().is_overdue


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"due_kind": "open"}, "offen"),
        ({"due_kind": "day", "due_until": date(2021, 7, 12)}, "12.07.2021"),
        ({"due_kind": "months", "due_from": date(2021, 7, 1), "due_until": date(2021, 8, 31)}, "Juli–August 2021"),
    ],
)
def test_due_text_says_it_as_people_do(fields, text):
    assert make_item(**fields).due_text == text


def test_due_text_of_several_days_and_of_an_event():
    days = [date(2021, 6, 3), date(2021, 6, 17)]
    item = make_item(due_kind="days", due_from=days[0], due_until=days[1], time_from=time(17),
                     time_until=time(18, 30), days=days)  # fmt: skip
    assert item.due_text == "03.06. und 17.06.2021, jeweils 17.00–18.30 Uhr"
    event = make_event(starts_at=datetime(2021, 11, 4, 15, tzinfo=UTC))
    assert make_item(due_kind="event", due_event=event).due_text == "AG-Sitzung am 04.11.2021"


def test_changing_the_kind_drops_what_the_other_kind_needed():
    item = make_item(due_kind="day", due_until=date(2021, 7, 12), responsible_kind="organisation",
                     responsible_organisation=make_organisation())  # fmt: skip
    item.due_kind, item.responsible_kind = "open", "lead"
    item.save()
    item.refresh_from_db()
    assert (item.due_until, item.dated_due_at, item.responsible_organisation) == (None, None, None)


def test_responsible_text_names_persons_in_public_only_where_allowed():
    known = make_person(salutation="Frau", given_name="", family_name="Reichel", name_is_public=True,
                        name_public_basis="Report")  # fmt: skip
    hidden = make_person(given_name="Uwe", family_name="Unbekannt", organisation=make_organisation(name="Firma X"))
    item = make_item(responsible_kind="persons", persons=[known, hidden])
    assert item.responsible_text == "Frau Reichel und Firma X"
    assert item.responsible_text_for_members == "Frau Reichel und Uwe Unbekannt"


@pytest.mark.parametrize(
    ("kind", "text"), [("everyone", "alle AG-Mitglieder"), ("lead", "OGL-Leitung"), ("open", "offen")]
)
def test_responsible_text_of_groups(kind, text):
    assert make_item(responsible_kind=kind).responsible_text == text


def test_number_of_a_deleted_item_is_never_given_again():
    number = make_item().number
    ActionItem.objects.get(pk=number).delete()
    assert make_item().number > number


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"due_kind": "day"}, "Bitte geben Sie bei „bis“ den Tag an"),
        ({"due_kind": "days"}, "Bitte geben Sie die Tage an"),
        ({"due_kind": "event"}, "Bitte wählen Sie den Termin der AG aus"),
        ({"due_kind": "months", "due_until": date(2021, 8, 1)}, "den ersten und den letzten Monat"),
        ({"due_kind": "months", "due_from": date(2021, 9, 1), "due_until": date(2021, 8, 1)}, "nicht vor „von“"),
        ({"due_kind": "day", "due_until": date(2021, 8, 1), "time_from": time(17)}, "beide Uhrzeiten"),
        ({"responsible_kind": "organisation"}, "Bitte wählen Sie die verantwortliche Organisation"),
        ({"letter": "a"}, "Ein Buchstabe gehört zu einem Report"),
    ],
)
def test_item_without_what_its_kind_needs_is_refused_by_form_and_database(fields, message):
    item = ActionItem(title="Schritt", **fields)
    with pytest.raises(ValidationError, match=message):
        item.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        item.save()


def test_letter_is_unique_within_its_report_and_may_have_gaps():
    report = make_report()
    for letter in "abcdf":
        make_item(report=report, letter=letter)
    make_item(report=make_report(), letter="a")
    with pytest.raises(ValidationError, match="Diesen Buchstaben gibt es"):
        ActionItem(title="Schritt", report=report, letter="f").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_item(report=report, letter="f")


def test_due_moment_cannot_be_lost_behind_the_models_back():
    item = make_item_due_in(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionItem.objects.filter(pk=item.pk).update(dated_due_at=None)


def test_may_be_ticked_off_by_those_responsible_only(visitor, guest, member, other_member, lead):
    item, everyone = make_item_of(member.person), make_item(responsible_kind="everyone")
    theirs = make_item(responsible_kind="organisation", responsible_organisation=other_member.person.organisation)
    users = [guest.user, member.user, other_member.user, lead.user]
    assert [item.may_be_ticked_off_by(user) for user in users] == [False, True, False, True]
    assert [everyone.may_be_ticked_off_by(user) for user in users] == [False, False, False, True]
    assert [theirs.may_be_ticked_off_by(user) for user in users] == [False, False, True, True]


def test_overdue_begins_with_the_due_moment_and_ends_with_the_status():
    item = make_item_due_in(-1)
    assert item.is_overdue
    assert not make_item_due_in(0).is_overdue
    item.status = "done"
    assert not item.is_overdue
    assert timezone.localtime(make_item_due_in(0).due_at).time() == time(0)


def test_termin_at_an_unpublished_event_is_open_to_the_public():
    event = make_event(is_published=False)
    item = make_item(due_kind="event", due_event=event)
    assert item.due_text == "offen"
    assert item.due_text_for_lead.startswith("AG-Sitzung am")
