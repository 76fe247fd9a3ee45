"""Whatever changes a thing brings the index up to date at once: filled anew, it would be the same."""

from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from actions.workflow import record_creation
from knowledgebase.models import Solution
from knowledgebase.workflow import archive_solution
from ogl_portal.directory.models import TargetGroup, Topic
from ogl_portal.lib import pdf, search
from ogl_portal.lib.search import Audience, index
from ogl_portal.lib.search.models import SearchDocument, SearchState, SearchWord, SynonymGroup
from sessions_app.models import AgendaItem, Event, Report
from sessions_app.workflow import (
    publish_event,
    release_report,
    start_correction,
    start_report,
    submit_report,
    withdraw_report,
)
from tests.factories.actions import make_item, make_item_due_in
from tests.factories.directory import make_organisation
from tests.factories.knowledgebase import make_published
from tests.factories.search import index_content, make_findable, titles
from tests.factories.sessions_app import make_draft_report, make_event, make_report, make_series
from tests.sessions_app.test_admin import form_data

pytestmark = pytest.mark.django_db
EVERYBODY, LEAD = [Audience.ALL], list(Audience)


@pytest.fixture
def quick_documents(monkeypatch):
    """A release needs documents, the search does not look at them."""
    monkeypatch.setattr(pdf, "render", lambda *arguments, **options: b"%PDF-1.7")
    monkeypatch.setattr(pdf, "from_html", lambda document: b"%PDF-1.7")


@pytest.fixture(autouse=True)
def filled():
    """The index as an operator leaves it."""
    search.rebuild()


def assert_up_to_date():
    content = index_content()
    assert content["documents"]
    search.rebuild()
    assert index_content() == content


def save(actor, thing, **changes):
    """Change a thing in the admin."""
    path = f"/admin/{thing._meta.app_label}/{thing._meta.model_name}/{thing.pk}/change/"
    response = actor.client.post(path, form_data(actor.client.get(path)) | changes)
    assert response.status_code == 302, response.context["errors"]


def delete(actor, *things):
    """Delete things in the admin, one on its page and several at once."""
    path = f"/admin/{things[0]._meta.app_label}/{things[0]._meta.model_name}/"
    if len(things) == 1:
        response = actor.client.post(f"{path}{things[0].pk}/delete/", {"post": "yes"})
    else:
        chosen = {"action": "delete_selected", "_selected_action": [thing.pk for thing in things], "post": "yes"}
        response = actor.client.post(path, chosen)
    assert response.status_code == 302


# The admin


def test_event_saved_in_the_admin_is_found_as_it_stands_now(lead):
    event = make_event(title="Zaubertrank", is_published=False)
    AgendaItem.objects.create(event=event, position=1, title="Kesselkunde")
    save(lead, event, title="Zwergenkunde")
    assert titles("Kesselkunde", LEAD) == ["Zwergenkunde"]
    assert titles("Zaubertrank", LEAD) == titles("Zwergenkunde") == []
    assert_up_to_date()


def test_row_of_an_event_saved_in_the_admin_is_found(lead):
    event = make_event()
    AgendaItem.objects.create(event=event, position=1, title="Kesselkunde")
    save(lead, event, **{"agenda-0-title": "Zwergenkunde"})
    assert titles("Zwergenkunde") == [event.title]
    assert titles("Kesselkunde") == []
    assert_up_to_date()


def test_series_follows_its_events(lead):
    old, new = make_series(title="Drachenzucht"), make_series(title="Elfentanz")
    event = make_event(title="Auftakt", series=old, is_published=False)
    for series in [old, new]:
        search.update(series)
    assert titles("Drachenzucht") == []
    publish_event(event=event, by=lead.user)
    assert titles("Drachenzucht") == ["Drachenzucht", "Auftakt"]
    save(lead, event, series=new.pk)
    assert (titles("Drachenzucht"), titles("Elfentanz")) == ([], ["Elfentanz", "Auftakt"])
    assert_up_to_date()
    delete(lead, event)
    assert (titles("Elfentanz"), titles("Elfentanz", LEAD)) == ([], ["Elfentanz"])
    assert_up_to_date()


def test_series_renamed_is_found_in_its_events_too(lead):
    series = make_series(title="Drachenzucht")
    make_event(title="Auftakt", series=series)
    save(lead, series, title="Elfentanz")
    assert (titles("Elfentanz"), titles("Drachenzucht")) == (["Elfentanz", "Auftakt"], [])
    assert_up_to_date()


