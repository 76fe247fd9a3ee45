"""Taking answers along, withdrawing consents, deleting the response, and what goes by itself."""

import re
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ogl_portal.lib import dates, pdf
from ogl_portal.lib.models import OutgoingMail
from surveys import workflow
from surveys.decisions import Decision
from surveys.models import Answer, Consent, Entry, KeptDraft, PersonalLink, Response, Submission, Upload
from surveys.workflow.links import create_link
from tests.factories.directory import make_person
from tests.factories.surveys import fill, make_complete_response, make_entry, make_response, make_round, submit
from tests.pdfs import findings

pytestmark = pytest.mark.django_db
AGREED = {"G1": "named", "G2": "yes", "G3": "yes"}


@pytest.fixture
def response(member):
    response = make_complete_response(member.person)
    fill(response, "G", AGREED)
    return response


@pytest.fixture
def upload(response):
    entry = response.entries.get(section_key="B")
    entry.response = response
    file = SimpleUploadedFile("ablauf.pdf", b"%PDF-1.7\n%%EOF")
    return workflow.add_upload(entry=entry, question_key="B9", file=file)


def text_of(answer) -> str:
    return answer.content.decode()


def url(name: str, response, *args) -> str:
    return reverse(f"surveys:{name}", args=[response.round.slug, *args])


def close(response) -> None:
    type(response.round).objects.filter(pk=response.round.pk).update(closes_at=timezone.now())


def current(response, key: str) -> Consent:
    return response.consents.current().get(question_key=key, entry=None)


def withdraw(member, response, key: str):
    return member.client.post(url("consent-withdraw", response, current(response, key).pk), follow=True)


# One's own answers as PDF


def test_own_answers_pass_all_checks_as_draft_and_submitted(member, response, upload):
    make_entry(response, "C", {"C1": "Ümläute 🙂", "C3": "Zeile\n\nZeile <b>fett</b>" + "x" * 300})
    for step in range(2):
        answer = member.client.get(url("my-answers-pdf", response))
        assert answer["Content-Type"] == "application/pdf" and answer["Cache-Control"] == "private, no-store"
        assert findings(answer.content) == []
        if step == 0:
            submit(response)


@pytest.fixture
def html_of_pdf(monkeypatch):
    """The HTML that PDFs are made from, instead of the PDFs."""
    monkeypatch.setattr(pdf, "from_html", lambda html: html.encode())


def test_own_answers_say_how_they_stand(member, response, upload, html_of_pdf):
    address = url("my-answers-pdf", response)
    text = text_of(member.client.get(address))
    assert "Entwurf, noch nicht abgesendet" in text and "Bauantrag digital begleiten" in text and "ablauf.pdf" in text
    submission = submit(response)
    assert submission.sha256 in text_of(member.client.get(address))
    fill(response, "F", {"F1": ["talk"], "F1-text": "Später"})
    text = text_of(member.client.get(address))
    assert "bei der OGL-Leitung liegt der Stand vom" in text and "Später" in text
    close(response)
    text = text_of(member.client.get(address))
    assert "Später" not in text and "abgesendet am" in text and submission.sha256 in text


def test_own_answers_are_kept_in_no_cache(member, response, html_of_pdf):
    member.client.get(url("my-answers-pdf", response))
    assert not [key for key in getattr(cache, "_cache", {}) if "pdf" in key]


@pytest.mark.logs_errors
def test_own_answers_that_cannot_be_made_are_a_message(member, response, monkeypatch):
    def refuse(html):
        raise pdf.RenderError("Gerade geht es nicht.")

    monkeypatch.setattr(pdf, "from_html", refuse)
    answer = member.client.get(url("my-answers-pdf", response))
    assert answer.status_code == 503 and "Gerade geht es nicht." in text_of(answer)


# Consents


def test_consents_show_wording_time_and_nothing_chosen_for_anybody(member, response):
    assert "Noch keine Freigaben" in text_of(member.client.get(url("consents", response)))
    submit(response)
    text = text_of(member.client.get(url("consents", response)))
    assert "G2 Dürfen wir einzelne Sätze" in text and text.count("Widerrufen</span>") == 3
    assert "Ohne diese Bestätigung dürfen wir Ihre Angaben nicht speichern" in text


