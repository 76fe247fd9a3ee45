import re
import uuid
from datetime import date

import pytest
from django.contrib.staticfiles import finders
from django.core import mail
from django.urls import reverse
from lxml.html import fromstring

from ogl_portal.directory.models import User
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.spam import Seal
from ogl_portal.pages import workflow
from ogl_portal.pages.models import BarrierReport, Page

pytestmark = pytest.mark.django_db

REPORT = "/barriere-melden/"


def report(client, **values):
    """Send the form as a browser does, with the seal of a page that somebody has read."""
    data = {"seal": Seal.fresh(age=60), "where": "/termine/", "what": "Der Knopf ist nicht erreichbar.", "homepage": ""}
    return client.post(REPORT, data | values)


@pytest.mark.parametrize("key", Page.Key.values)
def test_required_page_stands_on_every_installation(visitor, key):
    page = Page.objects.get(key=key)
    html = visitor.client.get(page.get_absolute_url()).content.decode()
    assert html.count("<h1") == 1
    assert f'<h1 class="kern-heading-x-large">{page.title}</h1>' in html
    assert len(page.body) > 500


def test_imprint_leaves_the_operator_to_be_filled_in(visitor):
    assert visitor.client.get("/impressum/").content.decode().count("[bitte ergänzen") >= 5


@pytest.mark.parametrize(
    "section",
    ["Stand der Vereinbarkeit", "Nicht barrierefreie Inhalte", "Erstellung dieser Erklärung",
     "Feedback und Kontaktangaben", "Durchsetzungsverfahren", "§ 16d BGG LSA", "Zuletzt geprüft am",
     "/barriere-melden/"],
)  # fmt: skip
def test_accessibility_statement_has_all_sections_of_the_eu_model(visitor, section):
    assert section in visitor.client.get("/barrierefreiheit/").content.decode()


def test_page_in_plain_language_has_short_sentences():
    body = Page.objects.get(key=Page.Key.PLAIN_LANGUAGE).body
    sentences = re.split(r"[.:?!\n]", re.sub(r"\]\([^)]*\)", "]", body))
    assert max(len(sentence.split()) for sentence in sentences) <= 12


@pytest.mark.parametrize("key", Page.Key.values)
def test_links_of_required_pages_lead_to_pages_that_exist(visitor, member, key):
    body = Page.objects.get(key=key).body
    for path in re.findall(r"\]\((/[^)]*)\)", body):
        assert member.client.get(path).status_code == 200, path


def test_help_shows_members_the_portal_in_pictures_with_words(visitor):
    page = fromstring(visitor.client.get("/hilfe/").content)
    pictures = page.xpath("//main//img")
    assert len(pictures) >= 4
    for picture in pictures:
        assert len(picture.get("alt")) > 40
        assert finders.find(picture.get("src").removeprefix("/static/"))


def test_page_shows_what_the_lead_writes(visitor, lead):
    page = Page.objects.get(key=Page.Key.HELP)
    data = {"title": "Hilfe und Kontakt", "body": "## Neu\n\n<script>alert(1)</script>", "reviewed_on": "01.03.2026"}
    lead.client.post(f"/admin/pages/page/{page.pk}/change/", data | {"seen_revision": page.revision})
    html = visitor.client.get("/hilfe/").content.decode()
    assert "Hilfe und Kontakt" in html
    assert "<h2>Neu</h2>" in html
    assert "<script>alert" not in html
    assert "01.03.2026" in html


def test_lead_can_neither_add_nor_delete_required_pages(lead):
    page = Page.objects.first()
    assert lead.client.get("/admin/pages/page/add/").status_code == 403
    assert lead.client.post(f"/admin/pages/page/{page.pk}/delete/", {"post": "yes"}).status_code == 403


def test_report_makes_a_ticket_and_thanks_with_the_date(
    visitor, lead, time_machine, django_capture_on_commit_callbacks
):
    time_machine.move_to("2026-01-31T10:00:00+01:00", tick=False)
    with django_capture_on_commit_callbacks(execute=True):
        response = report(visitor.client, name="Erika", email="erika@example.org")
    ticket = BarrierReport.objects.get()
    assert (ticket.due_on, ticket.status) == (date(2026, 2, 28), "open")
    assert (ticket.name, ticket.email) == ("Erika", "erika@example.org")
    thanks = visitor.client.get(response.url).content.decode()
    assert "28.02.2026" in thanks
    assert "Erika" not in thanks
    [message] = mail.outbox
    assert message.to == [lead.user.email]
    assert f"/admin/pages/barrierreport/{ticket.pk}/change/" in message.body


