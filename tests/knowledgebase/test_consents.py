"""Contacts of what is published: they are told, can end it at once, and leave no name behind."""

import json
import re
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from knowledgebase import workflow
from knowledgebase.forms.admin import CONSENT
from knowledgebase.models import Contact, Solution
from knowledgebase.personal_data import forget_contacts
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.models import OutgoingMail
from tests.factories.knowledgebase import make_contact, make_published, make_submitted

from .test_admin import change_url, form_data, press

pytestmark = pytest.mark.django_db


def link_in(mail) -> str:
    return re.search(r"/wissensdatenbank/ansprechperson/widerruf/\S+", mail.text)[0]


def publish(**contact) -> Solution:
    """Publish a solution whose only contact was not told yet."""
    solution = make_submitted(title="Bürger & Bits")
    Contact.objects.update(told_at=None, **contact)
    workflow.publish_solution(solution=solution, by=None)
    return solution


def test_contact_is_told_once_when_the_entry_is_published():
    solution = publish()
    [mail] = OutgoingMail.objects.all()
    assert (mail.recipient, mail.subject) == (
        "karla@example.org", "Sie sind als Ansprechperson genannt: Bürger & Bits"
    )  # fmt: skip
    assert solution.get_absolute_url() in mail.text and link_in(mail) in mail.html
    workflow.tell_contacts(solution=solution)
    assert OutgoingMail.objects.count() == 1


def test_contact_without_consent_or_of_a_draft_is_told_nothing():
    draft, published = make_submitted(), make_published()
    Contact.objects.update(told_at=None)
    published.contacts.update(consented_on=None, valid_until=None)
    for solution in [draft, published]:
        workflow.tell_contacts(solution=solution)
    assert not OutgoingMail.objects.exists()


def test_link_shows_a_button_and_only_that_withdraws(visitor, lead):
    elsewhere = make_published()  # names the same person
    solution = publish()
    make_contact(solution, name="Karla Kontakt", role="technical")
    other = make_contact(solution, name="Otto Ohne", email="otto@example.org")
    path = link_in(OutgoingMail.objects.get())
    page = visitor.client.get(path)
    assert "Nicht mehr nennen und Angaben löschen" in page.content.decode()
    assert page.headers["Referrer-Policy"] == "no-referrer" and page.headers["Cache-Control"] == "no-store"
    assert "Karla Kontakt" in visitor.client.get(solution.get_absolute_url()).content.decode()
    answer = visitor.client.post(path, follow=True)
    assert "Sie werden nicht mehr genannt" in answer.content.decode()
    assert list(solution.contacts.all()) == [other]
    assert elsewhere.contacts.exists() and Solution.objects.get(pk=elsewhere.pk).revision == elsewhere.revision
    assert Solution.objects.get(pk=solution.pk).revision == solution.revision + 1
    noted = AuditRecord.objects.filter(kind="consent")
    assert set(noted.values_list("model", "object_key")) == {("knowledgebase.solution", str(solution.pk))}
    assert noted.latest("pk").actor == "eine Ansprechperson"
    assert "Karla" not in visitor.client.get(solution.get_absolute_url()).content.decode()
    assert solution.snapshots.first().message == "Eine Ansprechperson hat ihre Einwilligung widerrufen."
    assert [visitor.client.get(path).status_code, visitor.client.post(path).status_code] == [410, 410]
    told = OutgoingMail.objects.get(recipient=lead.user.email)
    assert change_url(solution) in told.text and "Karla" not in told.subject + told.text


@pytest.mark.parametrize("token", ["unbekannt", "WzEsIjIwMjctMDMtMDEiXQ:1abc:falsch", "🙂", "x" * 3000])
def test_link_that_is_none_is_gone(visitor, token):
    path = f"/wissensdatenbank/ansprechperson/widerruf/{token}/"
    assert {visitor.client.get(path).status_code, visitor.client.post(path).status_code} == {410}


