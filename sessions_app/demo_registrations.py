"""An exemplary series that is still to come: a full session with a waiting list, and one with free places.

All addresses are examples. Mails to those who registered lie in the outbox; nothing leaves before ``manage.py remind``.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from ogl_portal.directory.models import Organisation, User

from . import workflow
from .models import Event, Registration, RegistrationMail, Series, Subscription

SERIES = {
    "title": "Beispiel-Serie: Kleine Schritte ins Digitale",
    "summary": "Eine erfundene Serie. Sie zeigt Anmeldung, Warteliste und Erinnerungen.",
    "description": "**Beispiel.** Diese Abende gibt es nicht, sie gehören zu den Daten zum Ausprobieren.",
    "aim": "Am Ende stünden hier Empfehlungen, die aus den Abenden hervorgehen.",
}
ORGANISERS, SPEAKER = ["beispiel-kammer", "beispiel-hochschule"], "beispiel-software"
CAPACITY = 4
NAMES = [
    ("Anna Beispiel", "Beispiel-Bäckerei"), ("Bernd Beispiel", ""), ("Cem Beispiel", "Beispiel-Handwerk"),
    ("Dana Beispiel", "Gemeinde Beispieldorf"), ("Emil Beispiel", ""), ("Fatma Beispiel", "Beispiel-Verein"),
]  # fmt: skip
"""In the order of their confirmations: the first four have a place, the others wait."""

PROPOSAL = {
    "title": "Datenschutz bei gemeinsamen Werkzeugen",
    "description": "Wir nutzen in mehreren Betrieben dasselbe Werkzeug. Wer hat die Verträge schon geprüft?",
}


def load() -> None:
    """Load what is missing; safe to run again."""
    series, is_new = Series.objects.get_or_create(slug="beispiel-serie-kleine-schritte", defaults=SERIES)
    if is_new:
        fill(load_session(series, 1, "Beispiel: Ordnung in den Dateien", in_days=3, capacity=CAPACITY))
        second = load_session(series, 2, "Beispiel: Rechnungen ohne Papier", in_days=34, capacity=30)
        series.organisers.set(Organisation.objects.filter(slug__in=ORGANISERS))
        second.speakers.create(organisation=Organisation.objects.get(slug=SPEAKER), role="Vortrag")
        Subscription.objects.create(series=series, email="abo@example.org", confirmed_at=timezone.now())
    propose()


def load_session(series: Series, number: int, title: str, *, in_days: int, capacity: int) -> Event:
    """Load a session of an evening, some days from the first loading, with registration."""
    day = working_day(timezone.localdate() + timedelta(days=in_days))
    starts_at, ends_at = (timezone.make_aware(datetime.combine(day, hour)) for hour in [time(17), time(18, 30)])
    return Event.objects.create(
        kind=Event.Kind.SESSION, series=series, number=number, slug=f"beispiel-kleine-schritte-{number}", title=title,
        summary="Ein erfundener Abend mit Anmeldung.", starts_at=starts_at, ends_at=ends_at, capacity=capacity,
        takes_registrations=True, join_url=f"https://example.org/beispiel-kleine-schritte-{number}",
        is_published=True, is_example=True, description=SERIES["description"],
    )  # fmt: skip


HOLIDAYS = {(12, 24), (12, 25), (12, 26), (12, 31), (1, 1)}


def working_day(day: date) -> date:
    """The day, or the next one on which people meet: no weekend, not at Christmas and not at the turn of the year."""
    while day.weekday() > 4 or (day.month, day.day) in HOLIDAYS:
        day += timedelta(days=1)
    return day


def fill(event: Event) -> None:
    """Register as many as have a place, and two who wait; a reminder of the week before is due for the former."""
    confirmed = timezone.now() - timedelta(days=10)
    for place, (name, organisation) in enumerate(NAMES):
        registration = Registration.objects.create(
            event=event, name=name, organisation=organisation, confirmed_at=confirmed + timedelta(minutes=place),
            email=f"{name.split()[0].lower()}@example.org",
            status=Registration.Status.PLACED if place < CAPACITY else Registration.Status.WAITING,
        )  # fmt: skip
        registration.mails.create(stage=RegistrationMail.Stage.ANSWERED, starts_at=event.starts_at)
    for _ in workflow.send_registration_mails(now=timezone.now()):
        pass


def propose() -> None:
    """A member's wish for the agenda of the coming AG-Sitzung; it waits on the lead's desk."""
    event = Event.objects.filter(slug="beispiel-ag-sitzung", agenda_proposals=None).upcoming().first()
    member = User.objects.filter(email="mitglied1@example.org").first()
    if event and member:
        workflow.propose_item(event=event, by=member, **PROPOSAL)
