"""The life of a report: gate, release as a frozen version, correction, privacy, the way to the Verteiler."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail as outbox
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ogl_portal.lib import mail, pdf, search
from ogl_portal.lib.models import OutgoingMail
from sessions_app import workflow
from sessions_app.models import Report, ReportVersion
from sessions_app.personal_data import versions_naming
from sessions_app.search import sections_of
from sessions_app.workflow import releasing
from tests.factories.actions import make_item
from tests.factories.directory import make_member, make_user
from tests.factories.sessions_app import make_draft_report, make_event, make_released_report, make_report

from .test_admin import form_data

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_documents(monkeypatch):
    """Documents that differ where their HTML does; real ones are in test_report_pdf."""
    monkeypatch.setattr(pdf, "from_html", lambda html: b"%PDF-1.7\n" + html.encode() + b"\n%%EOF")


def text_of(response) -> str:
    return response.content.decode()


def change(report, number: int, body: str) -> None:
    report.sections.filter(number=number).update(body=body)


def correct(report, lead, body: str, reason: str = "Ein Datum war falsch.") -> ReportVersion:
    """Write and release the next version."""
    workflow.start_correction(report=report, by=lead.user, reason=reason)
    change(report, 1, body)
    return workflow.release_report(report=report, by=lead.user)


def test_release_keeps_text_pdf_hash_and_verteiler(lead):
    report = make_draft_report()
    version = workflow.release_report(report=report, by=lead.user)
    assert version.number == 1
    assert "Text von Abschnitt 4." in version.public_html
    for reader, digest in [(AnonymousUser(), version.public_sha256), (lead.user, version.members_sha256)]:
        content = version.pdf_for(reader)
        assert content.startswith(b"%PDF-")
        assert sha256(content).hexdigest() == digest
    assert {"name": lead.person.full_name, "organisation": lead.person.organisation.name, "public_name": ""} in (
        version.distribution
    )


def test_release_stays_as_it_was_whatever_changes_afterwards(lead, visitor):
    report = make_draft_report()
    item = make_item(report=report, letter="a", title="Wie vereinbart", due_kind="open", responsible_kind="open")
    workflow.release_report(report=report, by=lead.user)
    before = visitor.client.get(report.get_pdf_url()).content
    change(report, 1, "Ganz anders.")
    type(item).objects.filter(pk=item.pk).update(title="Umbenannt", status="done")
    body, _, today = text_of(visitor.client.get(report.get_absolute_url())).partition("Stand heute")
    assert "Wie vereinbart" in body
    assert "Ganz anders." not in body
    assert "Umbenannt" in today
    assert "erledigt" in today
    assert visitor.client.get(report.get_pdf_url()).content == before


@pytest.mark.parametrize("kinds", [{"due_kind": "unset"}, {"responsible_kind": "unset"}])
def test_release_with_an_item_that_names_nothing_is_refused_with_a_link(lead, kinds):
    report = make_draft_report()
    item = make_item(report=report, **{"due_kind": "open", "responsible_kind": "open"} | kinds)
    with pytest.raises(workflow.NotReleasable, match="ausdrücklich „offen“") as refusal:
        workflow.release_report(report=report, by=lead.user)
    assert [gap.url.partition("#")[2] for gap in refusal.value.gaps] == [f"id_{next(iter(kinds))}"]
    assert f"/admin/actions/actionitem/{item.pk}/" in refusal.value.gaps[0].url
    assert not ReportVersion.objects.exists()


def test_release_with_persons_of_whom_none_is_named_is_refused_with_a_link(lead):
    report = make_draft_report()
    item = make_item(report=report, due_kind="open", responsible_kind="persons")
    with pytest.raises(workflow.NotReleasable, match="mindestens eine Person") as refusal:
        workflow.release_report(report=report, by=lead.user)
    assert [gap.url.partition("#")[2] for gap in refusal.value.gaps] == ["id_responsible_persons"]
    item.responsible_persons.add(make_member())
    assert workflow.release_report(report=report, by=lead.user)


def test_release_with_an_item_that_names_who_may_not_be_named_is_refused_with_a_link(lead):
    person = make_member(salutation="Frau", family_name="Unverkennbar")
    report, kinds = make_draft_report(), {"due_kind": "open", "responsible_kind": "open"}
    make_item(report=report, title="Frau Unverkennbar fragen", is_public=False, **kinds)
    item = make_item(report=report, description="Zusammen mit Frau **Unverkennbar**.", **kinds)
    with pytest.raises(workflow.NotReleasable, match="ohne den Namen einer Person") as refusal:
        workflow.release_report(report=report, by=lead.user)
    assert [gap.url for gap in refusal.value.gaps] == [f"/admin/actions/actionitem/{item.pk}/change/#id_description"]
    type(person).objects.filter(pk=person.pk).update(name_is_public=True, name_public_basis="Einwilligung")
    assert workflow.release_report(report=report, by=lead.user)


def test_section_that_says_it_is_omitted_needs_no_text(lead, visitor):
    report = make_draft_report()
    report.sections.filter(number=5).update(body="", is_omitted=True)
    workflow.release_report(report=report, by=lead.user)
    assert "entfällt" in text_of(visitor.client.get(report.get_absolute_url()))


def test_correction_becomes_version_2_while_version_1_stays_public_and_downloadable(lead, visitor):
    report = make_released_report()
    first = visitor.client.get(report.get_pdf_url()).content
    workflow.start_correction(report=report, by=lead.user, reason="Ein Datum war falsch.")
    change(report, 1, "Jetzt richtig.")
    assert "Jetzt richtig." not in text_of(visitor.client.get(report.get_absolute_url()))
    assert visitor.client.get(report.get_absolute_url(), {"version": "entwurf"}).status_code == 404
    assert "Jetzt richtig." in text_of(lead.client.get(report.get_absolute_url(), {"version": "entwurf"}))
    workflow.release_report(report=report, by=lead.user)
    page = text_of(visitor.client.get(report.get_absolute_url()))
    assert "Jetzt richtig." in page
    assert "Ein Datum war falsch." in page
    assert visitor.client.get(report.get_pdf_url(), {"version": "1"}).content == first
    assert "Es gibt eine neuere" in text_of(visitor.client.get(report.get_absolute_url(), {"version": "1"}))


def test_draft_of_a_correction_is_for_the_lead_and_for_members_who_check_it(guest, member, lead):
    report = make_released_report()
    item, draft = make_item(report=report), f"{report.get_absolute_url()}?version=entwurf"

    def read_it() -> list[bool]:
        return [reader.client.get(draft).status_code == 200 for reader in [guest, member, lead]]

    def is_led_to_it(reader) -> bool:
        return draft in text_of(reader.client.get(item.get_absolute_url()))

    assert read_it() == [False, False, True] and not is_led_to_it(lead)
    workflow.start_correction(report=report, by=lead.user, reason="Ein Datum war falsch.")
    assert read_it() == [False, False, True] and is_led_to_it(lead) and not is_led_to_it(member)
    workflow.submit_report(report=report, by=lead.user)
    assert read_it() == [False, True, True] and is_led_to_it(member)


@pytest.mark.parametrize("number", ["0", "3", "x", "²", "99999999999", "-1", "1 "])
def test_version_that_does_not_exist_is_not_found(visitor, number):
    report = make_released_report()
    for address in [report.get_absolute_url(), report.get_pdf_url()]:
        assert visitor.client.get(address, {"version": number}).status_code == 404


def test_release_of_a_correction_without_reason_is_refused(lead):
    report = make_released_report()
    with pytest.raises(ValidationError, match="Grund der Korrektur"):
        workflow.start_correction(report=report, by=lead.user, reason=" ")
    assert report.versions.count() == 1


def test_release_of_what_somebody_changed_meanwhile_is_refused(lead, monkeypatch):
    report = make_draft_report()
    render = releasing.Rendered.of

    def render_slowly(report, by):
        Report.objects.filter(pk=report.pk).update(revision=report.revision + 1)
        return render(report, by)

    monkeypatch.setattr(releasing.Rendered, "of", render_slowly)
    with pytest.raises(ValidationError, match="wurde gerade geändert"):
        workflow.release_report(report=report, by=lead.user)
    assert not ReportVersion.objects.exists()


def test_release_whose_pdf_cannot_be_made_changes_nothing(lead, monkeypatch):
    def fail(*args, **kwargs):
        raise pdf.RenderError("Zu umfangreich.")

    monkeypatch.setattr(pdf, "from_html", fail)
    report = make_draft_report()
    path = f"/admin/sessions_app/report/{report.pk}/change/"
    answer = lead.client.post(
        "/admin/sessions_app/report/", {"action": "release", "_selected_action": [report.pk]}, follow=True
    )
    assert "Nicht freigegeben. Zu umfangreich." in text_of(answer)
    assert lead.client.get(path).status_code == 200
    report.refresh_from_db()
    assert report.status == Report.Status.DRAFT


def test_withdrawn_report_is_public_in_no_version(lead, visitor):
    report = make_released_report()
    workflow.withdraw_report(report=report, by=lead.user)
    for data in [{}, {"version": "1"}]:
        assert visitor.client.get(report.get_absolute_url(), data).status_code == 404
        assert visitor.client.get(report.get_pdf_url(), data).status_code == 404
    assert report.versions.count() == 1


def test_names_are_in_the_members_version_only(lead, visitor, member):
    person = make_member(given_name="Nora", family_name="Unverkennbar")
    report = make_draft_report()
    item = make_item(report=report, due_kind="open", responsible_kind="persons")
    item.responsible_persons.add(person)
    version = workflow.release_report(report=report, by=lead.user)
    assert "Unverkennbar" not in version.public_html + version.public_document
    assert person.organisation.name in version.public_html
    assert "Nora Unverkennbar" in version.members_html
    assert "Unverkennbar" not in text_of(visitor.client.get(report.get_absolute_url()))
    assert "Unverkennbar" in text_of(member.client.get(report.get_absolute_url()))


def test_withdrawn_consent_takes_the_name_out_of_what_was_released(lead, visitor):
    person = make_member(
        given_name="Nora", family_name="Unverkennbar", name_is_public=True, name_public_basis="Einwilligung"
    )
    report = make_draft_report()
    item = make_item(report=report, due_kind="open", responsible_kind="persons")
    item.responsible_persons.add(person)
    change(report, 1, "Es sprach Nora Unverkennbar.")
    make_item(title="Nachfragen", description="Nora **Unverkennbar** weiß es.")
    version = workflow.release_report(report=report, by=lead.user)
    former = version.public_sha256
    assert "Unverkennbar" in version.public_html
    page = f"/admin/directory/person/{person.pk}/change/"
    data = form_data(lead.client.get(page)) | {"name_public_basis": ""}
    answer = lead.client.post(
        page, {name: value for name, value in data.items() if name != "name_is_public"}, follow=True
    )
    assert "Reports, in denen der Name nicht mehr öffentlich steht: 1." in text_of(answer)
    assert "Öffentlich steht der Name noch in nächsten Schritten: „Nachfragen“" in text_of(answer)
    version.refresh_from_db()
    assert "Unverkennbar" not in version.public_html + version.public_document
    assert version.former_sha256 == former
    assert version.redaction_reason
    content = visitor.client.get(report.get_pdf_url()).content
    assert sha256(content).hexdigest() == version.public_sha256 != former
    assert "Unverkennbar" in version.members_html


def test_withdrawn_name_stays_away_in_the_next_version(lead, visitor):
    person = make_member(
        given_name="Nora", family_name="Unverkennbar", name_is_public=True, name_public_basis="Einwilligung"
    )
    report = make_draft_report()
    change(report, 1, "Nora Unverkennbars Vortrag. Dank an Nora Unverkennbarer.")
    workflow.release_report(report=report, by=lead.user)
    type(person).objects.filter(pk=person.pk).update(name_is_public=False, name_public_basis="")
    person.refresh_from_db()
    assert workflow.redact_versions(person=person) == 1
    workflow.start_correction(report=report, by=lead.user, reason="Ein Datum war falsch.")
    version = workflow.release_report(report=report, by=lead.user)
    for text in [version.public_html, version.public_document, text_of(visitor.client.get(report.get_absolute_url()))]:
        assert "Nora Unverkennbars" not in text
        assert "Nora Unverkennbarer" in text, "somebody else of a longer name"
    assert f"{person.organisation.name}s Vortrag" in version.public_html
    assert "Nora Unverkennbars Vortrag" in version.members_html


NAMED = """Frau **D'Angelo** kam, Frau
D'Angelo sprach, Frau\u00a0D'Angelo ging. **Frau** D’Angelo, Frau D'Angelos Bild, Frau [D'Angelo](https://example.org)."""


def test_withdrawn_name_is_found_however_markdown_and_templates_write_it(lead):
    person = make_member(salutation="Frau", family_name="D'Angelo", name_is_public=True, name_public_basis="Ja")
    report = make_draft_report()
    change(report, 1, NAMED)
    make_item(report=report, title="Frau D'Angelo fragen", due_kind="open", responsible_kind="open")
    version = workflow.release_report(report=report, by=lead.user)
    type(person).objects.filter(pk=person.pk).update(name_is_public=False, name_public_basis="")
    person.refresh_from_db()
    assert workflow.redact_versions(person=person) == 1
    version.refresh_from_db()
    house = person.organisation.name
    for text in [version.public_html, version.public_document, workflow.without_private_names(version.members_html)]:
        assert "Angelo" not in text and f"{house} fragen" in text
        assert f"<strong>{house}</strong> kam" in text and f"<strong>{house}</strong>, {house}s Bild" in text
    assert [*versions_naming(make_user(person=person))] == [version], "for members the name stands"
    assert "Angelo" not in "".join(sections_of(report)) and house in sections_of(report)[0]


def test_name_that_somebody_shares_who_may_be_named_stays(lead):
    make_member(salutation="Frau", family_name="Mai")
    make_member(salutation="Frau", family_name="Mai", name_is_public=True, name_public_basis="Einwilligung")
    report = make_draft_report()
    change(report, 1, "Es sprach Frau Mai.")
    assert "Frau Mai" in workflow.release_report(report=report, by=lead.user).public_html


def test_report_goes_to_the_verteiler_once_and_to_each_address_once(lead):
    report = make_released_report()
    people = {make_member().email for _ in range(3)} | {lead.person.email}
    assert workflow.send_report(report=report, by=lead.user) == len(people)
    mail.deliver_outbox()
    assert {message.to[0] for message in outbox.outbox} == people
    assert all(report.get_absolute_url() in message.body for message in outbox.outbox)
    with pytest.raises(ValidationError, match="schon an den Verteiler"):
        workflow.send_report(report=report, by=lead.user)
    assert OutgoingMail.objects.count() == len(people)


def test_report_that_is_withdrawn_takes_its_mails_to_the_verteiler_back_as_far_as_they_have_not_left(lead):
    report, other = make_released_report(), make_released_report()
    for each in [report, other]:
        workflow.send_report(report=each, by=lead.user)
    left = report.current_version.mails.create(recipient="weg@example.org", subject="Report", sent_at=timezone.now())
    workflow.withdraw_report(report=report, by=lead.user)
    assert set(OutgoingMail.objects.all()) == {left, *other.current_version.mails.all()}


def test_draft_does_not_go_to_the_verteiler(lead):
    with pytest.raises(ValidationError, match="nur ein freigegebener"):
        workflow.send_report(report=make_draft_report(), by=lead.user)
    assert not OutgoingMail.objects.exists()


# Mitgliederprüfung


@pytest.fixture
def in_review(lead):
    report = make_draft_report()
    workflow.submit_report(report=report, by=lead.user, until=timezone.localdate() + timedelta(days=7))
    return report


def comment(actor, report, number=4, text="Bitte das Datum prüfen."):
    return actor.client.post(f"{report.get_absolute_url()}anmerkung/{number}/", {"text": text}, follow=True)


def test_member_comments_a_section_and_the_lead_answers(in_review, member, lead):
    assert "Danke, Ihre Anmerkung" in text_of(comment(member, in_review))
    said = in_review.sections.get(number=4).comments.get()
    page = f"/admin/sessions_app/reviewcomment/{said.pk}/change/"
    seen = {"seen_revision": 0, "outcome": "answered"}
    refused = lead.client.post(page, seen | {"answer": ""})
    assert "Bitte schreiben Sie eine Antwort." in text_of(refused)
    lead.client.post(page, seen | {"answer": "Geprüft, es stimmt."})
    text = text_of(member.client.get(in_review.get_absolute_url()))
    assert "Geprüft, es stimmt." in text
    assert "Bitte das Datum prüfen." in text_of(lead.client.get(f"/admin/sessions_app/report/{in_review.pk}/change/"))


def test_two_leads_who_answer_one_comment_see_both_answers(in_review, member, lead, second_lead):
    comment(member, in_review)
    said = in_review.sections.get(number=4).comments.get()
    page = f"/admin/sessions_app/reviewcomment/{said.pk}/change/"
    opened = form_data(lead.client.get(page))
    assert lead.client.post(page, opened | {"outcome": "answered", "answer": "Von Lea."}).status_code == 302
    late = second_lead.client.post(page, opened | {"outcome": "taken-over", "answer": "Von Luis."})
    assert late.status_code == 409
    assert "Von Luis.</textarea>" in text_of(late)
    assert "Gespeichert ist: Von Lea." in text_of(late)
    said.refresh_from_db()
    assert (said.answer, said.answered_by, said.outcome) == ("Von Lea.", lead.user, "answered")
    assert second_lead.client.post(page, form_data(late)).status_code == 302
    said.refresh_from_db()
    assert (said.answer, said.answered_by) == ("Von Luis.", second_lead.user)


def test_empty_comment_is_refused_and_one_after_the_last_day_keeps_its_text(in_review, member, lead):
    assert "Bitte schreiben Sie, was sich ändern soll." in text_of(comment(member, in_review, text=""))
    Report.objects.filter(pk=in_review.pk).update(review_until=timezone.localdate() - timedelta(days=1))
    late = comment(member, in_review, text="Zu spät, aber wichtig.")
    assert late.status_code == 422
    assert "ist vorbei" in text_of(late)
    assert "Zu spät, aber wichtig." in text_of(late)
    Report.objects.filter(pk=in_review.pk).update(review_until=timezone.localdate())
    assert "Danke, Ihre Anmerkung" in text_of(comment(member, in_review))
    Report.objects.filter(pk=in_review.pk).update(status=Report.Status.DRAFT)
    assert comment(lead, in_review).status_code == 422


def test_member_confirms_once_and_a_new_review_asks_again(in_review, member, lead):
    for _ in range(2):
        answer = member.client.post(f"{in_review.get_absolute_url()}bestaetigen/", follow=True)
    assert "Sie haben ihn bestätigt" in text_of(answer)
    assert in_review.confirmations.get().user == member.user
    workflow.withdraw_report(report=in_review, by=lead.user)
    workflow.submit_report(report=in_review, by=lead.user)
    assert not in_review.confirmations.exists()


def test_confirmation_is_of_the_text_that_was_read_and_goes_with_the_correction(in_review, member, lead):
    address, desk = in_review.get_absolute_url(), f"/admin/sessions_app/report/{in_review.pk}/change/"
    seen = in_review.revision
    member.client.post(f"{address}bestaetigen/", {"revision": seen})
    Report.objects.filter(pk=in_review.pk).update(revision=seen + 1)
    shown = text_of(lead.client.get(desk))
    assert "Bestätigt haben" not in shown
    assert "Einen früheren Stand des Textes haben bestätigt: Mia Mitglied" in shown
    answer = text_of(member.client.post(f"{address}bestaetigen/", {"revision": seen}, follow=True))
    assert "wurde inzwischen geändert" in answer
    assert f'name="revision" value="{seen + 1}"' in answer
    member.client.post(f"{address}bestaetigen/", {"revision": seen + 1})
    assert in_review.confirmations.get().revision == seen + 1
    workflow.release_report(report=in_review, by=lead.user)
    workflow.start_correction(report=in_review, by=lead.user, reason="Ein Datum.")
    assert not in_review.confirmations.exists()


def test_confirmation_holds_until_the_text_changes(in_review, member, lead):
    address, desk = in_review.get_absolute_url(), f"/admin/sessions_app/report/{in_review.pk}/change/"

    def save(button: str = "_continue", **changes) -> str:
        lead.client.post(desk, form_data(lead.client.get(desk)) | changes | {button: "x"})
        return text_of(lead.client.get(desk))

    member.client.post(f"{address}bestaetigen/")
    assert "Bestätigt haben: Mia Mitglied" in save()
    assert "Bestätigt haben: Mia Mitglied" in save(review_until=f"{timezone.localdate() + timedelta(days=9):%d.%m.%Y}")
    assert "Sie haben ihn bestätigt, vielen Dank" in text_of(member.client.get(address))
    assert "Bestätigt haben: Mia Mitglied" in save("_release")
    assert Report.objects.get().is_released


@pytest.mark.parametrize("change", [{"title": "Anders"}, {"sections-0-body": "Anders"}])
def test_confirmation_is_of_an_earlier_text_once_that_was_changed(in_review, member, lead, change):
    desk = f"/admin/sessions_app/report/{in_review.pk}/change/"
    member.client.post(f"{in_review.get_absolute_url()}bestaetigen/")
    lead.client.post(desk, form_data(lead.client.get(desk)) | change | {"_release": "x"})
    assert Report.objects.get().is_released
    shown = text_of(lead.client.get(desk))
    assert "Einen früheren Stand des Textes haben bestätigt: Mia Mitglied" in shown and "Bestätigt haben" not in shown


def test_review_is_closed_to_visitors_and_guests(in_review, visitor, guest):
    assert "/anmelden/" in visitor.client.post(f"{in_review.get_absolute_url()}bestaetigen/")["Location"]
    assert guest.client.post(f"{in_review.get_absolute_url()}bestaetigen/").status_code == 404
    assert comment(guest, in_review).status_code == 404
    assert not in_review.confirmations.exists()


def test_comments_of_the_review_are_in_no_released_version(in_review, member, lead):
    comment(member, in_review, text="Nur für uns.")
    version = workflow.release_report(report=in_review, by=lead.user)
    assert "Nur für uns." not in version.public_html + version.members_html


def test_draft_of_a_coming_event_lists_what_is_still_open(lead):
    earlier = make_released_report(event=make_event(starts_at=timezone.now() - timedelta(days=60)))
    item = make_item(report=earlier, letter="b", title="Noch zu tun", due_kind="open", responsible_kind="open")
    make_event(starts_at=timezone.now() - timedelta(days=40))
    report = make_draft_report()
    text = text_of(lead.client.get(report.get_absolute_url()))
    assert "Noch offen aus früheren Treffen" in text
    assert f'<a class="ogl-link" href="{item.get_absolute_url()}">b) Noch zu tun</a>' in text
    assert "seit 2 Sitzungen" in text


def test_lead_writes_items_on_the_page_of_the_report_and_stands_in_their_history(lead):
    report = make_draft_report()
    page = f"/admin/sessions_app/report/{report.pk}/change/"
    data = form_data(lead.client.get(page)) | {
        "action_items-TOTAL_FORMS": "1",
        "action_items-0-letter": "b",
        "action_items-0-title": "Beispiele sammeln",
        "action_items-0-due_kind": "open",
        "action_items-0-responsible_kind": "everyone",
        "action_items-0-is_public": "on",
    }
    answer = lead.client.post(page, data)
    assert answer.status_code == 302, answer.context["errors"]
    missing = data | {"action_items-0-responsible_kind": "persons", "action_items-0-letter": "c"}
    assert "Bitte wählen Sie mindestens eine Person aus." in text_of(lead.client.post(page, missing))
    item = report.action_items.get()
    assert (item.letter, item.title) == ("b", "Beispiele sammeln")
    assert item.history.get().by == lead.user


def test_versions_of_a_withdrawn_report_stay_readable_for_the_lead(lead, member):
    report = make_released_report()
    workflow.withdraw_report(report=report, by=lead.user)
    for address in [report.get_absolute_url(), report.get_pdf_url()]:
        assert lead.client.get(address, {"version": "1"}).status_code == 200
        assert member.client.get(address, {"version": "1"}).status_code == 404
    workflow.submit_report(report=report, by=lead.user)
    address = report.get_absolute_url()
    assert [member.client.get(address, data).status_code for data in [{}, {"version": "1"}]] == [200, 404]


def test_draft_with_many_comments_costs_as_much_as_with_one(in_review, member, lead):
    def count():
        with CaptureQueriesContext(connection) as queries:
            lead.client.get(in_review.get_absolute_url())
        return len(queries)

    comment(member, in_review, number=1)
    before = count()
    for number in range(1, 8):
        workflow.comment_section(section=in_review.sections.get(number=number), by=make_user(), text="Noch eine.")
    assert count() == before


def test_release_of_which_no_version_was_kept_names_nobody_in_public_and_becomes_version_1(lead, visitor, member):
    make_member(given_name="Nora", family_name="Unverkennbar")
    report = make_report()
    change(report, 1, "Es sprach Nora Unverkennbar.")
    search.rebuild()
    for address in [report.get_absolute_url(), report.get_pdf_url()]:
        assert "Unverkennbar" not in text_of(visitor.client.get(address))
        assert "Unverkennbar" in text_of(member.client.get(address))
    assert report.get_absolute_url() not in text_of(visitor.client.get("/suche/?q=Unverkennbar"))
    workflow.start_correction(report=report, by=lead.user, reason="Ein Datum war falsch.")
    change(report, 1, "Es sprach niemand.")
    page = text_of(visitor.client.get(report.get_absolute_url()))
    assert "Es sprach" in page and "Unverkennbar" not in page and "niemand" not in page
    assert report.current_version.number == 1


def test_item_changed_while_the_pdf_was_made_is_not_released_unseen(lead, monkeypatch):
    report = make_draft_report()
    item = make_item(report=report, due_kind="open", responsible_kind="open")
    render = releasing.Rendered.of

    def render_slowly(report, by):
        rendered = render(report, by)
        type(item).objects.filter(pk=item.pk).update(title="Anders")
        return rendered

    monkeypatch.setattr(releasing.Rendered, "of", render_slowly)
    with pytest.raises(ValidationError, match="wurde gerade geändert"):
        workflow.release_report(report=report, by=lead.user)


@pytest.mark.logs_errors
def test_pdf_that_the_storage_has_lost_is_a_page_that_leads_to_the_report(visitor):
    report = make_released_report()
    report.current_version.public_pdf.storage.delete(report.current_version.public_pdf.name)
    answer = visitor.client.get(report.get_pdf_url())
    assert answer.status_code == 503
    assert "Die Datei fehlt in der Ablage." in answer.content.decode()
    assert report.get_absolute_url() in answer.content.decode()
