from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from knowledgebase import workflow
from knowledgebase.forms.proposals import SECTIONS
from knowledgebase.forms.rows import CONSENT
from knowledgebase.models import Attachment, Link, Solution, Step
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.models import OutgoingMail
from tests.factories.knowledgebase import make_attachment, make_complete, make_contact, make_draft, make_published

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
PROPOSE = "/wissensdatenbank/vorschlagen/"


@pytest.fixture
def draft(member):
    return make_draft(title="Fundbüro", proposed_by=member.user)


def url(solution, key: str = "") -> str:
    if key:
        return reverse("knowledgebase:proposal-section", args=[solution.uuid, key])
    return reverse("knowledgebase:proposal", args=[solution.uuid])


def posted(page) -> dict:
    """What the browser would send from a section's page."""
    rows = page.context["rows"]
    parts = [page.context["form"], *([rows.management_form, *rows] if rows else [])]
    values = {field.html_name: field.value() for part in parts for field in part}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def save(actor, solution, key: str, **values):
    """Open a section, type, and save."""
    data = posted(actor.client.get(url(solution, key)))
    return actor.client.post(url(solution, key), data | values)


def row(kind: str, number: int, /, **values) -> dict:
    return {f"{kind}-{number}-{field}": value for field, value in values.items()}


# Where proposals begin


def test_start_page_offers_each_what_they_may_do(visitor, guest, member, lead):
    offers = {"Hinweis geben", "Nachnutzung melden"}
    for actor in [visitor, guest, member, lead]:
        page = actor.client.get(PROPOSE).content.decode()
        assert all(offer in page for offer in offers)
        assert ("Neue Lösung beschreiben" in page) == (actor in [member, lead])
    assert "/anmelden/?next=/wissensdatenbank/vorschlagen/" in visitor.client.get(PROPOSE).content.decode()


def test_start_page_lists_own_proposals_and_nobody_elses(visitor, member, other_member, draft):
    make_draft(title="Von niemandem")
    for actor in [visitor, member, other_member]:
        page = actor.client.get(PROPOSE).content.decode()
        assert ("Fundbüro" in page) == (actor is member)
        assert "Von niemandem" not in page


def test_proposals_are_begun_by_the_group_alone_and_each_is_opened_at_its_own_address(visitor, guest, member, draft):
    add = PROPOSE + "neu/"
    assert guest.client.get(add).status_code == 403
    for actor in [visitor, guest]:
        actor.client.post(add, {"title": "Fremdes", "summary": ""})
    assert visitor.client.get(add)["Location"].startswith("/anmelden/") and list(Solution.objects.all()) == [draft]
    make_draft(title="Zweites", proposed_by=member.user)
    assert "Fundbüro" in member.client.get(url(draft)).content.decode()


def test_member_begins_a_draft_with_a_title(member):
    response = member.client.post(PROPOSE + "neu/", {"title": "Grünes Büro", "summary": ""})
    solution = Solution.objects.get()
    assert response.url == url(solution)
    assert (solution.slug, solution.status, solution.proposed_by) == ("gruenes-buero", "draft", member.user)
    assert solution.snapshots.get().made_by == member.user


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("", "Bitte füllen"),
        ("Fundbüro", "haben Sie schon begonnen"),
        ("Alt", "gibt es schon"),
        ("x" * 121, "120"),
        ("a\x00b", "Steuer"),
    ],
)
def test_draft_without_a_title_of_its_own_is_refused(member, draft, title, message):
    make_published(title="Alt")
    page = member.client.post(PROPOSE + "neu/", {"title": title, "summary": "Ein Satz."}).content.decode()
    assert message in page
    assert "Ein Satz." in page
    assert Solution.objects.count() == 2


def test_own_draft_with_the_title_is_linked_and_others_have_theirs_unseen(member, other_member, draft):
    """A double click finds the new draft; whoever tries titles finds no draft of somebody else."""
    data = {"title": "Fundbüro", "summary": ""}
    page = member.client.post(PROPOSE + "neu/", data).content.decode()
    assert f'href="{url(draft)}"' in page
    response = other_member.client.post(PROPOSE + "neu/", data)
    assert response.status_code == 302 and response.url != url(draft)
    named = save(other_member, Solution.objects.exclude(pk=draft.pk).get(), "loesung", summary="Anders.")
    assert named.status_code == 302


