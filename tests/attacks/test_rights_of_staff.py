"""Access in the admin: forms, history, actions and choices by role, and for staff who lack the right.

Every model, action and choice comes from the registry of the admin. Its pages by GET and role: tests/test_access.py;
the second factor before all of them: tests/directory/test_admin_guard.py; what actions do: the tests of each app.
"""

from collections.abc import Iterator
from functools import cache

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.auth.models import Permission
from django.urls import reverse

from ogl_portal.lib.audit.reading import RecordsReading
from tests import access_matrix
from tests.cast import Actor, make_staff, undone

from .asking import MODEL_PAGES, MODELS, admin_names, ask, path_of, rows

pytestmark = pytest.mark.usefixtures("quick_documents", "quick_refusals")
ASKED = {"directory_user": {"is_superuser": False}}  # a lead may not touch the operator's sign-in
RIGHTS = {"add": "a", "change": "c", "delete": "d"}
NO_HISTORY = {"lib_auditrecord"}  # who has looked at the trail stands in the trail
FOR_EVERYBODY = {"admin:index", "admin:login", "admin:logout", "admin:jsi18n", "admin:password_change",
                 "admin:password_change_done", "admin:view_on_site"}  # fmt: skip
FOR_READERS = {"admin:surveys_round_export_xlsx", "admin:surveys_round_export_csv", "admin:surveys_round_statistics",
               "admin:surveys_round_overview", "admin:surveys_round_codings_csv", "admin:surveys_need_matrix",
               "admin:knowledgebase_solution_snapshot", "admin:directory_person_distribution"}  # fmt: skip
READ_BY_ACTION = {"sessions_app_registration": {"export"}}


@pytest.fixture
def staff(lasting_people):
    """Somebody let into the admin without any right."""
    actor = lasting_people["other_member"]
    with undone(actor):
        make_staff(actor)
        yield Actor(actor.client, type(actor.user).objects.get(pk=actor.user.pk))


@pytest.fixture
def reader(staff):
    """Staff who may look at everything and do nothing."""
    views = Permission.objects.filter(codename__startswith="view_").values_list("codename", flat=True)
    make_staff(staff, *views)
    return staff


@cache
def key_of(name: str) -> int:
    return MODELS[name]._default_manager.filter(**ASKED.get(name, {})).values_list("pk", flat=True).first()


def page(name: str, kind: str) -> str:
    return reverse(f"admin:{name}_{kind}", args=[] if kind in {"changelist", "add"} else [key_of(name)])


def admin_of(name: str):
    return admin.site._registry[MODELS[name]]


# The pages of each model


def test_pages_of_every_model_refuse_staff_without_the_right(staff, lasting_world):
    questions = [(name, "GET", kind) for name in MODELS for kind in MODEL_PAGES]
    questions += [(name, "POST", kind) for name in MODELS for kind in RIGHTS]
    answers = {(name, method, kind): ask(staff, method, page(name, kind)) for name, method, kind in questions}
    assert len(answers) > 300
    assert {each: answer for each, answer in answers.items() if answer.status_code != 403 or answer.tables} == {}


def test_forms_of_every_model_refuse_who_may_only_look(reader, lasting_world):
    wrong = {}
    for name in MODELS:
        for kind in RIGHTS:
            response = ask(reader, "POST", page(name, kind), {"post": "yes"})
            if response.status_code != 403 or response.tables:
                wrong[name, kind] = (response.status_code, response.tables)
    assert wrong == {}


def models_of(role: str) -> list[str]:
    """Every model; for a superuser those where the right of the leads does not answer already."""
    differing = [name for name, rights in access_matrix.ADMIN.items() if rights["lead"] != rights["superuser"]]
    return differing if role == "superuser" else list(MODELS)


@pytest.mark.parametrize("role", ["visitor", "member", "lead", "superuser"])
def test_forms_of_every_model_take_nothing_from_a_role_without_the_right(role, lasting_people, lasting_world):
    actor, wrong = lasting_people[role], {}
    refusal = 403 if role in {"lead", "superuser"} else 302
    for name in models_of(role):
        for kind in [kind for kind, right in RIGHTS.items() if right not in access_matrix.ADMIN[name].get(role, "")]:
            response = ask(actor, "POST", page(name, kind), {"post": "yes"})
            if response.status_code != refusal or response.tables:
                wrong[name, kind] = (response.status_code, response.tables)
    assert wrong == {}


@pytest.mark.parametrize("role", ["visitor", "member", "lead", "superuser"])
def test_history_of_every_model_is_shown_to_who_may_see_it(role, lasting_people, lasting_world):
    actor, wrong = lasting_people[role], {}
    for name in models_of(role):
        rights = access_matrix.ADMIN[name].get(role)
        expected = 302 if rights is None else 200 if "v" in rights and name not in NO_HISTORY else 403
        if (status := ask(actor, "GET", page(name, "history")).status_code) != expected:
            wrong[name] = status
    assert wrong == {}


# The pages beside them


