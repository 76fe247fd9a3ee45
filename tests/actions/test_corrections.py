"""What a correction of a report makes of its next steps is public with its release, and nowhere before."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import QuerySet
from django.forms import inlineformset_factory
from django.urls import reverse
from django.utils import timezone

from actions import workflow as steps
from actions.models import ActionItem, StruckItem
from actions.report_inline import ItemFormSet
from ogl_portal.lib import pdf, search
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.personal_data import declarations
from sessions_app import workflow
from sessions_app.models import Report
from tests.factories.actions import make_item
from tests.factories.directory import make_organisation
from tests.factories.sessions_app import make_event, make_released_report
from tests.sessions_app.test_admin import form_data

pytestmark = pytest.mark.django_db
PAGES = ["/", "/massnahmen/", "/massnahmen/{item}/", "/daten/massnahmen.csv", "/reports/", "/termine/{event}/",
         "/reports/{report}/", "/reports/{report}.pdf", "/reports/feed.atom", "/daten/katalog.jsonld"]  # fmt: skip
OWN_PAGES = ["/mein-bereich/", "/massnahmen/?verantwortlich=ich"]


@pytest.fixture(autouse=True)
def quick_documents(monkeypatch):
    monkeypatch.setattr(pdf, "from_html", lambda html: b"%PDF-1.7\n" + html.encode() + b"\n%%EOF")


def released_items():
    """A released report with the items a, b and c, which are due in twenty days."""
    event = make_event(starts_at=timezone.now() - timedelta(days=30))
    report = make_released_report(event=event, title="Wie freigegeben")
    day = timezone.localdate() + timedelta(days=20)
    kinds = {"due_kind": "day", "due_until": day, "responsible_kind": "open"}
    for letter in "abc":
        make_item(report=report, letter=letter, title=f"Vereinbart {letter}", **kinds)
    return report, *report.action_items.order_by("letter")


def page_of(report) -> str:
    return f"/admin/sessions_app/report/{report.pk}/change/"


def write_correction(report, lead, member):
    """Rename and move a and give it to the member, strike b, hide c; all on the page of the report."""
    workflow.start_correction(report=report, by=lead.user, reason="Es war anders.")
    tomorrow = timezone.localdate() + timedelta(days=1)
    house = make_organisation(name="Geheimwort GmbH").pk
    data = form_data(lead.client.get(page_of(report))) | {
        "title": "Geheimwort im Titel",
        "action_items-0-title": "Geheimwort", "action_items-0-due_until": f"{tomorrow:%d.%m.%Y}",
        "action_items-0-responsible_kind": "persons", "action_items-0-responsible_persons": [member.person.pk],
        "action_items-1-is_struck": "on", "action_items-2-responsible_kind": "organisation",
        "action_items-2-responsible_organisation": house,
    }  # fmt: skip
    del data["action_items-2-is_public"]
    answer = lead.client.post(page_of(report), data)
    assert answer.status_code == 302, answer.context["errors"]


def read(actor, addresses, report, item) -> str:
    values = {"item": item.pk, "event": report.event.slug, "report": report.slug}
    answers = [actor.client.get(address.format(**values)) for address in addresses]
    assert [answer.status_code for answer in answers] == [200] * len(addresses)
    return "".join(answer.content.decode(errors="replace") for answer in answers)


def test_correction_of_items_is_read_nowhere_before_its_release(lead, visitor, member):
    report, renamed, *_ = released_items()
    search.rebuild()
    write_correction(report, lead, member)
    call_command("remind", stdout=StringIO())
    for actor, addresses in [(visitor, PAGES), (member, PAGES + OWN_PAGES)]:
        text = read(actor, addresses, report, renamed)
        assert "Geheimwort" not in text and "Wie freigegeben" in text
        assert renamed.get_absolute_url() not in read(actor, ["/suche/?q=Geheimwort"], report, renamed)
        assert all(f"Vereinbart {letter}" in text for letter in "abc")
    assert not OutgoingMail.objects.filter(subject__contains="Nächste Schritte").exists()
    assert visitor.client.get(report.get_draft_url()).status_code == 404
    draft = lead.client.get(report.get_draft_url()).content.decode()
    assert "Geheimwort" in draft and "Vereinbart b" not in draft.partition("Anlage Verteiler")[0]
    assert member.client.get(report.get_draft_url()).status_code == 404
    workflow.submit_report(report=report, by=lead.user)
    assert "Geheimwort" in member.client.get(report.get_draft_url()).content.decode()


def test_release_of_a_correction_makes_it_the_wording_and_keeps_what_is_live(lead, visitor, member):
    report, renamed, struck, hidden = released_items()
    write_correction(report, lead, member)
    renamed.refresh_from_db()
    steps.change_status(item=renamed, to="in-progress", by=lead.user)
    steps.add_comment(item=renamed, by=lead.user, text="Bleibt.")
    workflow.release_report(report=report, by=lead.user)
    renamed.refresh_from_db()
    assert (renamed.title, renamed.letter, renamed.status) == ("Geheimwort", "a", "in-progress")
    assert renamed.responsible_text_for_members == "Mia Mitglied"
    assert renamed.comments.count() == 1
    for item, role, status in [(struck, visitor, 410), (hidden, visitor, 404), (hidden, member, 200)]:
        assert role.client.get(item.get_absolute_url()).status_code == status
    gone = visitor.client.get(struck.get_absolute_url()).content.decode()
    assert "wurde gestrichen" in gone and report.get_absolute_url() in gone and "Vereinbart b" not in gone
    Report.objects.update(status="draft", current_version=None)  # withdrawn: members may not read of it
    assert [each.client.get(struck.get_absolute_url()).status_code for each in [lead, member]] == [410, 404]
    Report.objects.update(status="released", current_version=report.versions.first())
    StruckItem.objects.update(is_public=False)
    assert [who.client.get(struck.get_absolute_url()).status_code for who in [visitor, member]] == [404, 410]
    assert "Geheimwort" in visitor.client.get("/massnahmen/").content.decode()
    assert ActionItem.with_corrections.count() == 2
    call_command("remind", stdout=StringIO())
    assert OutgoingMail.objects.filter(recipient=member.person.email, subject__contains="1 bald fällig").exists()


def test_item_under_correction_keeps_its_wording_in_the_admin_and_its_correction_has_no_state(lead):
    report, item, *_ = released_items()
    workflow.start_correction(report=report, by=lead.user, reason="Es war anders.")
    item = ActionItem.objects.get(pk=item.pk)
    pages = {row: reverse("admin:actions_actionitem_change", args=[row.pk]) for row in [item, item.correction]}
    own, next_version = (form_data(lead.client.get(page)) for page in pages.values())
    assert "status" in own and "title" not in own
    assert "title" in next_version and "status" not in next_version
    assert lead.client.post(pages[item], own | {"status": "done", "title": "Umgangen"}).status_code == 302
    days = {"due_kind": "days", "days": "03.06.2021, 17.06.2021"}
    assert lead.client.post(pages[item.correction], next_version | days).status_code == 302
    item = ActionItem.objects.get(pk=item.pk)
    assert (item.title, item.status, item.due_kind) == ("Vereinbart a", "done", "day")
    assert item.correction.due_text == "03.06. und 17.06.2021"
    for page in pages.values():
        assert lead.client.post(page.replace("change", "delete"), {"post": "yes"}).status_code == 403
    workflow.release_report(report=report, by=lead.user)
    assert ActionItem.objects.get(pk=item.pk).due_text == "03.06. und 17.06.2021"


def test_page_opened_before_a_correction_was_released_is_saved_in_the_next_one(lead):
    report, *_ = released_items()
    workflow.start_correction(report=report, by=lead.user, reason="Es war anders.")
    typed = form_data(lead.client.get(page_of(report))) | {"action_items-0-title": "Getippt"}
    workflow.release_report(report=report, by=lead.user)
    assert lead.client.post(page_of(report), typed).status_code == 409
    workflow.start_correction(report=report, by=lead.user, reason="Noch einmal.")
    answer = lead.client.post(page_of(report), typed)
    again = typed | {name: value for name, value in form_data(answer).items() if name.endswith("seen_revision")}
    assert lead.client.post(page_of(report), again).status_code == 302
    item = report.action_items.get(letter="a")
    assert (item.title, item.correction.title) == ("Vereinbart a", "Getippt")


def test_wording_typed_on_the_page_of_an_item_before_a_correction_began_comes_back(lead):
    report, item, *_ = released_items()
    page = reverse("admin:actions_actionitem_change", args=[item.pk])
    typed = form_data(lead.client.get(page)) | {"title": "Getippt"}
    workflow.start_correction(report=report, by=lead.user, reason="Es war anders.")
    for _ in range(2):
        answer = lead.client.post(page, typed)
        shown = answer.content.decode()
        assert answer.status_code == 409 and "Getippt" in shown and "Der Report wird inzwischen korrigiert" in shown
        assert reverse("admin:actions_actionitem_change", args=[item.correction.pk]) in shown
        typed = form_data(answer)


def test_wording_typed_on_the_page_of_a_correction_before_its_release_comes_back(lead):
    report, item, *_ = released_items()
    workflow.start_correction(report=report, by=lead.user, reason="Es war anders.")
    page = reverse("admin:actions_actionitem_change", args=[item.correction.pk])
    typed = form_data(lead.client.get(page)) | {"title": "Getippt"}
    workflow.release_report(report=report, by=lead.user)
    answer = lead.client.post(page, typed)
    assert answer.status_code == 409
    assert "Getippt" in answer.content.decode() and "Diesen Entwurf gibt es nicht mehr" in answer.content.decode()


def test_item_that_is_saved_locks_its_report_first_as_a_release_does(lead, monkeypatch):
    report, item, *_ = released_items()
    workflow.start_correction(report=report, by=lead.user, reason="Es war anders.")
    page, locked, lock = (
        reverse("admin:actions_actionitem_change", args=[item.correction.pk]),
        [],
        QuerySet.select_for_update,
    )
    monkeypatch.setattr(
        QuerySet, "select_for_update", lambda rows, **how: locked.append(rows.model) or lock(rows, **how)
    )
    assert lead.client.post(page, form_data(lead.client.get(page))).status_code == 302
    assert locked[:2] == [Report, ActionItem]


def test_member_who_goes_is_named_in_no_correction_either(lead, member):
    report, item, *_ = released_items()
    write_correction(report, lead, member)
    [declared] = [each for each in declarations() if each.model is ActionItem]
    assert [declared.texts(row)["Nächster Schritt"] for row in declared.rows_of(member.user)] == ["Geheimwort"]
    assert declared.delete(member.user).count == 1
    workflow.release_report(report=report, by=lead.user)
    item.refresh_from_db()
    assert (item.title, item.responsible_kind) == ("Geheimwort", "open")


def test_letters_may_change_places_but_not_stand_twice(lead):
    report, first, second, _ = released_items()
    workflow.start_correction(report=report, by=lead.user, reason="Vertauscht.")
    ActionItem.with_corrections.filter(corrects=first).update(letter="b")
    with pytest.raises(workflow.NotReleasable, match="ein eigener Buchstabe"):
        workflow.release_report(report=report, by=lead.user)
    ActionItem.with_corrections.filter(corrects=second).update(letter="a")
    workflow.release_report(report=report, by=lead.user)
    assert [item.title for item in report.action_items.order_by("letter")][:2] == ["Vereinbart b", "Vereinbart a"]


def test_new_item_takes_the_letter_of_the_one_that_is_struck_on_the_same_page(lead):
    report, *_ = released_items()
    workflow.start_correction(report=report, by=lead.user, reason="Ersetzt.")
    new = {"title": "Statt dessen", "letter": "b", "due_kind": "open", "responsible_kind": "open"}
    rows = {f"action_items-{row}-{name}": value for row in [3, 4] for name, value in new.items()}
    opened = form_data(lead.client.get(page_of(report))) | rows
    twice = lead.client.post(page_of(report), opened | {"action_items-TOTAL_FORMS": "5"})
    assert "Diesen Buchstaben gibt es in dem Report schon." in twice.content.decode()
    once = opened | {"action_items-1-is_struck": "on", "action_items-TOTAL_FORMS": "4"}
    assert lead.client.post(page_of(report), once).status_code == 302
    own = reverse("admin:actions_actionitem_change", args=[report.action_items.get(title="Vereinbart b").pk])
    assert lead.client.post(own, form_data(lead.client.get(own)) | {"status": "done"}).status_code == 302
    workflow.release_report(report=report, by=lead.user)
    assert [item.title for item in report.action_items.order_by("letter")][1:] == ["Statt dessen", "Vereinbart c"]


def test_several_days_are_written_on_the_page_of_the_report(lead):
    report, *_ = released_items()
    assert "Vereinbart a" in lead.client.get(page_of(report)).content.decode()
    workflow.start_correction(report=report, by=lead.user, reason="Es war anders.")
    typed = {"action_items-0-due_kind": "days", "action_items-0-days": "03.06.2021 und 17.06.2021"}
    assert lead.client.post(page_of(report), form_data(lead.client.get(page_of(report))) | typed).status_code == 302
    assert report.action_items.get(letter="a").correction.due_text == "03.06. und 17.06.2021"
    again = form_data(lead.client.get(page_of(report))) | {"action_items-0-due_kind": "open"}
    assert lead.client.post(page_of(report), again).status_code == 302
    assert not report.action_items.get(letter="a").correction.days.exists()


def test_rows_on_the_page_of_a_report_and_their_saving_cost_no_question_each(lead, django_assert_num_queries):
    report, *_ = released_items()
    for item in report.action_items.all():
        facts = {"responsible_kind": "organisation", "responsible_organisation": make_organisation()}
        facts |= {"due_kind": "event", "due_until": None, "dated_due_at": None, "due_event": make_event()}
        ActionItem.objects.filter(pk=item.pk).update(**facts)
    workflow.start_correction(report=report, by=lead.user, reason="Es war anders.")
    assert report.current_version
    kind = inlineformset_factory(Report, ActionItem, formset=ItemFormSet, fields=["title"])
    with django_assert_num_queries(3):
        rows = list(kind(instance=report).get_queryset())
        assert len({row.due_text_for_lead + row.responsible_text_for_members for row in rows}) == 3
    with django_assert_num_queries(1):
        rows[0].save()


def test_report_that_is_withdrawn_during_its_correction_is_public_nowhere_and_a_draft_of_what_was_written(
    lead, visitor, member
):
    report, a, *_ = released_items()
    write_correction(report, lead, member)
    page = lead.client.get(page_of(report))
    lead.client.post(page_of(report), form_data(page) | {"_withdraw_wholly": "x"})
    report.refresh_from_db()
    assert (report.status, report.current_version, report.title) == ("draft", None, "Geheimwort im Titel")
    gone = [report.get_absolute_url(), f"{report.get_absolute_url()}?version=1", a.get_absolute_url()]
    assert [visitor.client.get(address).status_code for address in gone] == [404] * 3
    assert sorted(item.title for item in report.action_items.all()) == ["Geheimwort", "Vereinbart c"]
    assert not ActionItem.with_corrections.exclude(corrects=None).exists()
    with pytest.raises(ValidationError, match="Das geht nicht"):
        workflow.withdraw_corrected_report(report=report, by=lead.user)
