"""The recommendations paper of a series: whole, tagged, and the same for everybody."""

import io
from datetime import date, timedelta

import pikepdf
import pytest
from django.utils import timezone

from ogl_portal.directory import demo as directory_demo
from ogl_portal.lib import pdf
from sessions_app import demo
from sessions_app.models import Recommendation, Series
from sessions_app.paper import Paper
from tests.factories.recommendations import make_recommendation, make_session
from tests.factories.sessions_app import make_series
from tests.pdfs import conformance_findings, findings

pytestmark = pytest.mark.django_db
Status, Addressee = Recommendation.Status, Recommendation.Addressee


def test_paper_has_both_parts_in_their_order_and_no_draft():
    session = make_session()
    for title, addressee, position in [
        ("Zweite", "companies", 2),
        ("Dritte", "politics", 1),
        ("Erste", "companies", 1),
    ]:
        make_recommendation(event=session, title=title, addressee=addressee, position=position)
    make_recommendation(event=session, status=Status.DRAFT)
    paper = Paper.of(session.series)
    assert [[each.title for each in part.recommendations] for part in paper.parts] == [["Erste", "Zweite"], ["Dritte"]]
    assert paper.sessions == [session]


def test_paper_is_as_of_its_last_change_and_final_after_the_last_session():
    session = make_session()
    make_recommendation(event=session)
    make_recommendation(event=session, status=Status.ANSWERED)
    paper = Paper.of(session.series)
    assert (paper.as_of, paper.is_final) == (date(2026, 4, 2), True)
    make_session(series=session.series, starts_at=timezone.now() + timedelta(days=3))
    assert not Paper.of(session.series).is_final


def test_paper_of_a_series_without_agreed_recommendations_is_not_found(visitor, lead):
    series = make_recommendation(status=Status.DRAFT).series
    make_recommendation()  # of another series
    for path in [series.get_paper_url(), series.get_paper_pdf_url(), make_series().get_paper_url()]:
        assert [actor.client.get(path).status_code for actor in [visitor, lead]] == [404, 404]


def test_page_holds_introduction_recommendations_and_sources(visitor):
    series = make_series(paper_introduction="Wie es **dazu kam**.")
    session = make_session(series=series, title="Der Auftakt")
    make_recommendation(event=session, title="Klein beginnen")
    text = visitor.client.get(series.get_paper_url()).content.decode()
    for expected in ["<strong>dazu kam</strong>", "1. ", "Klein beginnen", "Der Auftakt", session.when, "Quellen"]:
        assert expected in text
    assert "Zwischenstand" not in text


def test_paper_of_2021_passes_all_checks_and_says_that_it_is_an_example(visitor):
    directory_demo.load()
    demo.load()
    series = Series.objects.get(slug="digitalisierung-und-die-neue-arbeitswelt")
    content = visitor.client.get(series.get_paper_pdf_url()).content
    assert findings(content) == []
    with pikepdf.open(io.BytesIO(content)) as document, document.open_outline() as outline:
        assert document.docinfo["/Title"] == f"Empfehlungen: {series.title}"
        assert document.Root.Lang == "de"
        assert str(document.docinfo["/CreationDate"]).startswith("D:20210916")
        assert [item.title for item in outline.root] == [
            "Einleitung",
            "Empfehlungen an kleine und mittlere Unternehmen",
            "Empfehlungen an die Politik: Rahmenbedingungen",
            "Quellen: die Sessions",
        ]
        assert len(document.pages) == 3
    assert all(each.title.startswith("Beispiel") and each.is_example for each in series.recommendations.all())
    assert set(series.recommendations.values_list("status", flat=True)) == {"agreed", "handed-over", "answered"}


def test_paper_with_any_markdown_passes_the_checks(visitor):
    text = (
        "# Eins\n\n##### Fünf 🙂\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n1. x\n\n   y\n\n> Zitat\n\n"
        "<script>x</script> https://example.org/" + "sehrlang" * 60
    )
    series = make_series(paper_introduction=text, title="Serie 🙂 " + "lang" * 30)
    recommendation = make_recommendation(series=series, status=Status.ANSWERED, text=text, reasoning=text, answer=text)
    assert conformance_findings(visitor.client.get(recommendation.series.get_paper_pdf_url()).content) == []


def test_pdf_is_the_same_for_everybody_and_not_sent_twice(visitor, guest, monkeypatch):
    monkeypatch.setattr(pdf, "from_html", lambda html: html.encode())
    path = make_recommendation().series.get_paper_pdf_url()
    first, second = (actor.client.get(path) for actor in [visitor, guest])
    assert first.content == second.content
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert second.headers["Cache-Control"] == "private, no-cache"
    assert visitor.client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.logs_errors
def test_pdf_that_cannot_be_made_leads_back_to_the_page(visitor, monkeypatch):
    def refuse(*args, **kwargs):
        raise pdf.RenderError("Gerade nicht.")

    monkeypatch.setattr(pdf, "render", refuse)
    series = make_recommendation().series
    response = visitor.client.get(series.get_paper_pdf_url())
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert "Gerade nicht." in response.content.decode()
    assert series.get_paper_url() in response.content.decode()
