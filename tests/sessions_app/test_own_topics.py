"""What is stored of a member about workshop topics: read, deleted, and let go after a year."""

import pytest
from django.utils import timezone

from ogl_portal.lib.personal_data import PersonalData, declarations
from ogl_portal.lib.registry import retention_rules
from sessions_app import workflow
from sessions_app.models import Event, TopicComment, TopicDot, WorkshopTopic
from tests.factories.topics import hold, make_topic

pytestmark = pytest.mark.django_db


def declared() -> dict[str, PersonalData]:
    """What is declared of workshop topics, from the top down."""
    return {each.title: each for each in declarations() if "Workshop-Themen" in each.title}


@pytest.fixture
def topic(member, other_member):
    """A topic of the member with dots and comments of two."""
    topic = make_topic(title="Wie?", text="So.", proposed_by=member.user)
    for each in [member, other_member]:
        workflow.set_dots(topic=topic, by=each.user, count=2)
        workflow.comment_topic(topic=topic, by=each.user, text=f"Von {each.person}")
    return topic


def test_member_reads_topics_comments_and_dots_and_nobody_elses(topic, member):
    found = {title: [each.texts(row) for row in each.rows_of(member.user)] for title, each in declared().items()}
    assert found["Ihre Workshop-Themen"][0]["Frage"] == "Wie?"
    assert [row["Kommentar"] for row in found["Ihre Kommentare zu Workshop-Themen"]] == [f"Von {member.person}"]
    assert len(found["Ihre Punkte für Workshop-Themen"]) == 2


def test_deletion_takes_the_members_own_and_keeps_what_others_built_on(topic, member, other_member):
    alone = make_topic(collection=topic.collection, proposed_by=member.user)
    removed = {title: each.delete(member.user).count for title, each in declared().items()}
    about = "Workshop-Themen"
    assert removed == {f"Ihre Punkte für {about}": 2, f"Ihre Kommentare zu {about}": 1, f"Ihre {about}": 1}
    assert not WorkshopTopic.objects.filter(pk=alone.pk).exists()
    topic.refresh_from_db()
    assert topic.proposed_by is None
    assert set(TopicDot.objects.values_list("member", flat=True)) == {other_member.user.pk}
    assert TopicComment.objects.get().author == other_member.user


def test_dots_and_comments_go_a_year_after_the_workshop(topic):
    def prune(dry_run: bool) -> int:
        return sum(
            each.count for each in retention_rules.ask(now=timezone.now(), dry_run=dry_run) if "Them" in each.what
        )

    hold(topic.collection, days_ago=300)
    assert prune(dry_run=False) == 0
    hold(topic.collection, days_ago=370)
    Event.objects.update(status=Event.Status.MOVED)
    assert prune(dry_run=False) == 0, "the workshop waits for a new date"
    Event.objects.update(status=Event.Status.CONFIRMED)
    assert (prune(dry_run=True), TopicDot.objects.count()) == (6, 4)
    assert prune(dry_run=False) == 6
    assert (TopicDot.objects.count(), TopicComment.objects.count(), WorkshopTopic.objects.count()) == (0, 0, 1)
