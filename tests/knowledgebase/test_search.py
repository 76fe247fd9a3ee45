"""By what a solution is found: all that its page says, who uses it and where, as long as that counts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from knowledgebase import workflow
from knowledgebase.models import LifeSituation, Reuse, Solution
from ogl_portal.lib import search
from tests.factories.knowledgebase import make_published, make_reuse
from tests.factories.search import titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting():
    """A reported use that nobody has decided on."""
    solution = make_published(title="Gute Lösung")
    return make_reuse(solution, place="Drachenfurt", organisation_name="Zwergenwerk", confirmed_at=None, days=0,
                      confirm_again_on=None)  # fmt: skip


@pytest.fixture
def confirmed(waiting, lead):
    workflow.confirm_reuse(reuse=waiting, by=lead.user)
    return waiting


def test_solution_is_found_by_place_and_name_of_who_uses_it_once_that_is_confirmed(waiting, lead):
    search.update(waiting.solution)
    assert titles("Drachenfurt") == titles("Zwergenwerk") == []
    workflow.confirm_reuse(reuse=waiting, by=lead.user)
    assert titles("Drachenfurt") == titles("Zwergenwerk") == ["Gute Lösung"]


def test_solution_is_not_found_any_more_by_a_use_that_was_declined(confirmed, lead):
    workflow.decline_reuse(reuse=confirmed, by=lead.user)
    assert titles("Drachenfurt") == []


def test_solution_is_not_found_any_more_by_a_use_that_ended(confirmed):
    Reuse.objects.filter(pk=confirmed.pk).update(asked_for=confirmed.confirm_again_on)
    confirmed.refresh_from_db()
    workflow.answer_renewal(token=workflow.reuse.token_of(confirmed), is_used=False)
    assert titles("Drachenfurt") == []


def test_solution_is_not_found_any_more_by_a_use_that_nobody_confirmed_again(confirmed, monkeypatch):
    assert titles("Drachenfurt") == ["Gute Lösung"]
    later = timezone.now() + timedelta(days=367)
    monkeypatch.setattr(timezone, "now", lambda: later)
    list(workflow.ask_again(now=later))
    assert titles("Drachenfurt") == []


def test_use_saved_or_deleted_in_the_admin_is_followed(confirmed, lead):
    lead.client.post(f"/admin/knowledgebase/reuse/{confirmed.pk}/delete/", {"post": "yes"})
    assert not Reuse.objects.filter(pk=confirmed.pk).exists()
    assert titles("Drachenfurt") == []


@pytest.mark.parametrize(
    ("fields", "text"),
    [({"licence": "EUPL-1.2"}, "EUPL"), ({"roles": "Kesselwart"}, "Kesselwart"), ({"ozg_field": "umwelt"}, "Umwelt")],
)
def test_solution_is_found_by_licence_roles_and_field(fields, text):
    make_published(title="Andere")
    make_published(title="Gute Lösung", **fields)
    assert "Gute Lösung" in titles(text)
    assert "Andere" not in titles(text)


def test_solution_is_found_by_what_its_steps_say_of_who_and_when_done():
    solution = make_published(title="Gute Lösung")
    solution.steps.update(role="Kesselwart", done_when="alle Zwerge da sind")
    search.update(solution)
    assert titles("Kesselwart") == titles("Zwerge") == ["Gute Lösung"]


def test_solution_follows_the_name_of_its_lage():
    lage = LifeSituation.objects.create(name="Drachenzucht", kind="L")
    solution = make_published(title="Gute Lösung")
    solution.life_situations.add(lage)
    search.update(solution)
    assert titles("Drachenzucht") == ["Gute Lösung"]
    LifeSituation.objects.filter(pk=lage.pk).update(name="Elfentanz")
    search.update(lage)
    assert (titles("Drachenzucht"), titles("Elfentanz")) == ([], ["Gute Lösung"])


def test_solution_saved_in_the_admin_is_written_to_the_index_once(lead, monkeypatch):
    from tests.lib.test_search_index import save

    solution, written = make_published(), []
    update = search.update
    monkeypatch.setattr(search, "update", lambda thing: (written.append(thing), update(thing)))
    save(lead, solution, title="Kesselkunde")
    assert [thing.pk for thing in written if isinstance(thing, Solution)] == [solution.pk]
    assert titles("Kesselkunde") == ["Kesselkunde"]
