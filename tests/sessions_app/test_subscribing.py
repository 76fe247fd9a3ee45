"""News of a series by mail: double opt-in, each piece of news once, one click to end it."""

import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.core.management import call_command
from django.db.models import F
from django.test import Client
from django.utils import timezone

from ogl_portal.lib.mail import deliver_outbox
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.spam import Seal
from sessions_app import workflow
from sessions_app.models import Event, Subscription
from tests.factories.registrations import make_registration
from tests.factories.sessions_app import make_event, make_series

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://testserver(/abo/[\w:-]+/)")


@pytest.fixture
def series():
    series = make_series(title="Kleine Schritte")
    make_event(series=series, kind=Event.Kind.SESSION, title="Steht schon fest")
    return series


@pytest.fixture
def subscription(series):
    subscription = Subscription.objects.create(series=series, email="abo@example.org")
    workflow.confirm_subscription(subscription=subscription)
    return subscription


def subscribe(client, series, email="abo@example.org", homepage=""):
    form = {"email": email, "seal": str(Seal.fresh(age=60)), "homepage": homepage}
    return client.post(f"{series.get_absolute_url()}abonnieren/", form)


def news() -> list[str]:
    return [mail.subject for mail in workflow.send_series_news(now=timezone.now())]


def move(start, **changes) -> None:
    facts = {"starts_at": start, "ends_at": start + timedelta(hours=2), "moved_from": F("starts_at")}
    Event.objects.update(**facts | {"status": Event.Status.MOVED} | changes)


def link_of_last_mail() -> str:
    return LINK.findall(OutgoingMail.objects.latest("pk").text)[-1]


def test_subscribe_mails_a_link_whose_button_alone_confirms(client, series):
    answer = subscribe(client, series, "ABO@example.org")
    assert "Postfach" in client.get(answer.url).content.decode()
    path = link_of_last_mail()
    assert "Abo bestätigen" in client.get(path).content.decode()
    assert not Subscription.objects.confirmed().exists()
    page = client.post(path, {"action": "confirm"}, follow=True).content.decode()
    assert "abonniert" in page
    assert Subscription.objects.confirmed().get().email == "abo@example.org"


def test_subscribe_answers_alike_for_known_and_unknown_addresses(client, series, subscription):
    assert subscribe(client, series).url == subscribe(client, series, "neu@example.org").url
    assert "schon abonniert" in OutgoingMail.objects.get(recipient="abo@example.org").text