def test_withdrawal_is_one_click_and_effective_at_once_also_after_the_deadline(member, response):
    submit(response)
    close(response)
    before = current(response, "G2")
    assert "Widerrufen. Das gilt ab sofort." in text_of(withdraw(member, response, "G2"))
    before.refresh_from_db()
    now = current(response, "G2")
    assert (before.value, now.value, now.value_label) == ("yes", "no", "Nein")
    assert before.ended_at == now.given_at and now.wording == before.wording
    assert Answer.objects.get(question_key="G2").value == "no"
    assert current(response, "G3").value == "yes"


def test_withdrawal_survives_the_next_submission(member, response):
    submit(response)
    withdraw(member, response, "G1")
    withdrawn = current(response, "G1")
    fill(response, "F", {"F1": ["talk"]})
    submit(response)
    assert current(response, "G1") == withdrawn and withdrawn.value == "no"


def test_withdrawal_survives_a_query_about_one_entry(member, response):
    submit(response)
    close(response)
    withdraw(member, response, "G2")
    entry = response.entries.get(section_key="B")
    Entry.objects.filter(pk=entry.pk).update(reopened_until=timezone.now() + timedelta(days=1))
    submit(response)
    assert current(response, "G2").value == "no"
    assert Submission.objects.first().document["entries"][-1]["answers"]["G2"] == "no"


def test_consent_for_one_entry_is_withdrawn_alone(member, response):
    other = make_entry(response, draft={"B1": "Zweites", "B2": "Text"})
    fill(response, "G", {f"G1-{other.uuid}": "unnamed"})
    submit(response)
    consent = response.consents.current().get(entry=other)
    assert "Beispiel 2: Zweites" in text_of(member.client.get(url("consents", response)))
    member.client.post(url("consent-withdraw", response, consent.pk))
    assert response.consents.current().get(entry=other).value == "no"
    assert current(response, "G1").value == "named"
    assert response.entries.get(section_key="G").draft[f"G1-{other.uuid}"] == "no"


def test_consent_for_one_entry_keeps_its_number_when_the_entry_or_its_text_is_gone(response):
    other, third = (make_entry(response, draft={"B1": title, "B2": "Text"}) for title in ["Zweites", "Drittes"])
    fill(response, "G", {f"G1-{other.uuid}": "no", f"G1-{third.uuid}": "no"})
    submit(response)

    def labels():
        found = Decision.all_of(Response.objects.get(pk=response.pk))
        return [decision.about for decision in found if decision.about]

    workflow.remove_entry(entry=Entry.objects.get(pk=other.pk))
    assert labels() == ["Beispiel 2: Zweites", "Beispiel 3: Drittes"]
    submit(response)
    assert labels() == ["Beispiel 2, entfernt", "Beispiel 2: Drittes"]
    workflow.delete_raw_answers(response=Response.objects.get(pk=response.pk), now=timezone.now())
    assert labels() == ["Beispiel 2, entfernt", "Beispiel 2"]


def test_page_warns_of_the_deleted_answers_also_where_the_first_decision_has_ended(member, response):
    first = response.entries.get(section_key="B")
    other = make_entry(response, draft={"B1": "Zweites", "B2": "Text"})
    fill(response, "G", {"G1": "", f"G1-{first.uuid}": "no", f"G1-{other.uuid}": "named"})
    submit(response)
    workflow.remove_entry(entry=Entry.objects.get(pk=first.pk))
    submit(response)
    workflow.delete_raw_answers(response=Response.objects.get(pk=response.pk), now=timezone.now())
    assert "Ihre Antworten sind schon gelöscht." in text_of(member.client.get(url("consents", response)))


def test_second_click_and_confirmation_change_nothing(member, response):
    submit(response)
    consent = current(response, "G2")
    for _ in range(2):
        member.client.post(url("consent-withdraw", response, consent.pk))
    member.client.post(url("consent-withdraw", response, current(response, "G5").pk))
    assert Consent.objects.filter(question_key="G2").count() == 2
    assert Consent.objects.filter(question_key="G5").count() == 1


