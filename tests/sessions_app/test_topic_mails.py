"""Before a workshop each member learns once what it works on."""

import pytest
from django.core.exceptions import ValidationError

from ogl_portal.lib.models import OutgoingMail
from sessions_app import workflow
from sessions_app.models import Event
from tests.factories.topics import hold, make_collection, make_topic

pytestmark = pytest.mark.django_db


def test_each_member_learns_the_chosen_topics_once(member, other_member, guest, lead):
    topic = make_topic(title="Wie gelingt das?", text="Darum geht es.", is_chosen=True)
    make_topic(collection=topic.collection, title="Nicht dabei")
    assert workflow.inform_members(collection=topic.collection, by=lead.user) == 3
    mails = list(OutgoingMail.objects.all())
    assert {mail.recipient for mail in mails} == {each.person.email for each in [member, other_member, lead]}
    assert all("Wie gelingt das?" in text for mail in mails for text in [mail.text, mail.html])
    assert not any("Nicht dabei" in mail.text for mail in mails)
    with pytest.raises(ValidationError, match="schon informiert"):
        workflow.inform_members(collection=topic.collection, by=lead.user)
    assert OutgoingMail.objects.count() == 3


def test_nothing_is_said_before_topics_are_chosen_or_after_the_workshop_began(lead):
    collection = make_collection()
    with pytest.raises(ValidationError, match="zuerst fest"):
        workflow.inform_members(collection=collection, by=lead.user)
    make_topic(collection=collection, is_chosen=True)
    Event.objects.update(status=Event.Status.CANCELLED)
    collection.event.refresh_from_db()
    with pytest.raises(ValidationError, match="abgesagt"):
        workflow.inform_members(collection=collection, by=lead.user)
    Event.objects.update(status=Event.Status.CONFIRMED)
    hold(collection)
    collection.event.refresh_from_db()
    with pytest.raises(ValidationError, match="schon begonnen"):
        workflow.inform_members(collection=collection, by=lead.user)
    assert not OutgoingMail.objects.exists()
