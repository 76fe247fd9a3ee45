"""The pages of the target groups, their feeds, and their news by mail."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.text import slugify
from lxml import etree

from knowledgebase.models import Solution, SolutionForNeed
from ogl_portal.directory import group_news
from ogl_portal.directory.models import GroupSubscription, TargetGroup
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.spam import Seal
from sessions_app.models import Event
from surveys import workflow
from surveys.models import Coding
from tests.factories.needs import make_coding, make_need, make_released_need
from tests.factories.recommendations import make_recommendation
from tests.factories.sessions_app import make_event

pytestmark = pytest.mark.django_db
SLUG = "kommunalverwaltungen"
PAGE, FEED = f"/zielgruppen/{SLUG}/", f"/zielgruppen/{SLUG}/feed.atom"
TOKEN = re.compile(r"http://testserver(/zielgruppen/abo/[\w:-]+/)")


def text_of(client, path: str = PAGE) -> str:
    return client.get(path).content.decode()


def publish(title: str, **fields) -> Solution:
    """A published solution for municipalities."""
    facts = {"slug": slugify(title), "status": "published", "published_at": timezone.now(), **fields}
    solution = Solution.objects.create(title=title, **facts)
    solution.target_groups.add(TargetGroup.objects.get(slug=SLUG))
    return solution


def news(days: int = 0) -> list[str]:
    return [mail.subject for mail in group_news.send_group_news(now=timezone.now() + timedelta(days=days))]


def test_page_gathers_what_the_group_needs_and_what_answers_it(client):
    answered, open_one = make_released_need(5, title="Beantwortetes"), make_coding(need=make_need(title="Offenes")).need
    make_coding(need=make_need(title="Geheimes"))
    for coding in Coding.objects.filter(need=answered)[:4]:
        make_coding(need=open_one, entry=coding.entry)
    workflow.release_need(need=open_one, by=None)
    SolutionForNeed.objects.create(need=answered, solution=publish("Kiosk"))
    publish("Verborgenes", status="draft", published_at=None)
    evening = make_event(kind=Event.Kind.SESSION, title="Abend")
    answered.events.add(evening)
    text = text_of(client)
    done, waiting = text.split("Noch unbeantwortet")
    assert "Beantwortetes" in done and "Offenes" in waiting and "5 Organisationen" in text
    assert "antwortet auf einen Bedarf" in waiting and "Kiosk" in waiting
    assert "Geheimes" not in text and "Verborgenes" not in text
    assert "Erfahrung, keine amtliche Auskunft" in text and "ozg.sachsen-anhalt.de" in text
    assert "keine amtliche Auskunft" not in text_of(client, "/zielgruppen/hochschulen/")
    assert "2 Bedarfe" in text_of(client, "/zielgruppen/")
    for path in [answered.get_absolute_url(), "/wissensdatenbank/kiosk/", "/bedarfe/"]:
        assert f'href="{PAGE}"' in text_of(client, path), path


def test_group_of_which_few_speak_does_not_tell_its_needs(client):
    need = make_released_need(4, title="Von wenigen")
    assert need.title not in text_of(client) and need.title not in text_of(client, FEED)
    assert "weniger als fünf Organisationen" in text_of(client)


def test_page_takes_at_most_eight_queries_however_much_there_is(client):
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    need = make_released_need(5)
    entries = [coding.entry for coding in Coding.objects.all()]
    for number in range(2):
        need.recommendations.add(make_recommendation())
        need.events.add(make_event(kind=Event.Kind.SESSION))
        SolutionForNeed.objects.create(need=need, solution=publish(f"Lösung {number}"))
        assert count() == 8
        need = make_need()
        for entry in entries:
            make_coding(need=need, entry=entry)
        workflow.release_need(need=need, by=None)


def test_recommendations_to_companies_stand_on_their_pages_only(client):
    make_recommendation(title="Klein anfangen")
    assert "Klein anfangen" in text_of(client, "/zielgruppen/kleine-unternehmen-handwerk/")
    assert "Klein anfangen" not in text_of(client)


def test_introduction_is_edited_and_found_and_an_outdated_form_is_refused(lead, client):
    group = TargetGroup.objects.get(slug=SLUG)
    fields = {"name": group.name, "position": 30, "summary": "Für Rathäuser.", "synonyms": group.synonyms}
    path = f"/admin/directory/targetgroup/{group.pk}/change/"
    values = fields | {"seen_revision": group.revision, "introduction": "Sie wollen *Quittungen* abschaffen?"}
    assert lead.client.post(path, values).status_code == 302
    assert "<em>Quittungen</em>" in text_of(client)
    assert f'href="{PAGE}"' in text_of(client, "/suche/?q=Quittungen")
    assert lead.client.post(path, values | {"summary": "Anders."}).status_code == 409


def test_feed_holds_what_everybody_may_read_and_is_steady(client):
    need = make_released_need(5, title="Rat & Tat")
    make_coding(need=make_need(title="Geheimes"))
    publish("Kiosk")
    make_event(kind=Event.Kind.SESSION, title="Abend")
    feed = etree.fromstring(client.get(FEED).content)
    titles = feed.xpath("//a:entry/a:title/text()", namespaces={"a": "http://www.w3.org/2005/Atom"})
    assert sorted(titles) == ["Abend", f"Bedarf: {need.title}", "Kiosk"]
    answer = client.get(FEED)
    assert client.get(FEED, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert f'href="{FEED}"' in text_of(client)


def test_subscriber_confirms_hears_each_piece_of_news_once_and_ends_it(client):
    publish("Steht schon da")
    form = {"email": "ABO@example.org", "seal": str(Seal.fresh(age=60)), "homepage": ""}
    assert "Postfach" in client.post(f"{PAGE}abonnieren/", form, follow=True).content.decode()
    (path,) = set(TOKEN.findall(OutgoingMail.objects.latest("pk").text))
    assert "Abo bestätigen" in text_of(client, path) and not GroupSubscription.objects.confirmed().exists()
    publish("Kommt zu früh")
    client.post(path, {"action": "confirm"})
    GroupSubscription.objects.update(requested_at=timezone.now() + timedelta(minutes=5))  # the number is another's now
    assert client.get(path).status_code == 410
    GroupSubscription.objects.update(requested_at=timezone.now())
    assert news() == []
    publish("Neue Lösung")
    assert news() == ["Neues für Kommunalverwaltungen: Neue Lösung"]
    publish("Noch eine"), publish("Und eine")
    assert [news(), news(days=1), news(days=2)] == [[], ["Neues für Kommunalverwaltungen"], []]
    (path,) = set(TOKEN.findall(OutgoingMail.objects.latest("pk").text))
    assert "gelöscht" in client.post(path, {"action": "end"}, follow=True).content.decode()
    assert not GroupSubscription.objects.exists() and client.get(path).status_code == 410


def test_news_that_wait_do_not_leave_once_their_reader_or_the_lead_ended_the_subscription(lead):
    group = TargetGroup.objects.get(slug=SLUG)
    addresses = [f"{name}@example.org" for name in ["selbst", "leitung", "liste", "bleibt"]]
    own, one, listed, stays = (GroupSubscription.objects.create(group=group, email=each) for each in addresses)
    other = GroupSubscription.objects.create(group=TargetGroup.objects.exclude(pk=group.pk)[0], email=own.email)
    for subscription in [own, one, listed, stays, other]:
        group_news.confirm_subscription(subscription=subscription)
    publish("Neue Lösung").target_groups.add(other.group)
    assert len(news()) == 5
    group_news.end_subscription(subscription=own)
    admin = "/admin/directory/groupsubscription/"
    lead.client.post(f"{admin}{one.pk}/delete/", {"post": "yes"})
    lead.client.post(admin, {"action": "delete_selected", "post": "yes", "_selected_action": listed.pk})
    assert set(GroupSubscription.objects.all()) == {stays, other}
    left = OutgoingMail.objects.values_list("recipient", "subject").order_by("recipient")
    subjects = [f"Neues für {each.name}: Neue Lösung" for each in [group, other.group]]
    assert list(left) == list(zip([stays.email, own.email], subjects, strict=True))


def test_address_that_nobody_confirms_is_kept_for_a_week():
    group, week, hour = TargetGroup.objects.get(slug=SLUG), timedelta(days=7), timedelta(hours=1)
    now = timezone.now()
    for name, age, confirmed_at in [("neu", week - hour, None), ("alt", week + hour, None), ("da", 2 * week, now)]:
        dates = {"requested_at": now - age, "confirmed_at": confirmed_at}
        GroupSubscription.objects.create(group=group, email=f"{name}@example.org", **dates)
    call_command("prune")
    assert {each.email for each in GroupSubscription.objects.all()} == {"neu@example.org", "da@example.org"}


def test_old_thing_that_moves_up_into_the_feed_is_no_news(monkeypatch):
    monkeypatch.setattr(group_news, "ENTRIES", 1)
    publish("Alt")
    newest = publish("Neuer")
    subscription = GroupSubscription.objects.create(group=TargetGroup.objects.get(slug=SLUG), email="abo@example.org")
    group_news.confirm_subscription(subscription=subscription)
    newest.delete()
    assert news() == []
    publish("Neu")
    assert news() == ["Neues für Kommunalverwaltungen: Neu"]
