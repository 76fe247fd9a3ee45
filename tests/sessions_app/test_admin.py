"""The lead's workplace for series, events and reports."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from sessions_app.models import AgendaItem, Event, Report
from sessions_app.workflow import releasing
from tests import cast
from tests.factories.sessions_app import make_event, make_released_report, make_report, make_series

pytestmark = pytest.mark.django_db
EVENTS, REPORTS = "/admin/sessions_app/event/", "/admin/sessions_app/report/"


def text_of(response) -> str:
    return response.content.decode()


def form_data(response) -> dict:
    """What the browser would send from the admin form of a response."""
    form = response.context["adminform"].form
    forms = [
        form,
        *(f for fs in response.context["inline_admin_formsets"] for f in [fs.formset.management_form, *fs.formset]),
    ]
    data = {}
    for part in forms:
        for field in part:
            value = field.value()
            values = value if isinstance(value, list) else [value]
            if field.field.show_hidden_initial:
                data[field.html_initial_name] = str(value)
            names = [f"{field.html_name}_{n}" for n in range(2)] if hasattr(value, "hour") else [field.html_name]
            if hasattr(value, "hour"):
                local = timezone.localtime(value)
                values = [local.strftime("%d.%m.%Y"), local.strftime("%H:%M:%S")]
            data |= {
                name: "" if v is None else str(v) for name, v in zip(names, values, strict=False) if v is not False
            }
    return data


def act(actor, path: str, action: str, *things):
    return actor.client.post(path, {"action": action, "_selected_action": [thing.pk for thing in things]}, follow=True)


@pytest.fixture
def draft():
    return make_report(status=Report.Status.DRAFT, released_at=None, next_meeting=make_event(title="Danach"))


def test_lead_starts_a_report_from_its_event(lead):
    event = make_event(title="Werkstatt", starts_at=timezone.now() - timedelta(days=1))
    AgendaItem.objects.create(event=event, position=1, title="Rückblick")
    assert "ist begonnen" in text_of(act(lead, EVENTS, "start_reports", event))
    assert "Rückblick" in event.report.sections.get(number=2).body
    assert "gibt es schon einen Report" in text_of(act(lead, EVENTS, "start_reports", event))


def test_lead_publishes_an_event_and_lists_its_members(lead):
    event = make_event(is_published=False)
    act(lead, EVENTS, "publish", event)
    act(lead, EVENTS, "invite_members", event)
    event.refresh_from_db()
    assert event.is_published
    assert event.attendances.count() == 1


def test_lead_adds_a_report_and_gets_its_seven_sections(lead):
    event = make_event()
    data = {
        "event": event.pk,
        "title": "Neuer Report",
        "slug": "neu",
        "distribution_date": "27.05.2021",
        "next_meeting": "",
    }
    response = lead.client.post(f"{REPORTS}add/", data, follow=True)
    report = Report.objects.get(slug="neu")
    assert report.sections.count() == 7
    assert response.redirect_chain[-1][0] == f"{REPORTS}{report.pk}/change/"
    text = text_of(response)
    assert "5. Wo setzen wir Schwerpunkte in der Zukunft" in text
    assert "Wo stehen die Vorhaben der Arbeitsgruppe heute?" in text


def test_lead_writes_sections_and_releases_with_one_button(lead, draft):
    path = f"{REPORTS}{draft.pk}/change/"
    data = form_data(lead.client.get(path)) | {"sections-0-body": "Neu geschrieben.", "_release": "x"}
    assert "ist freigegeben und öffentlich" in text_of(lead.client.post(path, data, follow=True))
    draft.refresh_from_db()
    assert draft.is_released
    assert draft.sections.get(number=1).body == "Neu geschrieben."


def test_buttons_of_a_report_act_once_what_was_typed_is_stored_for_good(lead, draft, monkeypatch):
    path, render, seen = f"{REPORTS}{draft.pk}/change/", releasing.Rendered.of, []

    def look(report, by):
        seen.append((list(connection.savepoint_ids), report.sections.get(number=1).body))
        return render(report, by)

    monkeypatch.setattr(releasing.Rendered, "of", look)
    lead.client.post(path, form_data(lead.client.get(path)) | {"sections-0-body": "Neu", "_release": "x"})
    assert seen == [([], "Neu")], "outside of the transaction of the page, for a PDF takes its time"


def test_release_with_gaps_is_refused_and_names_them(lead, draft):
    draft.sections.filter(number__in=[4, 5]).update(body="")
    text = text_of(act(lead, REPORTS, "release", draft))
    page = f"{REPORTS}{draft.pk}/change/"
    assert f'<a href="{page}#id_sections-3-body">Text in 4. Status Quo</a>' in text
    assert f'<a href="{page}#id_sections-4-body">Text in 5. Wo setzen wir Schwerpunkte' in text
    draft.refresh_from_db()
    assert not draft.is_released


def test_released_report_cannot_be_changed_until_a_correction_begins(lead, visitor):
    report = make_released_report()
    path = f"{REPORTS}{report.pk}/change/"
    text = text_of(lead.client.get(path))
    assert "<textarea" not in text
    assert "Korrektur beginnen" in text
    lead.client.post(path, {"title": "Anders", "sections-0-body": "Anders"} | form_data(lead.client.get(path)))
    report.refresh_from_db()
    assert report.title != "Anders"
    lead.client.post(path, form_data(lead.client.get(path)) | {"_correct": "x", "reason": "Der Termin war falsch."})
    assert "<textarea" in text_of(lead.client.get(path))
    assert visitor.client.get(report.get_absolute_url()).status_code == 200


def test_correction_without_a_reason_is_refused(lead):
    report = make_released_report()
    path = f"{REPORTS}{report.pk}/change/"
    data = form_data(lead.client.get(path)) | {"_correct": "x", "reason": " "}
    assert "nennen Sie den Grund" in text_of(lead.client.post(path, data, follow=True))
    report.refresh_from_db()
    assert report.is_released


def test_report_goes_to_the_members_and_back(lead, draft, member):
    act(lead, REPORTS, "submit", draft)
    assert member.client.get(draft.get_absolute_url()).status_code == 200
    act(lead, REPORTS, "withdraw", draft)
    assert member.client.get(draft.get_absolute_url()).status_code == 404


def test_released_report_cannot_be_deleted(lead, superuser):
    report = make_report()
    for actor in [lead, superuser]:
        actor.client.post(f"{REPORTS}{report.pk}/delete/", {"post": "yes"})
        act(actor, REPORTS, "delete_selected", report)
    assert Report.objects.filter(pk=report.pk).exists()


@pytest.mark.parametrize("make", [make_event, make_series, make_report])
def test_admin_page_leads_to_the_website(lead, make):
    thing = make()
    path = f"/admin/sessions_app/{thing._meta.model_name}/{thing.pk}/change/"
    assert f'href="{thing.get_absolute_url()}"' in text_of(lead.client.get(path))


def test_report_admin_leads_to_the_pdf(lead, draft):
    assert f'href="{draft.get_pdf_url()}"' in text_of(lead.client.get(REPORTS))
    assert f'href="{draft.get_pdf_url()}"' in text_of(lead.client.get(f"{REPORTS}{draft.pk}/change/"))


def test_event_with_nul_keeps_its_text_and_says_so(lead):
    event = make_event(title="Sitzung")
    path = f"{EVENTS}{event.pk}/change/"
    data = form_data(lead.client.get(path)) | {"title": "Sitz\x00ung neu"}
    response = lead.client.post(path, data)
    assert response.status_code == 200
    assert "Steuerzeichen" in text_of(response)
    assert "Sitzung neu" in text_of(response)


def test_event_that_ends_before_it_begins_is_refused_in_german(lead):
    event = make_event()
    path = f"{EVENTS}{event.pk}/change/"
    data = form_data(lead.client.get(path)) | {"ends_at_0": "01.01.2020"}
    assert "Das Ende muss nach dem Beginn liegen." in text_of(lead.client.post(path, data))


def test_event_form_saves_what_is_typed(lead):
    event = make_event()
    path = f"{EVENTS}{event.pk}/change/"
    data = form_data(lead.client.get(path)) | {"title": "Geändert", "status": "cancelled"}
    lead.client.post(path, data)
    event.refresh_from_db()
    assert (event.title, event.status) == ("Geändert", Event.Status.CANCELLED)


def test_address_of_a_published_event_stays(lead):
    event = make_event(slug="bleibt")
    path = f"{EVENTS}{event.pk}/change/"
    lead.client.post(path, form_data(lead.client.get(path)) | {"slug": "anders"})
    event.refresh_from_db()
    assert event.slug == "bleibt"


def test_member_has_no_access_to_the_admin(member):
    assert member.client.get(REPORTS).status_code in {302, 403, 404}


def test_report_list_of_the_admin_has_no_unlabelled_links(lead):
    report = make_report()
    text = text_of(lead.client.get(REPORTS))
    assert re.search(rf'<a href="{report.get_pdf_url()}">PDF<span class="visually-hidden">: {report}', text)


def test_address_of_a_series_stays(lead):
    series = make_series(slug="bleibt")
    path = f"/admin/sessions_app/series/{series.pk}/change/"
    lead.client.post(path, {"title": "Neu", "slug": "anders", "seen_revision": 0})
    series.refresh_from_db()
    assert (series.title, series.slug) == ("Neu", "bleibt")


@pytest.mark.parametrize("day", ["01.01.0001", "27.05.0021", "31.12.9999"])
def test_event_in_an_impossible_year_is_refused(lead, visitor, day):
    path = f"{EVENTS}add/"
    moments = {"starts_at_0": day, "starts_at_1": "00:00", "ends_at_0": day, "ends_at_1": "23:59"}
    named = {"kind": "meeting", "title": "Irrtum", "slug": "irrtum", "is_published": "on"}
    response = lead.client.post(path, form_data(lead.client.get(path)) | moments | named)
    assert "Bitte prüfen Sie das Jahr" in text_of(response)
    assert visitor.client.get("/").status_code == 200


def test_two_leads_on_one_section_lose_no_text(lead, second_lead, draft):
    path = f"{REPORTS}{draft.pk}/change/"
    opened = form_data(lead.client.get(path))
    assert lead.client.post(path, opened | {"sections-0-body": "Von Lea."}).status_code == 302
    response = second_lead.client.post(path, opened | {"sections-0-body": "Von Luis."})
    text = text_of(response)
    assert response.status_code == 409
    assert "Inzwischen hat jemand anderes" in text
    assert "Von Luis.</textarea>" in text
    assert "Gespeichert ist: Von Lea." in text
    assert draft.sections.get(number=1).body == "Von Lea."
    assert second_lead.client.post(path, form_data(response)).status_code == 302
    assert draft.sections.get(number=1).body == "Von Luis."


def test_text_typed_before_a_release_is_shown_again_and_not_saved(lead, second_lead, draft):
    path = f"{REPORTS}{draft.pk}/change/"
    typed = form_data(lead.client.get(path)) | {"sections-0-body": "Noch ein Satz.", "title": "Besserer Titel"}
    act(second_lead, REPORTS, "release", draft)
    for data in [typed, typed | {"_submit": "x"}]:
        response = lead.client.post(path, data)
        text = text_of(response)
        assert response.status_code == 409
        assert "Der Report ist inzwischen freigegeben" in text
        assert "Noch ein Satz.</textarea>" in text
        assert "Gespeichert ist: Text von Abschnitt 1." in text
        assert 'value="Besserer Titel"' in text
    act(second_lead, REPORTS, "withdraw", draft)
    again = lead.client.post(path, form_data(response))
    assert again.status_code == 409
    assert lead.client.post(path, form_data(again)).status_code == 302
    assert draft.sections.get(number=1).body == "Noch ein Satz."


def test_withdrawing_needs_no_typed_text(lead):
    report = make_report()
    path = f"{REPORTS}{report.pk}/change/"
    response = lead.client.post(path, form_data(lead.client.get(path)) | {"_withdraw": "x"}, follow=True)
    assert "ist zurückgezogen" in text_of(response)


def test_event_published_meanwhile_is_not_hidden_again(lead, second_lead):
    event = make_event(is_published=False)
    path = f"{EVENTS}{event.pk}/change/"
    opened = form_data(lead.client.get(path))
    act(second_lead, EVENTS, "publish", event)
    response = lead.client.post(path, opened)
    assert response.status_code == 409
    assert "Gespeichert ist: ja" in text_of(response)
    event.refresh_from_db()
    assert event.is_published


def test_change_of_the_agenda_alone_raises_the_revision(lead):
    event = make_event()
    AgendaItem.objects.create(event=event, position=1, title="Rückblick")
    path = f"{EVENTS}{event.pk}/change/"
    lead.client.post(path, form_data(lead.client.get(path)) | {"agenda-0-title": "Ausblick"})
    event.refresh_from_db()
    assert (event.revision, event.agenda.get().title) == (1, "Ausblick")


@pytest.mark.django_db(transaction=True)
def test_of_many_leads_at_once_one_saves_and_the_others_see_both_texts(lead):
    report = make_report(status=Report.Status.DRAFT, released_at=None)
    path = f"{REPORTS}{report.pk}/change/"
    opened = form_data(lead.client.get(path))

    def save(number: int) -> int:
        client = Client()
        cast.sign_in(client, lead.user)
        try:
            return client.post(path, opened | {"sections-0-body": f"Fassung {number}"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(save, range(4))) == [302, 409, 409, 409]
