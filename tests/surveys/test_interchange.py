"""A questionnaire as a JSON file."""

import copy
import json

import pytest

from surveys import interchange, workflow
from surveys.demo import DEFINITION
from surveys.models import Question, Questionnaire
from tests.factories.surveys import make_round, make_version

pytestmark = pytest.mark.django_db
SHIPPED = json.loads(DEFINITION.read_text(encoding="utf-8"))


def changed(change) -> bytes:
    document = copy.deepcopy(SHIPPED)
    change(document)
    return json.dumps(document).encode()


def messages(content: bytes) -> str:
    with pytest.raises(interchange.DocumentRefused) as refusal:
        interchange.read(content)
    return str(refusal.value)


def question(document, key):
    return next(each for section in document["sections"] for each in section["questions"] if each["key"] == key)


def hang_in_a_circle(document, *keys) -> None:
    """Let each question wait for the one named before it, and the first for the last."""
    for number, key in enumerate(keys):
        question(document, key)["show_if_question"] = keys[number - 1]


@pytest.mark.usefixtures("editable_questionnaire")
def test_write_gives_the_shipped_definition_back():
    assert interchange.read(interchange.write(make_version().questionnaire).encode()) == SHIPPED


@pytest.mark.usefixtures("editable_questionnaire")
def test_read_after_write_under_another_name_freezes_to_the_same_questions():
    version = make_version()
    document = json.loads(interchange.write(version.questionnaire)) | {"slug": "kopie"}
    copied = workflow.publish_version(questionnaire=workflow.replace_definition(document=document))
    assert copied.document["sections"] == version.document["sections"]


def test_replace_leaves_versions_and_rounds_as_they_are():
    round = make_round()
    document = copy.deepcopy(SHIPPED)
    question(document, "B1")["text"] = "Anders gefragt?"
    del document["sections"][-1]
    workflow.replace_definition(document=document)
    round.refresh_from_db()
    assert round.version.definition.questions["B1"].text == "Wie heißt Ihr Beispiel?"
    assert Question.objects.get(key="B1").text == "Anders gefragt?"
    assert not Question.objects.filter(key="G1").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "keine JSON-Datei"),
        (b"\xff\xfe\x00", "keine JSON-Datei"),
        (b"[" * 100_000, "keine JSON-Datei"),
        (b"9" * 5000, "keine JSON-Datei"),
        (b"[]", "geschweiften Klammern"),
        (b"{}", "Titel"),
        (b'{"slug": "a", "title": "A", "sections": {}}', "Liste"),
        (b'{"slug": "a", "title": "A", "sections": [1]}', "Abschnitt an Stelle 1"),
        (b'{"slug": "a", "title": "A", "sections": []}', "noch keinen Abschnitt"),
        (b'{"slug": "a", "title": 5}', "muss ein Text sein"),
        (b'{"slug": "a b", "title": "A"}', "Kurzname"),
        (b'{"slug": "a", "title": "A\\u0000"}', "kein Text"),
        (b'{"slug": "a", "title": "\\ud800"}', "kein Text"),
        (b'{"slug": "a", "title": "A", "owner": "B"}', "kennt das Portal nicht"),
        (b" " * 1_000_001, "zu groß"),
    ],
)
def test_read_of_what_is_no_questionnaire_says_why(content, words):
    assert words in messages(content)
    assert not Questionnaire.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda document: question(document, "B2").update(kind="matrix"), "Frage B2"),
        (lambda document: question(document, "B2").update(max_length="2000"), "muss eine ganze Zahl sein"),
        (lambda document: question(document, "B2").update(max_length=True), "muss eine ganze Zahl sein"),
        (lambda document: question(document, "B2").update(max_length=10**30), "Frage B2"),
        (lambda document: question(document, "B2").update(is_required="ja"), "muss ja oder nein sein"),
        (lambda document: question(document, "B2").update(key="B1"), "Frage B1 gibt es mehrmals"),
        (lambda document: question(document, "B2").update(key="C9"), "muss mit B beginnen"),
        (lambda document: question(document, "B2").update(choices=[{"key": "a", "label": "A"}]), "passen nicht"),
        (lambda document: question(document, "B5").update(choices=[]), "fehlen die Antworten"),
        (lambda document: question(document, "B3").update(choices=[{"key": "a", "label": "A"}]), "nicht beides"),
        (lambda document: question(document, "B5")["choices"][0].update(key="in-use"), "Antwort in-use gibt es mehr"),
        (lambda document: question(document, "B5")["choices"][0].pop("label"), "Frage B5, Antwort trial: Antwort"),
        (lambda document: question(document, "B6").update(show_if_question="B5", show_if_choice="x"), "gibt es bei B5"),
        (lambda document: question(document, "B6").update(show_if_question="B6"), "Die Frage B6, von der sie"),
        (lambda document: hang_in_a_circle(document, "B5", "B6", "C1"), "Frage C1 hängt über B6 von ihrer eigenen"),
        (lambda document: question(document, "G1").update(needs_section="X"), "Abschnitt X"),
        (lambda document: document["sections"][1].update(questions=[]), "Abschnitt B hat noch keine Frage"),
        (lambda document: document["sections"][1].update(add_label=""), "wie ein Eintrag heißt"),
        (lambda document: document["sections"][1].update(key="A"), "Abschnitt A gibt es mehrmals"),
    ],
)
def test_read_of_a_questionnaire_with_a_fault_names_the_place(change, words):
    assert words in messages(changed(change))


@pytest.mark.usefixtures("editable_questionnaire")
def test_publish_of_an_unanswerable_questionnaire_is_refused():
    questionnaire = make_version().questionnaire
    Question.objects.get(key="B5").choices.all().delete()
    with pytest.raises(workflow.NotPublishable, match="Frage B5: Es fehlen die Antworten"):
        workflow.publish_version(questionnaire=questionnaire)
    assert questionnaire.versions.count() == 1


def test_names_that_are_no_text_are_refused_in_words_that_a_page_can_show():
    for content in [b'{"\\ud800": 1}', b'{"sections": [{"key": "\\ud800"}]}', b'{"sections": [{"key": ["\\u0000"]}]}']:
        assert messages(content).encode()


def test_name_that_comes_twice_is_refused():
    assert "„slug“ steht in der Datei zweimal" in messages(b'{"slug": "a", "title": "A", "slug": "b"}')


def repeat_consents(document):
    document["sections"][-1] |= {
        "is_repeatable": True, "max_entries": 3, "entry_label": "Freigabe", "add_label": "Weitere"
    }  # fmt: skip


def choose_several_consents(document):
    question(document, "G1")["kind"] = "several-of"


def forbid_refusing(document):
    question(document, "G1")["choices"] = question(document, "G1")["choices"][:2]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (repeat_consents, "Frage G2: Freigaben gehören in einen Abschnitt, der nicht wiederholbar ist."),
        (choose_several_consents, "Frage G1: Eine Freigabe ist eine Einfachauswahl"),
        (forbid_refusing, "Frage G1: Bei einer Freigabe fehlt die Antwort mit dem Schlüssel „no“"),
    ],
)
def test_consent_that_nobody_could_submit_or_refuse_is_not_published(change, words):
    assert words in messages(changed(change))