def test_report_needs_neither_name_nor_email(visitor):
    assert report(visitor.client).status_code == 302
    assert BarrierReport.objects.get().email == ""


def test_report_sent_twice_makes_one_ticket_and_one_mail(visitor, lead):
    seal = Seal.fresh(age=60)
    urls = {report(visitor.client, seal=seal).url for _ in range(2)}
    assert len(urls) == 1
    assert BarrierReport.objects.count() == OutgoingMail.objects.count() == 1


def test_report_form_knows_the_page_one_comes_from(visitor):
    page = visitor.client.get(REPORT, headers={"Referer": "http://testserver/termine/?seite=2"}).content.decode()
    assert 'value="/termine/"' in page
    foreign = visitor.client.get(REPORT, headers={"Referer": "https://evil.example/böse"}).content.decode()
    assert "evil" not in foreign


def test_report_form_marks_personal_fields(visitor):
    page = visitor.client.get(REPORT).content.decode()
    assert 'autocomplete="name"' in page
    assert 'autocomplete="email"' in page


def test_report_by_a_machine_is_refused_but_kept(visitor):
    page = report(visitor.client, homepage="https://spam.example").content.decode()
    assert "automatischen Sendung" in page
    assert "Der Knopf ist nicht erreichbar." in page
    assert "spam.example" not in page
    assert not BarrierReport.objects.exists()


@pytest.mark.parametrize(
    ("values", "message", "kept"),
    [
        ({"where": ""}, "auf welcher Seite", "Der Knopf"),
        ({"what": ""}, "Bitte beschreiben Sie", "/termine/"),
        ({"email": "keine"}, "vollständige E-Mail-Adresse", "keine"),
        ({"what": "Bild\x00 ohne Text"}, "Steuerzeichen", "Bild ohne Text"),
        ({"what": "x" * 1_000_000}, "5000 Zeichen", "x" * 1_000_000),
        ({"where": "\u202e/termine/"}, "Steuerzeichen", "/termine/"),
        ({"seal": "kein Siegel"}, "lange geöffnet", "Der Knopf"),
    ],
)
def test_report_with_bad_input_says_so_and_keeps_the_text(visitor, values, message, kept):
    response = report(visitor.client, **values)
    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    assert kept in page
    assert not BarrierReport.objects.exists()


def test_report_beyond_the_limit_answers_429_and_keeps_the_text(visitor):
    for _ in range(10):
        report(visitor.client)
    response = report(visitor.client)
    assert response.status_code == 429
    assert "Der Knopf ist nicht erreichbar." in response.content.decode()


def test_thanks_for_an_unknown_report_is_404(visitor):
    assert visitor.client.get(reverse("pages:barrier-thanks", args=[uuid.uuid4()])).status_code == 404


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2026, 12, 15), date(2027, 1, 15)),
        (date(2026, 3, 31), date(2026, 4, 30)),
    ],
)
def test_one_month_after_a_day(day, due):
    assert workflow.one_month_after(day) == due


def test_report_changed_and_sent_again_is_a_ticket_of_its_own(visitor, lead):
    seal = Seal.fresh(age=60)
    urls = {report(visitor.client, seal=seal, what=what).url for what in ["Der Knopf", "Das Menü", "Das Menü"]}
    assert len(urls) == 2
    assert set(BarrierReport.objects.values_list("what", flat=True)) == {"Der Knopf", "Das Menü"}
    assert OutgoingMail.objects.count() == 2


def test_report_without_a_lead_reaches_the_superusers(visitor, lead, superuser):
    User.objects.filter(pk=lead.user.pk).update(is_active=False)
    report(visitor.client)
    assert OutgoingMail.objects.get().recipient == superuser.user.email


def test_accessibility_statement_claims_only_what_is_checked():
    body = Page.objects.get(key=Page.Key.ACCESSIBILITY).body
    assert "320 Pixel" in body
    assert "haben Menschen das Portal noch nicht geprüft" in body


def test_barrier_form_opens_whatever_the_referer_says(visitor, db):
    response = visitor.client.get(reverse("pages:report-barrier"), headers={"referer": "http://["})
    assert response.status_code == 200
