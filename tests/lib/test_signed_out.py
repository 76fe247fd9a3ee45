"""Sending something after the sign-in has expired: no text is lost, and no button leads to an empty page."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from ogl_portal.directory.workflow import create_sign_in_link
from ogl_portal.lib.addresses import is_page
from sessions_app import workflow
from surveys.models import Round
from tests.addresses import all_addresses
from tests.factories.actions import make_item
from tests.factories.sessions_app import make_draft_report
from tests.factories.surveys import make_round
from tests.factories.topics import make_topic

pytestmark = pytest.mark.django_db
TYPED = "Eine Stunde lang\ngeschrieben & <b>überlegt</b>"


def forms_of(member, lead) -> dict[str, dict]:
    """Addresses of forms that only somebody signed in can send, with what is typed there."""
    topic, report = make_topic(proposed_by=member.user), make_draft_report()
    workflow.submit_report(report=report, by=lead.user)
    round = make_round(member.person)
    return {
        f"{make_item().get_absolute_url()}kommentar/": {"text": TYPED},
        f"{report.get_absolute_url()}anmerkung/4/": {"text": TYPED},
        f"{topic.collection.get_absolute_url()}vorschlagen/": {"title": "Titel", "text": TYPED},
        f"{topic.get_absolute_url()}aendern/": {"title": "Titel", "text": TYPED, "seen_revision": "0"},
        f"{round.get_absolute_url()}nicht-zustaendig/": {"reason": TYPED},
        reverse("knowledgebase:proposal-add"): {"title": "Titel", "summary": "Ein Satz"},
        reverse("directory:mail-preferences"): {"steps": "none", "events": "none"},
    }


def test_text_that_was_sent_after_the_sign_in_expired_waits_in_its_form_until_it_is_sent(visitor, member, lead):
    for path, typed in forms_of(member, lead).items():
        visitor.client.logout()
        asked = visitor.client.post(path, typed)
        assert parse_qs(urlsplit(asked.url).query)["next"] == [path]
        landed = visitor.client.post(create_sign_in_link(user=member.user, next_path=path), follow=True)
        assert landed.request["PATH_INFO"] == path
        form, page = landed.context["form"], landed.content.decode()
        assert {name: form[name].value() for name in typed} == typed
        assert TYPED not in typed.values() or "geschrieben &amp; &lt;b&gt;überlegt" in page
        assert "ist nicht verloren" in page  # a message that the page of the sign-in would have shown
        assert "Gesendet ist es noch nicht." in page
        sent = visitor.client.post(path, typed, follow=True)
        pages = [sent.content.decode(), visitor.client.get(path).content.decode()]
        assert sent.redirect_chain and "Gesendet ist es noch nicht." not in "".join(pages)
        assert "kept_texts" not in visitor.client.session


def test_texts_of_several_forms_wait_beside_each_other_and_the_oldest_goes_first(visitor, member):
    paths = [f"{make_item().get_absolute_url()}kommentar/" for _ in range(6)]
    for path in paths:
        visitor.client.post(path, {"text": TYPED})
    visitor.client.post(create_sign_in_link(user=member.user))
    visitor.client.post(paths[1], {"text": TYPED})
    waiting = [visitor.client.get(path).context["form"]["text"].value() for path in paths]
    assert waiting == [None, None, *[TYPED] * 4]


def test_text_goes_on_waiting_whoever_looks_meanwhile_and_what_is_sent_in_its_place_counts(visitor, member):
    round = make_round(member.person)
    path = f"{round.get_absolute_url()}nicht-zustaendig/"
    comment = f"{make_item().get_absolute_url()}kommentar/"
    visitor.client.post(comment, {"text": TYPED})
    visitor.client.post(path, {"reason": TYPED}, follow=True)
    looked = "".join(visitor.client.get(each, follow=True).content.decode() for each in [path, comment])
    assert "ist nicht verloren" not in looked and "Gesendet ist es noch nicht." not in looked
    visitor.client.post(create_sign_in_link(user=member.user))
    Round.objects.update(closes_at=timezone.now() - timedelta(days=1))
    assert visitor.client.get(path).status_code == 302
    Round.objects.update(closes_at=round.closes_at)
    assert visitor.client.post(path, {"reason": ""}).status_code == 200
    assert visitor.client.get(path).context["form"]["reason"].value() == TYPED
    visitor.client.post(path, {"reason": "Doch anders"})
    assert round.invitations.get().declined_reason == "Doch anders"
    assert visitor.client.get(comment).context["form"]["text"].value() == TYPED


def test_of_what_is_sent_signed_out_no_more_waits_than_twice_what_the_form_takes(visitor):
    path = make_item().get_absolute_url()
    visitor.client.post(path, {"note": "x" * 5000, "status": "x" * 5000, "no field": "x"})
    kept = visitor.client.session["kept_texts"][path]
    assert {name: len(value) for name, value in kept.items()} == {"note": 1000, "status": 40}


def test_who_presses_a_button_signed_out_is_told_to_press_it_again_and_who_opens_its_address_is_not(visitor):
    button = f"{make_item().get_absolute_url()}anteil/"
    for send, is_told in [(visitor.client.get, False), (visitor.client.post, True)]:
        page = send(button, follow=True).content.decode()
        assert ("drücken Sie die Schaltfläche dann noch einmal" in page) is is_told


def test_no_button_leads_through_the_sign_in_to_an_address_that_is_no_page(client):
    buttons = [each for each in all_addresses() if each.name.rpartition(":")[2] and not each.is_admin]
    paths = [reverse(each.name, kwargs=dict(each.samples)) for each in buttons]
    answers = {path: client.post(path) for path in paths if not is_page(path)}
    returns = {path: urlsplit(each.url) for path, each in answers.items() if each.status_code == 302}
    pages = {path: parse_qs(url.query)["next"][0] for path, url in returns.items()}
    assert len(pages) > 10
    assert {path: page for path, page in pages.items() if not is_page(page.partition("#")[0].partition("?")[0])} == {}


def test_address_of_a_button_says_so_to_whoever_opens_it_and_leads_to_its_page(member):
    item, words = make_item(), "Hier gibt es nichts zu lesen"
    button = f"{item.get_absolute_url()}anteil/"
    response = member.client.get(button)
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert words in response.content.decode()
    assert f'href="{item.get_absolute_url()}"' in response.content.decode()
    assert member.client.head(button)["Content-Length"] == response["Content-Length"]
    assert words not in member.client.get(item.get_absolute_url()).content.decode()
    assert words not in member.client.put(button).content.decode()
