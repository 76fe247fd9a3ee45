"""Files of an entry: private, and never at the cost of a text."""

import re
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from surveys import workflow
from surveys.models import Entry, Response, Round, Upload
from tests.factories.surveys import fill, make_complete_response, make_entry, make_response, submit

pytestmark = pytest.mark.django_db


def pdf(name: str = "ablauf.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7\n%%EOF")


@pytest.fixture
def response(member):
    return make_complete_response(member.person)


@pytest.fixture
def entry(response):
    entry = response.entries.get(section_key="B")
    entry.response = response
    return entry


def url_of(response, entry) -> str:
    return f"{response.round.get_absolute_url()}eintrag/{entry.uuid}/"


def send(member, response, entry, **fields):
    entry.refresh_from_db()
    return member.client.post(url_of(response, entry), {"revision": entry.revision, **entry.draft, **fields})


def text_of(answer) -> str:
    return answer.content.decode()


def test_upload_is_stored_under_a_random_name_and_listed(member, response, entry):
    assert send(member, response, entry, **{"B9-files": [pdf(), pdf("zweite.pdf")]}).status_code == 302
    first, second = Upload.objects.all()
    assert re.fullmatch(r"fragebogen/[0-9a-f]{32}", first.file.name) and first.file.name != second.file.name
    for path in [url_of(response, entry), response.round.get_absolute_url() + "pruefen/"]:
        assert "zweite.pdf" in text_of(member.client.get(path))


def test_refused_file_costs_no_text(member, response, entry):
    answer = send(member, response, entry, B1="Neuer Titel", **{"B9-files": SimpleUploadedFile("x.pdf", b"<script>")})
    assert "keine Datei, die wir annehmen können" in text_of(answer) and "<title>Fehler:" in text_of(answer)
    entry.refresh_from_db()
    assert entry.draft["B1"] == "Neuer Titel"
    assert not Upload.objects.exists()


def test_fourth_file_is_refused_kindly(member, response, entry):
    answer = send(member, response, entry, **{"B9-files": [pdf(f"{number}.pdf") for number in range(4)]})
    assert "höchstens 3 Dateien" in text_of(answer)
    assert Upload.objects.count() == 3


def test_remove_button_saves_the_text_and_takes_the_file_away(member, response, entry):
    upload = workflow.add_upload(entry=entry, question_key="B9", file=pdf())
    answer = send(member, response, entry, B1="Mitgespeichert", remove=str(upload.uuid))
    assert answer["Location"] == url_of(response, entry) + "?gespeichert=1"
    entry.refresh_from_db()
    assert entry.draft["B1"] == "Mitgespeichert"
    assert "ablauf.pdf" not in text_of(member.client.get(url_of(response, entry)))


def test_file_sent_with_an_outdated_text_is_taken_all_the_same(member, response, entry):
    answer = member.client.post(url_of(response, entry), {"revision": "1", "B1": "anders", "B9-files": pdf()})
    assert answer.status_code == 409 and "ablauf.pdf" in text_of(answer)
    assert Upload.objects.count() == 1


def test_download_is_an_attachment_in_a_sandbox(member, response, entry):
    upload = workflow.add_upload(entry=entry, question_key="B9", file=pdf())
    answer = member.client.get(f"{response.round.get_absolute_url()}datei/{upload.uuid}/")
    assert answer.content == b"%PDF-1.7\n%%EOF"
    assert answer["Content-Disposition"] == 'attachment; filename="ablauf.pdf"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_download_is_for_the_respondent_and_after_submission_for_the_lead(member, other_member, lead, response, entry):
    upload = workflow.add_upload(entry=entry, question_key="B9", file=pdf())
    url = f"{response.round.get_absolute_url()}datei/{upload.uuid}/"
    make_response(other_member.person)
    assert [person.client.get(url).status_code for person in (member, other_member, lead)] == [200, 404, 404]
    submit(response)
    assert [person.client.get(url).status_code for person in (member, other_member, lead)] == [200, 404, 200]


def test_file_that_was_never_submitted_stays_hidden_from_the_lead_when_one_entry_is_submitted_again(
    lead, response, entry
):
    """The submission of the entry that was opened again is later than the file beside it."""
    submit(response)
    other = make_entry(response)
    submit(response)
    entry.response = Response.objects.get(pk=response.pk)
    upload = workflow.add_upload(entry=entry, question_key="B9", file=pdf())
    Round.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    other = Entry.objects.select_related("response__round__version").get(pk=other.pk)
    workflow.reopen_entry(entry=other, until=timezone.now() + timedelta(days=1), by=lead.user)
    submit(response)
    url = f"{response.round.get_absolute_url()}datei/{upload.uuid}/"
    assert lead.client.get(url).status_code == 404


def test_file_that_was_removed_after_submitting_is_there_for_the_lead_until_the_next_submission(lead, response, entry):
    upload = workflow.add_upload(entry=entry, question_key="B9", file=pdf())
    submit(response)
    workflow.remove_upload(entry=Entry.objects.get(pk=entry.pk), uuid=upload.uuid)
    assert lead.client.get(f"{response.round.get_absolute_url()}datei/{upload.uuid}/").status_code == 200


def test_file_of_another_entry_is_not_removed(member, other_member, response, entry):
    upload = workflow.add_upload(entry=entry, question_key="B9", file=pdf())
    theirs = make_complete_response(other_member.person)
    send(other_member, theirs, theirs.entries.get(section_key="B"), remove=str(upload.uuid))
    assert Upload.objects.present().count() == 1


def test_submission_names_its_files_and_removed_ones_go_with_the_next(
    member, response, entry, django_capture_on_commit_callbacks
):
    upload = workflow.add_upload(entry=entry, question_key="B9", file=pdf())
    document = submit(response).document
    assert [file["sha256"] for each in document["entries"] for file in each["files"]] == [upload.sha256]
    workflow.remove_upload(entry=entry, uuid=upload.uuid)
    assert default_storage.exists(upload.file.name)
    fill(response, "F", {"F1": ["talk"]})
    with django_capture_on_commit_callbacks(execute=True):
        submit(response)
    assert not Upload.objects.exists() and not default_storage.exists(upload.file.name)


def test_files_are_stored_sent_and_deleted_on_a_storage_that_is_no_folder(
    member, response, entry, settings, django_capture_on_commit_callbacks
):
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    assert send(member, response, entry, **{"B9-files": pdf()}).status_code == 302
    upload = Upload.objects.get()
    url = f"{response.round.get_absolute_url()}datei/{upload.uuid}/"
    assert member.client.get(url).content == b"%PDF-1.7\n%%EOF"
    with django_capture_on_commit_callbacks(execute=True):
        workflow.delete_response(response=response)
    assert not default_storage.exists(upload.file.name)


def test_download_of_a_file_that_the_storage_lost_is_not_found(member, response, entry):
    upload = workflow.add_upload(entry=entry, question_key="B9", file=pdf())
    default_storage.delete(upload.file.name)
    assert member.client.get(f"{response.round.get_absolute_url()}datei/{upload.uuid}/").status_code == 404
