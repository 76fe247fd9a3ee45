"""The record of 2021 as domain.md holds it, and the exemplary events that are still to come."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from ogl_portal.lib.models import OutgoingMail
from sessions_app import demo, demo_registrations
from sessions_app.models import Event, Report, Series, TopicCollection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_data")]
EVENTS_OF_2021 = {
    "ag-sitzung-2021-01-28": "28.01.2021",
    "session-1-gemeinsam-und-organisiert": "20.05.2021, 17.00–18.30 Uhr",
    "workshop-2021-05-27": "27.05.2021, 16.00–18.00 Uhr",
    "session-2-miteinander-kommunizieren": "03.06.2021, 17.00–18.30 Uhr",
    "session-3-chancen-erkennen": "17.06.2021, 17.00–18.30 Uhr",
    "ag-sitzung-2021-11-04": "04.11.2021, 16.00–18.00 Uhr",
}
FACTS = [
    "28.01.2021", "20.05.2021", "03.06.2021", "17.06.2021", "17.00 bis 18.30", "kleine und mittlere Unternehmen",
    "Politik", "Fragebogen", "Anlage 1", "Azubi 4ID", "Herr Ozimek", "Frau Prof. Mrech", "MINT",
    "Hochschule Merseburg", "Wissensdatenbank", "Ausbildungsvertrages", "Kommunalverwaltungen", "OZG", "Schkopau",
    "Frau Reichel", "Design-Thinking",
]  # fmt: skip


def test_events_of_2021_have_their_dates():
    assert {event.slug: event.when for event in Event.objects.filter(is_example=False)} == EVENTS_OF_2021


def test_series_has_its_organisers_and_three_numbered_sessions():
    series = Series.objects.get(slug="digitalisierung-und-die-neue-arbeitswelt")
    assert series.title == "Digitalisierung und die neue Arbeitswelt: Wie packen wir das an?"
    assert [str(organisation) for organisation in series.organisers.all()] == [
        "Regionales Digitalisierungszentrum Merseburg [Saalekreis]",
        "Unternehmerinitiative Familienfreundliches Halle",
    ]
    assert list(series.events.values_list("number", "title")) == [
        (1, "Gemeinsam und organisiert in die Digitalisierung"),
        (2, "Miteinander kommunizieren in der Digitalisierung"),
        (3, "Chancen erkennen in der Digitalisierung"),
    ]


def test_report_holds_every_fact_of_the_record(visitor):
    report = Report.objects.released().get()
    assert report.current_version.number == 1
    text = "\n".join(report.sections.values_list("body", flat=True))
    for fact in FACTS:
        assert fact in text
    assert report.next_meeting.when == "04.11.2021, 16.00–18.00 Uhr"
    assert visitor.client.get(report.get_absolute_url()).status_code == 200


def test_texts_are_our_own_words():
    source = Path(settings.BASE_DIR / "sessions_app" / "demo_texts.py").read_text()
    for phrase in ["aktiv zu begleiten", "Handlungsgerüst", "Rückschlüsse", "festzulegende Themen", "zusammengetragen"]:
        assert phrase not in source


def test_coming_events_are_plainly_examples():
    coming = Event.objects.upcoming()
    assert Counter(event.kind for event in coming) == {"session": 3, "meeting": 1, "workshop": 1}
    for event in coming:
        assert event.is_example
        assert event.title.startswith("Beispiel")
        assert event.join_url.startswith("https://example.org/") or event.status == Event.Status.MOVED


def test_loading_again_keeps_what_people_changed():
    Event.objects.filter(slug="workshop-2021-05-27").update(summary="Von Hand")
    before = list(Event.objects.values_list("slug", "starts_at"))
    demo.load()
    assert list(Event.objects.values_list("slug", "starts_at")) == before
    assert Event.objects.get(slug="workshop-2021-05-27").summary == "Von Hand"


def test_coming_session_is_open_to_all_and_the_meeting_is_not(visitor):
    for event in Event.objects.upcoming().exclude(join_url=""):
        text = visitor.client.get(event.get_absolute_url()).content.decode()
        is_free = event.kind == Event.Kind.SESSION and not event.takes_registrations
        assert (event.join_url in text) == event.is_open_to_all == is_free


def test_coming_session_is_full_with_a_waiting_list_and_reminders_in_the_outbox():
    session = Event.objects.get(slug="beispiel-kleine-schritte-1")
    assert (session.registrations.placed().count(), session.capacity) == (4, 4)
    assert session.registrations.waiting().count() == 2
    reminded = OutgoingMail.objects.filter(subject__endswith=session.title, sent_at=None)
    assert set(reminded.values_list("recipient", flat=True)) == set(
        session.registrations.placed().values_list("email", flat=True)
    )
    addresses = session.registrations.values_list("email", flat=True)
    assert all(address.endswith("@example.org") for address in addresses)


def test_coming_workshop_has_exemplary_topics_with_dots_of_exemplary_members():
    collection = TopicCollection.objects.get()
    assert collection.is_open
    topics = collection.topics.with_dots()
    assert [topic.dot_count for topic in topics] == [9, 8, 6, 2]
    assert all(topic.title.startswith("Beispiel") and topic.proposed_by.person.is_example for topic in topics)
    demo.load()
    assert collection.dots.count() == 25


@pytest.mark.parametrize(
    ("day", "meets_on"),
    [((2026, 11, 28), (2026, 11, 30)), ((2026, 12, 25), (2026, 12, 28)), ((2026, 12, 1), (2026, 12, 1))],
)
def test_demo_event_is_on_a_day_on_which_people_meet(day, meets_on):
    assert demo_registrations.working_day(date(*day)) == date(*meets_on)
