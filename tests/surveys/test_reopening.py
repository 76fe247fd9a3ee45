"""What the lead opens again after the deadline, each with a deadline of its own."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ogl_portal.lib import dates
from surveys import workflow
from surveys.models import Entry, Question, Response, Round, Section
from surveys.views import MyAnswersPdfView
from tests.factories.directory import make_person
from tests.factories.surveys import fill, make_complete_response, make_entry, make_response, make_round, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("editable_questionnaire")]
BERLIN_MIDNIGHT = datetime(2021, 7, 12, 22, tzinfo=UTC)  # 13.07.2021, 0 Uhr
SECOND = timedelta(seconds=1)


@pytest.fixture
def closed(member):
    """A submitted response in a round that is over."""
    response = make_complete_response(member.person)
    make_entry(response, draft={"B1": "Zweites", "B2": "Text"})
    submit(response)
    end(response.round)
    return again(response)


def end(round) -> None:
    type(round).objects.filter(pk=round.pk).update(closes_at=timezone.now() - timedelta(hours=1))


def again(response) -> Response:
    return Response.objects.select_related("round__version", "respondent").get(pk=response.pk)


def text_of(answer) -> str:
    return answer.content.decode()


def tomorrow():
    return timezone.now() + timedelta(days=1)


def save(entry, **draft):
    entry.refresh_from_db()
    workflow.save_entry(entry=entry, draft=entry.draft | draft, revision=entry.revision)


@pytest.mark.parametrize("moment, is_open", [(BERLIN_MIDNIGHT - SECOND, True), (BERLIN_MIDNIGHT, False)])
def test_reopened_response_is_open_to_the_last_second_of_its_own_deadline(member, lead, closed, moment, is_open):
    Response.objects.filter(pk=closed.pk).update(reopened_until=BERLIN_MIDNIGHT)
    type(closed.round).objects.update(opens_at=BERLIN_MIDNIGHT - 9 * timedelta(days=1), closes_at=moment - 2 * SECOND)
    with time_machine.travel(moment, tick=False):
        assert again(closed).is_writable is is_open
        assert again(closed).closes_at == BERLIN_MIDNIGHT


def test_reopened_response_can_be_changed_and_submitted_again(lead, closed):
    workflow.reopen_response(response=closed, until=tomorrow(), by=lead.user)
    closed = again(closed)
    save(closed.entries.present().get(draft__B1="Zweites"), B1="Zweites, neu")
    assert submit(closed).number == 2


def test_reopened_response_shows_its_tasks_and_its_own_deadline(member, lead, closed):
    assert "Die Frist ist abgelaufen" in text_of(member.client.get(closed.round.get_absolute_url()))
    workflow.reopen_response(response=closed, until=tomorrow(), by=lead.user)
    text = text_of(member.client.get(closed.round.get_absolute_url()))
    assert "Wieder geöffnet" in text and "Abschnitten erledigt" in text


def test_reopening_one_response_opens_no_other(lead, member, other_member):
    round = make_round(member.person, other_member.person)
    mine, theirs = (make_complete_response(actor.person, round) for actor in [member, other_member])
    end(round)
    workflow.reopen_response(response=again(mine), until=tomorrow(), by=lead.user)
    assert again(mine).is_writable and not again(theirs).is_writable


def test_reopening_into_the_past_is_refused(lead, closed):
    with pytest.raises(workflow.NoTimeLeft):
        workflow.reopen_response(response=closed, until=timezone.now(), by=lead.user)
    with pytest.raises(workflow.NoTimeLeft):
        workflow.reopen_entry(entry=closed.entries.first(), until=timezone.now(), by=lead.user)


def test_reopening_ends_before_the_day_on_which_the_answers_go(lead, closed):
    day = timezone.localdate() + timedelta(days=3)
    Round.objects.update(delete_raw_on=day)
    closed = again(closed)
    page = reverse("admin:surveys_response_reopen", args=[closed.pk])
    assert f"werden am {dates.day(day)} gelöscht" in text_of(lead.client.post(page, {"last_day": day.isoformat()}))
    with pytest.raises(workflow.AfterDeletion):
        workflow.reopen_entry(entry=closed.entries.first(), until=dates.end_of_day(day), by=lead.user)
    assert not again(closed).is_partly_writable
    workflow.reopen_response(response=closed, until=dates.start_of_day(day), by=lead.user)
    assert again(closed).is_writable


def test_reopening_what_is_deleted_says_so_and_names_no_day_of_the_past(lead, closed):
    Round.objects.update(delete_raw_on=timezone.localdate() - timedelta(days=1))
    workflow.delete_raw_answers(response=again(closed), now=timezone.now())
    page = reverse("admin:surveys_response_reopen", args=[closed.pk])
    text = text_of(lead.client.post(page, {"last_day": tomorrow().date().isoformat()}))
    assert "schon gelöscht. Sie lässt sich nicht wieder öffnen." in text and "muss vorher enden" not in text


def test_reopening_mails_the_respondent(lead, closed, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        workflow.reopen_response(response=closed, until=tomorrow(), by=lead.user)
    [message] = mail.outbox
    assert message.to == [closed.respondent.email] and closed.round.get_absolute_url() in message.body


def test_reopened_entry_is_the_only_one_that_can_be_changed(member, lead, closed):
    first, second = closed.entries.present().filter(section_key="B")
    workflow.reopen_entry(entry=second, until=tomorrow(), by=lead.user)
    base = closed.round.get_absolute_url()
    assert member.client.get(f"{base}eintrag/{second.uuid}/").status_code == 200
    assert member.client.get(f"{base}eintrag/{first.uuid}/")["Location"] == base
    posted = member.client.post(f"{base}eintrag/{first.uuid}/", {"revision": first.revision, "B1": "Zu spät"})
    assert posted.status_code == 403 and "Zu spät" in text_of(posted)
    for path in [f"eintrag/{second.uuid}/entfernen/", "abschnitt/B/neu/", "abschnitt/C/nichts/"]:
        assert member.client.post(base + path, {"entry": second.uuid, "skipped": "1"}).status_code == 403


def test_start_page_names_the_entry_that_is_open_again(member, lead, closed):
    entry = closed.entries.present().get(draft__B1="Zweites")
    workflow.reopen_entry(entry=entry, until=tomorrow(), by=lead.user)
    text = text_of(member.client.get(closed.round.get_absolute_url()))
    assert "Noch einmal geöffnet" in text and "Beispiel 2: Zweites bearbeiten" in text


def test_reopened_single_section_can_be_changed(member, lead, closed):
    workflow.reopen_entry(entry=closed.entries.get(section_key="F"), until=tomorrow(), by=lead.user)
    base = closed.round.get_absolute_url()
    assert member.client.get(f"{base}abschnitt/F/").status_code == 200
    assert member.client.get(f"{base}abschnitt/A/")["Location"] == base
    assert member.client.get(f"{base}abschnitt/B/")["Location"] == base


def test_submitting_a_reopened_entry_keeps_everything_else_as_it_was_submitted(member, lead):
    response = make_complete_response(member.person)
    asked = make_entry(response, draft={"B1": "Gefragt", "B2": "Text"})
    submit(response)
    fill(again(response), "F", {"F1": ["talk"]})
    make_entry(again(response), draft={"B1": "Nie abgesendet"})
    workflow.remove_entry(entry=again(response).entries.get(draft__B1="Bauantrag digital begleiten"))
    end(response.round)
    asked.response = response = again(response)
    workflow.reopen_entry(entry=asked, until=tomorrow(), by=lead.user)
    asked.response = again(response)
    save(asked, B2="Jetzt genauer")
    submission = submit(again(response))
    titles = [entry["answers"].get("B1") for entry in submission.document["entries"] if entry["section"] == "B"]
    assert titles == ["Bauantrag digital begleiten", "Gefragt"]
    assert {entry["answers"].get("B2") for entry in submission.document["entries"]} >= {"Jetzt genauer"}
    assert not any("F1" in entry["answers"] for entry in submission.document["entries"])
    assert again(response).entries.get(draft__B1="Nie abgesendet").removed_at is None


def test_start_page_with_an_open_entry_loads_the_submission_once(member, lead, closed):
    workflow.reopen_entry(entry=closed.entries.first(), until=tomorrow(), by=lead.user)
    Response.objects.update(status=Response.Status.CHANGED)
    with CaptureQueriesContext(connection) as queries:
        assert "noch einmal geöffnet" in text_of(member.client.get(closed.round.get_absolute_url())).lower()
    assert sum('FROM "surveys_submission"' in query["sql"] for query in queries) == 1


def test_change_that_the_deadline_left_unsent_is_not_said_to_count_with_another_submission(member, lead, closed):
    Response.objects.filter(pk=closed.pk).update(status=Response.Status.CHANGED)
    page = reverse("surveys:submitted", args=[closed.round.slug])
    assert "Abgesendet am" in text_of(member.client.get(page))
    assert "wenn Sie noch einmal absenden" not in text_of(member.client.get(page))
    workflow.reopen_response(response=again(closed), until=tomorrow(), by=lead.user)
    assert "wenn Sie noch einmal absenden" in text_of(member.client.get(page))


def test_change_left_unsent_can_be_submitted_once_all_is_open_again_after_a_query(member, lead):
    response = make_complete_response(member.person)
    asked = make_entry(response, draft={"B1": "Gefragt", "B2": "Text"})
    gone = make_entry(response, draft={"B1": "Weggenommen", "B2": "Text"})
    submit(response)
    unsent = again(response).entries.get(draft__B1="Bauantrag digital begleiten")
    save(unsent, B2="Nicht abgesendet")
    workflow.remove_entry(entry=again(response).entries.get(pk=gone.pk))
    end(response.round)
    workflow.reopen_entry(entry=again(response).entries.get(pk=asked.pk), until=tomorrow(), by=lead.user)
    save(again(response).entries.get(pk=asked.pk), B2="Jetzt genauer")
    submit(again(response))
    start, send = response.round.get_absolute_url(), reverse("surveys:submit", args=[response.round.slug])
    for page in ["abgesendet/", "pruefen/"]:  # what is closed cannot be submitted now
        text = text_of(member.client.get(start + page))
        assert "Abgesendet am" in text and send not in text
    workflow.reopen_response(response=again(response), until=tomorrow(), by=lead.user)
    assert send in text_of(member.client.get(start + "pruefen/"))
    assert "Weggenommen" in text_of(member.client.get(start + "abschnitt/B/"))  # and may be brought back
    document = submit(again(response)).document
    assert [each["answers"]["B2"] for each in document["entries"] if each["section"] == "B"] == [
        "Nicht abgesendet", "Jetzt genauer"
    ]  # fmt: skip
    assert again(response).status == Response.Status.SUBMITTED


def test_consent_withdrawn_meanwhile_does_not_come_back_with_a_reopened_entry(member, lead):
    response = make_complete_response(member.person)
    fill(response, "G", {"G1": "named", "G2": "yes"})
    submit(response)
    end(response.round)
    given = again(response).consents.get(question_key="G2")
    given.response = again(response)
    workflow.withdraw_consent(consent=given)
    entry = again(response).entries.get(section_key="B")
    workflow.reopen_entry(entry=entry, until=tomorrow(), by=lead.user)
    submission = submit(again(response))
    [consents] = [entry["answers"] for entry in submission.document["entries"] if entry["section"] == "G"]
    assert consents["G2"] == "no" and consents["G1"] == "named" and consents["G5"] == "yes"
    assert response.consents.current().get(question_key="G2").value == "no"


def test_review_of_a_reopened_entry_offers_only_that_entry(member, lead, closed):
    entry = closed.entries.present().get(draft__B1="Zweites")
    workflow.reopen_entry(entry=entry, until=tomorrow(), by=lead.user)
    entry.response = again(closed)
    save(entry, B1="Zweites, genauer")
    page = member.client.get(closed.round.get_absolute_url() + "pruefen/")
    text = text_of(page)
    assert "Zweites, genauer" in text and text.count("zurueck=pruefen") == 1
    fields = {"revision": page.context["response"].revision, "key": page.context["key"]}
    done = member.client.post(closed.round.get_absolute_url() + "absenden/", fields, follow=True)
    assert "ist angekommen" in text_of(done)


def test_entry_that_was_never_submitted_is_not_reopened_alone(member, lead):
    response = make_response(member.person)
    with pytest.raises(workflow.NotSubmitted):
        workflow.reopen_entry(entry=response.entries.first(), until=tomorrow(), by=lead.user)


def test_removed_entry_is_not_reopened(lead, closed):
    entry = closed.entries.present().get(draft__B1="Zweites")
    type(entry).objects.filter(pk=entry.pk).update(removed_at=timezone.now())
    entry.answers.all().delete()  # as submitting the removal does
    with pytest.raises(workflow.EntryRemoved):
        workflow.reopen_entry(entry=entry, until=tomorrow(), by=lead.user)


def test_closing_again_ends_both(lead, closed):
    entry = closed.entries.present().first()
    workflow.reopen_entry(entry=entry, until=tomorrow(), by=lead.user)
    workflow.reopen_response(response=closed, until=tomorrow(), by=lead.user)
    workflow.close_again(response=closed, by=lead.user)
    assert not again(closed).is_partly_writable


def test_lead_reopens_a_response_in_the_admin_and_the_history_says_so(lead, closed):
    url = reverse("admin:surveys_response_reopen", args=[closed.pk])
    last_day = timezone.localdate() + timedelta(days=3)
    answer = lead.client.post(url, {"last_day": f"{last_day:%d.%m.%Y}"}, follow=True)
    assert f"{last_day:%d.%m.%Y}, 24 Uhr" in text_of(answer)
    assert again(closed).is_reopened
    history = lead.client.get(reverse("admin:surveys_response_history", args=[closed.pk]))
    assert "Wieder geöffnet bis" in text_of(history)
    lead.client.post(url, {"close": "1"})
    assert not again(closed).is_reopened


@pytest.mark.parametrize("day", ["", "gestern", "12.07.2021", "9999-12-31"])
def test_reopening_in_the_admin_wants_a_day_that_is_to_come(lead, closed, day):
    url = reverse("admin:surveys_response_reopen", args=[closed.pk])
    assert "errorlist" in text_of(lead.client.post(url, {"last_day": day}))
    assert not again(closed).is_reopened


def test_review_from_before_a_reopening_submits_nothing(lead, closed):
    """More would be submitted than the page showed."""
    entry = closed.entries.present().get(draft__B1="Zweites")
    workflow.reopen_entry(entry=entry, until=tomorrow(), by=lead.user)
    shown = again(closed).revision
    workflow.reopen_response(response=again(closed), until=tomorrow(), by=lead.user)
    with pytest.raises(workflow.ChangedMeanwhile):
        submit(closed, revision=shown)


def test_review_from_before_the_deadline_submits_no_part_of_it_afterwards(member, lead):
    response = make_complete_response(member.person)
    second = make_entry(response, draft={"B1": "Zweites", "B2": "Text"})
    submit(response)
    workflow.reopen_entry(entry=Entry.objects.get(pk=second.pk), until=tomorrow(), by=lead.user)
    save(response.entries.present().get(draft__B1="Bauantrag digital begleiten"), B1="Neuer Titel")
    start = response.round.get_absolute_url()
    page = member.client.get(start + "pruefen/")
    fields = {"revision": page.context["response"].revision, "key": page.context["key"], "whole": "1"}
    assert '<input type="hidden" name="whole" value="1">' in text_of(page)
    end(response.round)
    assert member.client.post(start + "absenden/", fields).status_code == 409
    assert again(response).submissions.count() == 1


def test_answers_as_pdf_show_no_draft_as_submitted(member, lead, closed):
    """What was changed before the deadline, but not submitted, is not part of what one entry's reopening submits."""
    one, other = closed.entries.present().filter(section_key="B")
    one.draft |= {"B1": "Nie abgesendet"}
    one.save()
    workflow.reopen_entry(entry=other, until=tomorrow(), by=lead.user)
    submit(again(closed))
    view = MyAnswersPdfView()
    view.response = again(closed)
    shown = view.shown()
    assert shown["is_submitted_state"]
    assert "Nie abgesendet" not in [card.title for card in shown["shown"].cards]


