"""The page on privacy as shipped; what the operator wrote is never overwritten."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from ogl_portal.pages.models import Page

pytestmark = pytest.mark.django_db
migration = import_module("ogl_portal.pages.migrations.0003_privacy_names_the_wissensdatenbank")
EDITOR = SimpleNamespace(connection=connection)


def body() -> str:
    return Page.objects.get(key="privacy").body


def test_privacy_names_what_the_wissensdatenbank_keeps(visitor):
    page = visitor.client.get("/datenschutz/").content.decode()
    for words in ["Wenn Sie suchen", "180 Tagen", "eine Nachnutzung melden", "90 Tagen", "Ansprechperson einer Lösung"]:
        assert words in page


def test_privacy_as_shipped_goes_forth_and_back_and_what_the_operator_wrote_stays():
    Page.objects.filter(key="privacy").update(body=migration.shipped())
    migration.add_sections(apps, EDITOR)
    assert "Wenn Sie suchen" in body()
    migration.take_sections_away(apps, EDITOR)
    assert body() == migration.shipped()
    Page.objects.filter(key="privacy").update(body="Unser eigener Text.")
    migration.add_sections(apps, EDITOR)
    migration.take_sections_away(apps, EDITOR)
    assert body() == "Unser eigener Text."