# Who may see what


@pytest.mark.parametrize("role", ["guest", "other_member", "lead", "superuser"])
@pytest.mark.parametrize("name", ["proposal", "proposal-delete", "proposal-submit"])
def test_proposal_of_somebody_else_is_not_found(request, draft, role, name):
    client, path = request.getfixturevalue(role).client, reverse(f"knowledgebase:{name}", args=[draft.uuid])
    assert client.get(path).status_code in {404, 405}
    assert client.post(path, {"revision": 0}).status_code in {404, 405}
    assert client.post(url(draft, "loesung"), {"title": "Gekapert"}).status_code == 404
    draft.refresh_from_db()
    assert (draft.title, draft.status) == ("Fundbüro", "draft")


def test_draft_is_found_by_nobody_else(visitor, other_member, draft):
    for client in [visitor.client, other_member.client]:
        assert client.get(draft.get_absolute_url()).status_code == 404
        assert "Fundbüro" not in client.get("/wissensdatenbank/").content.decode()


def test_draft_is_in_the_search_for_the_lead_only_and_leaves_it_when_deleted(visitor, member, other_member, lead):
    member.client.post(PROPOSE + "neu/", {"title": "Wolkenschieberei", "summary": ""})
    draft = Solution.objects.get()

    def is_found_by(actor) -> bool:
        return draft.get_absolute_url() in actor.client.get("/suche/?q=Wolkenschieberei").content.decode()

    assert [is_found_by(actor) for actor in [visitor, member, other_member, lead]] == [False, False, False, True]
    member.client.post(reverse("knowledgebase:proposal-delete", args=[draft.uuid]))
    assert not is_found_by(lead)


# Writing


def test_each_section_is_shown_and_saved_empty(member, draft):
    for section in SECTIONS:
        assert save(member, draft, section.key, next="uebersicht").url == url(draft)
    assert Solution.objects.get().revision == len(SECTIONS)
    assert draft.snapshots.count() == len(SECTIONS)


def test_member_writes_section_by_section(member, draft):
    save(member, draft, "loesung", summary="Ein Satz.", description="Viel Text.", features="Eins\nZwei")
    save(member, draft, "einordnung", kind="guide", licence="MIT", audiences=["chamber", "district"])
    draft.refresh_from_db()
    assert (draft.summary, draft.kind, draft.licence) == ("Ein Satz.", "guide", "MIT")
    assert {audience.kind for audience in draft.audiences.all()} == {"chamber", "district"}
    save(member, draft, "einordnung", audiences=["chamber"])
    assert [audience.kind for audience in draft.audiences.all()] == ["chamber"]
    assert draft.snapshots.first().message == "„Für wen und welcher Art“ geändert."


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"effort_days_from": "3"}, {"effort_days_from": 3, "effort_days_to": 3}),
        ({"effort_days_to": "4"}, {"effort_days_from": 4, "effort_days_to": 4}),
        ({"once_from": "10", "once_to": "20"}, {"once_kind": "range", "once_from": 10, "once_to": 20}),
        ({"yearly_kind": "range", "yearly_to": "0"}, {"yearly_from": 0, "yearly_to": 0}),
        ({"once_kind": "none"}, {"once_kind": "none", "once_from": None}),
    ],
)
def test_one_figure_of_a_range_is_enough(member, draft, typed, stored):
    assert save(member, draft, "aufwand", **typed).status_code == 302
    draft.refresh_from_db()
    assert {name: getattr(draft, name) for name in stored} == stored


