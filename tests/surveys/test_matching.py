"""Who should talk to whom: which pairs the answers make, and why."""

import pytest

from surveys import workflow
from surveys.matching import candidates
from surveys.models import EntryReview
from tests.factories.directory import make_organisation
from tests.factories.matches import make_answered
from tests.factories.surveys import make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    return make_round()


def test_candidates_with_shared_topic_and_wish_say_both(round):
    make_answered(round)
    make_answered(round)
    (found,) = candidates(round)
    assert found.reason == "beide: MINT & Nachwuchs; beide möchten: gemeinsam planen oder umsetzen"
    assert found.score == 5
    assert found.first.title == "Azubis im Netz finden"


def test_candidates_where_one_seeks_what_the_other_offers_say_who(round):
    one = make_answered(round, project={"D5": ["trial-partner"]}, F2=["rooms"])
    two = make_answered(round, project={"D5": []}, F1=["rooms", "trial"])
    (found,) = candidates(round)
    assert f"{one.organisation} sucht, was {two.organisation} bietet: Räume/Technik" in found.reason
    assert f"{one.organisation} sucht Erprobungspartner, {two.organisation} bietet Erprobungspart" in found.reason


def test_candidates_of_one_organisation_are_none(round):
    house = make_organisation()
    for response in [make_answered(round), make_answered(round)]:
        response.organisation = house
        response.save()
    assert candidates(round) == []


@pytest.mark.parametrize("project", [{"D5": ["alone"]}, {"D3": ["infrastruktur-cloud"]}, {"D5": []}])
def test_candidates_without_common_ground_are_none(round, project):
    make_answered(round)
    make_answered(round, project=project)
    assert candidates(round) == []


def test_candidates_offering_what_the_other_seeks_need_no_topic(round):
    make_answered(round, project={"D3": []}, F1=["visit"], F2=["talk"])
    make_answered(round, project={"D3": [], "D5": ["exchange"]}, F1=["talk"], F2=["visit"])
    assert [found.score for found in candidates(round)] == [4]


def test_candidates_are_ranked_by_score(round):
    make_answered(round)
    make_answered(round, project={"D3": ["mint-nachwuchs", "infrastruktur-cloud"]})
    make_answered(round, project={"D3": ["mint-nachwuchs", "infrastruktur-cloud"]})
    scores = [found.score for found in candidates(round)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[1]


def test_candidates_find_the_pair_that_the_report_of_2021_names_and_rank_it_first(round):
    """Azubi 4ID and the means of communication for MINT: one has experience with what the other plans."""
    topics = ["personalgewinnung-ausbildungsmarketing", "mint-nachwuchs"]
    azubi = {"D1": "Azubi 4ID", "D3": topics[:1], "D5": ["exchange"]}
    communication = {"D1": "Neue Kommunikationsmittel für MINT", "D3": topics, "D5": ["exchange", "plan-together"]}
    make_answered(round)
    make_answered(round, project=azubi, F1=["expertise"], F2=["talk"])
    make_answered(round, project=communication, F1=["talk"], F2=["expertise"])
    first, *_ = candidates(round)
    assert {first.first.title, first.second.title} == {azubi["D1"], communication["D1"]}
    assert "beide: Personalgewinnung & Ausbildungsmarketing" in first.reason


def test_candidates_of_unusable_entry_are_none(round, lead):
    make_answered(round)
    entry = make_answered(round).entries.get(section_key="D")
    workflow.judge_entry(entry=entry, state=EntryReview.State.UNUSABLE, note="", revision=0, by=lead.user)
    assert candidates(round) == []


def test_candidates_of_any_number_of_responses_take_three_queries(round, django_assert_num_queries):
    for _ in range(3):
        make_answered(round)
        make_answered(round)
        with django_assert_num_queries(3):
            assert candidates(round)


def test_candidates_tell_members_nothing_of_examples_and_needs(round):
    for response in [make_answered(round, F1=["visit"], F2=["talk"]), make_answered(round, F1=["talk"], F2=["visit"])]:
        entry = response.entries.create(section_key="B")
        entry.answers.create(question_key="B3", value="infrastruktur-cloud")
        entry.answers.create(question_key="B4", value="kommunalverwaltungen")
        project = response.entries.get(section_key="D")
        project.answers.all().delete()
    (found,) = candidates(round)
    assert found.inner_reason == "beide: Infrastruktur & Cloud; beide für: Kommunalverwaltungen"
    assert "Infrastruktur" not in found.reason
    assert "Kommunalverwaltungen" not in found.reason
