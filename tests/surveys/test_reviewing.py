"""The lead looks through what was submitted."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ogl_portal.directory.models import Person, Topic
from ogl_portal.lib.audit.models import AuditRecord
from surveys import workflow
from surveys.models import Entry, EntryReview, Response, Round
from surveys.workflow.links import create_link
from tests import cast
from tests.factories.directory import make_person
from tests.factories.surveys import EXAMPLE, fill, make_complete_response, make_entry, make_response, make_round, submit

pytestmark = pytest.mark.django_db
State = EntryReview.State


def text_of(answer) -> str:
    return answer.content.decode()


def page_of(entry) -> str:
    return reverse("admin:surveys_entry_change", args=[entry.pk])


@pytest.fixture
def entry(member) -> Entry:
    """A submitted example."""
    response = make_complete_response(member.person)
    submit(response)
    return Entry.objects.get(response=response, section_key="B")


def judge(client, entry, state: str, note: str = "", revision: int = 0):
    data = {"judge-state": state, "judge-note": note, "revision": revision, "_judge": "1"}
    return client.post(page_of(entry), data)


def close(round: Round) -> None:
    now = timezone.now()
    Round.objects.filter(pk=round.pk).update(opens_at=now - timedelta(days=9), closes_at=now - timedelta(hours=1))


# States and notes


def test_entry_reads_like_the_form_and_leaves_a_trace(lead, entry):
    text = text_of(lead.client.get(page_of(entry)))
    assert "B1 Wie heißt Ihr Beispiel?" in text and "Bauantrag digital begleiten" in text
    lead.client.get(page_of(entry))
    traces = AuditRecord.objects.about(Response, [entry.response_id]).filter(actor_key=lead.user.pk, kind="read")
    assert traces.count() == 2


def test_draft_of_an_entry_is_not_shown(lead, member):
    draft = make_entry(make_response(member.person), draft={"B1": "Noch im Entstehen"})
    text = text_of(lead.client.get(page_of(draft)))
    assert "noch nicht abgesendet" in text and "Noch im Entstehen" not in text
    assert lead.client.post(page_of(draft), {"_judge": "1"}).status_code == 409


def test_what_was_typed_after_submitting_is_not_shown(lead, entry):
    Entry.objects.filter(pk=entry.pk).update(draft={"B1": "Heimlich geändert"})
    assert "Heimlich geändert" not in text_of(lead.client.get(page_of(entry)))


def test_state_and_note_are_kept(lead, entry):
    assert judge(lead.client, entry, State.REVIEWED, "Schönes Beispiel").status_code == 302
    review = EntryReview.objects.get(entry=entry)
    assert (review.state, review.note, review.changed_by) == (State.REVIEWED, "Schönes Beispiel", lead.user)


def test_two_leads_do_not_overwrite_each_other(lead, second_lead, entry):
    judge(lead.client, entry, State.REVIEWED, "Von mir")
    answer = judge(second_lead.client, entry, State.UNUSABLE, "Von der anderen")
    assert answer.status_code == 409
    text = text_of(answer)
    assert "Von mir" in text and "Von der anderen" in text
    assert EntryReview.objects.get(entry=entry).note == "Von mir"


@pytest.mark.parametrize("data", [{}, {"_judge": "1"}, {"_judge": "1", "judge-state": "query"}, {"_ask": "1"}])
def test_nonsense_changes_nothing(lead, entry, data):
    assert lead.client.post(page_of(entry), data).status_code in {400, 422}
    assert not EntryReview.objects.exists()


def test_changed_entry_is_new_again_and_an_unchanged_one_keeps_its_state(lead, entry):
    other = make_entry(entry.response)
    submit(entry.response)
    for each in [entry, other]:
        judge(lead.client, each, State.REVIEWED)
    entry.refresh_from_db()
    workflow.save_entry(entry=entry, draft=entry.draft | {"B1": "Anders"}, revision=entry.revision)
    submit(entry.response)
    states = {review.entry_id: review.state for review in EntryReview.objects.all()}
    assert states == {entry.pk: State.NEW, other.pk: State.REVIEWED}


def test_member_gets_nowhere_near_the_review(member, entry):
    assert member.client.get(page_of(entry)).status_code == 302
    assert judge(member.client, entry, State.REVIEWED).status_code == 302
    assert not EntryReview.objects.exists()


# Asking back


def ask(client, entry, question: str = "Wie viele Anträge?", until=None, revision: int = 0):
    until = until or timezone.localdate() + timedelta(days=5)
    data = {"ask-question": question, "ask-until": until.isoformat(), "revision": revision, "_ask": "1"}
    return client.post(page_of(entry), data)


def test_query_mails_the_respondent_and_reopens_just_that_entry(
    lead, member, entry, django_capture_on_commit_callbacks, settings
):
    settings.MAIL_IN_BACKGROUND = False
    close(entry.response.round)
    with django_capture_on_commit_callbacks(execute=True):
        assert ask(lead.client, entry).status_code == 302
    message = mail.outbox[-1]
    assert message.to == [member.person.email] and "Wie viele Anträge?" in message.body
    assert "Beispiel 1" in message.body and "Bauantrag" not in message.body
    round = entry.response.round
    page = reverse("surveys:entry", args=[round.slug, entry.uuid])
    text = text_of(member.client.get(page))
    assert "Rückfrage der OGL-Leitung" in text and "Wie viele Anträge?" in text
    entry.refresh_from_db()
    data = {"entry": entry.uuid, "revision": entry.revision, "B1": "Bauantrag", "B2": "Es waren 120."}
    assert member.client.post(page, data).status_code == 302
    single = reverse("surveys:section", args=[round.slug, "A"])
    assert member.client.post(single, {"revision": 1, "A2": "school"}).status_code == 403


def test_query_before_the_deadline_stands_on_the_task_list_until_it_is_answered(lead, member, entry):
    ask(lead.client, entry)
    tasks = entry.response.round.get_absolute_url()
    assert "Frage lesen und beantworten" in text_of(member.client.get(tasks))
    entry = Entry.objects.select_related("response__round").get(pk=entry.pk)
    workflow.save_entry(entry=entry, draft=entry.draft | {"B2": "Es waren 120."}, revision=entry.revision)
    submit(entry.response)
    assert "Frage lesen und beantworten" not in text_of(member.client.get(tasks))


def test_query_after_the_deadline_stands_on_the_start_page_until_it_is_answered(lead, member, entry):
    close(entry.response.round)
    ask(lead.client, entry)
    start = entry.response.round.get_absolute_url()
    assert "Die OGL-Leitung hat eine Frage an Sie" in text_of(member.client.get(start))
    entry = Entry.objects.select_related("response__round").get(pk=entry.pk)
    workflow.save_entry(entry=entry, draft=entry.draft | {"B2": "Es waren 120."}, revision=entry.revision)
    submit(entry.response)
    text = text_of(member.client.get(start))
    assert "hat eine Frage an Sie" not in text and "Diesen Eintrag können Sie noch ändern" in text


def test_answered_query_is_new_again_and_keeps_its_question(lead, member, entry):
    close(entry.response.round)
    ask(lead.client, entry)
    entry = Entry.objects.select_related("response__round").get(pk=entry.pk)
    workflow.save_entry(entry=entry, draft=entry.draft | {"B2": "Es waren 120."}, revision=entry.revision)
    submit(entry.response)
    review = EntryReview.objects.get(entry=entry)
    assert (review.state, review.question) == (State.NEW, "Wie viele Anträge?")
    assert "Es waren 120." in text_of(lead.client.get(page_of(entry)))


def test_note_is_saved_while_the_query_waits_and_leaves_it_open(lead, entry):
    ask(lead.client, entry)
    form = lead.client.get(page_of(entry)).context["judge"]
    assert form["state"].value() == State.QUERY and State.QUERY in dict(form.fields["state"].choices)
    assert judge(lead.client, entry, State.QUERY, note="Ruft morgen zurück.", revision=1).status_code == 302
    review = EntryReview.objects.get()
    assert (review.state, review.note, review.question) == (State.QUERY, "Ruft morgen zurück.", "Wie viele Anträge?")


@pytest.mark.parametrize("days", [-1, 400])
def test_query_with_an_impossible_day_is_refused(lead, entry, days):
    answer = ask(lead.client, entry, until=timezone.localdate() + timedelta(days=days))
    assert answer.status_code == 422 and "Wie viele Anträge?" in text_of(answer)
    assert not EntryReview.objects.exists()


def test_query_about_an_entry_that_was_removed_is_refused_and_leaves_nothing(lead, entry):
    Entry.objects.filter(pk=entry.pk).update(removed_at=timezone.now())
    entry.answers.all().delete()  # as submitting the removal does
    answer = ask(lead.client, entry)
    assert answer.status_code == 409 and "gibt es nicht mehr" in text_of(answer)
    assert not EntryReview.objects.exists()


def test_query_about_an_entry_whose_removal_was_not_submitted_brings_it_back(lead, member, entry):
    workflow.remove_entry(entry=entry)
    assert ask(lead.client, entry).status_code == 302
    start = text_of(member.client.get(entry.response.round.get_absolute_url()))
    assert "Die OGL-Leitung hat eine Frage an Sie" in start
    entry.refresh_from_db()
    assert entry.removed_at is None and entry.reopened_until


def test_query_to_somebody_without_mail_address_reopens_the_entry(lead):
    person = make_person(email="")
    response = make_complete_response(person)
    submit(response)
    entry = response.entries.get(section_key="B")
    assert ask(lead.client, entry).status_code == 302
    entry.refresh_from_db()
    assert entry.reopened_until


# The redacted version


def redact(client, entry, revision: int = 0, **texts):
    data = {f"redact-{name}": text for name, text in texts.items()}
    return client.post(page_of(entry), data | {"revision": revision, "_redact": "1"})


def test_redacted_version_stands_beside_the_untouched_original(lead, entry):
    before = entry.response.submissions.get().sha256
    assert redact(lead.client, entry, B1="Ein Bauantrag", B2=entry.draft["B2"]).status_code == 302
    review = EntryReview.objects.get(entry=entry)
    assert (review.redacted, review.redacted_from) == ({"B1": "Ein Bauantrag"}, 1)
    text = text_of(lead.client.get(page_of(entry)))
    assert "Bauantrag digital begleiten" in text and "Ein Bauantrag" in text and "wie das Original" in text
    entry.refresh_from_db()
    assert entry.draft["B1"] == "Bauantrag digital begleiten"
    assert entry.response.submissions.get().sha256 == before


def test_redacting_back_to_the_original_leaves_no_redacted_version(lead, entry):
    redact(lead.client, entry, B1="", B2="")
    review = EntryReview.objects.get(entry=entry)
    assert review.redacted == {"B1": "", "B2": ""}
    redact(lead.client, entry, review.revision, **entry.draft)
    review.refresh_from_db()
    assert (review.redacted, review.redacted_from) == ({}, None)


def test_contact_is_redacted_like_every_other_text(lead, entry):
    """Who answered is named in section A; what leaves the house may need another name or none."""
    contact = Entry.objects.get(response=entry.response, section_key="A")
    form = lead.client.get(page_of(contact)).context["redact"]
    names = ["A1-organisation", "A1-name", "A1-email"]
    assert list(form.fields) == names
    assert [field.label for field in form.fields.values()] == ["A1 Organisation", "A1 Name", "A1 dienstliche E-Mail"]
    texts = {name: form.originals[name] for name in names} | {"A1-name": "Ansprechperson", "A1-email": ""}
    assert redact(lead.client, contact, **texts).status_code == 302
    assert EntryReview.objects.get(entry=contact).redacted == {"A1-name": "Ansprechperson", "A1-email": ""}
    text = text_of(lead.client.get(page_of(contact)))
    assert "name@example.org" in text and "Ansprechperson" in text


def test_redacted_text_of_what_is_no_longer_answered_does_not_come_back(lead, entry):
    entry = Entry.objects.select_related("response__round__version").get(pk=entry.pk)
    workflow.save_entry(entry=entry, draft=entry.draft | {"B6": "Von Frau Meier"}, revision=entry.revision)
    submit(entry.response)
    redact(lead.client, entry, **entry.draft | {"B6": "Von einer Mitarbeiterin"})
    entry.refresh_from_db()
    draft = {name: text for name, text in entry.draft.items() if name != "B6"}
    workflow.save_entry(entry=entry, draft=draft | EXAMPLE, revision=entry.revision)
    submit(entry.response)
    assert "Von einer Mitarbeiterin" not in text_of(lead.client.get(page_of(entry)))


# Lists and filters


@pytest.fixture
def two_entries(member, other_member) -> dict[str, Entry]:
    """Two examples by two organisations, of which one names a topic and may be published."""
    round = make_round(member.person, other_member.person)
    found = {}
    for actor, extra, consent in [(member, {"B3": [Topic.objects.first().slug]}, "named"), (other_member, {}, "no")]:
        response = make_complete_response(actor.person, round)
        make_entry(response, draft={"B1": f"Von {actor.person}", "B2": "Text", **extra})
        fill(response, "G", {"G1": consent})
        submit(response)
        found[consent] = response.entries.get(section_key="B", draft__B1=f"Von {actor.person}")
    return found


def listed(client, model: str, query: str) -> set[int]:
    page = client.get(reverse(f"admin:surveys_{model}_changelist") + query)
    assert page.status_code == 200
    return {row.pk for row in page.context["cl"].result_list}


@pytest.mark.usefixtures("editable_questionnaire")
@pytest.mark.parametrize(
    "query", ["?topic={topic}", "?consent=G1:named", "?topic={topic}&consent=G1:named&section=B&review=new"]
)
def test_filters_find_the_entry_and_its_response(lead, two_entries, query):
    query = query.format(topic=Topic.objects.first().slug)
    named, other = two_entries["named"], two_entries["no"]
    entries, responses = listed(lead.client, "entry", query), listed(lead.client, "response", query)
    assert named.pk in entries and other.pk not in entries
    assert responses == {named.response_id}


def test_decision_for_one_entry_counts_there_before_the_one_for_all(lead, two_entries):
    entry = two_entries["named"]
    fill(entry.response, "G", {f"G1-{entry.uuid}": "no"})
    submit(entry.response)
    assert entry.pk not in listed(lead.client, "entry", "?consent=G1:named&section=B")
    assert entry.pk in listed(lead.client, "entry", "?consent=G1:no&section=B")


def test_filter_by_state_counts_what_nobody_has_looked_at_as_new(lead, two_entries):
    entry = two_entries["named"]
    judge(lead.client, entry, State.REVIEWED)
    assert listed(lead.client, "entry", "?review=reviewed") == {entry.pk}
    assert entry.pk not in listed(lead.client, "entry", "?review=new")
    assert listed(lead.client, "response", "?review=reviewed") == {entry.response_id}


@pytest.mark.parametrize("query", ["?target_group=x", "?topic=%00", "?consent=:::", "?review=x", "?section=%22"])
def test_filters_with_nonsense_answer(lead, two_entries, query):
    for model in ["entry", "response"]:
        address = reverse(f"admin:surveys_{model}_changelist") + query
        assert lead.client.get(address, follow=True).status_code in {200, 400}


def test_action_marks_entries_as_reviewed(lead, two_entries):
    keys = [entry.pk for entry in two_entries.values()]
    data = {"action": "mark_reviewed", "_selected_action": keys}
    lead.client.post(reverse("admin:surveys_entry_changelist"), data)
    assert EntryReview.objects.filter(state=State.REVIEWED).count() == 2


def test_list_of_entries_costs_the_same_with_one_and_with_many(lead, member, django_assert_max_num_queries):
    response = make_complete_response(member.person)
    submit(response)
    address = reverse("admin:surveys_entry_changelist")
    lead.client.get(address)
    with django_assert_max_num_queries(100) as few:
        lead.client.get(address)
    for _ in range(9):
        make_entry(response)
    submit(response)
    with django_assert_max_num_queries(len(few)):
        lead.client.get(address)


def test_response_links_the_review_of_each_entry(lead, entry):
    judge(lead.client, entry, State.UNUSABLE)
    text = text_of(lead.client.get(reverse("admin:surveys_response_change", args=[entry.response_id])))
    assert page_of(entry) in text and "nicht verwendbar" in text


def test_lead_is_told_before_and_after_that_no_mail_reaches_who_has_no_address(lead, entry):
    Person.objects.filter(responses=entry.response).update(email="")
    assert "Bitte fragen Sie auf anderem Weg." in text_of(lead.client.get(page_of(entry)))
    until = timezone.localdate() + timedelta(days=3)
    data = {"ask-question": "Wie?", "ask-until": until.isoformat(), "revision": 0, "_ask": "1"}
    text = text_of(lead.client.post(page_of(entry), data, follow=True))
    assert "Es ging keine Mail hinaus" in text and "unterwegs" not in text
    close(entry.response.round)
    page = reverse("admin:surveys_response_reopen", args=[entry.response_id])
    text = text_of(lead.client.get(page))
    assert "keine E-Mail-Adresse gespeichert" in text and "bekommt eine Mail" not in text
    text = text_of(lead.client.post(page, {"last_day": until.isoformat()}, follow=True))
    assert "Es ging keine Mail hinaus." in text


# Returns on paper

PAPER = "admin:surveys_response_paper"


def test_paper_return_is_typed_into_the_form_after_the_deadline_and_marked(lead):
    person = make_person(email="")
    round = make_round()
    close(round)
    answer = lead.client.post(reverse(PAPER), {"_begin": "1", "round": round.pk, "person": person.pk})
    assert answer.headers["Location"] == round.get_absolute_url()
    assert "Sie erfassen den Papierbogen von" in text_of(lead.client.get(round.get_absolute_url()))
    response = Response.objects.get()
    assert response.is_paper and response.entered_by == lead.user and response.respondent == person
    page = reverse("surveys:entry-add", args=[round.slug, "B"])
    uuid = uuid4()
    assert lead.client.post(page, {"entry": uuid}).status_code == 302
    page = reverse("surveys:entry", args=[round.slug, uuid])
    assert lead.client.post(page, {"entry": uuid, "revision": 1, "B1": "Vom Papier"}).status_code == 302
    assert response.entries.get(uuid=uuid).draft == {"B1": "Vom Papier"}
    lead.client.post(reverse(PAPER), {"_end": round.slug})
    assert lead.client.get(page).status_code != 200
    assert "Weiter erfassen" in text_of(lead.client.get(reverse(PAPER)))
    lead.client.post(reverse(PAPER), {"_continue": response.pk})
    assert lead.client.get(page).status_code == 200


def test_paper_return_sends_no_confirmation(lead, member, django_capture_on_commit_callbacks):
    round = make_round()
    response = workflow.begin_paper_return(round=round, person=member.person, by=lead.user)
    fill(response, "A", {"A1-organisation": "H", "A1-name": "N", "A1-email": "n@example.org", "A2": "chamber"})
    fill(response, "G", {"G5": "yes"})
    with django_capture_on_commit_callbacks(execute=True):
        submit(response)
    assert mail.outbox == []


def test_paper_return_of_somebody_who_has_begun_is_refused(lead, member):
    response = make_response(member.person)
    data = {"_begin": "1", "round": response.round_id, "person": member.person.pk}
    assert "schon eine Rückmeldung" in text_of(lead.client.post(reverse(PAPER), data))
    assert not Response.objects.filter(is_paper=True).exists()


def test_paper_return_is_open_until_the_day_on_which_the_answers_go_at_most(lead):
    today = timezone.localdate()
    round = make_round(delete_raw_on=today + timedelta(days=3))
    response = workflow.begin_paper_return(round=round, person=make_person(), by=lead.user)
    assert timezone.localtime(response.reopened_until).date() == today + timedelta(days=3)
    Round.objects.update(delete_raw_on=today)
    with pytest.raises(workflow.NothingKept):
        workflow.begin_paper_return(round=round, person=make_person(), by=lead.user)
    data = {"_begin": "1", "round": round.pk, "person": make_person().pk}
    assert "keine Antworten mehr" in text_of(lead.client.post(reverse(PAPER), data))
    assert Response.objects.count() == 1


def test_paper_key_in_the_session_of_somebody_else_opens_nothing(member, other_member):
    response = make_response(other_member.person)
    Response.objects.update(is_paper=True)
    session = member.client.session
    session["paper_returns"] = {response.round.slug: response.pk}
    session.save()
    page = reverse("surveys:section", args=[response.round.slug, "A"])
    assert member.client.get(page).status_code == 404


@pytest.mark.parametrize("data", [{"_continue": "x"}, {"_continue": "9" * 40}, {"_begin": "1"}, {"_end": "x"}, {}])
def test_paper_page_with_nonsense_answers(lead, data):
    assert lead.client.post(reverse(PAPER), data).status_code in {200, 302, 404}


def test_staff_who_read_responses_but_are_not_of_the_lead_enter_no_paper(other_member):
    """Who types in a return acts for somebody else: the right to read responses is not enough."""
    cast.make_staff(other_member, "view_response", "change_response")
    data = {"_begin": "1", "round": make_round().pk, "person": make_person().pk}
    assert other_member.client.get(reverse("admin:surveys_response_changelist")).status_code == 200
    assert other_member.client.get(reverse(PAPER)).status_code == 403
    assert other_member.client.post(reverse(PAPER), data).status_code == 403
    assert not Response.objects.exists()


@pytest.fixture
def paper(lead, member) -> Response:
    """The lead types in what a member sent on paper, who was invited."""
    round = make_round(member.person)
    lead.client.post(reverse(PAPER), {"_begin": "1", "round": round.pk, "person": member.person.pk})
    return Response.objects.select_related("round__version").get()


def complete_by_hand(client, response) -> None:
    """Type in what stands on the paper, the consents among it, and submit it."""
    start = response.round.get_absolute_url()
    contact = {"A1-organisation": "Haus", "A1-name": "Mia", "A1-email": "mia@example.org", "A2": "chamber"}
    for key, draft in [("A", contact), ("G", {"G2": "yes", "G5": "yes"})]:
        revision = response.entries.get(section_key=key).revision
        assert client.post(f"{start}abschnitt/{key}/", {"revision": revision, **draft}).status_code == 302
    assert "ist erfasst" in text_of(submit_as(client, response))


def submit_as(client, response):
    """Review and submit it in this browser."""
    start = response.round.get_absolute_url()
    page = client.get(start + "pruefen/")
    fields = {"revision": page.context["response"].revision, "key": page.context["key"]}
    return client.post(start + "absenden/", fields, follow=True)


def test_lead_types_in_and_submits_what_stands_on_paper_with_its_consents(lead, paper):
    complete_by_hand(lead.client, paper)
    assert paper.consents.current().given().values_list("question_key", flat=True).count() == 2
    assert lead.client.get(reverse("surveys:my-answers-pdf", args=[paper.round.slug])).status_code == 200


def test_trail_names_who_changed_the_consents_with_a_new_submission(lead, member, paper):
    complete_by_hand(lead.client, paper)
    link = create_link(invitation=paper.round.invitations.get(), email="k@example.org", is_shared=True)[1]
    colleague = Client()
    colleague.post("/" + link.split("/", 3)[3])
    for client, choice in [(lead.client, "no"), (colleague, "yes"), (member.client, "no")]:
        fill(paper, "G", {"G2": choice})
        submit_as(client, paper)
    changed = AuditRecord.objects.filter(kind="consent").order_by("pk")
    assert list(changed.values_list("actor", flat=True)) == [str(lead.user), "wer mitarbeitet", "wer geantwortet hat"]


def test_word_after_submitting_a_paper_return_is_for_the_lead(lead, paper):
    complete_by_hand(lead.client, paper)
    text = text_of(lead.client.get(reverse("surveys:submitted", args=[paper.round.slug])))
    assert "Der Papierbogen ist erfasst" in text and "Vielen Dank" not in text
    assert f'href="{reverse(PAPER)}"' in text


def test_lead_who_enters_paper_decides_nothing_in_the_name_of_the_person(lead, paper):
    complete_by_hand(lead.client, paper)
    slug, consent = paper.round.slug, paper.consents.get(question_key="G2")
    for name, method in [
        ("consents", "get"), ("delete", "get"), ("delete", "post"), ("team", "get"), ("team", "post"),
        ("decline", "get"), ("decline", "post"),
    ]:  # fmt: skip
        data = {"email": "k@example.org", "reason": "Nein", "back": "1"}
        assert getattr(lead.client, method)(reverse(f"surveys:{name}", args=[slug]), data).status_code == 404, name
    assert lead.client.post(reverse("surveys:consent-withdraw", args=[slug, consent.pk])).status_code == 404
    consent.refresh_from_db()
    assert consent.ended_at is None and not paper.round.invitations.get().links.exists()
    page = text_of(lead.client.get(paper.round.get_absolute_url()))
    for address in ["freigaben", "loeschen", "mitarbeit", "nicht-zustaendig"]:
        assert f"/{address}/" not in page
    assert "meine-antworten.pdf" in page


def test_lead_who_enters_paper_takes_back_no_declining(lead, paper):
    workflow.decline_invitation(invitation=paper.round.invitations.get(), reason="Das macht die Kämmerei.")
    start = paper.round.get_absolute_url()
    lead.client.post(start + "beginnen/")
    assert paper.round.invitations.get().declined_at
    assert "Doch teilnehmen" not in text_of(lead.client.get(start))


def test_person_behind_a_paper_return_decides_for_oneself(lead, member, paper):
    complete_by_hand(lead.client, paper)
    consent = paper.consents.get(question_key="G2")
    member.client.post(reverse("surveys:consent-withdraw", args=[paper.round.slug, consent.pk]))
    assert paper.consents.current().get(question_key="G2").value == "no"


def test_history_holds_nothing_of_what_was_answered(lead, entry):
    """It outlives the response."""
    judge(lead.client, entry, State.REVIEWED)
    texts = LogEntry.objects.values_list("change_message", flat=True)
    assert any("Beispiel 1: Der Stand ist gespeichert." in text for text in texts)
    assert not any("Bauantrag" in text for text in texts)


def test_staff_who_may_only_read_entries_judge_none(other_member, entry):
    cast.make_staff(other_member, "view_entry")
    assert other_member.client.get(page_of(entry)).status_code == 200
    assert judge(other_member.client, entry, State.REVIEWED).status_code == 403


def test_entry_under_a_number_that_is_none_is_not_found(lead, entry):
    assert lead.client.get(page_of(entry).replace(f"/{entry.pk}/", "/²/")).status_code == 404


def test_marking_what_somebody_else_has_just_judged_says_so(lead, entry, monkeypatch):
    stale = EntryReview(entry=entry, revision=7)
    monkeypatch.setattr("surveys.admin.entries.workflow.review_of", lambda entry: stale)
    data = {"action": "mark_reviewed", "_selected_action": [entry.pk]}
    text = text_of(lead.client.post(reverse("admin:surveys_entry_changelist"), data, follow=True))
    assert "Als geprüft gekennzeichnet: 0." in text
    assert "Inzwischen wurde an anderer Stelle" in text


# Who submits while a lead reads


def test_lead_judges_and_redacts_only_the_answers_that_were_on_the_page(lead, entry):
    page = lead.client.get(page_of(entry)).context
    texts = {field.html_name: field.value() for field in page["redact"]}
    fill_example(entry, {"B2": "Nie gelesen."})
    assert judge(lead.client, entry, State.REVIEWED).status_code == 409
    redacted = {"revision": page["review"].revision, "submission": page["submission"].number, "_redact": "1"}
    again = lead.client.post(page_of(entry), redacted | texts | {"redact-B1": "Bauantrag"})
    assert again.status_code == 409
    assert [again.context["redact"][name].value() for name in ["B1", "B2"]] == ["Bauantrag", "Nie gelesen."]
    review = EntryReview.objects.get(entry=entry)
    assert (review.state, review.redacted) == (State.NEW, {})


def fill_example(entry, answers: dict) -> None:
    """The respondent changes the example and submits again."""
    entry = Entry.objects.select_related("response__round__version").get(pk=entry.pk)
    workflow.save_entry(entry=entry, draft=entry.draft | answers, revision=entry.revision)
    submit(entry.response)
