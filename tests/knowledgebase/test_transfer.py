"""From an example to one draft; when the example changes or its consent goes, the solution follows at once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from knowledgebase import interchange, workflow
from knowledgebase.models import Contact, Snapshot, Solution, Transfer
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.registry import desk_boxes
from surveys.models import Entry, Response
from surveys.workflow import delete_raw_answers, delete_response, remove_entry, skip_section, withdraw_consent
from surveys.workflow.responses import lock
from tests.factories.directory import make_organisation
from tests.factories.knowledgebase import make_attachment
from tests.factories.surveys import fill, make_entry, submit
from tests.factories.transfer import change_answers, make_example, make_transferred
from tests.knowledgebase.test_admin import press

pytestmark = pytest.mark.django_db
PUBLIC = ["/wissensdatenbank/", "/wissensdatenbank/feed.atom", "/daten/loesungen.json", "/daten/loesungen.csv",
          "/suche/?q=schnell+antworten", "/daten/katalog.jsonld", "/sitemap.xml",
          "/zielgruppen/kommunalverwaltungen/", "/zielgruppen/kommunalverwaltungen/feed.atom"]  # fmt: skip


def transferred(lead, **overrides):
    return workflow.transfer_entry(entry=make_example(by=lead.user, **overrides), by=lead.user)


def withdraw(solution, key="G1"):
    consent = solution.origin.response.consents.current().get(question_key=key)
    withdraw_consent(consent=consent)


def shown_in(client, solution) -> list[str]:
    """The public pages that name a solution by its address or title."""
    return [path for path in PUBLIC if solution.slug in client.get(path).content.decode()]


# Taking over


def test_transfer_fills_field_by_field(lead):
    solution = transferred(lead)
    entry = solution.origin
    assert solution.title.startswith("Schnell antworten")
    assert solution.problem == "Bewerbungen lagen wochenlang. Jetzt antworten wir am selben Tag."
    assert not solution.description
    assert (solution.summary, solution.benefit) == ("Bewerbungen lagen wochenlang.", "3 statt 10 Tage")
    assert (solution.stage, solution.reuse_model) == ("productive", "template")
    assert solution.organisational_requirements == "Zwei Tage Einrichtung"
    assert solution.publisher == entry.response.organisation
    assert [topic.slug for topic in solution.topics.all()] == ["mint-nachwuchs"]
    assert [group.slug for group in solution.target_groups.all()] == ["kommunalverwaltungen"]
    assert [link.url for link in solution.links.all()] == ["https://beispiel.example.org/antworten"]
    assert solution.status == Solution.Status.DRAFT


def test_transfer_takes_the_redacted_text(lead):
    entry = make_example(by=lead.user)
    entry.review.redacted = {"B6": "schneller"}
    entry.review.save()
    assert workflow.transfer_entry(entry=entry, by=lead.user).benefit == "schneller"


def test_transfer_without_naming_is_published_by_the_group_with_the_leads_mailbox(lead, settings):
    assert not transferred(lead, decision="unnamed").contacts.exists()
    settings.LEAD_MAILBOX = "leitung@example.org"
    solution = transferred(lead, decision="unnamed")
    assert solution.publisher.name == "AG „Digitalisierung in der Arbeitswelt“"
    [contact] = solution.public_contacts
    assert contact.email == "leitung@example.org" and contact.consent_noted_at
    assert AuditRecord.objects.filter(kind=AuditRecord.Kind.CONSENT, what__contains="festgehalten").count() == 1
    assert not solution.links.exists()


def test_transfer_twice_leads_to_the_same_draft(lead):
    entry = make_example(by=lead.user)
    first = workflow.transfer_entry(entry=entry, by=lead.user)
    assert workflow.transfer_entry(entry=entry, by=lead.user) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        Solution.objects.create(title="Noch eine", slug="noch-eine", origin=entry)


@pytest.mark.parametrize(
    ("example", "reason"), [({"decision": "no"}, "nicht für die Wissensdatenbank freigegeben"),
                            ({"is_checked": False}, "noch nicht als geprüft")],
)  # fmt: skip
def test_transfer_without_ground_is_refused_with_the_reason(lead, example, reason):
    entry = make_example(by=lead.user, **example)
    with pytest.raises(ValidationError, match=reason):
        workflow.transfer_entry(entry=entry, by=lead.user)
    page = lead.client.get(reverse("admin:surveys_entry_change", args=[entry.pk])).content.decode()
    assert reason in page
    assert "Als Musterlösung übernehmen" not in page
    assert not Solution.objects.exists()


def test_buttons_of_the_admin_make_one_draft_and_lead_there_again(lead):
    entry = make_example(by=lead.user)
    page = reverse("admin:surveys_entry_change", args=[entry.pk])
    url = reverse("admin:knowledgebase_transfer_make", args=[entry.pk])
    assert url in lead.client.get(page).content.decode()
    targets = {lead.client.post(url).url for _ in range(2)}
    solution = Solution.objects.get()
    assert targets == {reverse("admin:knowledgebase_solution_change", args=[solution.pk])}
    assert targets.pop() in lead.client.get(page).content.decode()


# What changes later


def test_changed_answer_marks_the_source_until_the_lead_has_looked(lead):
    solution = transferred(lead)
    change_answers(solution.origin, B6="2 statt 10 Tage")
    page = reverse("admin:knowledgebase_solution_change", args=[solution.pk])
    shown = lead.client.get(page).content.decode()
    assert "Quelle geändert" in shown
    assert "B6 Was hat sich verbessert" in shown
    done = press(lead, solution, "_accept", submission="2", summary="Am selben Tag.").content.decode()
    assert "eingearbeitet" in done and "Quelle geändert" not in done
    solution.refresh_from_db()
    assert solution.summary == "Am selben Tag."


def test_change_that_came_while_the_lead_read_another_is_not_accepted(lead):
    solution = transferred(lead)
    change_answers(solution.origin, B6="2 statt 10 Tage")
    page = lead.client.get(reverse("admin:knowledgebase_solution_change", args=[solution.pk])).content.decode()
    assert 'name="submission" value="2"' in page
    change_answers(solution.origin, B7="Drei Tage")
    done = press(lead, solution, "_accept", submission="2", summary="Am selben Tag.").content.decode()
    assert "Inzwischen sind neue Antworten gekommen" in done
    assert Transfer.objects.get().changed_keys == ["B6", "B7"]
    assert Solution.objects.get().summary == "Am selben Tag."


def test_changed_answer_stands_on_the_desk(lead):
    solution = transferred(lead)
    change_answers(solution.origin, B7="Drei Tage")
    (box,) = [each for each in desk_boxes.ask(user=lead.user) if each.title == "Quelle geändert"]
    assert [(link.text, link.note) for link in box.links] == [(solution.title, "B7")]


def test_answer_submitted_again_unchanged_marks_nothing(lead):
    solution = transferred(lead)
    submit(solution.origin.response)
    assert not Transfer.objects.changed().exists()


# What is taken back


def test_withdrawn_consent_takes_the_solution_off_every_public_page_at_once(client, lead):
    solution = make_transferred(by=lead.user)
    assert shown_in(client, solution) == PUBLIC
    path, example = solution.get_absolute_url(), f"/admin/surveys/entry/{solution.origin_id}/change/"
    assert [example in each.get(path).content.decode() for each in [client, lead.client]] == [False, True]
    withdraw(solution)
    assert shown_in(client, solution) == []
    assert client.get(solution.get_absolute_url()).status_code == 404


def test_withdrawn_consent_tells_the_lead_by_mail_and_desk(lead):
    solution = make_transferred(by=lead.user)
    withdraw(solution)
    told = OutgoingMail.objects.filter(recipient=lead.user.email, subject__startswith="Nicht mehr öffentlich")
    assert told.count() == 1
    (box,) = [each for each in desk_boxes.ask(user=lead.user) if each.title == "Freigabe zurückgezogen"]
    assert box.links[0].text == solution.title
    Transfer.objects.update(withdrawn_at=timezone.now() - timedelta(days=31))
    assert not [each for each in desk_boxes.ask(user=lead.user) if each.title == box.title and each.links]


def test_withdrawn_consent_for_a_draft_does_not_call_it_public(lead):
    solution = transferred(lead)
    withdraw(solution)
    [told] = OutgoingMail.objects.filter(recipient=lead.user.email)
    assert told.subject == f"Nicht zu veröffentlichen: {solution.title}"
    assert solution.snapshots.first().message.startswith("Nicht zu veröffentlichen: Die Freigabe")


def test_hidden_solution_says_the_reason_that_holds_now(lead):
    solution = make_transferred(by=lead.user)
    for decision, reason in [("unnamed", "nur noch ohne Namensnennung"), ("no", "wurde zurückgenommen")]:
        fill(solution.origin.response, "G", {"G1": decision})
        submit(solution.origin.response)
        assert reason in Transfer.objects.get().withdrawn_reason


def test_page_of_a_solution_whose_changed_response_was_deleted_says_so(lead):
    solution = make_transferred(by=lead.user)
    change_answers(solution.origin, B6="2 statt 10 Tage")
    delete_response(response=solution.origin.response)
    page = lead.client.get(reverse("admin:knowledgebase_solution_change", args=[solution.pk]))
    assert "Die Rückmeldung wurde gelöscht." in page.content.decode()
    assert Transfer.objects.get().changed_keys == []


def test_withdrawal_that_comes_while_a_change_is_accepted_stays(lead):
    solution = make_transferred(by=lead.user)
    change_answers(solution.origin, B6="2 statt 10 Tage")
    stale = Solution.objects.select_related("transfer").get(pk=solution.pk)
    withdraw(solution)
    with pytest.raises(ValidationError, match="zurückgezogen"):
        workflow.accept_source(solution=stale, submission=2, by=lead.user)
    assert Transfer.objects.withdrawn().exists()
    Transfer.objects.update(withdrawn_at=None, withdrawn_reason="")  # noted nowhere: publishing asks again
    Solution.objects.update(status=Solution.Status.SUBMITTED)
    with pytest.raises(ValidationError, match="G1"):
        workflow.publish_solution(solution=solution, by=None)


@pytest.mark.django_db(transaction=True)
def test_change_is_accepted_and_the_consent_withdrawn_at_once_and_neither_waits_for_the_other(lead):
    solution = make_transferred(by=lead.user)
    change_answers(solution.origin, B6="2 statt 10 Tage")
    both_have_begun = Barrier(2)

    def begin_with(row, verb) -> None:
        """SQLite lets one begin after the other."""
        try:
            with suppress(ValidationError), transaction.atomic():
                row()
                with suppress(BrokenBarrierError):
                    both_have_begun.wait(timeout=1)
                verb()
        finally:
            connection.close()

    def hold_solution():
        """As the admin's page does before it saves and calls the verb."""
        Solution.objects.select_for_update().get(pk=solution.pk)

    with ThreadPoolExecutor(2) as pool:
        jobs = [
            (hold_solution, lambda: workflow.accept_source(solution=solution, submission=2, by=lead.user)),
            (lambda: lock(solution.origin.response), lambda: withdraw(solution)),
        ]
        list(pool.map(lambda job: begin_with(*job), jobs))
    solution.refresh_from_db()
    assert Transfer.objects.withdrawn().exists() and solution.status == Solution.Status.ARCHIVED


