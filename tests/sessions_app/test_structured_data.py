"""Events for search engines and other sites: schema.org and Open Graph (interop.md)."""

import json
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from lxml import html

from sessions_app.models import Event, EventSpeaker
from tests.factories.directory import make_organisation, make_person
from tests.factories.sessions_app import make_event, make_series

pytestmark = pytest.mark.django_db
REQUIRED = ["name", "startDate", "endDate", "location", "eventAttendanceMode", "eventStatus", "organizer", "inLanguage",
            "isAccessibleForFree"]  # fmt: skip
SCHEMA = "https://schema.org/"
Status = Event.Status


def page_of(actor, thing) -> html.HtmlElement:
    return html.fromstring(actor.client.get(thing.get_absolute_url()).content)


def facts_of(actor, thing) -> dict:
    (text,) = page_of(actor, thing).xpath("//script[@type='application/ld+json']/text()")
    return json.loads(text)


def test_event_has_everything_that_is_asked_of_one(visitor):
    start = timezone.make_aware(datetime(2030, 7, 1, 17))
    series = make_series(title="Reihe")
    series.organisers.add(make_organisation(name="Netzwerk", website="https://netzwerk.example.org"))
    event = make_event(slug="t", starts_at=start, series=series, title="</script><b>", place="Ständehaus")
    facts = facts_of(visitor, event)
    assert [name for name in REQUIRED if name not in facts] == []
    assert (facts["@type"], facts["name"]) == ("Event", "</script><b>")
    assert (facts["startDate"], facts["endDate"]) == ("2030-07-01T17:00:00+02:00", "2030-07-01T19:00:00+02:00")
    assert facts["superEvent"]["@type"] == "EventSeries" and facts["superEvent"]["name"] == "Reihe"
    assert facts["organizer"] == [{"@type": "Organization", "name": "Netzwerk", "url": "https://netzwerk.example.org"}]
    assert [place["@type"] for place in facts["location"]] == ["Place", "VirtualLocation"]
    assert facts["location"][1]["url"] == "http://testserver/termine/t/"
    assert facts["inLanguage"] == "de" and facts["isAccessibleForFree"] is True


@pytest.mark.parametrize(
    ("place", "is_online", "mode", "kind"),
    [("", True, "Online", "VirtualLocation"), ("Rathaus", False, "Offline", "Place"), ("", False, "Offline", "Place")],
)
def test_event_says_how_people_attend(visitor, place, is_online, mode, kind):
    facts = facts_of(visitor, make_event(place=place, is_online=is_online))
    assert facts["eventAttendanceMode"] == f"{SCHEMA}{mode}EventAttendanceMode"
    assert facts["location"]["@type"] == kind
    assert kind == "VirtualLocation" or facts["location"]["name"] == place or "Ort" in facts["location"]["name"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"status": Status.PLANNED}, "EventScheduled"),
        ({"status": Status.CANCELLED}, "EventCancelled"),
        ({"status": Status.MOVED}, "EventPostponed"),
        ({"status": Status.MOVED, "moved_from": timezone.make_aware(datetime(2030, 1, 1, 17))}, "EventRescheduled"),
    ],
)
def test_event_says_whether_it_takes_place(visitor, fields, expected):
    facts = facts_of(visitor, make_event(**fields))
    assert facts["eventStatus"] == SCHEMA + expected
    assert facts.get("previousStartDate", "2030-01-01T17:00:00+01:00") == "2030-01-01T17:00:00+01:00"
    assert ("previousStartDate" in facts) == (expected == "EventRescheduled")


def test_day_without_a_known_hour_is_a_date(visitor):
    day = timezone.make_aware(datetime(2030, 1, 28))
    event = make_event(starts_at=day, ends_at=day + timedelta(days=1), time_is_known=False)
    assert facts_of(visitor, event)["startDate"] == "2030-01-28"


def test_speaker_without_consent_is_named_to_nobody_outside(visitor, member):
    event = make_event()
    house = make_organisation(name="Kammer")
    hidden = make_person(given_name="Ina", family_name="Geheim", organisation=house)
    named = make_person(given_name="Olaf", family_name="Offen", name_is_public=True, name_public_basis="Mail")
    for person in [hidden, named]:
        EventSpeaker.objects.create(event=event, person=person, role="Vortrag")
    EventSpeaker.objects.create(event=event, person=make_person(family_name="Allein", organisation=None))
    facts = facts_of(visitor, event)
    names = [performer["name"] for performer in facts["performer"]]
    assert "Kammer" in names and any("Offen" in name for name in names) and "ohne Namensnennung" in names
    text = visitor.client.get(event.get_absolute_url()).content.decode()
    assert "Geheim" not in text and "Allein" not in text and "Kammer (Vortrag)" in text
    assert "Ina Geheim, Kammer (Vortrag)" in member.client.get(event.get_absolute_url()).content.decode()


def test_members_reading_do_not_change_what_search_engines_get(visitor, member):
    event = make_event()
    person = make_person(family_name="Geheim", organisation=make_organisation())
    EventSpeaker.objects.create(event=event, person=person)
    assert facts_of(member, event) == facts_of(visitor, event)


def test_series_names_its_published_events(visitor):
    series = make_series(title="Reihe", summary="Drei Abende")
    make_event(series=series, title="Eins"), make_event(series=series, title="Entwurf", is_published=False)
    facts = facts_of(visitor, series)
    assert (facts["@type"], facts["name"]) == ("EventSeries", "Reihe")
    assert [part["name"] for part in facts["subEvent"]] == ["Eins"]


def test_page_of_an_event_tells_other_sites_what_to_show(visitor):
    event = make_event(slug="t", title="Abend", summary="Worum es geht", place="Rathaus")
    page = page_of(visitor, event)
    properties = {tag.get("property"): tag.get("content") for tag in page.xpath("//meta[@property]")}
    assert properties["og:title"] == "Abend"
    assert properties["og:url"] == "http://testserver/termine/t/"
    assert properties["og:locale"] == "de_DE" and properties["og:type"]
    assert properties["og:image"] == "http://testserver/termine/t/bild.png"
    assert "Abend" in properties["og:image:alt"] and event.when in properties["og:image:alt"]
    for part in [event.when, "Rathaus", "Worum es geht"]:
        assert part in properties["og:description"]


def test_draft_tells_other_sites_nothing(lead):
    page = page_of(lead, make_event(is_published=False))
    assert page.xpath("//meta[starts-with(@property, 'og:')]") == []
    assert page.xpath("//script[@type='application/ld+json']") == []