def test_organisation_renamed_or_deleted_follows_in_all_that_names_it(lead):
    house, other = make_organisation(name="Haus Drachenzucht"), make_organisation(name="Haus Elfentanz")
    event, series = make_event(title="Ein Termin"), make_series(title="Eine Serie")
    event.organisers.add(house)
    series.organisers.add(other)
    make_event(title="In der Serie", series=series)
    make_item(title="Ein Schritt", responsible_kind="organisation", responsible_organisation=house)
    make_findable("Eine Lösung", publisher=house)
    search.rebuild()
    save(lead, house, name="Haus Zwergenkunde")
    assert sorted(titles("Zwergenkunde")) == ["Ein Schritt", "Ein Termin", "Eine Lösung"]
    assert titles("Drachenzucht") == []
    delete(lead, other)
    assert titles("Elfentanz") == []
    assert_up_to_date()


def test_report_saved_in_the_admin_is_found_by_its_sections(lead):
    report = make_report(status=Report.Status.DRAFT, released_at=None)
    search.rebuild()
    save(lead, report, **{"sections-0-body": "Über **Kesselkunde** gesprochen."})
    assert titles("Kesselkunde", LEAD) == [report.title]
    assert titles("Kesselkunde") == []
    assert_up_to_date()


def test_solution_saved_in_the_admin_is_found(lead):
    solution = make_published()
    save(lead, solution, title="Kesselkunde")
    assert titles("Kesselkunde") == ["Kesselkunde"]
    assert_up_to_date()


def test_things_deleted_in_the_admin_are_not_found_any_more(lead):
    events = [make_event(title="Kesselkunde") for _ in range(3)]
    for event in events:
        search.update(event)
    delete(lead, events[0])
    assert titles("Kesselkunde") == ["Kesselkunde"] * 2
    delete(lead, *events[1:])
    assert titles("Kesselkunde") == []
    assert not SearchWord.objects.filter(spelling="Kesselkunde").exists()
    search.update(make_event())
    assert_up_to_date()


def test_words_of_a_topic_changed_in_the_admin_lead_to_its_documents(lead):
    topic, group = Topic.objects.get(slug="infrastruktur-cloud"), TargetGroup.objects.get(slug="hochschulen")
    solution = make_findable("Etwas")
    solution.topics.add(topic)
    solution.target_groups.add(group)
    search.update(solution)
    save(lead, topic, name="Kesselkunde", synonyms="Zwergenkunde")
    save(lead, group, name="Drachenzucht")
    assert [titles(text) for text in ["Kesselkunde", "Zwergenkunde"]] == [["Etwas"]] * 2
    assert titles("Drachenzucht") == ["Drachenzucht", "Etwas"]  # the page of the group first
    assert titles("Rechenzentrum") == []
    assert_up_to_date()
    solution.topics.clear()
    search.update(solution)
    delete(lead, topic)
    assert titles("Kesselkunde") == []
    assert_up_to_date()


def test_order_of_topics_changed_in_their_list_leaves_the_index_in_order(lead):
    make_findable("Etwas")
    topics = list(Topic.objects.order_by("position", "name"))
    rows = {"form-TOTAL_FORMS": len(topics), "form-INITIAL_FORMS": len(topics), "_save": "1"}
    for number, topic in enumerate(topics):
        rows |= {f"form-{number}-id": topic.pk, f"form-{number}-position": number}
    assert lead.client.post("/admin/directory/topic/", rows).status_code == 302
    assert_up_to_date()


# The workflow


def test_verbs_of_events_and_reports_keep_the_index(lead, quick_documents):
    event = make_event(title="Zwergenkunde", is_published=False, starts_at=timezone.now() - timedelta(days=9))
    publish_event(event=event, by=lead.user)
    assert titles("Zwergenkunde") == ["Zwergenkunde"]
    start_report(event=event, by=lead.user)
    assert titles("Zwergenkunde", LEAD)[0] == "Zwergenkunde"
    report = make_draft_report(title="Protokoll")
    report.sections.update(body="Über Kesselkunde.")
    search.rebuild()
    submit_report(report=report, by=lead.user)
    assert (titles("Kesselkunde"), len(titles("Kesselkunde", [Audience.ALL, Audience.MEMBERS]))) == ([], 1)
    release_report(report=report, by=lead.user)
    assert len(titles("Kesselkunde")) == 1
    withdraw_report(report=report, by=lead.user)
    assert (titles("Kesselkunde"), len(titles("Kesselkunde", LEAD))) == ([], 1)
    assert_up_to_date()