def test_answers_that_come_back_while_a_change_is_accepted_are_marked(lead):
    """What they differ from is what was accepted last, not what was taken over."""
    solution = make_transferred(by=lead.user)
    change_answers(solution.origin, B6="2 statt 10 Tage")
    read_before = Transfer.objects.select_related("solution__origin__review", "response").get()
    workflow.accept_source(solution=solution, submission=2, by=lead.user)
    change_answers(solution.origin, B6="3 statt 10 Tage")
    workflow.transfer.mark(read_before)
    assert Transfer.objects.get().changed_keys == ["B6"]


def test_other_consent_withdrawn_changes_nothing(lead):
    solution = make_transferred(by=lead.user)
    fill(solution.origin.response, "G", {"G2": "yes"})
    submit(solution.origin.response)
    withdraw(solution, "G2")
    solution.refresh_from_db()
    assert solution.is_published


def test_consent_without_name_from_now_on_hides_what_names(lead, settings):
    settings.LEAD_MAILBOX = "leitung@example.org"
    solution = make_transferred(by=lead.user)
    fill(solution.origin.response, "G", {"G1": "unnamed"})
    submit(solution.origin.response)
    assert Transfer.objects.withdrawn().get().withdrawn_reason.startswith("Die Freigabe gilt nur noch ohne")
    assert "umgestellt" not in press(lead, solution, "_unname").content.decode()
    solution.refresh_from_db()
    assert solution.publisher.slug == "ag-digitalisierung" and not solution.links.exists()
    assert [contact.email for contact in solution.contacts.all()] == [settings.LEAD_MAILBOX]
    for verb in [workflow.reopen_solution, workflow.submit_solution]:
        verb(solution=solution, by=lead.user)
    workflow.publish_solution(solution=solution, by=None)
    with pytest.raises(ValidationError, match="mit Namen übernommen"):
        workflow.take_name_off(solution=solution, by=lead.user)