@pytest.fixture
def asked_again(lead, closed):
    """An entry that is open again in a round that asks something else since: B10 and not B6, and no G2."""
    Round.objects.update(closes_at=tomorrow())
    Question.objects.filter(key__in=["B6", "G2"]).delete()
    section = Section.objects.get(key="B")
    Question.objects.create(section=section, key="B10", text="Neu gefragt?", kind="short-text", is_required=True)
    version = workflow.publish_version(questionnaire=section.questionnaire)
    workflow.move_round(round=again(closed).round, version=version)
    end(closed.round)
    entry = closed.entries.present().get(draft__B1="Zweites")
    workflow.reopen_entry(entry=entry, until=tomorrow(), by=lead.user)
    return entry


def test_reopened_entry_asks_the_questions_that_it_is_submitted_with(member, closed, asked_again):
    page = f"{closed.round.get_absolute_url()}eintrag/{asked_again.uuid}/"
    text = text_of(member.client.get(page))
    assert "B6 Was hat sich verbessert" in text and "B10" not in text
    asked_again.refresh_from_db()
    fields = {"entry": asked_again.uuid, "revision": asked_again.revision, "step": 1, "B1": "Zweites", "B2": "Text"}
    saved = member.client.post(page + "zwischenspeichern/", fields | {"B6": "Drei Tage statt zehn"})
    assert saved.status_code == 200
    submission = submit(again(closed))
    answers = [entry["answers"] for entry in submission.document["entries"] if entry["uuid"] == str(asked_again.uuid)]
    assert answers == [{"B1": "Zweites", "B2": "Text", "B6": "Drei Tage statt zehn"}]
    assert submission.document["questionnaire"]["version"] == 1