def test_consent_of_somebody_else_is_not_found(other_member, response):
    submit(response)
    make_response(other_member.person, response.round)
    answer = other_member.client.post(url("consent-withdraw", response, current(response, "G2").pk))
    assert answer.status_code == 404 and current(response, "G2").value == "yes"


def test_withdrawn_consent_reads_so_wherever_its_answer_is_shown(member, lead, response, html_of_pdf):
    other = make_entry(response, draft={"B1": "Zweites", "B2": "Text"})
    fill(response, "G", {f"G1-{other.uuid}": "unnamed"})
    submit(response)
    fill(response, "F", {"F1": ["talk"]})
    submit(response)
    close(response)
    single = response.entries.get(section_key="G")
    pages = [
        (member, response.round.get_absolute_url()), (member, url("my-answers-pdf", response)),
        (lead, reverse("admin:surveys_response_change", args=[response.pk])),
        (lead, reverse("admin:surveys_entry_change", args=[single.pk])),
    ]  # fmt: skip
    for actor, address in pages:
        assert "widerrufen" not in text_of(actor.client.get(address)).lower().replace("ansehen oder widerrufen", "")
    for consent in [current(response, "G2"), response.consents.current().get(entry=other)]:
        workflow.withdraw_consent(consent=consent)
    moment = dates.moment(current(response, "G2").given_at)
    for actor, address in pages:
        text = text_of(actor.client.get(address))
        assert f"widerrufen am {moment} (vorher: Ja)" in text, address
        assert "(vorher: ja, ohne Namensnennung)" in text, address
        assert "ja, mit Name der Organisation" in text, address


def test_withdrawn_consent_that_was_refused_in_a_later_submission_reads_as_refused(member, response):
    submit(response)
    withdraw(member, response, "G2")
    fill(response, "G", {"G2": "no"})
    submit(response)
    close(response)
    assert "widerrufen am" not in text_of(member.client.get(response.round.get_absolute_url()))


def test_consents_say_of_what_was_withdrawn_that_it_was(member, lead, response):
    fill(response, "G", {"G4": "no"})
    submit(response)
    withdraw(member, response, "G2")
    text = text_of(member.client.get(url("consents", response)))
    moment = dates.moment(current(response, "G2").given_at)
    assert f"widerrufen am {moment}" in " ".join(re.sub("<[^>]+>", " ", text).split())
    page = text_of(lead.client.get(reverse("admin:surveys_response_change", args=[response.pk])))
    assert f"<li>G2: widerrufen am {moment}</li>" in page and "<li>G4: Nein, am" in page


# Deleting


def test_deletion_takes_everything_and_leaves_a_number(member, response, upload, django_capture_on_commit_callbacks):
    submit(response)
    invitation = response.round.invitations.get(person=member.person)
    for email, is_shared in [(member.person.email, False), ("kollegin@example.org", True)]:
        create_link(invitation=invitation, email=email, is_shared=is_shared)
    assert "wirklich löschen" in text_of(member.client.get(url("delete", response)))
    assert Response.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        answer = member.client.post(url("delete", response), follow=True)
    assert "Ihre Rückmeldung ist gelöscht" in text_of(answer) and "Jetzt beginnen" in text_of(answer)
    for model in (Response, Entry, Answer, Upload, Submission, Consent):
        assert not model.objects.exists()
    assert not default_storage.exists(upload.file.name)
    assert list(PersonalLink.objects.values_list("is_shared", flat=True)) == [False]
    response.round.refresh_from_db()
    assert response.round.deleted_responses == 1


def test_deleted_draft_is_not_counted(member):
    response = make_response(member.person)
    member.client.post(url("delete", response))
    response.round.refresh_from_db()
    assert not Response.objects.exists() and response.round.deleted_responses == 0


def test_deletion_is_possible_after_the_deadline(member, response):
    submit(response)
    close(response)
    assert "Rückmeldung löschen" in text_of(member.client.get(response.round.get_absolute_url()))
    assert member.client.post(url("delete", response)).status_code == 302
    assert not Response.objects.exists()


