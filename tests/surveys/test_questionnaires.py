"""Loading, freezing and publishing a questionnaire."""

from datetime import date

import pytest

from ogl_portal.directory.models import TargetGroup, Topic
from ogl_portal.lib.dates import end_of_day
from surveys import workflow
from surveys.definition import digest
from surveys.models import Choice, Question, QuestionnaireVersion
from surveys.models.frozen import FrozenError
from tests.factories.surveys import make_round, make_version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("editable_questionnaire")]


def test_publish_takes_topics_and_target_groups_from_the_vocabulary():
    questions = make_version().definition.questions
    assert [choice.label for choice in questions["B3"].choices] == list(Topic.objects.values_list("name", flat=True))
    assert [choice.label for choice in questions["E1"].choices] == list(
        TargetGroup.objects.values_list("name", flat=True)
    )
    assert len(questions["B3"].choices) == 13 and len(questions["E1"].choices) == 9
    assert questions["B3"].text_choice.label == "Sonstiges"


def test_publish_unchanged_gives_the_same_version():
    assert make_version() == make_version()
    assert QuestionnaireVersion.objects.count() == 1


def test_publish_after_a_change_gives_a_new_version_and_leaves_the_old_one():
    old = make_version()
    Question.objects.filter(key="B1").update(text="Anders gefragt?")
    new = workflow.publish_version(questionnaire=old.questionnaire)
    old.refresh_from_db()
    assert (old.number, new.number) == (1, 2)
    assert old.definition.questions["B1"].text == "Wie heißt Ihr Beispiel?"
    assert new.definition.questions["B1"].text == "Anders gefragt?"


def test_published_version_refuses_every_change():
    version = make_version()
    version.document = {}
    with pytest.raises(FrozenError):
        version.save()
    with pytest.raises(FrozenError):
        QuestionnaireVersion.objects.update(document={})
    with pytest.raises(FrozenError):
        QuestionnaireVersion.objects.bulk_update([version], ["document"])
    version.refresh_from_db()
    assert digest(version.document) == version.sha256


def test_load_again_leaves_what_the_lead_edited():
    version = make_version()
    Choice.objects.filter(question__key="B5", key="trial").update(label="wird erprobt")
    make_version()
    assert Choice.objects.get(question__key="B5", key="trial").label == "wird erprobt"
    assert version.questionnaire.sections.count() == 7


def test_round_fills_dates_into_the_texts():
    round = make_round(
        closes_at=end_of_day(date(2021, 7, 12)),
        opens_at=end_of_day(date(2021, 5, 26)),
        evaluation_until=date(2021, 7, 30),
        delete_raw_on=date(2021, 12, 31),
    )
    questions = round.definition.questions
    assert "bis zum 12.07.2021 ändern" in round.definition.intro
    assert [choice.label for choice in questions["D4"].choices][1:3] == ["Start noch 2021", "Start 2022"]
    assert "bis 30.07.2021" in questions["G5"].notice and "löschen wir am 31.12.2021" in questions["G5"].notice
    assert "{" not in str(round.definition)


def test_open_round_invites_members_of_today_once(member, other_member, guest):
    round = make_round(opened_at=None)
    assert workflow.open_round(round=round) == 2
    assert workflow.open_round(round=round) == 0
    assert set(round.invitations.values_list("person", flat=True)) == {member.person.pk, other_member.person.pk}
    assert round.is_running