def test_name_that_came_back_into_an_unnamed_solution_may_be_taken_out_by_hand(lead):
    solution = make_transferred(by=lead.user, decision="unnamed")
    response = solution.origin.response
    Solution.objects.filter(pk=solution.pk).update(operator=response.organisation)
    submit(response)
    solution.refresh_from_db()
    assert solution.status == Solution.Status.ARCHIVED
    press(lead, solution, "_save", summary="Noch mit Namen.")
    assert "umstellen" in text_of_page(lead, solution)
    press(lead, solution, "_save", operator="")
    assert "umstellen" not in text_of_page(lead, solution)
    for verb in [workflow.reopen_solution, workflow.submit_solution]:
        verb(solution=solution, by=lead.user)
    workflow.publish_solution(solution=solution, by=None)
    assert solution.is_published


def test_name_that_is_off_comes_back_neither_from_an_earlier_state_nor_by_hand(client, lead):
    solution = make_transferred(by=lead.user)
    organisation = make_organisation(name="Geheimhaus")
    Solution.objects.filter(pk=solution.pk).update(publisher=organisation)
    Response.objects.update(organisation=organisation)
    workflow.keep_snapshot(solution=solution, by=None, message="Mit Namen.")
    fill(solution.origin.response, "G", {"G1": "unnamed"})
    submit(solution.origin.response)
    workflow.take_name_off(solution=solution, by=lead.user)
    Solution.objects.update(status=Solution.Status.PUBLISHED)
    solution.refresh_from_db()
    named = solution.snapshots.get(message="Mit Namen.")
    workflow.restore_snapshot(snapshot=named, by=lead.user, revision=solution.revision)
    page = client.get(solution.get_absolute_url()).content.decode()
    assert solution.title in page and "Geheimhaus" not in page and "beispiel.example.org" not in page
    refused = press(lead, solution, "_save", operator=organisation.pk)
    form = refused.context["adminform"].form
    assert "Organisation, die geantwortet hat" in str(form.non_field_errors())
    assert list(form.errors) == ["operator", "__all__"] and "möchte nicht genannt werden" in str(
        form.errors["operator"]
    )
    assert not Solution.objects.filter(operator=organisation).exists()


