"""What a solution held before, and the way back."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knowledgebase import interchange, workflow
from knowledgebase.differences import Difference, differences
from knowledgebase.models import Solution, Step
from tests.factories.knowledgebase import make_archived, make_complete, make_draft, make_published, make_submitted

pytestmark = pytest.mark.django_db


def change(solution: Solution, by=None, **values) -> None:
    """Change a solution as a form does, and keep what it holds now."""
    Solution.objects.filter(pk=solution.pk).update(**values, revision=solution.revision + 1)
    solution.refresh_from_db()
    workflow.keep_snapshot(solution=solution, by=by, message=f"Geändert: {', '.join(values)}.")


def page(solution, number: int) -> str:
    return reverse("admin:knowledgebase_solution_snapshot", args=[solution.pk, number])


def test_snapshot_keeps_who_when_and_what_but_no_contact(lead):
    solution = make_complete(title="Fundbüro")
    workflow.keep_snapshot(solution=solution, by=lead.user, message="Angelegt." * 50)
    snapshot = solution.snapshots.get()
    assert (snapshot.number, snapshot.made_by, snapshot.content["title"]) == (1, lead.user, "Fundbüro")
    assert len(snapshot.message) == 200
    assert "karla" not in str(snapshot.content).lower()


def test_snapshot_of_a_change_moves_the_date_that_readers_see_and_of_a_review_does_not():
    solution = make_published()
    before = solution.changed_at
    workflow.keep_snapshot(solution=solution, by=None, message="Geprüft.", is_significant=False)
    assert Solution.objects.get().changed_at == before
    workflow.keep_snapshot(solution=solution, by=None, message="Geändert.")
    assert Solution.objects.get().changed_at == solution.changed_at > before


def test_admin_keeps_one_snapshot_for_each_change_rows_included(lead):
    url = reverse("admin:knowledgebase_solution_add")
    rows = {"steps": 1, "contacts": 0, "attachments": 0, "links": 0, "relations": 0, "efa_checks": 0, "reviews": 0}
    data = {f"{part}-TOTAL_FORMS": number for part, number in rows.items()}
    data |= {f"{part}-INITIAL_FORMS": 0 for part in rows} | {"steps-0-position": 1, "steps-0-title": "Anfangen"}
    lead.client.post(url, data | {"title": "Fundbüro", "slug": "fundbuero"})
    solution = Solution.objects.get()
    assert [row["title"] for row in solution.snapshots.get().content["steps"]] == ["Anfangen"]
    data |= {"steps-INITIAL_FORMS": 1, "steps-0-id": solution.steps.get().pk, "steps-0-solution": solution.pk}
    data |= {"title": "Fundbüro", "slug": "fundbuero", "seen_revision": 0}
    url = reverse("admin:knowledgebase_solution_change", args=[solution.pk])
    lead.client.post(url, data)
    assert solution.snapshots.count() == 1
    lead.client.post(url, data | {"seen_revision": 1, "summary": "Kurz.", "steps-0-title": "Beginnen"})
    last = solution.snapshots.first()
    assert (last.number, last.made_by, last.content["summary"]) == (2, lead.user, "Kurz.")
    assert last.content["steps"][0]["title"] == "Beginnen"
    assert "In einem Satz" in last.message and "Schritt" in last.message


def test_differences_are_told_as_people_read_them():
    solution = make_complete(kind="guide", once_kind="none")
    workflow.keep_snapshot(solution=solution, by=None, message="Angelegt.")
    Step.objects.create(solution=solution, position=2, title="Weitermachen")
    solution.topics.clear()
    change(solution, kind="process", features="Suche\nKarte", needs_impact_assessment=False, costs_as_of="2026-02-01")
    before, after = (snapshot.content for snapshot in solution.snapshots.order_by("number"))
    found = {difference.label: difference for difference in differences(before, after)}
    assert found["Art"] == Difference("Art", ["Leitfaden"], ["Prozess/Vorlage"])
    assert found["Funktionen"].after == ["Suche", "Karte"]
    assert found["Datenschutz-Folgenabschätzung nötig"].after == ["nein"]
    assert found["Kosten Stand"].after == ["01.02.2026"]
    assert found["Themen"] == Difference("Themen", ["Sonstiges"], [])
    assert found["Schritte"] == Difference("Schritte", [], ["Nr. 2 · Schritt: Weitermachen"])
    assert len(found) == 6
    assert differences(after, after) == []


def test_differences_name_what_is_gone_by_its_key():
    found = differences({"publisher": None}, {"publisher": "gibt-es-nicht", "languages": []})
    assert found == [Difference("herausgegeben von", [], ["gibt-es-nicht"])]


def test_history_lists_the_changes_newest_first(lead):
    solution = make_submitted()
    workflow.publish_solution(solution=solution, by=None)
    change(solution, by=lead.user, summary="Kürzer.")
    html = lead.client.get(reverse("admin:knowledgebase_solution_history", args=[solution.pk])).content.decode()
    said = [html.index(text) for text in ["Geändert: summary.", "Veröffentlicht.", "Eingereicht."]]
    assert said == sorted(said)
    assert "Lea Leitung" in html and "das Portal" in html


def test_history_needs_the_same_queries_for_2_and_60_changes(lead):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert lead.client.get(url).status_code == 200
        return len(queries)

    solution = make_draft()
    url = reverse("admin:knowledgebase_solution_history", args=[solution.pk])
    workflow.keep_snapshot(solution=solution, by=lead.user, message="Geändert.")
    count()
    few = count()
    for _ in range(59):
        workflow.keep_snapshot(solution=solution, by=lead.user, message="Geändert.")
    assert count() == few
    assert "Stand 10<" in lead.client.get(f"{url}?p=2").content.decode()


def test_snapshot_page_shows_the_change_and_what_returning_would_do(lead):
    solution = make_published()
    change(solution, summary="Zweiter Satz.")
    change(solution, summary="Dritter Satz.")
    html = lead.client.get(page(solution, 2)).content.decode()
    assert "Was sie tut, in einem Satz." in html and "Zweiter Satz." in html and "Dritter Satz." in html
    assert "Heute steht dasselbe da." in lead.client.get(page(solution, 3)).content.decode()
    assert "Womit der Eintrag begann" in lead.client.get(page(solution, 1)).content.decode()
    assert lead.client.get(page(solution, 99)).status_code == 404


def test_restore_brings_back_fields_and_rows_as_a_new_change(lead):
    solution = make_published()
    solution.steps.update(title="Zuerst")
    change(solution, summary="Erster Satz.")
    number = solution.snapshots.first().number
    solution.steps.all().delete()
    Step.objects.create(solution=solution, position=1, title="Anders")
    solution.target_groups.clear()
    change(solution, summary="Zweiter Satz.")
    contact = solution.contacts.get()
    answer = lead.client.post(page(solution, number), {"revision": solution.revision}, follow=True)
    assert f"Stand {number} gilt wieder." in answer.content.decode()
    restored = Solution.objects.get()
    assert (restored.summary, restored.steps.get().title) == ("Erster Satz.", "Zuerst")
    assert restored.target_groups.count() == 1 and restored.contacts.get() == contact
    assert restored.revision == solution.revision + 1 and restored.is_published
    last = restored.snapshots.first()
    assert last.number == number + 2 and last.made_by == lead.user
    assert last.message.startswith(f"Stand {number} vom")
    assert last.content == restored.snapshots.get(number=number).content


def test_restore_of_what_somebody_changed_meanwhile_is_refused(lead):
    solution = make_draft(summary="Erster Satz.")
    workflow.keep_snapshot(solution=solution, by=None, message="Angelegt.")
    seen = solution.revision
    change(solution, summary="Zweiter Satz.")
    for revision in [seen, "", "x" * 5, "9" * 400]:
        answer = lead.client.post(page(solution, 1), {"revision": revision})
        assert answer.status_code == 409
        assert "Inzwischen hat jemand anderes" in answer.content.decode()
    assert (Solution.objects.get().summary, solution.snapshots.count()) == ("Zweiter Satz.", 2)


def test_restore_of_something_incomplete_into_a_published_entry_is_refused_with_the_reason(lead):
    solution = make_draft()
    workflow.keep_snapshot(solution=solution, by=None, message="Angelegt.")
    complete = make_complete()
    values = {field.name: getattr(complete, field.name) for field in Solution._meta.concrete_fields
              if field.editable and field.name not in {"title", "slug"}}  # fmt: skip
    Solution.objects.filter(pk=solution.pk).update(**{k: v for k, v in values.items() if k != "id"})
    for rows in [complete.steps, complete.contacts]:
        rows.update(solution=solution)
    solution.target_groups.set(complete.target_groups.all())
    solution.topics.set(complete.topics.all())
    workflow.submit_solution(solution=solution, by=None)
    workflow.publish_solution(solution=solution, by=None)
    answer = lead.client.post(page(solution, 1), {"revision": solution.revision})
    assert answer.status_code == 409
    assert "Die Lösung ist veröffentlicht, und diesem Stand fehlt: in einem Satz" in answer.content.decode()
    assert Solution.objects.get(pk=solution.pk).summary == complete.summary
    assert solution.steps.exists() and solution.snapshots.count() == 3


def test_restore_of_a_title_that_another_has_by_now_is_refused(lead):
    solution = make_published(title="Erster Titel")
    change(solution, title="Zweiter Titel")
    make_published(title="Erster Titel")
    with pytest.raises(ValidationError, match="Eine Lösung mit diesem Titel gibt es schon"):
        workflow.restore_snapshot(snapshot=solution.snapshots.get(number=1), by=None, revision=solution.revision)


def test_restore_never_touches_address_and_state():
    solution = make_archived(slug="alt")
    snapshot = solution.snapshots.get(number=1)
    workflow.restore_snapshot(snapshot=snapshot, by=None, revision=solution.revision)
    solution.refresh_from_db()
    assert (solution.status, solution.slug) == ("archived", "alt")


def test_what_was_there_before_the_history_has_a_first_snapshot_like_any_other():
    solution = make_complete(features="Suche\nKarte", publisher=None)
    solution.links.create(kind="demo", url="https://example.org/")
    migration = import_module("knowledgebase.migrations.0004_existing_solutions_have_a_first_snapshot")
    migration.keep_first_snapshots(apps, SimpleNamespace(connection=connection))
    [snapshot] = solution.snapshots.all()
    assert (snapshot.number, snapshot.made_by) == (1, None)
    content = interchange.dump(interchange.with_content(Solution.objects.all()).get())
    assert snapshot.content == content
    migration.keep_first_snapshots(apps, SimpleNamespace(connection=connection))
    assert solution.snapshots.count() == 1


@pytest.mark.parametrize("role", ["visitor", "guest", "member"])
def test_history_is_for_the_lead(role, request):
    solution = make_published()
    client = request.getfixturevalue(role).client
    for url in [page(solution, 1), reverse("admin:knowledgebase_solution_history", args=[solution.pk])]:
        assert client.get(url).status_code == 302
        assert client.post(url).status_code == 302
