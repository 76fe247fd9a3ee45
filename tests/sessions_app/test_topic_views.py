"""The pages of the workshop topics, and the lead's desk for them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.registry import desk_boxes
from sessions_app import workflow
from sessions_app.models import Event, TopicComment, TopicDot, WorkshopTopic
from tests.factories.directory import make_member, make_user
from tests.factories.sessions_app import make_event
from tests.factories.topics import close, dots_on, hold, make_collection, make_topic

pytestmark = pytest.mark.django_db
TOPICS, COLLECTIONS = "/admin/sessions_app/workshoptopic/", "/admin/sessions_app/topiccollection/"


def text_of(response) -> str:
    return response.content.decode()


def act(actor, path: str, action: str, *things):
    data = {"action": action, "_selected_action": [thing.pk for thing in things]}
    return text_of(actor.client.post(path, data, follow=True))


def test_pages_are_for_members_only(visitor, guest, member):
    topic = make_topic(title="Nur unter uns?")
    for path in ["/themen/", topic.collection.get_absolute_url(), topic.get_absolute_url()]:
        assert visitor.client.get(path).status_code == 302
        assert guest.client.get(path).status_code == 404
        assert "Nur unter uns?" in text_of(member.client.get(path))


def test_public_pages_say_nothing_of_the_topics(visitor, member):
    topic = make_topic(title="Nur unter uns?", proposed_by=member.user)
    text = text_of(visitor.client.get(topic.collection.event.get_absolute_url()))
    assert "Nur unter uns?" not in text
    assert "/themen/" not in text
    assert topic.collection.get_absolute_url() in text_of(member.client.get(topic.collection.event.get_absolute_url()))


def test_list_without_a_collection_says_so(member):
    assert "Zurzeit sammeln wir keine Themen" in text_of(member.client.get("/themen/"))


def test_list_shows_the_next_workshop_and_links_the_others(member):
    past = make_topic(title="Gewesen?")
    hold(past.collection)
    coming = make_topic(title="Kommt noch?")
    text = text_of(member.client.get("/themen/"))
    assert coming.title in text
    assert past.title not in text
    assert past.collection.get_absolute_url() in text
    assert past.title in text_of(member.client.get(past.collection.get_absolute_url()))


def test_hidden_workshop_has_no_topics(member):
    collection = make_collection(event=make_event(kind=Event.Kind.WORKSHOP, is_published=False))
    assert member.client.get(collection.get_absolute_url()).status_code == 404


def test_list_stays_in_its_order_while_members_vote_and_ranks_afterwards(member):
    collection = make_collection()
    _, second, third = (make_topic(collection=collection, title=title) for title in ["Eins?", "Zwei?", "Drei?"])
    workflow.set_dots(topic=second, by=member.user, count=2)
    workflow.choose_topic(topic=third, by=member.user)
    shown = [topic.title for topic in member.client.get("/themen/").context["page_obj"]]
    close(collection)
    ranked = [topic.title for topic in member.client.get("/themen/").context["page_obj"]]
    assert (shown, ranked) == (["Eins?", "Zwei?", "Drei?"], ["Drei?", "Zwei?", "Eins?"])


def test_member_proposes_without_script(member):
    collection = make_collection()
    path = f"{collection.get_absolute_url()}vorschlagen/"
    assert "Bitte schreiben Sie Ihre Frage." in text_of(member.client.post(path, {"text": "Lang und breit"}))
    response = member.client.post(path, {"title": "Wie geht das?", "text": "Kurz."}, follow=True)
    assert "Ihr Thema steht jetzt in der Liste" in text_of(response)
    assert WorkshopTopic.objects.get().proposed_by == member.user


def test_proposal_too_late_keeps_what_was_typed(member):
    collection = make_collection()
    close(collection)
    text = text_of(member.client.post(f"{collection.get_absolute_url()}vorschlagen/", {"title": "Zu spät gefragt?"}))
    assert "abgeschlossen" in text
    assert "Zu spät gefragt?" in text


def test_buttons_say_the_number_so_that_a_double_click_counts_once(member):
    topic = make_topic()
    path = f"{topic.get_absolute_url()}punkte/"
    for _ in range(2):
        response = member.client.post(path, {"count": "1", "page": "1"})
    assert response.url == f"{topic.collection.get_absolute_url()}?page=1#thema-{topic.pk}"
    text = text_of(member.client.get("/themen/"))
    assert dots_on(topic) == 1
    assert f"Gespeichert. Ihre Punkte auf „{topic}“: 1. Noch frei: 4." in text
    assert f"Punkt geben: {topic}" in text
    assert f"Punkt zurücknehmen: {topic}" in text
    member.client.post(path, {"count": "0", "back": "topic"})
    assert dots_on(topic) == 0


@pytest.mark.parametrize("count", ["", "4", "-1", "viele", "１"])
def test_strange_number_of_dots_is_refused_in_words(member, count):
    topic = make_topic()
    response = member.client.post(f"{topic.get_absolute_url()}punkte/", {"count": count, "page": "9" * 30}, follow=True)
    assert "0 bis 3 Ihrer Punkte" in text_of(response)
    assert not TopicDot.objects.exists()


def test_button_for_a_dot_is_gone_with_the_last_one(member):
    collection = make_collection()
    topics = [make_topic(collection=collection) for _ in range(3)]
    for topic, count in zip(topics, [3, 2, 0], strict=True):
        workflow.set_dots(topic=topic, by=member.user, count=count)
    text = text_of(member.client.get("/themen/"))
    assert "Noch 0 von 5 Punkten frei." in text
    assert "Punkt geben:" not in text
    assert text.count("Punkt zurücknehmen:") == 2


def test_comments_are_written_and_taken_back_by_their_author(member, other_member):
    topic = make_topic()
    path = f"{topic.get_absolute_url()}kommentar/"
    assert member.client.post(path, {"text": " "}).status_code == 422
    member.client.post(path, {"text": "Gute Frage"})
    text = text_of(other_member.client.get(topic.get_absolute_url()))
    assert "Gute Frage" in text
    assert "Löschen:" not in text
    delete = f"{path}{TopicComment.objects.get().pk}/loeschen/"
    assert other_member.client.post(delete).status_code == 404
    assert "ist gelöscht" in text_of(member.client.post(delete, follow=True))
    assert not TopicComment.objects.exists()


def test_merged_topic_leads_to_where_it_went(member):
    target = make_topic(title="Ziel?")
    merged = make_topic(collection=target.collection, title="Teil?", merged_into=target)
    assert target.get_absolute_url() in text_of(member.client.get(merged.get_absolute_url()))
    assert "Darin aufgegangen" in text_of(member.client.get(target.get_absolute_url()))
    assert "Teil?" not in text_of(member.client.get("/themen/"))


def test_my_area_says_how_many_dots_are_left(member, guest):
    topic = make_topic()
    workflow.set_dots(topic=topic, by=member.user, count=1)
    assert "Sie haben noch 4 Punkte zu vergeben" in text_of(member.client.get("/mein-bereich/"))
    assert "/themen/" not in text_of(guest.client.get("/mein-bereich/"))


def test_pages_cost_the_same_queries_with_1_and_with_15_of_everything(member):
    topic = make_topic(proposed_by=make_user(person=make_member()))
    paths = ["/themen/", topic.get_absolute_url()]

    def queries() -> list[int]:
        counts = []
        for path in paths:
            with CaptureQueriesContext(connection) as captured:
                assert member.client.get(path).status_code == 200
            counts.append(len(captured))
        return counts

    workflow.comment_topic(topic=topic, by=member.user, text="Eins")
    before = queries()
    for _ in range(14):
        user = make_user(person=make_member())
        more = make_topic(collection=topic.collection, proposed_by=user)
        workflow.set_dots(topic=more, by=user, count=3)
        workflow.comment_topic(topic=topic, by=user, text="Mehr")
    assert queries() == before
    assert max(before) <= 10


# The lead


def test_lead_merges_chooses_and_informs_from_the_admin(lead, member):
    collection = make_collection()
    first, second = make_topic(collection=collection, title="Eins?"), make_topic(collection=collection, title="Zwei?")
    for topic in [first, second]:
        workflow.set_dots(topic=topic, by=member.user, count=2)
    text = act(lead, TOPICS, "merge", first, second)
    assert "Zusammengelegt in „Eins?“. Wieder frei, weil sonst jemand mehr als drei darauf hätte: 1." in text
    assert "mindestens zwei" in act(lead, TOPICS, "merge", first)
    assert "zuerst fest" in act(lead, COLLECTIONS, "inform", collection)
    assert "ist festgelegt" in act(lead, TOPICS, "choose", first)
    assert "erfahren jetzt per Mail" in act(lead, COLLECTIONS, "inform", collection)
    assert OutgoingMail.objects.count() == 2
    assert "nicht mehr festgelegt" in act(lead, TOPICS, "unchoose", first)


def test_lead_saves_a_collection_and_informs_with_one_button(lead):
    topic = make_topic(is_chosen=True)
    path = f"{COLLECTIONS}{topic.collection_id}/change/"
    moment = topic.collection.closes_at
    data = {"introduction": "Neu", "closes_at_0": f"{moment:%d.%m.%Y}", "closes_at_1": "12:00", "seen_revision": 0}
    text = text_of(lead.client.post(path, data | {"_inform": "1"}, follow=True))
    assert "erfahren jetzt per Mail" in text
    assert "Mitglieder informieren" not in text


def test_lead_sees_the_dots_and_removes_a_comment(lead, member):
    topic = make_topic()
    workflow.set_dots(topic=topic, by=member.user, count=3)
    workflow.comment_topic(topic=topic, by=member.user, text="Unpassend")
    assert '<td class="field-dots">3</td>' in text_of(lead.client.get(TOPICS))
    assert "Unpassend" in text_of(lead.client.get(f"{TOPICS}{topic.pk}/change/"))


def test_notes_are_offered_at_a_report_that_was_begun_before(lead):
    topic = make_topic(is_chosen=True)
    hold(topic.collection)
    report = workflow.start_report(event=Event.objects.get(), by=lead.user)
    WorkshopTopic.objects.update(result="Später notiert.")
    assert "Später notiert." in text_of(lead.client.get(f"/admin/sessions_app/report/{report.pk}/change/"))


def test_closed_collection_lies_on_the_desk_until_the_members_know(lead):
    topic = make_topic(is_chosen=True)

    def waits() -> bool:
        return any(link.text == str(topic.collection) for box in desk_boxes.ask(user=lead.user) for link in box.links)

    assert not waits()
    close(topic.collection)
    assert waits()
    workflow.inform_members(collection=topic.collection, by=lead.user)
    assert not waits()


# One's own topic


def test_member_words_the_own_topic_anew_while_nobody_else_took_it_up(member, other_member):
    topic = make_topic(proposed_by=member.user, title="Alt?")
    workflow.set_dots(topic=topic, by=member.user, count=1)
    path = f"{topic.get_absolute_url()}aendern/"
    assert path in text_of(member.client.get(topic.get_absolute_url()))
    assert path not in text_of(other_member.client.get(topic.get_absolute_url()))
    typed = {"title": "Neu?", "text": "Weil es drängt.", "seen_revision": 0}
    with CaptureQueriesContext(connection) as queries:
        assert member.client.post(path, typed).url == topic.get_absolute_url()
    asked = [each["sql"] for each in queries if 'FROM "sessions_app_workshoptopic"' in each["sql"]]
    assert asked and all(" WHERE " in sql for sql in asked), "a topic of its own is read and locked, not all of them"
    outdated = member.client.post(path, typed | {"title": "Ganz anders?"})
    assert outdated.status_code == 409
    assert "Gespeichert ist: Neu?" in text_of(outdated)
    assert "Ganz anders?" in text_of(outdated)
    workflow.comment_topic(topic=topic, by=other_member.user, text="Gute Frage")
    refused = member.client.post(path, typed | {"title": "Zu spät?", "seen_revision": 1})
    assert (refused.status_code, WorkshopTopic.objects.get().title) == (409, "Neu?")
    assert "Zu spät?" in text_of(refused)
    assert path not in text_of(member.client.get(topic.get_absolute_url()))


def test_member_withdraws_the_own_topic_as_last_seen_and_gets_the_dots_back(member, other_member):
    topic = make_topic(proposed_by=member.user)
    workflow.set_dots(topic=topic, by=member.user, count=3)
    path = f"{topic.get_absolute_url()}zurueckziehen/"
    workflow.set_dots(topic=topic, by=other_member.user, count=1)
    member.client.post(path, {"revision": 0})
    workflow.set_dots(topic=topic, by=other_member.user, count=0)
    member.client.post(path, {"revision": 7})
    assert WorkshopTopic.objects.exists()
    assert "zurückgezogen" in text_of(member.client.post(path, {"revision": 0}, follow=True))
    assert not WorkshopTopic.objects.exists()
    assert topic.collection.free_dots_of(member.user) == 5
    with pytest.raises(ValidationError, match="zurückgezogen"):
        workflow.comment_topic(topic=topic, by=other_member.user, text="Zu spät")