@pytest.mark.parametrize(
    ("key", "typed", "message"),
    [
        ("loesung", {"title": ""}, "Bitte füllen"),
        ("loesung", {"title": "Doppelt"}, "gibt es schon"),
        ("loesung", {"summary": "x" * 151}, "150"),
        ("loesung", {"features": "Zeile\n" * 21}, "höchstens 20 Funktionen"),
        ("loesung", {"description": "x" * 21_000}, "zu lang"),
        ("loesung", {"problem": "a\x00b"}, "Steuerzeichen"),
        ("einordnung", {"topics": ["1", "2", "3", "4"]}, "höchstens drei Themen"),
        ("einordnung", {"topics": ["9" * 25]}, "gültige"),
        ("einordnung", {"target_groups": ["9" * 5000]}, "gültige"),
        ("einordnung", {"publisher": "99999"}, "gültige"),
        ("einordnung", {"publisher": "9" * 5000}, "gültige"),
        ("loesung", {"title": "\u200b\u200b"}, "Bitte füllen"),
        ("einordnung", {"audiences": ["niemand"]}, "gültige"),
        ("aufwand", {"effort_days_from": "9", "effort_days_to": "3"}, "den größeren Wert"),
        ("aufwand", {"once_kind": "range"}, "nennen Sie den Betrag"),
        ("aufwand", {"once_kind": "none", "once_from": "5"}, "Beträge gehören zu"),
        ("aufwand", {"once_from": "9" * 30}, "100000000"),
        ("aufwand", {"costs_as_of": "1066-01-01"}, "prüfen Sie das Jahr"),
        ("voraussetzungen", {"accessibility_statement": "javascript:x"}, "gültige"),
        ("schritte", {"steps-0-text": "ohne Titel"}, "was der Schritt ist"),
        ("schritte", {"steps-0-title": "x", "steps-0-position": "viele"}, "ganze Zahl"),
        ("links", {"links-0-url": "example.org"}, "wählen Sie eine Antwort"),
        ("ansprechpersonen", {"contacts-0-name": "Nur der Name"}, "E-Mail-Adresse an"),
        ("ansprechpersonen", {"contacts-0-email": "keine"}, "vollständige E-Mail-Adresse"),
    ],
)
def test_wrong_input_is_named_and_stays_in_the_form(member, draft, key, typed, message):
    make_published(title="Doppelt")
    response = save(member, draft, key, **typed)
    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    assert "<title>Fehler: " in page
    assert Solution.objects.get(pk=draft.pk).revision == 0


@pytest.mark.parametrize("revision", ["", "viele", "²", "9" * 5000])
def test_submission_of_no_revision_of_ours_is_refused_in_words(member, draft, revision):
    save(member, draft, "loesung", summary="Ein Satz.", description="Viel Text.")
    path = reverse("knowledgebase:proposal-submit", args=[draft.uuid])
    page = member.client.post(path, {"revision": revision}, follow=True).content.decode()
    assert "Inzwischen hat jemand anderes Ihren Entwurf geändert" in page


# Files


