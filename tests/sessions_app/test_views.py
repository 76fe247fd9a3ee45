"""The pages of events, series and reports."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ogl_portal.lib import pdf
from sessions_app.models import AgendaItem, Attendance, Event, EventSpeaker, Report
from tests.factories.actions import make_item
from tests.factories.directory import make_logo, make_member, make_organisation
from tests.factories.needs import make_need
from tests.factories.registrations import make_registration
from tests.factories.sessions_app import make_event, make_material, make_report, make_series

pytestmark = pytest.mark.django_db
JOIN_URL = "https://example.org/konferenz/geheim"


def text_of(response) -> str:
    return response.content.decode()


def ago(days: int):
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def event():
    return make_event(title="Sitzung", slug="sitzung", join_url=JOIN_URL, description="Worum es geht.")


def test_event_list_shows_coming_before_past(visitor):
    make_event(title="Vergangenes", starts_at=ago(3))
    make_event(title="Kommendes")
    text = text_of(visitor.client.get("/termine/"))
    assert text.index("Kommende Termine") < text.index("Kommendes") < text.index("Vergangene Termine")
    assert text.index("Vergangene Termine") < text.index("Vergangenes")


@pytest.mark.parametrize(
    ("kind", "shown"), [("", 3), ("sessions", 1), ("sitzungen", 1), ("workshops", 1), ("unfug", 3), ("session", 3)]
)
def test_event_list_keeps_one_kind(visitor, kind, shown):
    for value in Event.Kind:
        make_event(kind=value)
    assert len(visitor.client.get("/termine/", {"art": kind}).context["page_obj"]) == shown


def test_event_list_has_pages_that_keep_the_filter(visitor):
    for _ in range(21):
        make_event(kind=Event.Kind.SESSION)
    text = text_of(visitor.client.get("/termine/?art=sessions"))
    assert "Seite 1 von 2" in text
    assert "?art=sessions&amp;page=2" in text
    assert visitor.client.get("/termine/?art=sessions&page=2").status_code == 200
    assert visitor.client.get("/termine/?page=99").status_code == 404


def test_event_list_without_events_says_so(visitor):
    assert "Noch keine Termine" in text_of(visitor.client.get("/termine/"))
    make_event()
    assert "Keine Termine dieser Art" in text_of(visitor.client.get("/termine/?art=workshops"))


def test_event_list_marks_cancelled_moved_example_and_hidden_events(visitor, lead):
    make_event(title="Abgesagtes", status=Event.Status.CANCELLED)
    make_event(title="Verschobenes", status=Event.Status.MOVED)
    make_event(title="Erfundenes", is_example=True)
    make_event(title="Unfertiges", is_published=False)
    text = text_of(visitor.client.get("/termine/"))
    assert all(word in text for word in ["abgesagt", "verschoben", "Beispiel"])
    assert "Unfertiges" not in text
    assert "noch nicht veröffentlicht" in text_of(lead.client.get("/termine/"))


def test_event_without_a_date_says_that_the_former_one_does_not_hold(visitor):
    event = make_event(status=Event.Status.MOVED)
    for path in ["/termine/", event.get_absolute_url()]:
        assert f"bisher {timezone.localtime(event.starts_at):%d.%m.%Y}" in text_of(visitor.client.get(path))
    assert "Der neue Termin steht noch nicht fest." in text_of(visitor.client.get(event.get_absolute_url()))


@pytest.mark.parametrize("path", ["/termine/", "/reports/"])
def test_list_costs_the_same_queries_with_1_and_with_30_rows(visitor, path):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert visitor.client.get(path).status_code == 200
        return len(captured)

    make_report(event=make_event(series=make_series(), starts_at=ago(9)))
    before = queries()
    for day in range(10, 40):
        make_report(event=make_event(series=make_series(), starts_at=ago(day)))
    assert queries() == before <= 6


def test_event_page_shows_everything_about_it(visitor):
    event = make_event(
        slug="alles",
        title="Alles",
        place="Ständehaus",
        is_online=False,
        description="**Wichtig**",
        outcome="Ein Ergebnis",
    )
    event.organisers.add(make_organisation(name="Netzwerk Saale"))
    AgendaItem.objects.create(event=event, position=1, title="Begrüßung")
    text = text_of(visitor.client.get("/termine/alles/"))
    for expected in [
        "Ständehaus",
        "<strong>Wichtig</strong>",
        "Ein Ergebnis",
        "Netzwerk Saale",
        "TOP 1: Begrüßung",
        event.when,
    ]:
        assert expected in text


@pytest.mark.parametrize("status", [Event.Status.MOVED, Event.Status.CANCELLED])
def test_event_page_warns_when_it_does_not_take_place_as_planned(visitor, status):
    event = make_event(status=status, status_note="Neuer Termin folgt.")
    text = text_of(visitor.client.get(event.get_absolute_url()))
    assert f"Dieser Termin ist {status.label}." in text
    assert "Neuer Termin folgt." in text


def test_unpublished_event_is_for_the_lead_only(visitor, member, lead):
    path = make_event(is_published=False).get_absolute_url()
    assert [actor.client.get(path).status_code for actor in [visitor, member, lead]] == [404, 404, 200]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/termine/",
        "/termine/?art=sitzungen",
        "/termine/sitzung/",
        "/serien/reihe/",
        "/reports/",
        "/reports/r/",
        "/reports/r.pdf",
    ],
)
def test_join_link_is_in_no_page_for_the_public_or_guests(visitor, guest, event, path):
    event.series, event.number = make_series(slug="reihe"), 1
    event.save()
    make_report(slug="r", event=make_event(starts_at=ago(2), join_url=JOIN_URL), next_meeting=event)
    for actor in [visitor, guest]:
        response = actor.client.get(path)
        assert response.status_code == 200
        assert b"konferenz/geheim" not in response.content


def test_join_link_is_for_members_and_the_lead(member, lead, event):
    for actor in [member, lead]:
        assert JOIN_URL in text_of(actor.client.get("/termine/sitzung/"))


def test_join_link_is_gone_when_the_event_is_over_or_cancelled_or_waits_for_a_date(member):
    over = make_event(starts_at=ago(2), join_url=JOIN_URL)
    cancelled = make_event(status=Event.Status.CANCELLED, join_url=JOIN_URL)
    without_date = make_event(status=Event.Status.MOVED, join_url=JOIN_URL)
    for event in [over, cancelled, without_date]:
        assert JOIN_URL not in text_of(member.client.get(event.get_absolute_url()))


def test_event_page_says_when_and_where_before_the_agenda_for_small_screens(member, event):
    AgendaItem.objects.create(event=event, position=1, title="Rückblick")
    text = text_of(member.client.get("/termine/sitzung/"))
    assert text.index("Auf einen Blick") < text.index(JOIN_URL) < text.index("Rückblick")


def test_event_page_links_its_report_when_the_reader_may_read_it(visitor, lead):
    report = make_report(status=Report.Status.DRAFT, released_at=None)
    path = report.event.get_absolute_url()
    assert report.get_absolute_url() not in text_of(visitor.client.get(path))
    assert report.get_absolute_url() in text_of(lead.client.get(path))
    released = make_report()
    assert released.get_absolute_url() in text_of(visitor.client.get(released.event.get_absolute_url()))


def test_event_page_leads_through_its_series(visitor):
    series = make_series()
    first, second, third = (make_event(series=series, number=n, starts_at=ago(30 - n)) for n in [1, 2, 3])
    text = text_of(visitor.client.get(second.get_absolute_url()))
    for expected in [first.get_absolute_url(), third.get_absolute_url(), series.get_absolute_url()]:
        assert expected in text


def test_event_page_does_not_lead_to_hidden_events(visitor):
    series = make_series()
    event = make_event(series=series, starts_at=ago(5))
    hidden = make_event(series=series, starts_at=ago(2), is_published=False)
    assert hidden.get_absolute_url() not in text_of(visitor.client.get(event.get_absolute_url()))


def test_series_page_counts_the_sessions_that_took_place(visitor):
    series = make_series(aim="Empfehlungen")
    for number, status in enumerate([Event.Status.CONFIRMED, Event.Status.CONFIRMED, Event.Status.CANCELLED], start=1):
        make_event(series=series, number=number, status=status, starts_at=ago(10 - number))
    make_event(series=series, number=4)
    make_event(series=series, number=5, status=Event.Status.MOVED, starts_at=ago(3))
    text = text_of(visitor.client.get(series.get_absolute_url()))
    assert "2 von 4 Sessions haben stattgefunden" in text
    assert "Empfehlungen" in text


def test_series_without_published_event_is_for_the_lead_only(visitor, lead):
    path = make_series().get_absolute_url()
    assert visitor.client.get(path).status_code == 404
    assert "Noch keine Session" in text_of(lead.client.get(path))


def test_pages_that_name_a_report_read_no_text_of_its_version(visitor):
    report = make_report(title="Im Entwurf")
    make_item(report=report)
    assert "Im Entwurf" in text_of(visitor.client.get("/massnahmen/"))
    long = dict.fromkeys(["members_html", "public_html", "public_document"], "<p>Lang</p>")
    version = report.versions.create(number=1, title="Wie freigegeben", distribution=[], **long)
    Report.objects.update(status="draft", current_version=version)
    for page in ["/", "/reports/", report.event.get_absolute_url(), "/reports/feed.atom", "/massnahmen/"]:
        with CaptureQueriesContext(connection) as queries:
            assert "Wie freigegeben" in visitor.client.get(page).content.decode()
        assert not [each["sql"] for each in queries if "members_html" in each["sql"]], page


def test_report_list_without_reports_says_so(visitor):
    assert "Noch kein Report" in text_of(visitor.client.get("/reports/"))


def test_report_page_has_seven_numbered_sections_and_the_annex(visitor):
    report = make_report(next_meeting=make_event(title="Danach"))
    text = text_of(visitor.client.get(report.get_absolute_url()))
    for section in report.sections.all():
        assert f"{section.number}. {section.get_number_display()}" in text
    assert "Anlage Verteiler AG: Stand" in text
    assert report.next_meeting.when in text


def test_draft_says_that_it_is_one(lead, member):
    report = make_report(status=Report.Status.DRAFT, released_at=None)
    assert "Entwurf: Dieser Text ist noch nicht freigegeben" in text_of(lead.client.get(report.get_absolute_url()))
    assert member.client.get(report.get_absolute_url()).status_code == 404
    assert member.client.get(report.get_pdf_url()).status_code == 404


def test_draft_says_where_text_is_missing(lead):
    report = make_report(status=Report.Status.DRAFT, released_at=None)
    report.sections.filter(number__in=[3, 4]).update(body="")
    assert text_of(lead.client.get(report.get_absolute_url())).count("noch keinen Text") == 1


def test_attendance_is_named_to_members_only(visitor, member):
    report = make_report()
    person = make_member(family_name="Unverkennbar", organisation=make_organisation(name="Firma X"))
    Attendance.objects.create(event=report.event, person=person, status=Attendance.Status.ATTENDED)
    for path in [report.get_absolute_url()]:
        assert "Unverkennbar" not in text_of(visitor.client.get(path))
        assert "Firma X" in text_of(visitor.client.get(path))
        assert "Unverkennbar" in text_of(member.client.get(path))


def test_report_pdf_is_shown_under_its_name_and_may_be_kept(visitor):
    response = visitor.client.get(make_report(slug="workshop").get_pdf_url())
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"] == 'inline; filename="workshop.pdf"'
    assert "public" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]


def test_report_pdf_for_members_may_be_kept_by_their_browser_only(member):
    response = member.client.get(make_report().get_pdf_url())
    assert "private" in response["Cache-Control"]


def test_report_pdf_that_did_not_change_is_not_sent_again(visitor):
    path = make_report().get_pdf_url()
    etag = visitor.client.get(path)["ETag"]
    assert visitor.client.get(path, headers={"if-none-match": etag}).status_code == 304


@pytest.mark.logs_errors
def test_report_pdf_that_cannot_be_made_says_so_and_offers_the_page(visitor, monkeypatch):
    def fail(*args, **kwargs):
        raise pdf.RenderError("Zu umfangreich.")

    monkeypatch.setattr(pdf, "render", fail)
    report = make_report()
    response = visitor.client.get(report.get_pdf_url())
    assert response.status_code == 503
    assert "Zu umfangreich." in text_of(response)
    assert report.get_absolute_url() in text_of(response)


@pytest.mark.parametrize(
    "path", ["/termine/gibt-es-nicht/", "/serien/x/", "/reports/x/", "/reports/x.pdf", "/termine/%00/"]
)
def test_unknown_address_is_not_found(visitor, path):
    assert visitor.client.get(path).status_code == 404


def test_join_link_of_an_event_open_to_all_is_for_everybody(visitor, guest, event):
    Event.objects.update(is_open_to_all=True)
    for actor in [visitor, guest]:
        assert JOIN_URL in text_of(actor.client.get("/termine/sitzung/"))


def test_join_link_is_for_who_is_on_the_list(guest, event):
    Attendance.objects.create(event=event, person=guest.person)
    assert JOIN_URL in text_of(guest.client.get("/termine/sitzung/"))


def test_report_does_not_tell_of_a_meeting_that_is_not_published(visitor):
    hidden = make_event(is_published=False, place="Geheimer Ort")
    report = make_report(next_meeting=hidden)
    text = text_of(visitor.client.get(report.get_absolute_url()))
    assert "Geheimer Ort" not in text
    assert hidden.when not in text


def cost(actor, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert actor.client.get(path).status_code == 200
    return len(captured)


def make_whole_event(**overrides) -> Event:
    """An event with everything that its page can show, in a series with organisers."""
    series = make_series()
    series.organisers.add(make_organisation())
    event = make_event(series=series, number=1, starts_at=ago(5), moved_from=ago(9), **overrides)
    AgendaItem.objects.create(event=event, position=1, title="Begrüßung")
    make_material(event=event)
    EventSpeaker.objects.create(event=event, organisation=make_organisation())
    make_report(event=event)
    return event


def test_event_page_costs_six_queries_at_most_however_much_there_is(visitor):
    event = make_whole_event()
    path = event.get_absolute_url()
    make_need(status="released", released_at=timezone.now()).events.add(event)
    before = cost(visitor, path)
    assert before <= 6
    for day in range(10, 40):
        make_report(event=make_event(series=event.series, starts_at=ago(day)))
        make_need(status="released", released_at=timezone.now()).events.add(event)
        make_material(event=event)
        EventSpeaker.objects.create(event=event, organisation=make_organisation())
    Event.objects.filter(pk=event.pk).update(revision=1)
    assert cost(visitor, path) == before
    assert cost(visitor, path) < before  # what does not change with the day is kept


def test_event_page_asks_for_what_came_of_it_only_where_something_did(visitor):
    event = make_event()
    assert cost(visitor, event.get_absolute_url()) == 5  # event, organisers, speakers, agenda, files
    make_item(report=make_report(event=event), is_public=True)
    assert "Hier vereinbarte nächste Schritte" in text_of(visitor.client.get(event.get_absolute_url()))


def test_series_page_costs_the_same_queries_with_1_and_with_30_events(visitor):
    event = make_whole_event()
    before = cost(visitor, event.series.get_absolute_url())
    for day in range(10, 40):
        make_event(series=event.series, starts_at=ago(day))
    assert cost(visitor, event.series.get_absolute_url()) == before <= 6


def test_pages_of_events_cost_the_same_queries_with_1000_events(visitor):
    event = make_whole_event()
    paths = ["/termine/", "/termine/kalender.ics", "/termine/feed.atom"]
    paths += [event.series.get_absolute_url(), event.get_absolute_url()]
    before = [cost(visitor, path) for path in paths]
    start = timezone.now() + timedelta(days=1)
    Event.objects.bulk_create(
        Event(title=f"T {number}", slug=f"viele-{number}", series=event.series, is_published=True, starts_at=moment,
              ends_at=moment + timedelta(hours=1), takes_registrations=True)
        for number, moment in enumerate(start + timedelta(hours=number) for number in range(1000))
    )  # fmt: skip
    Event.objects.filter(pk=event.pk).update(revision=1)
    assert [cost(visitor, path) for path in paths] == before


def test_rows_of_events_say_that_one_registers_or_that_all_places_are_taken(visitor):
    series = make_series(slug="reihe")
    full, free, closed, _ = (make_event(series=series, takes_registrations=n < 3, capacity=1) for n in range(4))
    make_registration(full)
    make_registration(free, status="cancelled")
    Event.objects.filter(pk=closed.pk).update(registration_closes_at=ago(1))
    for path in ["/termine/", "/serien/reihe/"]:
        text = text_of(visitor.client.get(path))
        assert text.count("ausgebucht, Warteliste") == text.count("Mit Anmeldung") == 1, path


def test_event_page_of_a_moved_event_says_from_when(visitor):
    event = make_event(status=Event.Status.MOVED, moved_from=timezone.make_aware(datetime(2026, 3, 12, 17)))
    text = text_of(visitor.client.get(event.get_absolute_url()))
    assert f"Verschoben vom 12.03.2026, 17.00 Uhr auf: {event.when}" in text


@pytest.mark.parametrize(("path", "feed"), [("/termine/", "/termine/kalender.ics"),
                                            ("/serien/reihe/", "/serien/reihe/kalender.ics")])  # fmt: skip
def test_page_says_in_one_sentence_how_to_subscribe(visitor, path, feed):
    make_event(series=make_series(slug="reihe"))
    text = text_of(visitor.client.get(path))
    assert f'href="webcal://testserver{feed}"' in text
    assert f'href="http://testserver{feed}"' in text
    assert text.count("So abonnieren Sie:") == 1


def test_event_page_offers_the_calendar_file_until_the_event_is_over(visitor):
    for days, is_offered in [(-5, True), (5, False)]:
        event = make_event(starts_at=ago(days))
        link = f'href="{event.get_absolute_url()[:-1]}.ics" type="text/calendar">'
        assert (link in text_of(visitor.client.get(event.get_absolute_url()))) == is_offered


def test_long_series_begins_with_the_page_of_what_comes_next(visitor):
    series = make_series()
    Event.objects.bulk_create(
        Event(kind=Event.Kind.SESSION, series=series, title=f"Abend {day}", slug=f"abend-{day}", is_published=True,
              starts_at=ago(60 - day), ends_at=ago(60 - day) + timedelta(hours=1))
        for day in range(120)
    )  # fmt: skip
    assert cost(visitor, series.get_absolute_url()) <= 6
    text = text_of(visitor.client.get(series.get_absolute_url()))
    assert "60 von 120 Sessions haben stattgefunden" in text
    assert "Seite 2 von 3" in text
    assert text.index("/termine/abend-50/") < text.index("/termine/abend-99/")
    assert "/termine/abend-0/" in text_of(visitor.client.get(f"{series.get_absolute_url()}?page=1"))
    assert visitor.client.get(f"{series.get_absolute_url()}?page=9").status_code == 404


def test_logos_stand_with_organisers_and_speakers_without_another_query(visitor):
    event = make_whole_event(slug="mit-logo")
    before = [cost(visitor, path) for path in [event.get_absolute_url(), event.series.get_absolute_url()]]
    for organisation in [event.series.organisers.get(), event.speakers.get().organisation]:
        make_logo(organisation=organisation, alternative_text="Ein Turm")
    Event.objects.filter(pk=event.pk).update(revision=1)
    assert before == [cost(visitor, path) for path in [event.get_absolute_url(), event.series.get_absolute_url()]]
    text = text_of(visitor.client.get(event.get_absolute_url()))
    assert text.count('alt="Ein Turm"') == 2
    address = event.speakers.get().organisation.logo.get_absolute_url()
    picture = visitor.client.get(address)
    assert address in text
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/png", "public, max-age=604800")