def test_reopened_entry_keeps_what_a_newer_version_was_answered_with(member, closed, asked_again):
    type(asked_again).objects.filter(pk=asked_again.pk).update(draft={"B1": "Zweites", "B2": "Text", "B10": "Neues"})
    page = f"{closed.round.get_absolute_url()}eintrag/{asked_again.uuid}/"
    asked_again.refresh_from_db()
    fields = {"entry": asked_again.uuid, "revision": asked_again.revision, "B1": "Anders", "B2": "Text"}
    assert member.client.post(page, fields).status_code == 302
    asked_again.refresh_from_db()
    assert asked_again.draft == {"B1": "Anders", "B2": "Text", "B10": "Neues"}


def test_consent_that_is_no_longer_asked_for_is_withdrawn_in_the_form_too(member, lead):
    """Its section may be opened again, with the question as it was submitted."""
    response = make_complete_response(member.person)
    fill(response, "G", {"G2": "yes"})
    submit(response)
    Question.objects.filter(key="G2").delete()
    version = workflow.publish_version(questionnaire=Section.objects.get(key="G").questionnaire)
    workflow.move_round(round=again(response).round, version=version)
    consent = response.consents.get(question_key="G2")
    consent.response = again(response)
    workflow.withdraw_consent(consent=consent)
    end(response.round)
    single = again(response).entries.get(section_key="G")
    workflow.reopen_entry(entry=single, until=tomorrow(), by=lead.user)
    submit(again(response))
    assert response.consents.current().get(question_key="G2").value == "no"


