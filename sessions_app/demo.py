"""The sessions, meetings and the report of 2021, and exemplary events that are still to come.

Facts come from the report of 27.05.2021; the words are ours. What the report does not say (the clock time of the
first meeting, places, results) stays empty. What is there already is left as it is.
"""

from datetime import date, datetime, time, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from ogl_portal.directory.models import Organisation, Person
from ogl_portal.lib import pdf, uploads
from ogl_portal.lib.files import put_file

from . import demo_recommendations, demo_registrations, demo_topics, workflow
from .demo_texts import BOARD, COMING, HANDOUT, MEETINGS, REPORT_SECTIONS, SERIES, SESSIONS, WORKSHOP
from .models import AgendaItem, Event, EventMaterial, EventSpeaker, Report, ReportAnnex, ReportSection, Series

ORGANISERS = ["regionales-digitalisierungszentrum-merseburg", "unternehmerinitiative-familienfreundliches-halle"]
WORKSHOP_DAY = date(2021, 5, 27)
REPORT = "workshop-2021-05-27"


def load() -> None:
    """Load what is missing; safe to run again."""
    load_series()
    for slug, fields in MEETINGS.items():
        load_event(slug, kind=Event.Kind.MEETING, is_online=False, **fields)
    load_event("workshop-2021-05-27", kind=Event.Kind.WORKSHOP, **WORKSHOP)
    for slug, fields in COMING.items():
        load_coming(slug, **fields)
    load_report()
    demo_registrations.load()
    demo_recommendations.load()
    demo_topics.load()


def load_series() -> None:
    series, created = Series.objects.get_or_create(slug="digitalisierung-und-die-neue-arbeitswelt", defaults=SERIES)
    if created:
        series.organisers.set(Organisation.objects.filter(slug__in=ORGANISERS))
    for number, (slug, fields) in enumerate(SESSIONS.items(), start=1):
        load_event(slug, kind=Event.Kind.SESSION, series=series, number=number, **fields)


def load_event(slug: str, *, day: date, hours: tuple[time, time] | None, agenda=(), **fields) -> Event:
    """Load one published event; ``hours`` is None where only the day is known, which then counts as a whole."""
    starts_at, ends_at = (at(day, hour) for hour in hours) if hours else (at(day), at(day + timedelta(days=1)))
    when = {"starts_at": starts_at, "ends_at": ends_at, "time_is_known": bool(hours)}
    known = {"is_published": True, "changed_at": min(starts_at, timezone.now())}
    event, created = Event.objects.get_or_create(slug=slug, defaults={**when, **known, **fields})
    if created:
        for position, (title, description) in enumerate(agenda, start=1):
            AgendaItem.objects.create(event=event, position=position, title=title, description=description)
    return event


def load_coming(slug: str, *, in_days: int, moved_by: int = 0, speakers=(), materials=(), **fields) -> None:
    """Load an exemplary event, some days from the first loading, with its people and files."""
    day = demo_registrations.working_day(timezone.localdate() + timedelta(days=in_days))
    if moved_by:
        fields |= {"moved_from": at(day - timedelta(days=moved_by), fields["hours"][0]), "sequence": 1}
    event = load_event(slug, day=day, is_example=True, **fields)
    if not event.speakers.exists() and not event.materials.exists():
        add_speakers(event, speakers)
        add_materials(event, materials)


def add_speakers(event: Event, speakers) -> None:
    """Exemplary members by their given name, who did not consent to be named, and organisations by their address."""
    for position, (name, role) in enumerate(speakers, start=1):
        person = Person.objects.filter(given_name=name, is_example=True).first()
        organisation = None if person else Organisation.objects.get(slug=name)
        EventSpeaker.objects.create(event=event, position=position, person=person, organisation=organisation, role=role)


def add_materials(event: Event, materials) -> None:
    """Handouts, public or not."""
    for title, is_public in materials:
        content = pdf.render("sessions_app/demo_handout.html", {"title": title, "points": HANDOUT})
        row = EventMaterial(event=event, title=title, is_public=is_public)
        put_file(row, uploads.CheckedFile("beispiel.pdf", uploads.PDF, content))
        row.save()


def load_report() -> None:
    defaults = {
        "event": Event.objects.get(slug="workshop-2021-05-27"),
        "title": "Report vom Workshop „Digitalisierung in der Arbeitswelt/Arbeitswelt im Wandel“ am 27.05.2021",
        "distribution_date": WORKSHOP_DAY,
        "next_meeting": Event.objects.get(slug="ag-sitzung-2021-11-04"),
    }
    report, created = Report.objects.get_or_create(slug=REPORT, defaults=defaults)
    if created:
        sections = [ReportSection(report=report, number=number, body=body) for number, body in REPORT_SECTIONS.items()]
        ReportSection.objects.bulk_create(sections)


def release(by) -> None:
    """Release the report of 2021, once everything is there that it shows; and begin that of the next AG-Sitzung.

    The moment of its release is not handed down: it counts as of the day of the workshop.
    """
    report = Report.objects.get(slug=REPORT)
    if not report.versions.exists():
        workflow.release_report(report=report, by=by, at=at(WORKSHOP_DAY, time(18)))
    meeting = Event.objects.get(slug="ag-sitzung-2021-11-04")
    if not Report.objects.filter(event=meeting).exists():
        load_annex(workflow.start_report(event=meeting, by=by))


def load_annex(report: Report) -> None:
    """A file beside the draft; that it is an example stands in its title and on it."""
    annex = ReportAnnex(report=report, title="Beispiel: Tafelbild zur Wissensdatenbank", is_public=True)
    put_file(annex, uploads.check(SimpleUploadedFile("tafelbild.png", board())))
    annex.save()


def board() -> bytes:
    """The picture of a board with three cards on it."""
    picture = Image.new("RGB", (900, 420), "#ffffff")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(30)
    pen.text((40, 30), "Beispiel: Was gehört in die Wissensdatenbank?", fill="#131525", font=font)
    for number, word in enumerate(BOARD):
        left = 40 + 285 * number
        pen.rectangle((left, 110, left + 255, 370), fill="#e6ecfa", outline="#2044aa", width=4)
        pen.multiline_text((left + 24, 140), word, fill="#131525", font=font, spacing=12)
    stream = BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def at(day: date, hour: time = time(0)) -> datetime:
    """Return a moment of the day in Berlin."""
    return timezone.make_aware(datetime.combine(day, hour))