@pytest.mark.parametrize("change", [
    {"contacts-0-DELETE": "on"},
    {"contacts-0-consented_on": "", "contacts-0-valid_until": ""},
])  # fmt: skip
def test_lead_ends_the_last_consent_of_a_published_entry_at_once(lead, visitor, change):
    solution = make_published()
    response = press(lead, solution, "_continue", **change)
    assert "Öffentlich ist jetzt keine Ansprechperson genannt" in response.content.decode()
    noted = AuditRecord.objects.get(kind="consent")
    assert (noted.what, noted.object_key) == ("Einwilligung einer Ansprechperson beendet", str(solution.pk))
    assert not solution.contacts.exclude(consent_noted_at=None).exists()
    page = visitor.client.get(solution.get_absolute_url())
    assert page.status_code == 200 and "karla@example.org" not in page.content.decode()
    assert "Lösungen ohne Ansprechperson" in lead.client.get(reverse("admin:index")).content.decode()


def test_entry_whose_consent_has_expired_can_still_be_edited_and_reviewed(lead):
    solution = make_published()
    yesterday = timezone.localdate() - timedelta(days=1)
    solution.contacts.update(consented_on=yesterday, valid_until=yesterday)
    press(lead, solution, "_save", summary="Ohne Tippfehler.")
    solution.refresh_from_db()
    assert solution.summary == "Ohne Tippfehler."
    answer = press(lead, solution, "_review")
    assert answer.request["PATH_INFO"] == reverse("admin:knowledgebase_solution_review", args=[solution.pk])
    workflow.restore_snapshot(
        snapshot=solution.snapshots.last(), by=lead.user, revision=Solution.objects.get().revision
    )


def test_lead_who_adds_a_contact_keeps_the_wording_and_the_person_is_told(lead):
    solution = make_published()
    today = timezone.localdate()
    row = {"name": "Nele Neu", "role": "legal", "email": "nele@example.org", "scope": "",
           "consented_on": today, "valid_until": today, "solution": solution.pk}  # fmt: skip
    press(lead, solution, "_save", **{"contacts-TOTAL_FORMS": 2}, **{f"contacts-1-{k}": v for k, v in row.items()})
    nele = Contact.objects.get(name="Nele Neu")
    assert nele.consent_wording == CONSENT and nele.consent_noted_at and nele.told_at
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == ["nele@example.org"]
    press(lead, solution, "_save", **{"contacts-0-email": "neue@example.org"})
    assert OutgoingMail.objects.filter(recipient="neue@example.org").exists()
    place = list(solution.contacts.values_list("name", flat=True)).index("Nele Neu")
    press(lead, solution, "_save", **{f"contacts-{place}-valid_until": today + timedelta(days=300)})
    assert OutgoingMail.objects.filter(recipient=Contact.objects.get(name="Nele Neu").email).count() == 2


def test_trail_tells_only_of_consents_that_there_were(lead):
    solution = make_published()
    made = AuditRecord.objects.filter(kind=AuditRecord.Kind.CONSENT)
    rows = {"contacts-TOTAL_FORMS": 2, "contacts-1-name": "Neu", "contacts-1-role": "subject",
            "contacts-1-email": lead.user.email}  # fmt: skip
    press(lead, solution, "_save", **rows)
    assert (solution.contacts.count(), made.count()) == (2, 0)
    make_contact(solution, email=lead.user.email)
    forget_contacts(lead.user)
    assert solution.contacts.count() == 1
    assert [record.what for record in made] == ["Einwilligung einer Ansprechperson beendet: Konto gelöscht"]


