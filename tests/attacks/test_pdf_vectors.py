"""SSRF and bombs through the PDF (security.md, PDF): what somebody writes, set by each real template of ours.

Every vector of tests/lib/test_pdf_fetcher.py stands in every text of every table, and the addresses of the matrix that
answer with a PDF are set for real. Also of this class: tests/lib/test_pdf_fetcher.py (raw HTML), tests/lib/test_pdf.py
(bombs as raw HTML, limits), tests/knowledgebase/test_package_pdf.py.
"""

import io
from functools import partial

import pikepdf
import pytest
from django.urls import reverse

from ogl_portal.lib import pdf
from ogl_portal.lib.pdf import service
from sessions_app.models import ReportSection
from tests.cast import undone
from tests.lib.test_pdf import text_of
from tests.lib.test_pdf_fetcher import VECTORS, Asked, address, filled

from .poisoned import answers, poison, show_most

__all__ = ["address"]  # the fixture: a server on this machine that would notice a request
IN_MARKDOWN = {
    "md image": "![x]({})",
    "md reference": "![x][bild]\n\n[bild]: {}",
    "md autolink": "<{}>",
    "md link": "[x]({})",
    "md image in a link": "[![x]({})]({})",
    "md image in a table": "| a |\n|---|\n| ![x]({}) |",
}
TEMPLATES = 6
"""Report, paper, needs, blank form, one's own answers, package."""
BOMBS = {
    "lists": "".join(f"{'  ' * depth}- x\n" for depth in range(140)),
    "wide table": f"|{'x|' * 1_500}\n|{'-|' * 1_500}\n" + f"|{'y|' * 1_500}\n" * 2,
    "brackets": "[" * 20_000,
}


@pytest.fixture
def once(monkeypatch) -> set[str]:
    """Each template is set once; which ones were."""
    used, render = set(), pdf.render

    def render_once(name, context, **options):
        if name in used:
            return b"%PDF-1.7"
        used.add(name)
        return render(name, context, **options)

    monkeypatch.setattr(pdf, "render", render_once)
    return used


def test_document_of_ours_asks_for_nothing_that_a_text_names(address, once, lasting_people, lasting_world):
    urls, vectors = [address, "file:///etc"], VECTORS | IN_MARKDOWN
    evil = "\n\n".join(filled({name: vector}, url) for url in urls for name, vector in vectors.items())
    Asked.paths.clear()
    with undone(lasting_people["lead"]):
        show_most(f"Marke\n\n{evil}")
        poison(lambda field: "Marke" if field.max_length else f"Marke\n\n{evil}")
        documents = list(answers(lasting_people, lasting_world, ("application/pdf",)))
    assert Asked.paths == []
    real = [response.content for _, response in documents if len(response.content) > 100]
    assert len(once) == TEMPLATES and len(real) >= TEMPLATES
    for content in real:
        assert_holds_nothing_foreign(content)
        assert "Marke" in text_of(content)


def assert_holds_nothing_foreign(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert "/EmbeddedFiles" not in opened.Root.get("/Names", {})
        assert [name for page in opened.pages for name in page.get_images()] == []


@pytest.mark.logs_errors
@pytest.mark.parametrize("name", BOMBS)
def test_bomb_of_markdown_in_a_report_ends_in_a_page_or_in_words(name, lasting_people, lasting_world, monkeypatch):
    quick = service.Limits(cpu_seconds=3, wall_seconds=15)
    monkeypatch.setattr(pdf, "from_html", partial(pdf.from_html, limits=quick))
    case, lead = lasting_world["report-in-review"], lasting_people["lead"]
    with undone(lead):
        ReportSection.objects.filter(report__slug=case["slug"]).update(body=BOMBS[name][:20_480])
        response = lead.client.get(reverse("sessions_app:report-pdf", kwargs=case))
    assert response.status_code in {200, 503}
    assert response.status_code == 200 or "ließ sich nicht erstellen" in response.content.decode()
