"""Series, events and reports."""

from datetime import timedelta

from django.utils import timezone

from ogl_portal.lib.files import put_file
from ogl_portal.lib.uploads import PDF, CheckedFile
from sessions_app import workflow
from sessions_app.models import Event, EventMaterial, Report, ReportAnnex, ReportSection, Series

from . import numbers
from .directory import make_user


def make_series(**overrides) -> Series:
    number = next(numbers)
    return Series.objects.create(**{"title": f"Serie {number}", "slug": f"serie-{number}"} | overrides)


def make_event(**overrides) -> Event:
    """Make a published meeting of two hours, in a week unless ``starts_at`` says otherwise."""
    number = next(numbers)
    starts_at = overrides.get("starts_at") or timezone.now() + timedelta(days=7)
    fields = {
        "kind": Event.Kind.MEETING,
        "title": f"Termin {number}",
        "slug": f"termin-{number}",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "is_published": True,
    }
    return Event.objects.create(**fields | overrides)


def make_material(**overrides) -> EventMaterial:
    """Make a public file of an event that is published."""
    fields = {"title": f"Unterlage {next(numbers)}", "is_public": True}
    material = EventMaterial(**fields | {"event": overrides.get("event") or make_event()} | overrides)
    put_file(material, CheckedFile("unterlage.pdf", PDF, b"%PDF-1.7 Unterlage %%EOF"))
    material.save()
    return material


def make_report(**overrides) -> Report:
    """Make a released report of a past event, with its seven sections."""
    number = next(numbers)
    if "event" not in overrides:
        overrides["event"] = make_event(starts_at=timezone.now() - timedelta(days=30))
    event = overrides["event"]
    fields = {
        "title": f"Report {number}",
        "slug": f"report-{number}",
        "status": Report.Status.RELEASED,
        "released_at": timezone.now(),
        "distribution_date": timezone.localdate(event.starts_at),
    }
    report = Report.objects.create(**fields | overrides)
    sections = [ReportSection(report=report, number=n, body=f"Text von Abschnitt {n}.") for n in ReportSection.Number]
    ReportSection.objects.bulk_create(sections)
    return report


def make_draft_report(**overrides) -> Report:
    """Make the complete draft of a past event, with a next meeting."""
    fields = {"status": Report.Status.DRAFT, "released_at": None, "next_meeting": make_event()}
    return make_report(**fields | overrides)


def make_released_report(**overrides) -> Report:
    """Make a report and release it as its version 1."""
    report = make_draft_report(**overrides)
    workflow.release_report(report=report, by=make_user(is_staff=True, is_superuser=True))
    return report


def make_annex(report: Report, **overrides) -> ReportAnnex:
    """Make a public annex with a file of its own."""
    number = next(numbers)
    annex = ReportAnnex(report=report, **{"title": f"Anlage {number}", "is_public": True} | overrides)
    put_file(annex, CheckedFile("vortrag.pdf", "application/pdf", f"%PDF-1.7 Vortrag {number} %%EOF".encode()))
    annex.save()
    return annex