def rows_of_other_pages() -> list:
    asked = set(admin_names()) - FOR_EVERYBODY
    return [row for row in [*rows("GET"), *rows("POST")] if row.name in asked]


def test_every_other_page_of_the_admin_refuses_staff_without_the_right(staff, lasting_world):
    asked = [
        row for row in [*rows("GET"), *rows("POST")] if row.name in admin_names() and row.name not in FOR_EVERYBODY
    ]
    assert len(asked) > 35
    answers = {str(row): ask(staff, row.method, path_of(row, lasting_world)) for row in asked}
    assert {
        row: answer for row, answer in answers.items() if answer.status_code not in {403, 404} or answer.tables
    } == {}


def test_every_other_page_of_the_admin_takes_nothing_from_who_may_only_look(reader, lasting_world):
    asked = [
        row for row in [*rows("GET"), *rows("POST")] if row.name in admin_names() and row.name not in FOR_EVERYBODY
    ]
    answers = {row: ask(reader, row.method, path_of(row, lasting_world)) for row in asked}
    assert {str(row): answer.tables for row, answer in answers.items() if answer.tables} == {}
    opened = {row.name for row, answer in answers.items() if answer.status_code not in {403, 404, 405}}
    assert opened == FOR_READERS | {"admin:app_list"}


# Actions


def act(actor, name: str, action: str):
    """Carry out an action on one thing of a model."""
    return ask(actor, "POST", page(name, "changelist"), {"action": action, ACTION_CHECKBOX_NAME: [key_of(name)]})


def own_actions() -> list[tuple[str, str]]:
    """Model and name of every action but Django's own, which asks for the right to delete."""
    named = [(name, action) for name in MODELS for _, action, _ in admin_of(name)._get_base_actions()]
    return [(name, action) for name, action in named if action != "delete_selected"]


def test_only_actions_that_read_are_offered_to_who_may_only_look(reader, lasting_world, rf):
    request = rf.get("/admin/")
    request.user = reader.user
    offered = {name: set(admin_of(name).get_actions(request)) for name in MODELS}
    assert {name: actions for name, actions in offered.items() if actions} == READ_BY_ACTION


def test_no_action_does_anything_for_who_may_only_look(reader, lasting_world):
    assert len(own_actions()) > 35
    wrong = {}
    for name, action in own_actions():
        response = act(reader, name, action)
        is_back = response.get("Location") == page(name, "changelist")
        is_refused = is_back or "cl" in (getattr(response, "context_data", None) or {})
        if response.tables or is_refused == (action in READ_BY_ACTION.get(name, set())):
            wrong[name, action] = (response.status_code, response.tables)
    assert wrong == {}


def test_every_action_answers_the_lead(lasting_people, lasting_world):
    wrong = {}
    for name, action in own_actions():
        if (status := act(lasting_people["lead"], name, action).status_code) not in {200, 302}:
            wrong[name, action] = status
    assert wrong == {}


# Choices


def subclasses(cls: type) -> Iterator[type]:
    for each in cls.__subclasses__():
        yield each
        yield from subclasses(each)


def offered_choices() -> set[tuple[str, str, str]]:
    """App, model and field of every choice that the admin, or a set of rows in it, offers by searching."""
    offering = [*admin.site._registry.values(), *(each for each in subclasses(InlineModelAdmin) if each.model)]
    return {(*each.model._meta.label_lower.split("."), name) for each in offering for name in each.autocomplete_fields}


def choices_of_answers() -> set[tuple[str, str, str]]:
    """The same of every field that points to what people answered, whether or not a form offers it."""
    recorded = {model for model in MODELS.values() if isinstance(admin.site._registry[model], RecordsReading)}
    fields = [field for model in apps.get_models() for field in model._meta.get_fields() if field.concrete]
    asked = [field for field in fields if field.related_model in recorded]
    return {(*field.model._meta.label_lower.split("."), field.name) for field in asked}


def status_of_choices(actor, choice: tuple[str, str, str]) -> int:
    query = dict(zip(["app_label", "model_name", "field_name"], choice, strict=True)) | {"term": "e"}
    return ask(actor, "GET", reverse("admin:autocomplete"), query).status_code


@pytest.mark.parametrize(("role", "expected"), [("visitor", 302), ("member", 302), ("lead", 200), ("superuser", 200)])
def test_choices_are_offered_to_who_may_see_them(role, expected, lasting_people):
    assert len(offered_choices()) > 20
    statuses = {choice: status_of_choices(lasting_people[role], choice) for choice in offered_choices()}
    assert statuses == dict.fromkeys(offered_choices(), expected)


def test_choices_are_refused_to_staff_without_the_right(staff):
    statuses = {choice: status_of_choices(staff, choice) for choice in offered_choices()}
    assert statuses == dict.fromkeys(offered_choices(), 403)


def test_answers_are_found_by_no_choice_past_the_audit_trail(lasting_people):
    assert len(choices_of_answers()) > 10
    statuses = {choice: status_of_choices(lasting_people["lead"], choice) for choice in choices_of_answers()}
    assert statuses == dict.fromkeys(choices_of_answers(), 403)