def test_colleague_who_helps_decides_nothing(visitor, member, response):
    submit(response)
    invitation = response.round.invitations.get(person=member.person)
    _, address = create_link(invitation=invitation, email="kollegin@example.org", is_shared=True)
    visitor.client.post(address[address.index("/fragebogen/") :])
    assert visitor.client.get(response.round.get_absolute_url()).status_code == 200
    assert "Meine Rückmeldung löschen" not in text_of(visitor.client.get(response.round.get_absolute_url()))
    for name in ("delete", "consents"):
        assert visitor.client.get(url(name, response)).status_code == 404
    assert visitor.client.post(url("delete", response)).status_code == 404
    assert Response.objects.exists()


# Retention


def prune(*arguments) -> str:
    out = StringIO()
    call_command("prune", *arguments, stdout=out)
    return out.getvalue()


def end(round, *, delete_on) -> None:
    now = timezone.now()
    values = {"opens_at": now - timedelta(days=9), "closes_at": now - timedelta(days=1), "delete_raw_on": delete_on}
    type(round).objects.filter(pk=round.pk).update(**values)


@pytest.fixture
def overdue(response, other_member, upload):
    """A round whose raw answers are to go today, with one submitted response and one draft."""
    submit(response)
    make_response(other_member.person, response.round)
    end(response.round, delete_on=timezone.localdate())
    return response


