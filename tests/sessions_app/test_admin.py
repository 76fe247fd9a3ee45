"""The lead's workplace for series, events and reports."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from sessions_app.models import AgendaItem, Event, Report
from tests.factories.sessions_app import make_event, make_report, make_series

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


def test_release_with_gaps_is_refused_and_names_them(lead, draft):
    draft.sections.filter(number__in=[4, 5]).update(body="")
    text = text_of(act(lead, REPORTS, "release", draft))
    assert "4. Status Quo; 5. Wo setzen wir Schwerpunkte" in text
    draft.refresh_from_db()
    assert not draft.is_released


def test_released_report_cannot_be_changed_until_it_is_withdrawn(lead):
    report = make_report()
    path = f"{REPORTS}{report.pk}/change/"
    text = text_of(lead.client.get(path))
    assert "<textarea" not in text
    assert "Zurückziehen" in text
    lead.client.post(path, {"title": "Anders", "sections-0-body": "Anders"} | form_data(lead.client.get(path)))
    report.refresh_from_db()
    assert report.title != "Anders"
    act(lead, REPORTS, "withdraw", report)
    assert "<textarea" in text_of(lead.client.get(path))


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