def test_example_taken_out_of_the_response_hides_the_solution(lead):
    solution = make_transferred(by=lead.user)
    response = solution.origin.response
    remove_entry(entry=solution.origin)
    skip_section(response=response, section_key="B", skipped=True)
    submit(response)
    solution.refresh_from_db()
    assert solution.status == Solution.Status.ARCHIVED


def test_deleted_response_hides_the_solution(client, lead):
    solution = make_transferred(by=lead.user)
    delete_response(response=solution.origin.response)
    assert client.get(solution.get_absolute_url()).status_code == 404
    assert Transfer.objects.get().response is None


@pytest.mark.parametrize("is_public", [False, True])
def test_deleted_response_takes_every_copy_of_its_text_along(lead, is_public, django_capture_on_commit_callbacks):
    solution = make_transferred(by=lead.user, B2="Sehr privat.") if is_public else transferred(lead, B2="Sehr privat.")
    file = make_attachment(solution).file
    workflow.keep_snapshot(solution=solution, by=lead.user, message="Mit Anlage.")
    with django_capture_on_commit_callbacks(execute=True):
        delete_response(response=solution.origin.response)
    assert not file.storage.exists(file.name)
    assert not LogEntry.objects.filter(object_repr=solution.title).exists()
    stored = interchange.with_content(Solution.objects.all())
    content = str([interchange.dump(each) for each in stored]) + str(list(Snapshot.objects.values("content")))
    told = [solution.title, solution.slug, "Sehr privat", solution.publisher.slug, "muster.pdf"]
    assert not [word for word in told if word in content]
    assert [each.status for each in stored] == ["archived"] * is_public and not Contact.objects.exists()
    [told] = [each.body for each in mail.outbox if each.subject.startswith("Gelöscht")]
    assert ("Öffentlich war er nie" in told) is not is_public


