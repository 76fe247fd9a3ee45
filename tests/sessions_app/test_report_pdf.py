"""The report as a document: whole, tagged, and the same as its page."""

import io

import pikepdf
import pytest
from django.conf import settings

from actions import demo as actions_demo
from ogl_portal.directory import demo as directory_demo
from ogl_portal.directory.models import User
from sessions_app import demo
from sessions_app.models import Report, ReportSection
from surveys import demo as surveys_demo
from tests.factories.directory import make_member
from tests.factories.sessions_app import make_annex, make_event, make_report
from tests.pdfs import Structure, conformance_findings, findings

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    directory_demo.load()
    demo.load()
    demo.release(by=User.objects.get(email="leitung@example.org"))
    return Report.objects.released().get()


@pytest.fixture
def complete_report(db):
    """The report of 2021 with what the apps above add to it, released once they have."""
    for app_demo in [directory_demo, demo, surveys_demo, actions_demo]:
        app_demo.load()
    return Report.objects.released().get()


def opened(actor, report) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(actor.client.get(report.get_pdf_url()).content))


def test_report_of_2021_passes_all_checks_for_the_public_and_for_members(report, visitor, member):
    for actor in [visitor, member]:
        assert findings(actor.client.get(report.get_pdf_url()).content) == []


def test_complete_report_of_2021_passes_all_checks_and_ends_with_the_questionnaire(complete_report, visitor, member):
    for actor in [visitor, member]:
        assert findings(actor.client.get(complete_report.get_pdf_url()).content) == []
    with opened(visitor, complete_report) as document, document.open_outline() as outline:
        assert outline.root[9].title.startswith("Anlage 1: Fragebogen")


def test_report_of_2021_has_title_language_and_the_bookmarks_of_its_sections(report, visitor):
    with opened(visitor, report) as document, document.open_outline() as outline:
        titles = [item.title for item in outline.root]
        assert document.Root.Lang == "de"
        assert document.docinfo["/Title"] == report.title
    assert titles[:7] == [f"{number}. {number.label}" for number in ReportSection.Number]
    assert titles[7:9] == ["Anlagen", "Anlage Verteiler AG: Stand 27.05.2021"]


def test_report_carries_its_own_date_and_no_other(report, visitor):
    with opened(visitor, report) as document:
        assert str(document.docinfo["/CreationDate"]).startswith("D:20210527")
        assert "/ModDate" not in document.docinfo


def test_report_is_the_same_for_everybody_who_asks_publicly(report, visitor, guest):
    contents = {actor.client.get(report.get_pdf_url()).content for actor in [visitor, guest, visitor]}
    assert len(contents) == 1


def test_report_for_members_differs_from_the_public_one(report, visitor, member):
    make_member(family_name="Unverkennbar")
    contents = {actor.client.get(report.get_pdf_url()).content for actor in [visitor, member]}
    assert len(contents) == 2


@pytest.mark.parametrize(
    "text",
    [
        "<script>x</script> <img src='file:///etc/passwd'> <link rel=attachment href='file:///etc/passwd'>",
        "# Eins\n\n##### Fünf\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n1. x\n\n   y\n\n   - z\n\n> Zitat\n\n---\n\n`code`",
        "[Adresse](https://example.org/) https://example.org/" + "sehrlang" * 60,
        "- eins\n\n  Absatz\n\n- zwei",
    ],
)
def test_report_with_any_markdown_passes_all_checks(visitor, text):
    report = make_report(next_meeting=make_event())
    report.sections.update(body=text)
    assert conformance_findings(visitor.client.get(report.get_pdf_url()).content) == []


def test_report_with_files_passes_all_checks_and_leads_to_them(lead):
    report = make_report(status=Report.Status.DRAFT, released_at=None)
    annexes = [make_annex(report, title="Folien: Wie packen wir das an?"), make_annex(report, is_public=False)]
    content = lead.client.get(report.get_pdf_url()).content
    assert findings(content) == []
    with pikepdf.open(io.BytesIO(content)) as document:
        links = {str(each.A.URI) for page in document.pages for each in page.get("/Annots", []) if "/A" in each}
    assert links == {settings.SITE_URL + annex.get_absolute_url() for annex in annexes}


def test_draft_says_so_on_every_page(lead):
    report = make_report(status=Report.Status.DRAFT, released_at=None)
    content = lead.client.get(report.get_pdf_url()).content
    structure = Structure(content)
    assert len(structure.marks) >= 2
    assert structure.artifacts("Watermark") == ["Entwurf"] * len(structure.marks)
    assert findings(content) == []
