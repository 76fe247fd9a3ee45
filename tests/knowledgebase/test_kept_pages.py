"""Catalogue and entry are kept as they were drawn: whatever changes what they show, visitors see it at once."""

import json
from collections.abc import Callable

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from knowledgebase import workflow
from knowledgebase.models import LifeSituation, PublicService, Solution, SolutionForNeed
from knowledgebase.workflow.consents import token_of
from ogl_portal.directory.models import TargetGroup
from ogl_portal.lib import search
from ogl_portal.lib.admin import PortalAdmin
from surveys.models import Need
from tests.factories.knowledgebase import make_attachment, make_published, make_reuse
from tests.factories.needs import make_need

from .test_admin import form_data, press

pytestmark = pytest.mark.django_db
LIST = "/wissensdatenbank/"


def edit(lead, thing, **changes) -> None:
    """Send the form of the admin's page of a thing as it stands, with the changes."""
    url = reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])
    response = lead.client.post(url, form_data(lead.client.get(url)) | changes)
    assert response.status_code == 302, response.context["errors"]


def delete(lead, thing) -> None:
    url = reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_delete", args=[thing.pk])
    assert lead.client.post(url, {"post": "yes"}).status_code == 302


@pytest.fixture
def follows(visitor):
    """Make a change after which visitors must see, or no longer see, a text on a page that was kept before."""

    def follows_on(url: str, change: Callable, *texts: str, gone: str = "") -> None:
        visitor.client.get(url)
        with CaptureQueriesContext(connection) as captured:
            before = visitor.client.get(url).content.decode()
        assert len(captured) == 1 and not any(text in before for text in texts) and gone in before
        change()
        after = visitor.client.get(url).content.decode()
        assert [text for text in texts if text not in after] == []
        assert not gone or gone not in after

    return follows_on


def test_visitors_see_at_once_what_the_lead_changes_about_an_entry_and_around_it(lead, follows):
    solution, other = make_published(title="Fundbüro"), make_published(title="Nachbarin")
    page, use = solution.get_absolute_url(), make_reuse(solution, verdict="Lohnt sich.")
    situation = LifeSituation.objects.create(kind="G", name="Gründung", ozg_field="bildung")
    service = PublicService.objects.create(name="Hundeschein", ozg_id="10110")
    solution.life_situations.add(situation)
    solution.services.add(service)
    solution.relations.create(kind="needs", other=other)
    make_attachment(solution)
    need = make_need(title="Überblick", status=Need.Status.RELEASED, released_at=timezone.now())
    SolutionForNeed.objects.create(solution=solution, need=need)
    search.update(solution)

    rows = {"summary": "Jetzt kurz.", "steps-0-title": "Neu anfangen", "attachments-0-title": "Neues Muster",
            "links-TOTAL_FORMS": 1, "links-0-kind": "demo", "links-0-url": "https://example.org/neu"}  # fmt: skip
    follows(LIST, lambda: press(lead, solution, "_save", **rows), "Jetzt kurz.")
    deletion = {"attachments-0-DELETE": "on", "steps-0-title": "Noch neuer"}
    follows(page, lambda: press(lead, solution, "_save", **deletion), "Noch neuer", gone="Neues Muster")
    follows(page, lambda: edit(lead, solution.publisher, name="Amt Neuort"), "Amt Neuort")
    follows(page, lambda: edit(lead, solution.topics.get(), name="Allerhand"), "Allerhand")
    follows(page, lambda: edit(lead, situation, name="Firmengründung"), "Firmengründung")
    follows(page, lambda: edit(lead, service, name="Katzenschein"), "Katzenschein")
    follows(page, lambda: edit(lead, other, title="Umgezogen"), "Umgezogen")
    follows(page, lambda: edit(lead, need, title="Durchblick"), "Durchblick")
    follows(page, lambda: need_withdrawn(lead, need), gone="Durchblick")
    follows(page, lambda: edit(lead, use, verdict="Doch nicht."), gone="Lohnt sich.")


def need_withdrawn(lead, need) -> None:
    url = reverse("admin:surveys_need_change", args=[need.pk])
    lead.client.post(url, form_data(lead.client.get(url)) | {"_withdraw": "x"})


def test_visitors_see_at_once_what_happens_past_the_form_of_an_entry(lead, second_lead, follows, tmp_path):
    solution = make_published(title="Fundbüro")
    page, use = solution.get_absolute_url(), make_reuse(solution, confirmed_at=None, confirm_again_on=None)
    solution.services.add(PublicService.objects.create(name="Hundeschein", leika_key="9" * 14))
    search.update(solution)
    follows(page, lambda: workflow.confirm_reuse(reuse=use, by=second_lead.user), "in Musterdorf seit 2024 produktiv")
    follows(LIST, lambda: delete(lead, use), gone="Musterdorf")
    token = token_of(solution.contacts.get())
    follows(page, lambda: workflow.withdraw_consent(token=token), gone="karla@example.org")
    services = tmp_path / "ozg.csv"
    services.write_text(f"art;bezeichnung;themenfeld;leika;ozg\nLeistung;Katzenschein;;{'9' * 14};\n")
    follows(page, lambda: call_command("import_ozg", str(services)), "Katzenschein", gone="Hundeschein")
    entries = tmp_path / "loesungen.json"
    entries.write_text(json.dumps({"solutions": [{"uuid": str(solution.uuid), "summary": "Von anderswo."}]}))
    follows(LIST, lambda: call_command("import_solutions", str(entries)), "Von anderswo.")
    snapshot = solution.snapshots.last()
    group = TargetGroup.objects.get(slug="kommunalverwaltungen")
    follows(LIST, lambda: edit(lead, group, name="Rathäuser"), "Rathäuser")
    follows(page, lambda: restore(snapshot, lead), snapshot.content["summary"], gone="Von anderswo.")
    follows(LIST, lambda: press(lead, solution, "_archive"), gone="Fundbüro")


def restore(snapshot, lead) -> None:
    revision = Solution.objects.get(pk=snapshot.solution_id).revision
    workflow.restore_snapshot(snapshot=snapshot, by=lead.user, revision=revision)


def test_every_page_of_the_admin_tells_the_kept_pages():
    others = {type(each).__name__ for each in admin.site._registry.values() if not isinstance(each, PortalAdmin)}
    assert others <= {"GroupAdmin"}
