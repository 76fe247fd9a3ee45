"""What changed from one submission to the next."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from surveys import workflow
from surveys.differences import differences
from surveys.models import Response
from tests.factories.surveys import fill, make_complete_response, make_entry, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def response(member):
    return make_complete_response(member.person)


def again(response) -> Response:
    return Response.objects.select_related("round__version", "respondent").get(pk=response.pk)


def change(response, title: str, **draft) -> None:
    entry = again(response).entries.get(draft__B1=title)
    workflow.save_entry(entry=entry, draft=entry.draft | draft, revision=entry.revision)


def between(response) -> list:
    after, before = response.submissions.all()[:2]
    return differences(before, after)


def test_changed_answer_is_shown_before_and_after(response):
    submit(response)
    change(response, "Bauantrag digital begleiten", B2="Ganz anders")
    submit(response)
    [found] = between(response)
    assert found.name == "Beispiel 1: Bauantrag digital begleiten" and found.kind == "geändert"
    [(_, before, after)] = found.lines
    assert (before.texts, after.texts) == (
        ["Früher auf Papier, jetzt am Bildschirm."],
        ["Ganz anders"],
    )


def test_added_and_removed_entries_are_named(response):
    gone = make_entry(response, draft={"B1": "Geht", "B2": "Text"})
    submit(response)
    gone.response = again(response)
    workflow.remove_entry(entry=gone)
    make_entry(again(response), section_key="C", draft={"C1": "Kommt"})
    submit(response)
    assert [(found.name, found.kind) for found in between(response)] == [
        ("Erfahrung 1: Kommt", "neu"),
        ("Beispiel 2: Geht", "entfernt"),
    ]


def test_added_file_is_a_difference(response):
    submit(response)
    entry = again(response).entries.get(section_key="B")
    file = SimpleUploadedFile("bogen.pdf", b"%PDF-1.7 %%EOF")
    workflow.add_upload(entry=entry, question_key="B9", file=file)
    submit(response)
    [(label, before, after)] = between(response)[0].lines
    assert label.startswith("B9") and before.is_empty and after.uploads[0].name == "bogen.pdf"


def test_nothing_changed_is_no_difference(response):
    submit(response)
    submit(response)
    assert between(response) == []


def test_changed_single_section_is_named_by_its_heading(response):
    submit(response)
    fill(again(response), "G", {"G2": "yes"})
    submit(response)
    [found] = between(response)
    assert found.name.startswith("G ") and found.lines[0][0].startswith("G2")


def test_lead_reads_what_changed(lead, response):
    submit(response)
    change(response, "Bauantrag digital begleiten", B2="<i>Ganz anders</i>")
    submit(response)
    text = lead.client.get(reverse("admin:surveys_response_change", args=[response.pk])).content.decode()
    assert "2. Absendung" in text and "Beispiel 1: Bauantrag digital begleiten: geändert" in text
    assert "&lt;i&gt;Ganz anders&lt;/i&gt;" in text and "Früher auf Papier" in text
