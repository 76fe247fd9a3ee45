"""Whoever is no longer named in public, or is deleted: the texts of solutions, needs and pages."""

import pytest
from django.urls import reverse

from knowledgebase.models import Solution
from ogl_portal.directory import own_data
from ogl_portal.lib import search
from ogl_portal.pages.models import Page
from surveys.models import Need
from tests.factories.directory import make_person
from tests.factories.knowledgebase import make_draft, make_published
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db


@pytest.fixture
def adler():
    public = {"name_is_public": True, "name_public_basis": "Einwilligung"}
    return make_person(salutation="Frau", given_name="Anna", family_name="Adler", **public)


@pytest.fixture
def named(adler):
    """Public things that name her, and such as are not public yet."""
    solution = make_published(title="Fundbüro")
    Solution.objects.filter(pk=solution.pk).update(benefit="Frau **Adler** spart Zeit")
    solution.steps.update(role="Frau Adler")
    make_draft(title="Entwurf", benefit="Frau Adler spart Zeit")
    make_need(title="Beraten werden", status="released", released_at=solution.published_at)
    make_need(title="Noch offen")
    Need.objects.update(description="Frau Adler berät.")
    Page.objects.filter(key=Page.Key.HELP).update(body="Fragen Sie Frau Adler.")
    return [solution, Need.objects.get(title="Beraten werden"), Page.objects.get(key=Page.Key.HELP)]


def test_withdrawal_lists_what_is_public_and_nothing_else(adler, named):
    told = " ".join(own_data.withdraw_name(adler))
    assert [told.count(f"„{thing}“") for thing in named] == [1, 1, 1]
    assert "Entwurf" not in told and "Noch offen" not in told


def test_deletion_cleans_what_is_public_and_drafts(lead, visitor, adler, named):
    before = [thing.revision for thing in named]
    lead.client.post(reverse("admin:directory_person_delete", args=[adler.pk]), {"post": "yes"})
    for thing in named:
        thing.refresh_from_db()
        html = visitor.client.get(thing.get_absolute_url()).content.decode()
        assert adler.organisation.name in html and "Adler" not in html
    assert not Solution.objects.filter(benefit__contains="Adler").exists()
    assert not Need.objects.filter(description__contains="Adler").exists()
    assert [thing.revision > revision for thing, revision in zip(named, before, strict=True)] == [True] * 3
    assert not search.find("Adler", audiences=search.Audience).hits
    solution = named[0]
    assert solution.changed_at > solution.published_at
    assert "gelöschten Person" in solution.snapshots.first().message
