"""What members and lead do with workshop topics; that dots are fair holds under parallel clicks, too."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.utils import timezone

from sessions_app import workflow
from sessions_app.models import Event, TopicCollection, TopicComment, TopicDot, WorkshopTopic
from tests import cast
from tests.factories.sessions_app import make_event
from tests.factories.topics import close, dots_on, hold, make_collection, make_topic

pytestmark = pytest.mark.django_db


def give(topic, user, count) -> None:
    workflow.set_dots(topic=topic, by=user, count=count)


# Proposing and commenting


def test_member_proposes_and_comments(member):
    collection = make_collection()
    topic = workflow.propose_topic(collection=collection, by=member.user, title="Wie?", text="So.")
    workflow.comment_topic(topic=topic, by=member.user, text="Gute Frage")
    assert (topic.proposed_by, topic.comments.get().text) == (member.user, "Gute Frage")


def test_proposing_after_the_end_is_refused(member):
    collection = make_collection()
    close(collection)
    with pytest.raises(ValidationError, match="abgeschlossen"):
        workflow.propose_topic(collection=collection, by=member.user, title="Zu spät?")


@pytest.mark.parametrize("change", [{"status": Event.Status.CANCELLED}, {"is_published": False}])
def test_collection_of_a_workshop_that_is_off_is_closed(change):
    collection = make_collection()
    assert collection.is_open
    Event.objects.update(**change)
    assert not TopicCollection.objects.get().is_open


def test_comment_stays_possible_after_the_vote_and_ends_with_the_workshop(member):
    topic = make_topic()
    close(topic.collection)
    workflow.comment_topic(topic=topic, by=member.user, text="Noch etwas")
    hold(topic.collection)
    topic = WorkshopTopic.objects.get()
    with pytest.raises(ValidationError, match="Workshop ist vorbei"):
        workflow.comment_topic(topic=topic, by=member.user, text="Zu spät")


def test_only_the_author_takes_a_comment_back(member, other_member):
    comment = workflow.comment_topic(topic=make_topic(), by=member.user, text="Hm")
    with pytest.raises(ValidationError):
        workflow.delete_comment(comment=comment, by=other_member.user)
    workflow.delete_comment(comment=comment, by=member.user)
    assert not TopicComment.objects.exists()


def test_own_topic_may_be_changed_by_its_author_while_the_vote_is_on_and_nobody_else_took_it_up(
    member, other_member, lead
):
    collection, mine = make_collection(), {"proposed_by": member.user}
    alone, chosen, wanted, discussed, whole, part = (make_topic(collection=collection, **mine) for _ in range(6))
    give(alone, member.user, 1)
    workflow.comment_topic(topic=alone, by=member.user, text="Von mir")
    workflow.choose_topic(topic=chosen, by=lead.user)
    give(wanted, other_member.user, 1)
    workflow.comment_topic(topic=discussed, by=other_member.user, text="Von anderen")
    workflow.merge_topics(topics=[whole, part], by=lead.user)
    assert [each for each in WorkshopTopic.objects.all() if each.may_be_changed_by(member.user)] == [alone]
    assert not any(each.may_be_changed_by(other_member.user) for each in WorkshopTopic.objects.all())
    close(collection)
    assert not WorkshopTopic.objects.get(pk=alone.pk).may_be_changed_by(member.user)


def test_collection_is_for_workshops_and_ends_before_they_begin():
    meeting = make_event(kind=Event.Kind.MEETING)
    with pytest.raises(ValidationError, match="nur für Workshops"):
        TopicCollection(event=meeting, closes_at=timezone.now()).full_clean()
    workshop = make_event(kind=Event.Kind.WORKSHOP)
    with pytest.raises(ValidationError, match="endet spätestens"):
        TopicCollection(event=workshop, closes_at=workshop.starts_at + timedelta(hours=1)).full_clean()


# Dots


def test_member_gives_and_takes_back(member):
    topic = make_topic()
    for count in [1, 3, 3, 2, 0, 2]:
        give(topic, member.user, count)
        assert dots_on(topic) == count
    assert topic.collection.free_dots_of(member.user) == 3


def test_member_has_five_dots_for_all_topics_together(member, other_member):
    collection = make_collection()
    first, second, third = (make_topic(collection=collection) for _ in range(3))
    give(first, member.user, 3)
    give(second, member.user, 2)
    with pytest.raises(ValidationError, match="mehr Punkte, als Sie noch haben"):
        give(third, member.user, 1)
    give(first, member.user, 2)
    give(third, member.user, 1)
    give(third, other_member.user, 3)
    assert [dots_on(topic) for topic in [first, second, third]] == [2, 2, 4]


@pytest.mark.parametrize("count", [-1, 4, 99])
def test_dots_beyond_three_on_one_topic_are_refused(member, count):
    topic = make_topic()
    with pytest.raises(ValidationError, match="0 bis 3"):
        give(topic, member.user, count)


def test_dots_of_one_workshop_do_not_count_for_another(member):
    first, second, third = make_topic(), make_topic(), make_topic()
    for topic in [first, second, third]:
        give(topic, member.user, 3)
    assert TopicDot.objects.count() == 9


def test_dots_after_the_end_stay_as_they_are(member):
    topic = make_topic()
    give(topic, member.user, 2)
    close(topic.collection)
    with pytest.raises(ValidationError, match="abgeschlossen"):
        give(topic, member.user, 0)
    assert dots_on(topic) == 2


@pytest.mark.parametrize("wrong", [{"number": 1}, {"place": 1}, {"number": 6}, {"number": 0}, {"place": 4}], ids=str)
def test_database_refuses_a_dot_too_many(member, wrong):
    topic = make_topic()
    give(topic, member.user, 1)
    key = {"collection": topic.collection, "topic": topic, "member": member.user}
    with pytest.raises(IntegrityError):
        TopicDot.objects.create(**key, **({"number": 2, "place": 2} | wrong))


@pytest.mark.django_db(transaction=True)
def test_dots_given_at_the_same_moment_never_exceed_five():
    """Ten clicks of one member on five topics at once: who comes too late is told so, and nothing is half given."""
    user = cast.member().user
    collection = make_collection()
    topics = [make_topic(collection=collection) for _ in range(5)]
    barrier = Barrier(10)

    def click(topic) -> str:
        try:
            barrier.wait(10)
            give(topic, user, 2)
        except ValidationError as refusal:
            return refusal.messages[0]
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(click, [*topics, *topics]))
    assert TopicDot.objects.count() == 4
    assert sorted(dots_on(topic) for topic in topics) == [0, 0, 0, 2, 2]
    assert answers.count("") == 4


# The lead


def test_merging_moves_dots_and_comments_and_returns_what_is_too_much(member, other_member, lead):
    collection = make_collection()
    target, other = make_topic(collection=collection, title="Ziel"), make_topic(collection=collection)
    give(target, member.user, 3)
    give(target, other_member.user, 1)
    give(other, member.user, 2)
    give(other, other_member.user, 1)
    workflow.comment_topic(topic=other, by=member.user, text="Dazu")
    merged, returned = workflow.merge_topics(topics=[other, target], by=lead.user)
    assert (merged, returned) == (target, 2)
    assert (dots_on(target), dots_on(other)) == (5, 0)
    assert [collection.free_dots_of(each.user) for each in [member, other_member]] == [2, 3]
    assert target.comments.get().text == "Dazu"
    assert list(WorkshopTopic.objects.standing()) == [target]
    with pytest.raises(ValidationError, match="aufgegangen"):
        give(other, other_member.user, 1)
    give(target, other_member.user, 3)


def test_merging_again_leaves_no_chain(lead):
    collection = make_collection()
    first, second, third = (make_topic(collection=collection) for _ in range(3))
    workflow.merge_topics(topics=[second, third], by=lead.user)
    workflow.merge_topics(topics=[first, second], by=lead.user)
    assert set(WorkshopTopic.objects.exclude(pk=first.pk).values_list("merged_into", flat=True)) == {first.pk}


def test_merging_with_a_chosen_topic_chooses_the_whole(member, lead):
    target = make_topic()
    chosen = make_topic(collection=target.collection, is_chosen=True)
    workflow.set_dots(topic=target, by=member.user, count=1)
    workflow.merge_topics(topics=[target, chosen], by=lead.user)
    assert list(WorkshopTopic.objects.chosen()) == [target]


def test_merging_needs_two_standing_topics_of_one_workshop(lead):
    topic = make_topic()
    for topics, words in [([topic], "mindestens zwei"), ([topic, make_topic()], "desselben Workshops")]:
        with pytest.raises(ValidationError, match=words):
            workflow.merge_topics(topics=topics, by=lead.user)
    merged = make_topic(collection=topic.collection, merged_into=topic)
    with pytest.raises(ValidationError, match="schon in einem anderen"):
        workflow.merge_topics(topics=[topic, merged], by=lead.user)


def test_choosing_is_taken_back_and_not_done_twice(lead):
    topic = make_topic()
    workflow.choose_topic(topic=topic, by=lead.user)
    assert topic.is_chosen
    with pytest.raises(ValidationError, match="steht schon so"):
        workflow.choose_topic(topic=topic, by=lead.user)
    workflow.choose_topic(topic=topic, by=lead.user, is_chosen=False)
    assert not WorkshopTopic.objects.chosen().exists()


def test_results_of_the_chosen_topics_begin_the_report(lead):
    topic = make_topic(title="Wie *gelingt* das?", is_chosen=True, result="Drei **Muster** gebaut.")
    make_topic(collection=topic.collection, title="Nicht festgelegt", result="Nichts")
    hold(topic.collection)
    report = workflow.start_report(event=Event.objects.get(), by=lead.user)
    body = report.sections.get(number=5).body
    assert body == "**Wie \\*gelingt\\* das?**\n\nDrei **Muster** gebaut."


def test_report_of_an_event_without_topics_begins_with_an_empty_section(lead):
    event = make_event(starts_at=timezone.now() - timedelta(days=1))
    assert workflow.start_report(event=event, by=lead.user).sections.get(number=5).body == ""