def test_subscribe_with_something_wrong_says_so_and_too_often_is_refused(client, series):
    assert "vollständige E-Mail-Adresse" in subscribe(client, series, "abo").content.decode()
    page = subscribe(client, series, "").content.decode()
    assert "Bitte geben Sie Ihre E-Mail-Adresse ein." in page
    assert 'autocomplete="email"' in page and 'spellcheck="false"' in page
    answers = [subscribe(client, series, f"abo{number}@example.org") for number in range(11)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert "Ihrem Anschluss" in answers[-1].content.decode() and "abo10@example.org" in answers[-1].content.decode()


def test_subscribe_that_looks_automatic_is_asked_again_and_mails_nothing(client, series):
    assert "automatischen Sendung" in subscribe(client, series, homepage="x").content.decode()
    assert not OutgoingMail.objects.exists()


def test_address_that_somebody_types_often_gets_six_mails_a_day(series):
    for number in range(7):
        workflow.request_subscription(series=series, email=" Abo@Example.org ", client=f"192.0.2.{number}")
    assert list(OutgoingMail.objects.values_list("recipient", flat=True)) == ["abo@example.org"] * 6


def test_link_confirms_once_and_ends_its_own_subscription_only(client, series):
    other, own = (Subscription.objects.create(series=series, email=f"{name}@example.org") for name in "ab")
    path = workflow.subscribing.personal_url(own).removeprefix("http://testserver")
    assert client.post(path, {"action": "anders"}).status_code == 200 and not Subscription.objects.confirmed()
    for _ in "12":
        client.post(path, {"action": "confirm"})
    assert list(Subscription.objects.confirmed()) == [own]
    client.post(path, {"action": "end"})
    assert list(Subscription.objects.all()) == [other]
    assert client.post(path, {"action": "confirm"}).status_code == 410


def test_page_of_a_link_is_kept_nowhere_and_its_button_works_though_it_hides_where_it_stands(series):
    browser = Client(enforce_csrf_checks=True)
    path = workflow.subscribing.personal_url(Subscription.objects.create(series=series, email="abo@example.org"))
    page = browser.get(path)
    assert page.headers["Cache-Control"] == "no-store" and page.headers["Referrer-Policy"] == "no-referrer"
    form = {"action": "confirm", "csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    assert browser.post(path, form, headers={"Origin": "null"}).status_code == 302
    assert Subscription.objects.confirmed().exists()


def test_link_that_is_older_than_the_subscription_by_more_than_clocks_differ_is_gone(client, subscription):
    path = workflow.subscribing.personal_url(subscription)
    for seconds, status in [(30, 200), (90, 410)]:
        Subscription.objects.update(requested_at=timezone.now() + timedelta(seconds=seconds))
        assert client.get(path).status_code == status


def test_subscriber_hears_of_what_is_new_once_and_not_of_what_was_known(series, subscription):
    assert news() == []
    make_event(series=series, title="Neuer Abend", is_published=False)
    make_event(title="Gehört nicht dazu")
    assert news() == []
    Event.objects.update(is_published=True)
    assert news() == ["Neuer Termin: Neuer Abend"]
    assert news() == []


def test_subscriber_knows_from_the_beginning_what_stands_in_public_in_the_series_and_no_more(series):
    hidden, other = make_event(series=series, title="Verborgen", is_published=False), make_event(title="Aus anderer")
    off = make_event(series=series, title="Doch nicht", status=Event.Status.CANCELLED)
    workflow.confirm_subscription(subscription=Subscription.objects.create(series=series, email="abo@example.org"))
    Event.objects.update(join_url="https://treffen.example.org/abend")
    assert news() == [], "who registered gets the link"
    changes = [(hidden, {"is_published": True}), (other, {"series": series}), (off, {"status": "confirmed"})]
    for event, change in changes:
        Event.objects.filter(pk=event.pk).update(**change)
    assert news() == ["Neuer Termin: Verborgen", "Neuer Termin: Aus anderer", "Findet doch statt: Doch nicht"]


def test_subscriber_hears_once_that_an_event_moved_and_once_that_it_is_off(series, subscription):
    later = timezone.now() + timedelta(days=9)
    move(later)
    assert [news(), news()] == [["Verschoben: Steht schon fest"], []]
    Event.objects.update(status=Event.Status.CANCELLED)
    assert [news(), news()] == [["Abgesagt: Steht schon fest"], []]


def test_subscriber_hears_of_every_change_once_however_often_it_comes_back(series, subscription):
    first, heard = Event.objects.get().starts_at, []
    for days, status, place in [
        (9, "moved", ""), (0, "moved", ""), (9, "moved", ""), (9, "cancelled", ""), (9, "confirmed", ""),
        (9, "cancelled", ""), (9, "confirmed", ""), (9, "confirmed", "Rathaus"),
    ]:  # fmt: skip
        start = first + timedelta(days=days)
        move(start, status=status, place=place)
        heard += [subject.partition(":")[0] for subject in news() + news()]
    moved, off, back = "Verschoben", "Abgesagt", "Findet doch statt"
    assert heard == [moved, moved, moved, off, back, off, back, "Geändert"]


@pytest.mark.parametrize("is_off", [True, False])
def test_subscriber_who_waits_for_a_new_date_hears_what_comes_though_the_former_has_passed(
    series, subscription, time_machine, is_off
):
    event, now = Event.objects.get(), timezone.now()
    Event.objects.update(status=Event.Status.MOVED)
    assert news() == ["Verschoben, neuer Termin folgt: Steht schon fest"]
    time_machine.move_to(now + timedelta(days=60), tick=False)
    late = Subscription.objects.create(series=series, email="spaet@example.org")
    workflow.confirm_subscription(subscription=late)
    make_event(series=series, title="Nie angekündigt", starts_at=now, status=Event.Status.MOVED)
    assert news() == []
    if is_off:
        Event.objects.filter(pk=event.pk).update(status=Event.Status.CANCELLED)
    else:
        move(now + timedelta(days=90))
    told = ["Abgesagt: Steht schon fest"] * 2 if is_off else ["Verschoben: Steht schon fest"] * 2
    assert [subject for subject in news() if "Steht schon fest" in subject] == told
    assert OutgoingMail.objects.due().filter(subject__endswith="Steht schon fest").count() == 3
    assert news() == []


def test_link_of_a_subscription_does_not_tell_the_address(series, subscription):
    token = workflow.subscribing.personal_url(subscription).split("/")[-2]
    assert "example" not in str(signing.b64_decode(token.split(":")[0].encode()))


def test_subscriber_who_registered_hears_of_a_change_as_such_only(series, subscription):
    make_registration(Event.objects.get(), email=subscription.email)
    Event.objects.update(status=Event.Status.CANCELLED)
    assert news() == []


def test_subscriber_who_heard_of_a_change_as_registered_does_not_hear_it_again_after_leaving(series, subscription):
    event = Event.objects.get()
    registration = make_registration(event, email=subscription.email)
    later = event.starts_at + timedelta(days=9)
    move(later)
    assert news() == []
    workflow.cancel_registration(registration=registration)
    assert news() == []
    Event.objects.update(status=Event.Status.CANCELLED)
    assert news() == ["Abgesagt: Steht schon fest"]


def test_subscriber_hears_once_that_an_event_is_off_that_left_the_series(series, subscription):
    other = make_series(title="Neue Serie")
    for email in [subscription.email, "neu@example.org"]:
        workflow.confirm_subscription(subscription=Subscription.objects.create(series=other, email=email))
    only_here = Subscription.objects.create(series=series, email="alt@example.org")
    workflow.confirm_subscription(subscription=only_here)
    Event.objects.update(series=other)
    assert news() == ["Neuer Termin: Steht schon fest"], "the others know it"
    Event.objects.update(series=None, status=Event.Status.CANCELLED)
    assert news() == ["Abgesagt: Steht schon fest"] * 3 and news() == []
    assert "der Serie „Kleine Schritte“" in OutgoingMail.objects.filter(recipient=only_here.email).get().text


@pytest.mark.parametrize("is_off", [True, False])
def test_change_is_told_to_who_subscribed_to_the_new_series_too_as_to_everybody(series, subscription, is_off):
    event, other = Event.objects.get(), make_series(title="Neue Serie")
    both = Subscription.objects.create(series=other, email=subscription.email)
    workflow.confirm_subscription(subscription=both)
    Event.objects.update(series=other)
    if is_off:
        Event.objects.update(status=Event.Status.CANCELLED)
    else:
        move(event.starts_at + timedelta(days=9))
    word = "Abgesagt" if is_off else "Verschoben"
    assert [news(), news()] == [[f"{word}: Steht schon fest"], []]
    Event.objects.update(series=series, place="Rathaus", status=Event.Status.CONFIRMED)
    assert len(news()) == 1 and news() == []


def test_who_never_confirmed_hears_nothing(series):
    Subscription.objects.create(series=series, email="still@example.org")
    make_event(series=series)
    assert news() == []


def test_link_of_every_mail_ends_the_subscription_with_one_click(client, series, subscription):
    make_event(series=series)
    news()
    path = link_of_last_mail()
    assert "Abo beenden" in client.get(path).content.decode()
    assert Subscription.objects.exists()
    assert "gelöscht" in client.post(path, {"action": "end"}, follow=True).content.decode()
    assert not Subscription.objects.exists()
    assert client.get(path).status_code == 410
    assert client.post(path, {"action": "end"}).status_code == 410


def test_link_of_a_mail_that_was_sent_long_ago_leads_to_the_subscription(client, subscription):
    salt = "sessions_app.workflow.subscribing"
    own, other = (signing.dumps([subscription.pk, email], salt=salt) for email in [subscription.email, "x@example.org"])
    assert "Abo beenden" in client.get(f"/abo/{own}/").content.decode()
    assert client.get(f"/abo/{other}/").status_code == 410
    assert client.post(f"/abo/{own}/abbestellen/", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscription.objects.exists()


def test_subscription_that_is_asked_for_again_is_kept_a_week_longer_with_both_links(client, series, time_machine):
    start, ask = timezone.now(), {"email": "abo@example.org", "client": "192.0.2.1", "series": series}
    links = []
    for days in [0, 6.9]:
        time_machine.move_to(start + timedelta(days=days), tick=False)
        workflow.request_subscription(**ask)
        links.append(link_of_last_mail())
    for days, status in [(8, 200), (14, 410)]:
        time_machine.move_to(start + timedelta(days=days), tick=False)
        call_command("prune")
        assert [client.get(link).status_code for link in links] == [status, status]


def test_subscription_that_is_asked_for_again_keeps_no_other_longer(series, subscription):
    other = Subscription.objects.create(series=series, email="andere@example.org")
    new = Subscription.objects.create(series=series, email="neu@example.org")
    for again in [new, subscription]:  # the latter is confirmed, and so kept anyway
        workflow.request_subscription(email=again.email, client="192.0.2.1", series=series)
    assert list(Subscription.objects.exclude(asked_again_at=None)) == [new]
    assert Subscription.objects.get(pk=other.pk).requested_at == other.requested_at


def test_link_changed_by_hand_is_gone(client):
    assert client.get("/abo/WzEsImFib0BleGFtcGxlLm9yZyJd:1xVDVq:falsch/").status_code == 410


def test_series_page_leads_to_the_subscription(client, series):
    assert f"{series.get_absolute_url()}abonnieren/" in client.get(series.get_absolute_url()).content.decode()


def test_series_page_of_a_series_that_was_held_long_ago_offers_no_news(client, series):
    long_ago = timezone.now() - timedelta(days=400)
    Event.objects.update(starts_at=long_ago, ends_at=long_ago + timedelta(hours=2))
    assert "abonnieren/" not in client.get(series.get_absolute_url()).content.decode()


def test_mail_program_ends_the_subscription_with_one_post_and_nothing_else(series, subscription):
    make_event(series=series)
    news()
    deliver_outbox()
    headers = mail.outbox[-1].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = headers["List-Unsubscribe"].removeprefix("<http://testserver").removesuffix(">")
    program = Client(enforce_csrf_checks=True)
    assert program.get(path).url == path.removesuffix("abbestellen/")
    refused = program.post(path)
    assert (refused.status_code, refused["Content-Type"]) == (400, "text/plain")
    assert Subscription.objects.exists()
    for _ in "12":
        answer = program.post(path, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.cookies) == (200, {})
        assert answer["Content-Type"].startswith("text/plain")
    assert not Subscription.objects.exists()
    assert "abo/" not in str(OutgoingMail.objects.values_list("unsubscribe_url", flat=True))