def test_consent_withdrawn_goes_with_the_text_once_the_answers_are_gone(lead):
    before, after = make_transferred(by=lead.user), make_transferred(by=lead.user)
    first, second = before.origin.response, after.origin.response
    withdraw(before)
    for response in [first, second]:
        delete_raw_answers(response=response, now=before.published_at)
    assert [*Solution.objects.exclude(problem="")] == [after]
    withdraw_consent(consent=second.consents.current().get(question_key="G1"))
    assert not Solution.objects.exclude(problem="").exists()


def test_raw_answers_deleted_in_time_leave_the_solution_and_consent_still_counts(client, lead):
    solution = make_transferred(by=lead.user)
    response = solution.origin.response
    delete_raw_answers(response=response, now=solution.published_at)
    assert client.get(solution.get_absolute_url()).status_code == 200
    withdraw_consent(consent=response.consents.current().get(question_key="G1"))
    assert client.get(solution.get_absolute_url()).status_code == 404


def test_decision_on_the_example_alone_outlives_its_answers_and_can_be_withdrawn(client, lead):
    solution = make_transferred(by=lead.user)
    response, uuid = solution.origin.response, solution.origin.uuid
    make_entry(response)
    fill(response, "G", {"G1": "no", f"G1-{uuid}": "named", "G2": "yes"})
    submit(response)
    delete_raw_answers(response=response, now=solution.published_at)
    (entry,) = Entry.objects.all()
    held = [relation for relation in Entry._meta.related_objects if relation.name not in {"consents", "solutions"}]
    assert not entry.draft and not any(each.related_model.objects.filter(entry=entry).exists() for each in held)
    response.refresh_from_db()
    withdraw_consent(consent=response.consents.current().get(question_key="G2"))
    assert client.get(solution.get_absolute_url()).status_code == 200
    assert "Die Antworten gibt es nicht mehr" in text_of_page(lead, solution)
    withdraw_consent(consent=response.consents.current().get(entry=entry))
    assert client.get(solution.get_absolute_url()).status_code == 404


def text_of_page(lead, solution) -> str:
    return lead.client.get(reverse("admin:knowledgebase_solution_change", args=[solution.pk])).content.decode()


def test_withdrawn_solution_cannot_be_published_again_before_the_consent_is_back(lead):
    solution = make_transferred(by=lead.user)
    withdraw(solution)
    workflow.reopen_solution(solution=solution, by=lead.user)
    workflow.submit_solution(solution=solution, by=lead.user)
    with pytest.raises(ValidationError, match="G1"):
        workflow.publish_solution(solution=solution, by=None)
    fill(solution.origin.response, "G", {"G1": "named"})
    submit(solution.origin.response)
    workflow.publish_solution(solution=solution, by=None)
    assert solution.is_published
