"""The questionnaire editor: preview, publishing, and JSON files."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from surveys import workflow
from surveys.demo import DEFINITION
from surveys.models import Choice, Question, Questionnaire, QuestionnaireVersion, Round, Section
from tests.factories.surveys import make_complete_response, make_round, make_version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("editable_questionnaire")]


def text_of(answer) -> str:
    return answer.content.decode()


def admin(model: str, view: str, *args) -> str:
    return reverse(f"admin:surveys_{model}_{view}", args=args)


def form_data(page) -> dict:
    """What the browser would send of an admin form if nothing was changed."""
    forms = [page.context["adminform"].form, *(each.formset for each in page.context["inline_admin_formsets"])]
    parts = [part for form in forms for part in ([form] if hasattr(form, "fields") else [form.management_form, *form])]
    fields = {field.html_name: field.value() for part in parts for field in part}
    return {name: value for name, value in fields.items() if value is not None and value is not False}


# Preview


def test_preview_shows_the_unpublished_state_and_stores_nothing(lead):
    questionnaire = make_version().questionnaire
    Question.objects.filter(key="B1").update(text="Noch niemand hat das gefragt?")
    page = lead.client.get(admin("questionnaire", "preview", questionnaire.pk))
    text = text_of(page)
    for words in ["Noch niemand hat das gefragt?", "G5 Ich habe die Datenschutzhinweise", "wird nicht gespeichert"]:
        assert words in text
    assert "{deadline}" not in text and "{last_day}" not in text
    assert QuestionnaireVersion.objects.count() == 1


def test_preview_of_a_questionnaire_in_the_making_names_what_is_missing(lead):
    questionnaire = Questionnaire.objects.create(slug="neu", title="Neu")
    section = Section.objects.create(questionnaire=questionnaire, key="A", title="Leer")
    Section.objects.create(questionnaire=questionnaire, key="B", title="Auch leer")
    Question.objects.create(section=section, key="A1", text="Was?", kind="one-of")
    text = text_of(lead.client.get(admin("questionnaire", "preview", questionnaire.pk)))
    assert "Abschnitt B hat noch keine Frage." in text and "Frage A1: Es fehlen die Antworten zur Auswahl." in text


# Publishing


def test_publish_page_says_what_changed_and_moves_the_chosen_rounds(lead, member):
    response = make_complete_response(member.person)
    other = make_round()
    Question.objects.filter(key="B1").update(text="Anders gefragt?")
    Choice.objects.filter(question__key="B5", key="trial").delete()
    address = admin("questionnaire", "publish", response.round.version.questionnaire_id)
    text = text_of(lead.client.get(address))
    assert "Wortlaut: „Wie heißt Ihr Beispiel?“ → „Anders gefragt?“" in text
    assert "Antwort „Erprobung“ entfällt" in text and "begonnen: 1, davon abgesendet: 0" in text
    answer = lead.client.post(address, {"rounds": [response.round_id]}, follow=True)
    assert "Begonnene Rückmeldungen: 1" in text_of(answer)
    numbers = {round.pk: round.version.number for round in Round.objects.all()}
    assert numbers == {response.round_id: 2, other.pk: 1}


def test_publish_with_a_round_that_cannot_move_publishes_nothing(lead, member):
    response = make_complete_response(member.person)
    workflow.add_entry(response=response, section_key="B", uuid="00000000-0000-4000-8000-000000000001")
    Section.objects.filter(key="B").update(is_repeatable=False)
    address = admin("questionnaire", "publish", response.round.version.questionnaire_id)
    text = text_of(lead.client.post(address, {"rounds": [response.round_id]}))
    assert "Abschnitt B muss wiederholbar bleiben" in text
    assert QuestionnaireVersion.objects.count() == 1


def test_publish_with_a_round_that_no_table_can_have_publishes_nothing(lead):
    questionnaire = make_round().version.questionnaire
    Question.objects.filter(key="B1").update(text="Anders gefragt?")
    answer = lead.client.post(admin("questionnaire", "publish", questionnaire.pk), {"rounds": ["9" * 40]})
    assert "ist kein gültiger Wert" in text_of(answer)
    assert questionnaire.versions.count() == 1


def test_publish_of_a_questionnaire_with_gaps_is_not_offered(lead):
    questionnaire = make_version().questionnaire
    Question.objects.get(key="B5").choices.all().delete()
    address = admin("questionnaire", "publish", questionnaire.pk)
    text = text_of(lead.client.get(address))
    assert "Frage B5: Es fehlen die Antworten" in text and 'value="Veröffentlichen"' not in text
    assert "Es fehlen die Antworten" in text_of(lead.client.post(address))
    assert QuestionnaireVersion.objects.count() == 1


# JSON files


def upload(content: bytes, **data) -> dict:
    return {"file": SimpleUploadedFile("fragebogen.json", content), **data}


def test_export_and_import_under_another_name_is_the_same_questionnaire(lead):
    version = make_version()
    answer = lead.client.get(admin("questionnaire", "export", version.questionnaire.pk))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="anlage-1.json"'
    assert json.loads(answer.content) == json.loads(DEFINITION.read_text(encoding="utf-8"))
    content = answer.content.replace(b'"anlage-1"', b'"kopie"')
    lead.client.post(admin("questionnaire", "import"), upload(content))
    copied = workflow.publish_version(questionnaire=Questionnaire.objects.get(slug="kopie"))
    assert copied.document["sections"] == version.document["sections"]


def test_import_over_an_existing_questionnaire_asks_first(lead):
    version = make_version()
    Question.objects.filter(key="B1").update(text="Anders gefragt?")
    address, content = admin("questionnaire", "import"), DEFINITION.read_bytes()
    assert "gibt es schon" in text_of(lead.client.post(address, upload(content)))
    assert Question.objects.get(key="B1").text == "Anders gefragt?"
    assert lead.client.post(address, upload(content, replace="on")).status_code == 302
    assert Question.objects.get(key="B1").text == "Wie heißt Ihr Beispiel?"
    assert workflow.publish_version(questionnaire=version.questionnaire) == version


@pytest.mark.parametrize("content", [b"\x00", b"{}", b'{"slug": "a", "title": "A", "sections": [[]]}', b"[" * 60_000])
def test_import_of_a_wrong_file_says_so_and_changes_nothing(lead, content):
    make_version()
    answer = lead.client.post(admin("questionnaire", "import"), upload(content, replace="on"))
    assert answer.status_code == 200 and "Es wurde nichts geändert." in text_of(answer)
    assert Questionnaire.objects.count() == 1 and Question.objects.count() == 31


def test_import_without_a_file_says_so(lead):
    assert "wählen Sie eine Datei aus" in text_of(lead.client.post(admin("questionnaire", "import")))


# Editing


def test_questionnaire_page_links_every_section_and_question(lead):
    questionnaire = make_version().questionnaire
    text = text_of(lead.client.get(admin("questionnaire", "change", questionnaire.pk)))
    question = Question.objects.get(key="D5")
    assert admin("question", "change", question.pk) in text
    assert admin("section", "change", question.section_id) in text


def test_saving_a_question_keeps_everything_and_leads_to_its_section(lead):
    version = make_version()
    question = Question.objects.get(key="B5")
    address = admin("question", "change", question.pk)
    answer = lead.client.post(address, form_data(lead.client.get(address)))
    assert answer.headers["Location"] == admin("section", "change", question.section_id)
    assert workflow.publish_version(questionnaire=version.questionnaire) == version
    assert list(question.choices.values_list("position", flat=True)) == [10, 20, 30, 40]


def test_new_row_without_a_number_comes_last(lead):
    make_version()
    question = Question.objects.get(key="B5")
    address = admin("question", "change", question.pk)
    data = form_data(lead.client.get(address))
    new = {"choices-4-key": "planned", "choices-4-label": "geplant", "choices-4-position": "0"}
    assert lead.client.post(address, data | new).status_code == 302
    assert list(question.choices.values_list("key", flat=True))[-1] == "planned"


def test_question_added_on_its_own_page_without_a_number_comes_last(lead):
    make_version()
    section = Section.objects.get(key="F")
    address = "/admin/surveys/question/add/"
    data = form_data(lead.client.get(address)) | {"section": section.pk, "key": "F3"}
    answer = lead.client.post(address, data | {"text": "Wann passt ein Treffen?", "kind": "short-text"})
    assert answer.status_code == 302
    assert list(section.questions.values_list("key", flat=True)) == ["F1", "F2", "F3"]


def conditions_offered(page) -> dict:
    """What the question can be made to hang on, by the words of the group."""
    return {str(label): options for label, options in page.context["adminform"].form.fields["condition"].choices[1:]}


def test_condition_is_picked_from_the_questions_before_and_their_answers(lead):
    make_version()
    question = Question.objects.get(key="D5")
    address = admin("question", "change", question.pk)
    offered = conditions_offered(lead.client.get(address))
    assert list(offered)[-1] == "D4 Wie ist der Stand?" and "E1" not in str(offered)
    assert offered["D4 Wie ist der Stand?"][0] == ("D4", "D4: irgendeine Antwort")
    assert ("D4:running", "D4: läuft bereits") in offered["D4 Wie ist der Stand?"]
    assert ("B3:mint-nachwuchs", "B3: MINT & Nachwuchs") in offered[
        "B3 Zu welchen Handlungsfeldern passt das Beispiel?"
    ]
    data = form_data(lead.client.get(address)) | {"condition": "D4:running", "needs_section": "B"}
    assert lead.client.post(address, data).status_code == 302
    question.refresh_from_db()
    assert (question.show_if_question, question.show_if_choice, question.needs_section) == ("D4", "running", "B")
    assert form_data(lead.client.get(address))["condition"] == "D4:running"
    lead.client.post(address, form_data(lead.client.get(address)) | {"condition": "", "needs_section": ""})
    question.refresh_from_db()
    assert (question.show_if_question, question.show_if_choice, question.needs_section) == ("", "", "")


def test_condition_of_an_invented_answer_is_refused(lead):
    make_version()
    address = admin("question", "change", Question.objects.get(key="D5").pk)
    answer = lead.client.post(address, form_data(lead.client.get(address)) | {"condition": "D4:erfunden"})
    assert answer.status_code == 200 and "errorlist" in text_of(answer)


def test_condition_on_what_is_gone_stays_and_says_so(lead):
    make_version()
    Question.objects.filter(key="D5").update(show_if_question="D9", show_if_choice="weg")
    address = admin("question", "change", Question.objects.get(key="D5").pk)
    page = lead.client.get(address)
    assert conditions_offered(page)["Gibt es nicht mehr"] == [("D9:weg", "D9:weg")]
    assert lead.client.post(address, form_data(page)).status_code == 302
    assert Question.objects.get(key="D5").show_if_choice == "weg"


def test_condition_of_a_new_question_is_offered_once_its_section_is_known(lead):
    make_version()
    section = Section.objects.get(key="D")
    address = "/admin/surveys/question/add/"
    assert conditions_offered(lead.client.get(address)) == {}
    assert list(conditions_offered(lead.client.get(f"{address}?section={section.pk}")))[-1].startswith("D5 ")
    assert lead.client.get(f"{address}?section={'9' * 30}").status_code == 200
    data = form_data(lead.client.get(address)) | {"section": section.pk, "key": "D6", "condition": "D4"}
    assert lead.client.post(address, data | {"text": "Und warum?", "kind": "short-text"}).status_code == 302
    assert Question.objects.get(key="D6").show_if_question == "D4"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("key", "B55", "„B5“ ist veröffentlicht"), ("choices-0-key", "probe", "„trial“ ist veröffentlicht")],
)
def test_published_key_cannot_be_changed(lead, field, value, words):
    make_version()
    address = admin("question", "change", Question.objects.get(key="B5").pk)
    answer = lead.client.post(address, form_data(lead.client.get(address)) | {field: value})
    assert answer.status_code == 200
    assert words in text_of(answer)


def test_key_of_a_question_carries_the_letter_of_its_section(lead):
    make_version()
    question = Question.objects.get(key="B6")
    new = Question.objects.create(section=question.section, key="B10", text="Neu?", kind="short-text")
    address = admin("question", "change", new.pk)
    answer = lead.client.post(address, form_data(lead.client.get(address)) | {"key": "C50"})
    assert "beginnt mit dem Buchstaben des Abschnitts, z. B. B1" in text_of(answer)
    assert lead.client.post(address, form_data(lead.client.get(address)) | {"key": "B11"}).status_code == 302


def test_section_key_that_was_published_cannot_be_changed(lead):
    questionnaire = make_version().questionnaire
    address = admin("questionnaire", "change", questionnaire.pk)
    answer = lead.client.post(address, form_data(lead.client.get(address)) | {"sections-0-key": "Q"})
    assert answer.status_code == 200 and "„A“ ist veröffentlicht" in text_of(answer)


@pytest.mark.parametrize("view", ["preview", "publish", "export"])
def test_editor_pages_of_an_unknown_questionnaire_are_not_found(lead, view):
    assert lead.client.get(admin("questionnaire", view, 987654)).status_code == 404


# Two at once


def opened(actor, model: str, thing) -> tuple[str, dict]:
    """The address of a form and what it would send."""
    address = admin(model, "change", thing.pk)
    return address, form_data(actor.client.get(address))


def test_outdated_form_of_a_question_or_its_section_gets_409_with_both_texts(lead, second_lead):
    make_version()
    question = Question.objects.get(key="F1")
    older = [opened(second_lead, "question", question), opened(second_lead, "section", question.section)]
    address, data = opened(lead, "question", question)
    assert lead.client.post(address, data | {"text": "Neuer Wortlaut?"}).status_code == 302
    for address, data in older:
        answer = second_lead.client.post(address, data | {"help": "Neue Hilfe"})
        assert answer.status_code == 409 and "Gespeichert ist: Neuer Wortlaut?" in text_of(answer)
    question.refresh_from_db()
    assert (question.text, question.help) == ("Neuer Wortlaut?", "")


def test_row_changed_or_moved_in_its_section_outdates_the_form_of_that_question_alone(lead, second_lead):
    make_version()
    section = Section.objects.get(key="D")
    older = [opened(second_lead, "question", section.questions.get(key=key)) for key in ["D1", "D2", "D4"]]
    address, data = opened(lead, "section", section)
    changed = {"questions-0-text": "Neuer Wortlaut?", "questions-4-position": "35"}  # D5 comes before D4
    assert lead.client.post(address, data | changed).status_code == 302
    answers = [second_lead.client.post(*each) for each in older]
    assert [answer.status_code for answer in answers] == [409, 302, 409]
    assert "Gespeichert ist: Neuer Wortlaut?" in text_of(answers[0])
    assert "Gespeichert ist: 50" in text_of(answers[2])
    assert Questionnaire.objects.get().revision == 1, "The section is a row of the questionnaire's form."


def delete_in_the_list(actor, questions) -> None:
    data = {"action": "delete_selected", "_selected_action": [each.pk for each in questions], "post": "yes"}
    actor.client.post(admin("question", "changelist"), data)


def move_to_another_section(actor, questions) -> None:
    other = questions[0].section.questionnaire.sections.get(key="E")
    for question in questions:
        address, data = opened(actor, "question", question)
        actor.client.post(address, data | {"section": other.pk, "key": f"E{question.position}"})


@pytest.mark.parametrize("take_away", [delete_in_the_list, move_to_another_section])
def test_form_with_rows_that_went_another_way_says_so_and_can_be_saved(lead, second_lead, take_away):
    section = Questionnaire.objects.create(slug="neu", title="Neu").sections.create(key="D", title="Vorhaben")
    section.questionnaire.sections.create(key="E", title="Angebote")
    kept, *gone = [
        section.questions.create(key=f"D{number}", text=f"Frage {number}?", position=number, kind="short-text")
        for number in [1, 2, 3]
    ]
    address, data = opened(lead, "section", section)
    take_away(second_lead, gone)
    answer = lead.client.post(address, data | {"title": "Pläne", "questions-2-DELETE": "on"})
    assert answer.status_code == 409 and "Frage: Frage 2?" in text_of(answer)
    assert "Frage 3?" not in text_of(answer), "It was to go anyway."
    assert lead.client.post(address, form_data(answer)).status_code == 302
    section.refresh_from_db()
    assert (section.title, list(section.questions.all())) == ("Pläne", [kept])