def test_contact_withdrawn_while_the_form_is_open_stops_nobody_from_saving(lead):
    solution = make_published()
    other = make_contact(solution, name="Zora Zweite", email="zora@example.org")
    opened = form_data(lead.client.get(change_url(solution))) | {"summary": "Mein Text.", "_save": "x"}
    token = workflow.consents.token_of(solution.contacts.get(name="Karla Kontakt"))
    workflow.withdraw_consent(token=token)
    refused = lead.client.post(change_url(solution), opened | {"contacts-0-scope": "nur werktags"})
    assert refused.status_code == 409
    note = "Ansprechperson gibt es hier inzwischen nicht mehr. In Ihrem Formular stand: "
    assert (
        f"{note}Name: Karla Kontakt; Rolle: fachlich" in refused.content.decode()
        and "nur werktags" in refused.content.decode()
    )
    again = form_data(refused)
    assert again["contacts-0-name"] == "Zora Zweite" and "contacts-1-name" not in again
    assert lead.client.post(change_url(solution), again | {"_save": "x"}).status_code == 302
    solution.refresh_from_db()
    assert (solution.summary, solution.contacts.get()) == ("Mein Text.", other)


def test_history_says_the_role_of_a_contact_and_never_the_name(lead):
    solution = make_published()
    press(lead, solution, "_save", **{"contacts-0-scope": "ein Telefonat"})
    press(lead, solution, "_save", **{"contacts-0-DELETE": "on"})
    messages = list(solution.snapshots.values_list("message", flat=True)[:2])
    assert "Ansprechperson „fachlich“" in messages[0] and "Ansprechperson „fachlich“" in messages[1]
    notes = LogEntry.objects.filter(object_id=str(solution.pk)).values_list("change_message", flat=True)
    assert "Karla" not in " ".join([*messages, *notes])


def test_names_that_the_history_knows_already_are_taken_out(lead):
    solution = make_published()
    said = "In einem Satz geändert. Ansprechperson „Karla (K.) Kontakt (rechtlich)“ hinzugefügt."
    workflow.keep_snapshot(solution=solution, by=None, message=said)
    workflow.keep_snapshot(
        solution=solution, by=None, message="x" * 175 + " Ansprechperson „Karla Kontakt (rechtlich)“"
    )
    note = [
        {"added": {"name": "Ansprechperson", "object": "Karla Kontakt (rechtlich)"}},
        {"changed": {"fields": ["a"]}},
    ]
    LogEntry.objects.log_actions(lead.user.pk, [solution], CHANGE, note, single_object=True)
    LogEntry.objects.log_actions(lead.user.pk, [solution], CHANGE, "[kein JSON", single_object=True)
    migration = import_module("knowledgebase.migrations.0005_second_look_consents_and_titles")
    migration.take_names_out_of_the_history(apps, SimpleNamespace(connection=connection))
    cut, told = solution.snapshots.values_list("message", flat=True)[:2]
    assert told == "In einem Satz geändert. Ansprechperson (rechtlich) hinzugefügt."
    assert "Karla" not in cut
    notes = list(LogEntry.objects.order_by("pk").values_list("change_message", flat=True))
    assert json.loads(notes[-2])[0] == {"added": {"name": "Ansprechperson", "object": "rechtlich"}}
    assert notes[-1] == "[kein JSON"


def test_expired_contacts_are_forgotten_after_the_days_of_the_setting(settings, capsys):
    settings.EXPIRED_CONTACT_DAYS = 30
    solution, today = make_published(), timezone.localdate()
    for days in [29, 31]:
        until = today - timedelta(days=days)
        make_contact(solution, name=f"seit {days} Tagen", consented_on=until, valid_until=until)
    make_contact(solution, name="nie gefragt", consented_on=None, valid_until=None)
    call_command("prune", dry_run=True)
    assert solution.contacts.count() == 4
    call_command("prune")
    assert set(solution.contacts.values_list("name", flat=True)) == {"Karla Kontakt", "seit 29 Tagen", "nie gefragt"}
    assert "1 × Ansprechpersonen, deren Einwilligung abgelaufen ist" in capsys.readouterr().out


def test_address_of_a_contact_cannot_carry_further_recipients(visitor):
    solution = make_published()
    solution.contacts.update(email="x?bcc=evil@example.org")
    html = visitor.client.get(solution.get_absolute_url()).content.decode()
    assert 'href="mailto:x%3Fbcc%3Devil@example.org"' in html
