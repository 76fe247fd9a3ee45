"""Every address × role × method has an expected answer; the addresses come from the URL resolver."""

import pytest
from django.contrib import admin
from django.urls import reverse

from ogl_portal.lib import pdf

from . import access_matrix
from .addresses import all_addresses
from .cast import ROLES, undone

MODEL_PAGES = ("changelist", "add", "history", "delete", "change")
ASKED = {"directory_user": {"is_superuser": False}}  # a lead may not touch the operator's sign-in
MODELS = {f"{model._meta.app_label}_{model._meta.model_name}": model for model in admin.site._registry}


@pytest.fixture(autouse=True, scope="module")
def quick_documents():
    """Who may have a PDF is asked here, not what it looks like."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "render", lambda template, context, **options: b"%PDF-1.7")
        yield


def statuses(people, method: str, path: str) -> dict[str, int]:
    """What each role gets."""
    answers = {}
    for role, actor in people.items():
        with undone(actor):
            answers[role] = getattr(actor.client, method.lower())(path).status_code
    return answers


def page_of_model(name: str) -> bool:
    """Whether the name is one of the five pages that the admin has for each model."""
    model, _, page = name.removeprefix("admin:").rpartition("_")
    return name.startswith("admin:") and model in MODELS and page in MODEL_PAGES


def test_matrix_has_a_row_for_every_address():
    names = {address.name for address in all_addresses() if address.name.rpartition(":")[2]}
    assert {row.name for row in access_matrix.ROWS} == {name for name in names if not page_of_model(name)}
    assert set(access_matrix.ADMIN) == set(MODELS)


@pytest.mark.parametrize("row", access_matrix.ROWS, ids=str)
def test_address_with_each_role_answers_as_expected(row, lasting_people, lasting_world):
    path = reverse(row.name, kwargs=lasting_world[row.case])
    assert statuses(lasting_people, row.method, path) == row.expected


def is_read_only(row) -> bool:
    """Whether the portal's own page has a row for reading alone; the admin's pages show themselves to any method."""
    return row.method == "GET" and row.as_post not in access_matrix.KEYS and not row.name.startswith("admin:")


READ_ONLY = [row for row in access_matrix.ROWS if is_read_only(row)]


@pytest.mark.parametrize("row", READ_ONLY, ids=str)
def test_address_without_a_row_for_post_takes_none(row, lasting_people, lasting_world):
    answers = statuses(lasting_people, "POST", reverse(row.name, kwargs=lasting_world[row.case]))
    refusals = {role: {405} if row.expected[role] == 200 else {405, row.expected[role]} for role in ROLES}
    assert [role for role, answer in answers.items() if answer not in refusals[role]] == []


def admin_pages(name: str) -> dict[str, str]:
    """The address of each page of a model, by the right that it needs (v a c d)."""
    thing = MODELS[name]._default_manager.filter(**ASKED.get(name, {})).first()
    assert thing, "world.py makes none"
    pages = {"v": reverse(f"admin:{name}_changelist"), "a": reverse(f"admin:{name}_add")}
    pages["c"] = reverse(f"admin:{name}_change", args=[thing.pk])
    pages["d"] = reverse(f"admin:{name}_delete", args=[thing.pk])
    return pages


@pytest.mark.parametrize("name", access_matrix.ADMIN)
def test_admin_of_a_model_lets_in_whom_the_matrix_names(name, lasting_people, lasting_world):
    for right, path in admin_pages(name).items():
        expected = dict.fromkeys(ROLES, 302)
        for role, rights in access_matrix.ADMIN[name].items():
            shown = right in rights or (right == "c" and "v" in rights)
            expected[role] = 200 if shown else 403
        assert statuses(lasting_people, "GET", path) == expected, path


@pytest.mark.parametrize("role", ["guest", "member", "other_member"])
def test_admin_for_somebody_without_the_right_is_refused(role, lasting_people):
    assert lasting_people[role].client.get(reverse("admin:index"), follow=True).status_code == 403


def test_admin_for_a_visitor_leads_to_the_sign_in_page(visitor):
    response = visitor.client.get(reverse("admin:index"), follow=True)
    assert response.request["PATH_INFO"] == reverse("directory:sign-in")
    assert response.status_code == 200
