"""The lead's workplace."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from surveys.models import Invitation, Question, QuestionnaireVersion, Round
from surveys.workflow import invite
from tests.factories.directory import make_person
from tests.factories.surveys import (
    fill,
    make_complete_response,
    make_entry,
    make_response,
    make_round,
    make_version,
    submit,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("editable_questionnaire")]
MODELS = ["questionnaire", "section", "question", "questionnaireversion", "round", "response"]


def text_of(answer) -> str:
    return answer.content.decode()


def admin(model: str, view: str = "changelist", *args) -> str:
    return reverse(f"admin:surveys_{model}_{view}", args=args)


@pytest.mark.parametrize("model", MODELS)
def test_lists_open_for_the_lead_and_nobody_else(lead, member, model):
    make_complete_response(member.person)
    assert lead.client.get(admin(model)).status_code == 200
    assert member.client.get(admin(model)).status_code == 302


@pytest.mark.parametrize("model", ["questionnaire", "section", "question", "questionnaireversion", "round"])
def test_objects_open_for_the_lead(lead, model):
    make_round()
    pk = apps.get_model("surveys", model).objects.first().pk
    assert lead.client.get(admin(model, "change", pk)).status_code == 200


def test_response_reads_like_the_form(lead, member):
    response = make_complete_response(member.person)
    other = make_entry(response, draft={"B1": "<b>Zweites</b>", "B2": "Text", "B9": "https://www.example.org/x"})
    fill(response, "G", {"G1": "named", f"G1-{other.uuid}": "no"})
    submit(response)
    text = text_of(lead.client.get(admin("response", "change", response.pk)))
    for words in [
        "B1 Wie heißt Ihr Beispiel?",
        "Bauantrag digital begleiten",
        "Beispiel 2: &lt;b&gt;Zweites&lt;/b&gt;",
        "G1: ja, mit Name der Organisation",
        "G1: nein, nur AG-intern (für einen einzelnen Eintrag)",
        "1. Absendung",
    ]:
        assert words in text
    assert 'href="https://www.example.org/x" rel="nofollow noreferrer"' in text


def test_draft_is_not_shown_to_the_lead(lead, member):
    response = make_response(member.person)
    make_entry(response, draft={"B1": "Noch im Entstehen"})
    text = text_of(lead.client.get(admin("response", "change", response.pk)))
    assert "noch nicht abgesendet" in text and "Noch im Entstehen" not in text


def test_response_cannot_be_changed_added_or_deleted(lead, member):
    response = make_complete_response(member.person)
    assert lead.client.post(admin("response", "change", response.pk), {"status": "submitted"}).status_code == 403
    assert lead.client.get(admin("response", "add")).status_code == 403
    assert lead.client.post(admin("response", "delete", response.pk), {"post": "yes"}).status_code == 403


def test_responses_are_filtered_by_section(lead, member, other_member):
    round = make_round(member.person, other_member.person)
    make_complete_response(member.person, round)
    make_response(other_member.person, round)
    text = text_of(lead.client.get(admin("response") + "?section=B"))
    assert "Mia Mitglied" in text and "Otto Ander" not in text


def test_action_opens_a_round_and_counts_invitations(lead, member):
    round = make_round(opened_at=None)
    answer = lead.client.post(admin("round"), {"action": "open_rounds", "_selected_action": [round.pk]}, follow=True)
    assert "ist geöffnet. Neu eingeladen: 2." in text_of(answer)


def test_page_of_a_round_costs_the_same_with_1_and_with_30_invitations(lead, member):
    round = make_round(member.person)
    address = admin("round", "change", round.pk)

    def count():
        with CaptureQueriesContext(connection) as captured:
            text = text_of(lead.client.get(address))
        return len(captured), text

    with_one, _ = count()
    for _ in range(29):
        invite(round=round, person=make_person())
    with_thirty, text = count()
    assert with_thirty == with_one
    states = f"{admin('invitation')}?round__id__exact={round.pk}&amp;state=not-mailed"
    assert f'<a href="{states}">30 noch nicht angeschrieben</a>' in text
    assert f"{admin('invitation', 'add')}?round={round.pk}" in text


@pytest.mark.parametrize("model", ["invitation", "response"])
def test_title_of_the_round_stands_in_a_column_unless_one_round_is_chosen(lead, member, model):
    round = make_complete_response(member.person).round
    assert 'class="field-round' in text_of(lead.client.get(admin(model)))
    assert 'class="field-round' not in text_of(lead.client.get(admin(model), {"round__id__exact": round.pk}))


def test_page_of_a_new_round_says_when_people_can_be_invited(lead):
    assert "Sobald die Runde gesichert ist." in text_of(lead.client.get(admin("round", "add")))


def test_lead_invites_a_guest_and_lands_on_the_board_of_the_round(lead):
    round, past, person = make_round(), make_round(closes_at=timezone.now()), make_person()
    address = f"{admin('invitation', 'add')}?round={round.pk}"
    form = lead.client.get(address).context["adminform"].form
    assert form.initial["round"] == str(round.pk) and past not in form.fields["round"].queryset
    data = {"round": round.pk, "person": person.pk}
    answer = lead.client.post(address, data)
    assert answer.headers["Location"] == f"{admin('invitation')}?round__id__exact={round.pk}"
    assert Invitation.objects.get().person == person
    assert "Die Person ist schon eingeladen." in text_of(lead.client.post(address, data))


def test_action_publishes_a_version(lead):
    version = make_version()
    Question.objects.filter(key="B1").update(text="Neu gefragt?")
    lead.client.post(admin("questionnaire"), {"action": "publish", "_selected_action": [version.questionnaire.pk]})
    assert QuestionnaireVersion.objects.count() == 2


def test_published_version_cannot_be_changed_in_the_admin(lead):
    version = make_version()
    assert lead.client.post(admin("questionnaireversion", "change", version.pk), {"number": 9}).status_code == 403
    assert lead.client.get(admin("questionnaireversion", "add")).status_code == 403


def test_open_round_keeps_version_and_address(lead):
    round = make_round()
    form = lead.client.get(admin("round", "change", round.pk)).context["adminform"].form
    assert "version" not in form.fields and "slug" not in form.fields and "closes_at" in form.fields


def test_outdated_form_of_a_round_gets_409_and_keeps_the_deadline_that_another_lead_has_set(lead, second_lead):
    round = make_round()
    address = admin("round", "change", round.pk)
    form = second_lead.client.get(address).context["adminform"].form
    data = {field.html_name: field.value() for field in form if field.value() is not None}
    for name in ["opens_at", "closes_at"]:
        moment = timezone.localtime(data.pop(name))
        data |= {f"{name}_0": f"{moment:%d.%m.%Y}", f"{name}_1": f"{moment:%H:%M:%S}"}
    later = data | {"closes_at_0": f"{timezone.localtime(round.closes_at) + timedelta(days=14):%d.%m.%Y}"}
    assert lead.client.post(address, later).status_code == 302
    answer = second_lead.client.post(address, data | {"note": "Hinweis"})
    assert answer.status_code == 409 and "Gespeichert ist: " in text_of(answer)
    stored = Round.objects.get()
    assert stored.closes_at > round.closes_at + timedelta(days=13) and not stored.note