def upload(content: bytes = PDF, name: str = "vertrag.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_member_uploads_files_that_stay_themselves_when_something_else_is_changed(member, draft):
    assert save(member, draft, "dateien", **row("attachments", 0, title="Vertrag", file=upload())).status_code == 302
    first = draft.attachments.get()
    assert (first.title, first.kind, first.content_type, first.size) == (
        "Vertrag", "template", "application/pdf", len(PDF)
    )  # fmt: skip
    step = draft.steps.create(position=1, title="Anfangen", attachment=first)
    changes = row("attachments", 0, title="Mustervertrag") | row("attachments", 1, title="Liste", file=upload())
    assert save(member, draft, "dateien", **changes).status_code == 302
    step.refresh_from_db()
    assert step.attachment == first and step.attachment.sha256 == first.sha256
    assert [each.title for each in draft.attachments.all()] == ["Liste", "Mustervertrag"]
    assert "vertrag.pdf, 1 KB" in member.client.get(url(draft)).content.decode()


def test_file_that_is_replaced_or_deleted_leaves_nothing(member, draft, django_capture_on_commit_callbacks):
    save(member, draft, "dateien", **row("attachments", 0, title="Vertrag", file=upload()))
    first = draft.attachments.get()
    with django_capture_on_commit_callbacks(execute=True):
        save(member, draft, "dateien", **row("attachments", 0, file=upload(PDF + b"%%EOF")))
    second = draft.attachments.get()
    assert second.uuid == first.uuid and not first.file.storage.exists(first.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        save(member, draft, "dateien", **row("attachments", 0, DELETE="on"))
    assert not draft.attachments.exists() and not second.file.storage.exists(second.file.name)


@pytest.mark.parametrize(("typed", "message"), [
    ({"title": "Böse", "file": b"<html><script>alert(1)</script>"}, "noch einmal aus"),
    ({"title": "Böse", "file": b""}, "noch einmal aus"),
    ({"title": "Böse"}, "Bitte wählen Sie eine Datei aus."),
    ({"title": "", "file": PDF}, "wie die Datei heißt"),
])  # fmt: skip
def test_file_that_is_refused_says_why_and_keeps_the_text(member, draft, typed, message):
    typed |= {"file": upload(typed["file"])} if "file" in typed else {}
    response = save(member, draft, "dateien", **row("attachments", 0, **typed))
    page = response.content.decode()
    assert response.status_code == 200
    assert message in page and typed["title"] in page
    assert not draft.attachments.exists()


def test_row_of_somebody_elses_file_changes_nothing_there(member, draft):
    foreign = make_attachment(make_draft())
    save(member, draft, "dateien", **row("attachments", 0, title="Gekapert", row=foreign.pk))
    foreign.refresh_from_db()
    assert foreign.title == "Muster" and not draft.attachments.exists()


def test_unknown_section_is_not_found(member, draft):
    assert member.client.get(url(draft, "geheim")).status_code == 404


def test_html_in_a_draft_is_shown_as_text(member, draft):
    save(member, draft, "loesung", title="<script>alert(1)</script>", description="<img src=x onerror=alert(1)>")
    for path in [url(draft), url(draft, "loesung"), PROPOSE, "/mein-bereich/"]:
        page = member.client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


# Rows


def test_member_adds_steps_puts_them_in_order_and_takes_one_away(member, draft):
    save(member, draft, "schritte", next="mehr", **row("steps", 0, title="Einführen", text="So."))
    response = save(member, draft, "schritte", next="mehr", **row("steps", 1, title="Beschließen", position="1"))
    assert response.url == url(draft, "schritte")
    assert [str(step) for step in draft.steps.all()] == ["1. Einführen", "2. Beschließen"]
    save(member, draft, "schritte", **{"steps-0-position": "2", "steps-1-position": "1"})
    assert [str(step) for step in draft.steps.all()] == ["1. Beschließen", "2. Einführen"]
    save(member, draft, "schritte", **{"steps-0-DELETE": "on"})
    assert [str(step) for step in draft.steps.all()] == ["1. Einführen"]
    assert draft.steps.get().text == "So."


def test_step_keeps_the_attachment_that_the_lead_gave_it(member, draft):
    attachment = Attachment.objects.create(solution=draft, title="Muster", name="m.pdf", size=1, sha256="0" * 64)
    Step.objects.create(solution=draft, position=1, title="Unterschreiben", attachment=attachment)
    save(member, draft, "schritte", **row("steps", 1, title="Vorher", position="1"), **{"steps-0-position": "2"})
    assert [(step.title, step.attachment) for step in draft.steps.all()] == [
        ("Vorher", None),
        ("Unterschreiben", attachment),
    ]


def test_member_names_the_file_of_a_step_and_none_of_another_solution(member, draft):
    assert "steps-0-attachment" not in member.client.get(url(draft, "schritte")).content.decode()
    own, foreign = make_attachment(draft), make_attachment(make_draft(), title="Fremd")
    assert "Fremd" not in member.client.get(url(draft, "schritte")).content.decode()
    save(member, draft, "schritte", **row("steps", 0, title="Ausfüllen", attachment=own.pk))
    assert draft.steps.get().attachment == own
    for key in [foreign.pk, 10**30]:
        response = save(member, draft, "schritte", **{"steps-0-attachment": key})
        assert response.status_code == 200 and draft.steps.get().attachment == own
    save(member, draft, "schritte", **{"steps-0-attachment": ""})
    save(member, draft, "einordnung", ozg_field="bildung")
    draft.refresh_from_db()
    assert (draft.steps.get().attachment, draft.ozg_field) == (None, "bildung")


def test_same_link_twice_is_named(member, draft):
    Link.objects.create(solution=draft, kind="demo", url="https://example.org")
    response = save(member, draft, "links", **row("links", 1, kind="demo", url="https://example.org"))
    assert "steht doppelt da" in response.content.decode()
    assert draft.links.count() == 1


def test_too_many_rows_are_refused_and_none_is_lost(member, draft):
    values = {name: f"{text}" for number in range(31) for name, text in row("links", number, kind="demo",
              url=f"https://example.org/{number}").items()}  # fmt: skip
    response = save(member, draft, "links", **{"links-TOTAL_FORMS": "31"}, **values)
    page = response.content.decode()
    assert "höchstens 30" in page
    assert "https://example.org/30" in page
    assert not draft.links.exists()


def test_contact_is_public_only_with_the_consent_in_its_words(member, draft):
    assert CONSENT in member.client.get(url(draft, "ansprechpersonen")).content.decode()
    person = {"name": "Karla", "email": "karla@example.org", "role": "subject"}
    save(member, draft, "ansprechpersonen", **row("contacts", 0, **person))
    assert not draft.contacts.get().is_public
    save(member, draft, "ansprechpersonen", **{"contacts-0-consents": "on"})
    contact = draft.contacts.get()
    assert contact.is_public
    assert (contact.consented_on, contact.consent_wording) == (timezone.localdate(), CONSENT)
    assert contact.valid_until.year == timezone.localdate().year + 2


def test_consent_stays_as_given_until_it_is_withdrawn_or_the_person_is_another(member, draft):
    given = timezone.localdate() - timedelta(days=100)
    make_contact(draft, consented_on=given, valid_until=timezone.localdate() + timedelta(days=9), consent_wording="So.")
    save(member, draft, "ansprechpersonen", **{"contacts-0-scope": "Ein Telefonat"})
    contact = draft.contacts.get()
    assert (contact.consented_on, contact.consent_wording, contact.scope) == (given, "So.", "Ein Telefonat")
    save(member, draft, "ansprechpersonen", **{"contacts-0-email": "neu@example.org"})
    assert draft.contacts.get().consented_on == timezone.localdate()
    data = posted(member.client.get(url(draft, "ansprechpersonen")))
    del data["contacts-0-consents"]
    member.client.post(url(draft, "ansprechpersonen"), data)
    contact = draft.contacts.get()
    assert (contact.consented_on, contact.valid_until, contact.consent_wording) == (None, None, "")
    ended, begun = (f"Einwilligung einer Ansprechperson {what}" for what in ["beendet", "festgehalten"])
    noted = AuditRecord.objects.filter(kind="consent").order_by("pk")
    assert list(noted.values_list("what", flat=True)) == [begun, ended, ended]


def test_contacts_are_in_no_snapshot(member, draft):
    person = {"name": "Karla Kontakt", "email": "karla@example.org", "consents": "on"}
    save(member, draft, "ansprechpersonen", **row("contacts", 0, **person))
    assert not [shot for shot in draft.snapshots.all() if "karla" in str(shot.content).lower()]


# Two people at once


def lead_edits(draft, **values) -> None:
    """The lead saves in the Verwaltung meanwhile."""
    stored = Solution.objects.get(pk=draft.pk)
    for name, value in values.items():
        setattr(stored, name, value)
    stored.revision += 1
    stored.save()


def test_draft_changed_meanwhile_gets_409_with_both_texts_and_then_may_be_saved(member, draft):
    data = posted(member.client.get(url(draft, "loesung"))) | {"problem": "Von mir."}
    lead_edits(draft, problem="Von der Leitung.")
    response = member.client.post(url(draft, "loesung"), data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Von mir." in page
    assert "Gespeichert ist: Von der Leitung." in page
    assert Solution.objects.get(pk=draft.pk).problem == "Von der Leitung."
    again = posted(response)
    assert member.client.post(url(draft, "loesung"), again).status_code == 302
    assert Solution.objects.get(pk=draft.pk).problem == "Von mir."


def test_rows_changed_meanwhile_get_409_with_both_and_lose_none(member, draft):
    Step.objects.create(solution=draft, position=1, title="Alt")
    data = posted(member.client.get(url(draft, "schritte"))) | {"steps-0-title": "Mein Schritt"}
    draft.steps.all().delete()
    Step.objects.create(solution=draft, position=1, title="Schritt der Leitung")
    lead_edits(draft)
    response = member.client.post(url(draft, "schritte"), data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Mein Schritt" in page
    assert "1. Schritt der Leitung" in page
    assert member.client.post(url(draft, "schritte"), posted(response)).status_code == 302
    assert [step.title for step in draft.steps.all()] == ["Mein Schritt"]


def test_text_typed_while_the_draft_was_submitted_is_shown_and_not_saved(member, draft):
    data = posted(member.client.get(url(draft, "loesung"))) | {"problem": "Zu spät."}
    Solution.objects.filter(pk=draft.pk).update(status="submitted", revision=1)
    response = member.client.post(url(draft, "loesung"), data)
    assert response.status_code == 409
    assert "Zu spät." in response.content.decode()
    assert "inzwischen eingereicht" in response.content.decode()
    assert Solution.objects.get(pk=draft.pk).problem == ""


def test_text_typed_after_the_sign_in_expired_comes_back(member, draft):
    data = posted(member.client.get(url(draft, "loesung"))) | {"problem": "Lange getippt."}
    member.client.logout()
    response = member.client.post(url(draft, "loesung"), data)
    assert response.url == f"/anmelden/?next={url(draft, 'loesung')}"
    member.client.force_login(member.user)
    page = member.client.get(url(draft, "loesung"))
    assert "Lange getippt." in page.content.decode()
    assert "Gesendet ist es noch nicht" in page.content.decode()
    assert member.client.post(url(draft, "loesung"), posted(page)).status_code == 302
    assert Solution.objects.get(pk=draft.pk).problem == "Lange getippt."
    assert "Gesendet ist es noch nicht" not in member.client.get(url(draft, "loesung")).content.decode()


def test_text_that_waited_for_the_sign_in_is_shown_though_the_draft_was_submitted_meanwhile(member, draft):
    data = posted(member.client.get(url(draft, "loesung"))) | {"problem": "Lange getippt."}
    member.client.logout()
    member.client.post(url(draft, "loesung"), data)
    Solution.objects.filter(pk=draft.pk).update(status="submitted")
    member.client.force_login(member.user)
    page = member.client.get(url(draft, "loesung")).content.decode()
    assert "Lange getippt." in page and "inzwischen eingereicht" in page


@pytest.mark.parametrize("path", ["unknown", "submitted", "huge"])
def test_visitors_cannot_fill_our_sessions(visitor, draft, path):
    typed = {"problem": "x" * (200_000 if path == "huge" else 10)}
    if path == "submitted":
        Solution.objects.filter(pk=draft.pk).update(status="submitted")
    target = f"{PROPOSE}1b671a64-40d5-491e-99b0-da01ff1f3341/loesung/" if path == "unknown" else url(draft, "loesung")
    response = visitor.client.post(target, typed)
    assert response.status_code == 302
    assert "sessionid" not in response.cookies


# Handing in


def submit(actor, draft):
    draft.refresh_from_db()
    path = reverse("knowledgebase:proposal-submit", args=[draft.uuid])
    return actor.client.post(path, {"revision": draft.revision}, follow=True).content.decode()


def test_member_submits_and_every_lead_is_told_once(member, lead, second_lead):
    draft = make_complete(title="Fundbüro", proposed_by=member.user)
    assert "Alles da." in member.client.get(url(draft)).content.decode()
    page = submit(member, draft)
    draft.refresh_from_db()
    assert (draft.status, draft.submitted_by) == ("submitted", member.user)
    assert "liegt bei der OGL-Leitung" in page
    addresses = OutgoingMail.objects.filter(subject="Zur Prüfung eingereicht: Fundbüro").values_list(
        "recipient", flat=True
    )
    assert sorted(addresses) == sorted([lead.user.email, second_lead.user.email])
    assert "schon eingereicht" in submit(member, draft)
    assert OutgoingMail.objects.count() == 2


def test_draft_that_says_next_to_nothing_is_not_submitted(member, draft):
    assert "mindestens einen Satz" in submit(member, draft)
    Solution.objects.filter(pk=draft.pk).update(summary="Ein Satz.", description="Kurz.")
    assert "liegt bei der OGL-Leitung" in submit(member, draft)


@pytest.mark.parametrize("revision", ["0", "", "-1", "x", "²", "9" * 30])
def test_draft_that_somebody_changed_meanwhile_is_not_submitted_unseen(member, draft, revision):
    lead_edits(draft, summary="Ein Satz.", description="Kurz.")
    path = reverse("knowledgebase:proposal-submit", args=[draft.uuid])
    page = member.client.post(path, {"revision": revision}, follow=True).content.decode()
    assert "noch einmal durch" in page
    assert Solution.objects.get(pk=draft.pk).status == "draft"


def test_submitted_proposal_is_read_only_until_it_is_returned(member, lead):
    draft = make_complete(proposed_by=member.user)
    submit(member, draft)
    assert member.client.get(url(draft, "loesung")).url == url(draft)
    assert "Ändern" not in member.client.get(url(draft)).content.decode()
    draft.refresh_from_db()
    workflow.return_solution(solution=draft, by=lead.user, note="Bitte den Aufwand schätzen.")
    page = member.client.get(url(draft)).content.decode()
    assert "Bitte den Aufwand schätzen." in page
    assert "bitte ergänzen" in member.client.get("/mein-bereich/").content.decode()
    assert save(member, draft, "aufwand", duration_weeks="7").status_code == 302
    assert "liegt bei der OGL-Leitung" in submit(member, draft)
    mail = OutgoingMail.objects.get(recipient=member.user.email)
    assert url(draft) in mail.text


def test_proposer_is_told_of_the_publication(member, lead):
    draft = make_complete(title="Fundbüro", proposed_by=member.user)
    submit(member, draft)
    draft.refresh_from_db()
    workflow.publish_solution(solution=draft, by=lead.user)
    mail = OutgoingMail.objects.get(recipient=member.user.email)
    assert mail.subject == "Veröffentlicht: Fundbüro"
    assert draft.get_absolute_url() in mail.text
    assert "ist veröffentlicht" in member.client.get(url(draft)).content.decode()


def test_what_is_missing_is_said_with_the_way_to_it(member, draft):
    page = member.client.get(url(draft)).content.decode()
    assert f'href="{url(draft, "schritte")}">Schritte der Übernahme</a>: mindestens ein Schritt' in page
    assert "geprüft am" not in page


# Deleting


def test_member_deletes_a_draft_and_nothing_that_was_public(member, draft):
    path = reverse("knowledgebase:proposal-delete", args=[draft.uuid])
    assert "Endgültig löschen" in member.client.get(path).content.decode()
    Solution.objects.filter(pk=draft.pk).update(version=1)
    assert "war schon veröffentlicht" in member.client.post(path, follow=True).content.decode()
    Solution.objects.filter(pk=draft.pk).update(version=0, status="submitted")
    assert "schon eingereicht" in member.client.post(path, follow=True).content.decode()
    Solution.objects.filter(pk=draft.pk).update(status="draft")
    assert member.client.post(path).url == PROPOSE
    assert not Solution.objects.exists()


# Cost


def test_overview_asks_as_much_for_many_rows_as_for_few(member):
    draft = make_complete(proposed_by=member.user)
    counts = []
    for number in [0, 20]:
        for each in range(number):
            Step.objects.create(solution=draft, position=each + 10, title=f"Schritt {each}")
            make_contact(draft, name=f"Karla {each}")
        member.client.get(url(draft))
        with CaptureQueriesContext(connection) as queries:
            member.client.get(url(draft))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_leap_day_consent_holds_for_two_years(member, draft, time_machine):
    time_machine.move_to("2028-02-29T12:00:00+01:00", tick=False)
    member.client.force_login(member.user)
    person = {"name": "Karla", "email": "karla@example.org", "consents": "on"}
    save(member, draft, "ansprechpersonen", **row("contacts", 0, **person))
    assert draft.contacts.get().valid_until == date(2030, 2, 28)
