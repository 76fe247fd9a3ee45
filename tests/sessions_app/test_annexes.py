"""Files of a report: on its admin page, on its page and in its PDF, and what a released version keeps of them."""

from hashlib import sha256

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError

from ogl_portal.lib import pdf, search
from sessions_app import workflow
from sessions_app.models import ReportVersion
from tests.factories.sessions_app import make_annex, make_draft_report

from .test_admin import form_data
from .test_releasing import text_of

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 Folien %%EOF"


@pytest.fixture(autouse=True)
def quick_documents(monkeypatch):
    """Documents that differ where their HTML does; real ones are in test_report_pdf."""
    monkeypatch.setattr(pdf, "from_html", lambda html: b"%PDF-1.7\n" + html.encode() + b"\n%%EOF")


@pytest.fixture
def draft():
    return make_draft_report()


def change_url(report) -> str:
    return f"/admin/sessions_app/report/{report.pk}/change/"


def press(actor, report, **changes):
    """Save the admin page of a report with some fields changed."""
    page = actor.client.get(change_url(report))
    return actor.client.post(change_url(report), form_data(page) | changes)


def attach(actor, report, content: bytes = CONTENT, name: str = "Folien.html", **changes):
    row = {"annexes-TOTAL_FORMS": 1, "annexes-0-position": 1, "annexes-0-title": "Folien",
           "annexes-0-file": SimpleUploadedFile(name, content)}  # fmt: skip
    return press(actor, report, **row | changes)


def status(actor, annex) -> int:
    return actor.client.get(annex.get_absolute_url()).status_code


def test_annex_is_stored_with_what_tells_it_from_others_and_sent_to_be_saved(lead, draft):
    assert attach(lead, draft).status_code == 302
    annex = draft.annexes.get()
    assert (annex.name, annex.size, annex.sha256) == ("Folien.html.pdf", len(CONTENT), sha256(CONTENT).hexdigest())
    answer = lead.client.get(annex.get_absolute_url())
    assert answer.content == CONTENT
    assert answer["Content-Disposition"] == f'attachment; filename="{draft.slug}-anlage-1.pdf"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert annex.get_absolute_url() in text_of(lead.client.get(change_url(draft)))


@pytest.mark.parametrize(
    ("content", "reason"), [(b"<script>alert(1)</script>", "die wir annehmen können"), (b"", "leer")]
)
def test_annex_that_is_refused_costs_no_text(lead, draft, content, reason):
    answer = attach(lead, draft, content, **{"annexes-0-title": "Mein Titel", "sections-0-body": "Mühsam getippt."})
    assert answer.status_code == 200
    assert reason in text_of(answer)
    assert "Mühsam getippt." in text_of(answer)
    assert "Mein Titel" in text_of(answer)
    assert not draft.annexes.exists()


