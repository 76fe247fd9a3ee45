"""What the base of all admin pages keeps to itself, and what it takes from an address."""

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db import models
from django.urls import reverse

from ogl_portal.lib.admin import PortalAdmin

OWN = {app.label for app in apps.get_app_configs() if app.name in settings.OWN_APPS}
PAGES = [page for model, page in admin.site._registry.items() if model._meta.app_label in OWN]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_admin_page_has_the_common_base(page):
    assert isinstance(page, PortalAdmin)


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_text_of_a_table_cannot_be_guessed_through_the_address(page, rf):
    request = rf.get("/")
    texts = [field.name for field in page.opts.get_fields() if isinstance(field, models.CharField | models.TextField)]
    open_ones = [
        f"{name}__{lookup}"
        for name in texts
        for lookup in ["startswith", "regex", "iregex", "contains", "gt"]
        if page.lookup_allowed(f"{name}__{lookup}", "a", request) and lookup != "gt"
    ]
    assert open_ones == []


def test_list_of_mails_filtered_by_their_text_is_refused(lead):
    url = reverse("admin:lib_outgoingmail_changelist")
    assert lead.client.get(url, {"text__startswith": "a"}).status_code == 400
    assert lead.client.get(url, {"sent_at__isnull": "True"}).status_code == 200


@pytest.mark.parametrize("year", ["9999", "99999999999", "x"])
def test_list_of_events_of_an_impossible_year_is_refused(lead, year):
    url = reverse("admin:sessions_app_event_changelist")
    assert lead.client.get(url, {"starts_at__year": year}).status_code in {302, 400}


@pytest.mark.parametrize(
    ("model", "query"),
    [
        ("sessions_app_event", {"starts_at": "quark"}),
        ("sessions_app_event", {"starts_at": "99999-01-01"}),
        ("surveys_round", {"opens_at": "abc"}),
        ("directory_membership", {"person": "abc"}),
        ("directory_membership", {"person": "9" * 24}),
        ("actions_actionitem", {"responsible_persons": "9" * 20, "due_from": "x"}),
    ],
)
def test_form_with_nonsense_in_its_address_opens_empty(lead, model, query):
    assert lead.client.get(reverse(f"admin:{model}_add"), query).status_code == 200


def test_form_with_a_fitting_value_in_its_address_has_it(lead, member):
    page = lead.client.get(reverse("admin:directory_membership_add"), {"person": member.person.pk})
    assert str(page.context["adminform"].form.initial["person"]) == str(member.person.pk)


def test_titles_of_the_admin_are_german(lead):
    list_page = lead.client.get(reverse("admin:actions_actionitem_changelist"))
    form_page = lead.client.get(reverse("admin:actions_actionitem_add"))
    assert list_page.context["title"] == "Nächste Schritte"
    assert form_page.context["title"] == "Neu: Nächster Schritt"
    assert "Neu anlegen" in list_page.content.decode()