def test_report_in_correction_is_found_as_it_was_released(lead, quick_documents):
    report = make_draft_report(title="Protokoll")
    report.sections.update(body="Über Kesselkunde.")
    release_report(report=report, by=lead.user)
    start_correction(report=report, by=lead.user, reason="Ein Fehler")
    report.sections.update(body="Über Zwergenkunde.")
    search.update(report)
    assert (titles("Kesselkunde"), titles("Zwergenkunde")) == (["Protokoll"], [])


def test_items_of_a_report_follow_its_release(lead, quick_documents):
    report = make_draft_report(title="Protokoll")
    record_creation(item=make_item_due_in(9, title="Kesselkunde", report=report, responsible_kind="lead"))
    search.rebuild()
    assert (titles("Kesselkunde"), titles("Kesselkunde", LEAD)) == ([], ["Kesselkunde"])
    release_report(report=report, by=lead.user)
    assert titles("Kesselkunde")[0] == "Kesselkunde"
    withdraw_report(report=report, by=lead.user)
    assert titles("Kesselkunde") == []
    assert_up_to_date()


def test_internal_item_is_found_by_members_only():
    record_creation(item=make_item(title="Kesselkunde", is_public=False))
    assert titles("Kesselkunde") == []
    assert titles("Kesselkunde", [Audience.ALL, Audience.MEMBERS]) == ["Kesselkunde"]


def test_verbs_of_solutions_keep_the_index(lead):
    solution = make_published(title="Kesselkunde")
    assert titles("Kesselkunde") == ["Kesselkunde"]
    archive_solution(solution=solution, by=lead.user)
    assert titles("Kesselkunde") == []
    assert_up_to_date()


def test_update_within_a_transaction_that_fails_changes_nothing():
    solution = make_findable("Zwergenkunde")
    content = index_content()
    with pytest.raises(RuntimeError), transaction.atomic():
        Solution.objects.filter(pk=solution.pk).update(title="Kesselkunde")
        search.update(solution)
        raise RuntimeError
    assert index_content() == content


# Commands


def test_demo_data_are_found(demo_data):
    assert any("Azubi" in title or "Ausbildung" in title for title in titles("wie melde ich einen azubi an")[:1])
    assert_up_to_date()


def test_rebuild_search_removes_what_was_deleted_past_the_index_and_adds_what_came(capsys):
    gone = make_findable("Zwergenkunde")
    Solution.objects.filter(pk=gone.pk).delete()
    make_event(title="Kesselkunde")
    call_command("rebuild_search")
    assert (titles("Zwergenkunde"), titles("Kesselkunde")) == ([], ["Kesselkunde"])
    assert "neu gefüllt" in capsys.readouterr().out


def test_rebuild_search_repeated_changes_nothing():
    make_findable("Zwergenkunde")
    assert_up_to_date()


def test_index_without_a_kind_of_thing_that_is_new_is_outdated(monkeypatch):
    make_findable("Zwergenkunde")
    monkeypatch.setattr(index, "sources", list)
    assert search.is_outdated()


def test_index_of_another_analyser_is_noticed_said_and_mended(lead, capsys):
    make_findable("Zwergenkunde")
    assert not search.is_outdated()
    assert "bitte" not in lead.client.get("/suche/").content.decode()
    SearchState.objects.update(version="früher")
    assert search.is_outdated()
    assert "search.W001" in [message.id for message in run_checks(databases=["default"])]
    assert "rebuild_search" in lead.client.get("/suche/").content.decode()
    call_command("rebuild_search", if_needed=True)
    assert not search.is_outdated()
    call_command("rebuild_search", if_needed=True)
    assert "auf dem Stand" in capsys.readouterr().out


def test_document_of_a_source_that_is_gone_is_removed():
    SearchDocument.objects.create(source="früher", object_id=1, title="Alt", url="/", kind="Alt", audience=0)
    SynonymGroup.objects.create(key="früher:1", words="Alt")
    search.rebuild()
    assert not SearchDocument.objects.filter(source="früher").exists()
    assert not SynonymGroup.objects.filter(key="früher:1").exists()


def test_event_cancelled_past_the_index_is_the_operators_to_mend():
    event = make_event(title="Kesselkunde")
    search.update(event)
    Event.objects.filter(pk=event.pk).delete()
    search.remove(event)
    assert titles("Kesselkunde") == []
