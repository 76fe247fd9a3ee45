"""The Nachnutzungspaket: tagged, complete, the same for everybody, and as private as its entry."""

import io
import subprocess
from datetime import timedelta

import page
import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from knowledgebase.models import EfaCheck, Link, PublicService, Relation
from ogl_portal.lib import pdf
from tests.factories.knowledgebase import make_attachment, make_contact, make_draft, make_published, make_reuse

pytestmark = pytest.mark.django_db


def address(solution) -> str:
    return reverse("knowledgebase:package", args=[solution.slug])


def findings(content: bytes) -> list[str]:
    return [f"{found.rule_id}: {found.message}" for found in page.validate_pdf_bytes(content, profile="ua1").failures]


def words(content: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


@pytest.fixture
def solution():
    """A solution with one of everything."""
    solution = make_published(
        title="Anmeldung", technical_requirements="- Server", legal_requirements="Satzung", interfaces="REST",
        maturity_model="2.0", maturity_level=3, ozg_field="bildung", features="Schnell",
    )  # fmt: skip
    attachment = make_attachment(solution, title="Checkliste")
    solution.steps.update(attachment=attachment, text="Los", role="IT", done_when="fertig")
    solution.services.add(PublicService.objects.create(name="Leistung", leika_key="9" * 14))
    EfaCheck.objects.create(solution=solution, area="design", result="met")
    Link.objects.create(solution=solution, kind="demo", url="https://example.org/probe")
    Relation.objects.create(solution=solution, kind="needs", other=make_published(title="Grundlage"))
    make_reuse(solution, verdict="Lohnt sich.", effort_days=3, cost=1200)
    return solution


def test_package_holds_all_that_one_needs_and_passes_ua1(visitor, solution):
    content = visitor.client.get(address(solution)).content
    assert findings(content) == []
    text = words(content)
    for part in [
        "Nachnutzungspaket", "Anmeldung", "Steckbrief", "2–4 Personentage (gering)", "1. Anfangen", "Wer: IT",
        "Erledigt, wenn fertig", "Erledigt am", "Karla Kontakt", "karla@example.org", "Checkliste", "PDF, 1 KB",
        "in Musterdorf seit 2024 produktiv", "1.200 Euro", "Lohnt sich.", "Grundlage", "9" * 14, "Ausgabe 1",
        "Seite 1 von", "ozg.sachsen-anhalt.de", f"http://testserver{solution.get_absolute_url()}",
    ]:  # fmt: skip
        assert part in text, part
    assert solution.attachments.get().sha256 in text.replace(" ", "")


def test_package_says_its_title_language_and_date(visitor, solution):
    with pikepdf.open(io.BytesIO(visitor.client.get(address(solution)).content)) as document:
        assert document.docinfo["/Title"] == "Nachnutzungspaket: Anmeldung"
        assert document.Root.Lang == "de"
        assert str(document.docinfo["/CreationDate"]).startswith(f"D:{timezone.localtime(solution.changed_at):%Y%m%d}")
        assert "/ModDate" not in document.docinfo


def test_package_is_the_same_for_everybody_and_not_sent_twice(visitor, guest, solution):
    first, second = (actor.client.get(address(solution)) for actor in [visitor, guest])
    assert first.content == second.content
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert second.headers["Cache-Control"] == "private, no-cache"
    again = visitor.client.get(address(solution), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_package_names_nobody_whose_consent_ended(visitor, solution):
    yesterday = timezone.localdate() - timedelta(days=1)
    make_contact(solution, name="Gestern", consented_on=yesterday, valid_until=yesterday)
    assert "Gestern" not in words(visitor.client.get(address(solution)).content)


@pytest.mark.parametrize(
    "text",
    [
        "<script>x</script> <img src='file:///etc/passwd'> 🙂",
        "# Eins\n\n##### Fünf\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n1. x\n\n   y\n\n   - z\n\n> Zitat\n\n---\n\n`code`",
        "[Adresse](https://example.org/) https://example.org/" + "sehrlang" * 60,
    ],
)
def test_package_with_any_markdown_passes_ua1(visitor, text):
    title, description = "Titel 🙂 " + "lang" * 25, text * 3 + " " * 150
    solution = make_published(title=title, description=description, technical_requirements=text)
    solution.steps.update(text=text, title="🙂 " + "x" * 110)
    assert findings(visitor.client.get(address(solution)).content) == []


def test_package_of_a_draft_is_the_leads_only_and_says_so(visitor, member, lead):
    draft = make_draft()
    assert [actor.client.get(address(draft)).status_code for actor in [visitor, member]] == [404, 404]
    content = lead.client.get(address(draft)).content
    assert "nicht veröffentlicht" in words(content)
    assert findings(content) == []


@pytest.mark.logs_errors
def test_package_that_cannot_be_made_leads_back_to_the_page(visitor, solution, monkeypatch):
    def refuse(*args, **kwargs):
        raise pdf.RenderError("Gerade nicht.")

    monkeypatch.setattr(pdf, "render", refuse)
    response = visitor.client.get(address(solution))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert "Gerade nicht." in response.content.decode()
    assert solution.get_absolute_url() in response.content.decode()