def test_prune_deletes_raw_answers_and_keeps_who_consented(overdue, upload, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert "Gelöscht: 2 × Rückmeldungen mit Antworten und Dateien" in prune()
    for model in (Entry, Answer, Upload, Submission):
        assert not model.objects.exists()
    assert not default_storage.exists(upload.file.name)
    kept = Response.objects.get()
    assert kept == overdue and kept.answers_deleted_at
    assert set(kept.consents.current().values_list("question_key", flat=True)) == {"G1", "G2", "G3", "G5"}
    assert prune() == "Es gibt nichts zu löschen.\n"


def test_prune_as_dry_run_says_it_and_deletes_nothing(overdue):
    assert "Würde gelöscht: 2 × Rückmeldungen mit Antworten und Dateien" in prune("--dry-run")
    assert Submission.objects.exists() and Entry.objects.exists()


def test_prune_leaves_rounds_whose_day_has_not_come(response):
    submit(response)
    end(response.round, delete_on=timezone.localdate() + timedelta(days=1))
    without_day = make_response(response.respondent, make_round(response.respondent))
    end(without_day.round, delete_on=None)
    prune()
    assert Submission.objects.count() == 1 and Response.objects.count() == 2


@pytest.mark.parametrize("model", [Response, Entry])
def test_prune_waits_for_what_is_open_again(overdue, model):
    model.objects.update(reopened_until=timezone.now() + timedelta(days=1))
    prune()
    assert Submission.objects.count() == 1


def test_prune_asks_as_often_for_many_responses_as_for_one(overdue, django_assert_max_num_queries):
    with django_assert_max_num_queries(50) as one:
        prune("--dry-run")
    for _ in range(5):
        person = make_person()
        Response.objects.create(round=overdue.round, respondent=person)
    with django_assert_max_num_queries(len(one)):
        prune("--dry-run")


def test_pages_after_prune_say_what_happened_and_still_withdraw(member, lead, overdue):
    prune()
    text = text_of(member.client.get(overdue.round.get_absolute_url()))
    assert "wie angekündigt am" in text and "nicht abgesendet" not in text
    withdraw(member, overdue, "G2")
    assert current(overdue, "G2").value == "no"
    assert member.client.get(url("my-answers-pdf", overdue)).status_code == 200
    for address in ("export_xlsx", "export_csv", "statistics"):
        assert lead.client.get(reverse(f"admin:surveys_round_{address}", args=[overdue.round.pk])).status_code == 200
    assert lead.client.get(reverse("admin:surveys_response_change", args=[overdue.pk])).status_code == 200


def test_form_open_since_before_a_withdrawal_does_not_bring_the_consent_back(member):
    response = make_complete_response(member.person)
    entry, page = response.entries.get(section_key="G"), uuid4()
    entry.response = response
    draft = {"G2": "yes", "G5": "yes"}
    workflow.save_entry(entry=entry, draft=draft, revision=entry.revision, page=page, step=1)
    submit(response)
    workflow.withdraw_consent(consent=response.consents.current().get(question_key="G2"))
    with pytest.raises(workflow.ChangedMeanwhile):
        workflow.save_entry(entry=entry, draft=draft | {"G4": "no"}, revision=entry.revision, page=page, step=2)
    entry.refresh_from_db()
    assert entry.draft["G2"] == "no"


def test_mail_to_a_colleague_that_has_not_left_goes_with_the_response(member):
    response = make_complete_response(member.person)
    workflow.share_response(response=response, email="kollegin@example.org")
    assert OutgoingMail.objects.filter(recipient="kollegin@example.org").exists()
    workflow.delete_response(response=response)
    assert not OutgoingMail.objects.filter(recipient="kollegin@example.org").exists()


def test_mails_to_the_respondent_that_have_not_left_go_with_the_response(lead, member, other_member):
    response = make_complete_response(member.person)
    theirs = make_complete_response(other_member.person, make_round(other_member.person))
    for each in [response, theirs]:
        submit(each)
    entry = Entry.objects.select_related("response__round__version").get(response=response, section_key="B")
    until = timezone.localdate() + timedelta(days=2)
    workflow.ask_back(entry=entry, question="Wann genau?", until=until, revision=0, by=lead.user)
    workflow.reopen_response(response=entry.response, until=timezone.now() + timedelta(days=2), by=lead.user)
    assert OutgoingMail.objects.filter(recipient=member.person.email).count() == 3
    sent = OutgoingMail.objects.filter(recipient=member.person.email).first()
    OutgoingMail.objects.filter(pk=sent.pk).update(sent_at=timezone.now())
    workflow.delete_response(response=entry.response)
    assert list(OutgoingMail.objects.filter(recipient=member.person.email)) == [sent]
    assert OutgoingMail.objects.filter(recipient=other_member.person.email).count() == 1


def test_text_kept_in_another_browser_goes_with_the_response(member):
    response = make_complete_response(member.person)
    entry = response.entries.get(section_key="B")
    elsewhere, signed_out = Client(), {"entry": entry.uuid, "revision": 1, "B1": "Noch nicht gespeichert"}
    assert elsewhere.post(url("entry", response, entry.uuid), signed_out).status_code == 403
    assert KeptDraft.objects.get().fields["B1"] == ["Noch nicht gespeichert"]
    assert "Noch nicht gespeichert" not in str(dict(elsewhere.session))
    workflow.delete_response(response=response)
    assert not KeptDraft.objects.exists()
    elsewhere.force_login(member.user)
    assert elsewhere.get(response.round.get_absolute_url()).status_code == 200


def test_text_kept_is_pruned_when_no_session_can_ask_for_it(response, settings):
    entry = response.entries.get(section_key="B")
    for age in [0, settings.SESSION_COOKIE_AGE + 60]:
        kept = workflow.keep_draft(entry=entry, revision=1, fields={"B1": [str(age)]})
        KeptDraft.objects.filter(pk=kept.pk).update(created_at=timezone.now() - timedelta(seconds=age))
    assert "1 × Texte, die auf eine Anmeldung warteten" in prune()
    assert KeptDraft.objects.get().fields == {"B1": ["0"]}


def test_pages_of_a_response_whose_answers_are_deleted_are_no_errors(member, lead):
    response = make_complete_response(member.person)
    submit(response)
    response.refresh_from_db()
    workflow.delete_raw_answers(response=response, now=timezone.now())
    section = response.round.get_absolute_url() + "abschnitt/A/"
    response.refresh_from_db()
    assert not response.is_writable
    assert member.client.get(section).status_code == 302
    assert member.client.post(section, {"A2": "chamber"}).status_code == 403
    with pytest.raises(workflow.AnswersDeleted):
        workflow.reopen_response(response=response, until=timezone.now() + timedelta(days=1), by=lead.user)