def test_annex_of_a_draft_that_is_exchanged_or_removed_leaves_no_file(lead, draft, django_capture_on_commit_callbacks):
    first = make_annex(draft)
    with django_capture_on_commit_callbacks(execute=True):
        press(lead, draft, **{"annexes-0-file": SimpleUploadedFile("neu.pdf", CONTENT)})
    second = draft.annexes.get()
    assert (second.title, second.sha256) == (first.title, sha256(CONTENT).hexdigest())
    assert not first.file.storage.exists(first.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        press(lead, draft, **{"annexes-0-remove": "on"})
    assert not draft.annexes.exists()
    assert not second.file.storage.exists(second.file.name)


def test_report_that_is_deleted_takes_its_files_along(lead, draft, django_capture_on_commit_callbacks):
    annex = make_annex(draft)
    with django_capture_on_commit_callbacks(execute=True):
        lead.client.post(f"/admin/sessions_app/report/{draft.pk}/delete/", {"post": "yes"})
    assert not type(draft).objects.filter(pk=draft.pk).exists()
    assert not annex.file.storage.exists(annex.file.name)


def test_annexes_are_listed_for_whom_they_are(lead, member, visitor, draft):
    public, internal = make_annex(draft, title="Für alle"), make_annex(draft, title="Nur für uns", is_public=False)
    version = workflow.release_report(report=draft, by=lead.user)
    for text in [version.public_html, version.public_document]:
        assert "Für alle" in text and "Nur für uns" not in text and str(internal.uuid) not in text
    assert f'href="{settings.SITE_URL}{public.get_absolute_url()}"' in version.public_document
    assert "Nur für uns" in version.members_html
    assert [status(actor, internal) for actor in [visitor, member, lead]] == [404, 200, 200]
    assert [status(actor, public) for actor in [visitor, member, lead]] == [200, 200, 200]
    assert "Verteiler AG: Stand" in version.public_html.partition("Für alle")[0].partition('id="anlagen"')[2]


def test_annex_is_not_public_before_a_version_names_it(lead, member, visitor, draft):
    annex = make_annex(draft)
    assert [status(actor, annex) for actor in [visitor, member, lead]] == [404, 404, 200]
    workflow.submit_report(report=draft, by=lead.user)
    assert [status(actor, annex) for actor in [visitor, member, lead]] == [404, 200, 200]
    workflow.release_report(report=draft, by=lead.user)
    assert status(visitor, annex) == 200
    workflow.start_correction(report=draft, by=lead.user, reason="Eine Datei fehlt.")
    later = make_annex(draft)
    assert [status(actor, later) for actor in [visitor, member]] == [404, 404]
    assert status(visitor, annex) == 200


def test_annexes_of_a_withdrawn_report_are_for_the_lead(lead, member, visitor, draft):
    annex = make_annex(draft)
    workflow.release_report(report=draft, by=lead.user)
    workflow.withdraw_report(report=draft, by=lead.user)
    assert [status(actor, annex) for actor in [visitor, member, lead]] == [404, 404, 200]


def test_released_version_keeps_its_annex_when_that_is_exchanged_or_removed(
    lead, visitor, draft, django_capture_on_commit_callbacks
):
    first = make_annex(draft, title="Folien")
    workflow.release_report(report=draft, by=lead.user)
    workflow.start_correction(report=draft, by=lead.user, reason="Falsche Folien.")
    before = visitor.client.get(first.get_absolute_url()).content
    with django_capture_on_commit_callbacks(execute=True):
        press(lead, draft, **{"annexes-0-file": SimpleUploadedFile("neu.pdf", CONTENT)})
    second = draft.annexes.current().get()
    assert second.uuid != first.uuid
    assert visitor.client.get(first.get_absolute_url()).content == before
    assert status(visitor, second) == 404
    version = workflow.release_report(report=draft, by=lead.user)
    assert str(second.uuid) in version.public_html and str(first.uuid) not in version.public_html
    assert visitor.client.get(second.get_absolute_url()).content == CONTENT
    assert visitor.client.get(first.get_absolute_url()).content == before
    assert [row.annex for row in draft.versions.get(number=1).named_annexes.all()] == [first]
    workflow.start_correction(report=draft, by=lead.user, reason="Ohne Folien.")
    with django_capture_on_commit_callbacks(execute=True):
        press(lead, draft, **{"annexes-0-remove": "on"})
    assert not draft.annexes.current().exists()
    assert status(visitor, second) == 200
    with pytest.raises(ProtectedError):
        first.delete()


def test_annex_made_public_in_a_correction_is_public_with_the_next_version_only(lead, visitor, draft):
    annex = make_annex(draft, is_public=False)
    workflow.release_report(report=draft, by=lead.user)
    workflow.start_correction(report=draft, by=lead.user, reason="Jetzt für alle.")
    press(lead, draft, **{"annexes-0-is_public": "on"})
    assert status(visitor, annex) == 404
    workflow.release_report(report=draft, by=lead.user)
    assert status(visitor, annex) == 200


def test_annex_that_is_public_no_more_is_withheld_at_once(lead, member, visitor, draft):
    annex = make_annex(draft)
    workflow.release_report(report=draft, by=lead.user)
    workflow.start_correction(report=draft, by=lead.user, reason="Ein Name stand darin.")
    page = form_data(lead.client.get(change_url(draft)))
    del page["annexes-0-is_public"]
    lead.client.post(change_url(draft), page)
    assert [status(actor, annex) for actor in [visitor, member]] == [404, 200]


def test_annexes_of_a_released_report_cannot_be_changed(lead, draft):
    annex = make_annex(draft)
    workflow.release_report(report=draft, by=lead.user)
    assert 'name="annexes-0-file"' not in text_of(lead.client.get(change_url(draft)))
    press(lead, draft, **{"annexes-0-remove": "on", "annexes-0-title": "Anders"})
    annex.refresh_from_db()
    assert annex.removed_at is None and annex.title != "Anders"


def test_annex_whose_file_is_missing_is_not_found(lead, draft):
    annex = make_annex(draft)
    annex.file.storage.delete(annex.file.name)
    assert status(lead, annex) == 404


def test_titles_of_annexes_are_not_found(lead, member, draft):
    make_annex(draft, title="Unverwechselbarkeitsfolien", is_public=False)
    make_annex(draft, title="Unverwechselbarkeitsfolien")
    workflow.release_report(report=draft, by=lead.user)
    search.update(draft)
    assert "Unverwechselbarkeitsfolien" not in ReportVersion.objects.get().public_text
    assert draft.get_absolute_url() not in text_of(member.client.get("/suche/", {"q": "Unverwechselbarkeitsfolien"}))