def test_open_responses_are_found_as_each_says_of_itself(lead, member, other_member, guest, superuser):
    people = [actor.person for actor in (member, other_member, guest, superuser)]
    running, over = make_round(*people), make_round(*people)
    over_all = [make_complete_response(person, over) for person in people]
    made = [make_response(member.person, running), *over_all]
    for response in over_all:
        submit(response)
    end(over)
    workflow.reopen_response(response=again(over_all[0]), until=tomorrow(), by=lead.user)
    workflow.reopen_entry(entry=again(over_all[1]).entries.first(), until=tomorrow(), by=lead.user)
    workflow.reopen_entry(entry=again(over_all[2]).entries.first(), until=tomorrow(), by=lead.user)
    workflow.close_again(response=again(over_all[2]), by=lead.user)
    found = set(Response.objects.partly_writable(timezone.now()))
    assert found == {response for response in made if again(response).is_partly_writable} == {*made[:3]}


def test_list_of_papers_costs_the_same_with_many(lead, django_assert_max_num_queries):
    address = reverse("admin:surveys_response_paper")
    round = make_round()

    def add_paper():
        workflow.begin_paper_return(round=round, person=make_person(), by=lead.user)

    add_paper()
    Round.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    Response.objects.update(reopened_until=None)
    with django_assert_max_num_queries(40) as one:
        lead.client.get(address)
    for _ in range(5):
        add_paper()
    Response.objects.update(reopened_until=None)
    with django_assert_max_num_queries(len(one)):
        lead.client.get(address)
