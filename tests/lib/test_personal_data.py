"""Every table that holds something of people is declared, and the overview says what the tables say."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import models
from django.utils import timezone

from ogl_portal.directory.models import Person
from ogl_portal.lib.management.commands.data_overview import FILE
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.personal_data import Deletion, declarations, exemptions
from ogl_portal.lib.registry import retention_rules
from surveys.models import Answer

NAMES = re.compile(r"(^|_)(name|email|mail|phone|telephone|recipient|actor|author|controller|address)$")
PEOPLE = {Person, get_user_model()}


def owned() -> set[type[models.Model]]:
    """Tables whose rows belong to a person: what leads to them leads to people."""
    found = {each.model for each in declarations() if (each.of or each.find) and each.deletion == Deletion.DELETED}
    return PEOPLE | found


def fields_about_people(model: type[models.Model]) -> set[str]:
    """The fields that name people or lead to them."""
    found = set()
    for field in [*model._meta.fields, *model._meta.many_to_many]:
        leads = field.is_relation and field.related_model in owned()
        named = isinstance(field, models.EmailField) or (
            isinstance(field, models.CharField | models.TextField) and NAMES.search(field.name)
        )
        if leads or named:
            found.add(field.name)
    return found


def declared_fields(model: type[models.Model]) -> set[str]:
    """The fields that a declaration or an exemption names, by their first step."""
    paths = {name for each in exemptions() if each.model is model for name in each.fields}
    for each in declarations():
        if each.model is model:
            paths |= {*each.of, *each.by, *each.labels, *each.also}
    return {path.partition("__")[0] for path in paths}


def test_every_field_that_names_people_or_leads_to_them_is_declared():
    """Declare a table in the personal_data.py of its app, or say there why it holds nothing of people."""
    missing = {model._meta.label: fields_about_people(model) - declared_fields(model) for model in apps.get_models()}
    assert {label: fields for label, fields in missing.items() if fields} == {}


def test_declarations_say_all_that_people_are_told():
    for each in declarations():
        told = [each.title, each.purpose, each.kept, each.seen_by, each.area, each.basis]
        assert all(told), each.model
        assert each.deletion == Deletion.DELETED or each.why, f"{each.model}: why does it stay?"
        assert len(set(each.labels.values())) == len(each.labels), each.model  # by these the page names them
        assert each.labels or not (each.of or each.find), f"{each.model}: what of it does the person read?"
    named = {name for each in declarations() for name in re.findall(r"[A-Z_]+_DAYS", each.kept)}
    assert named and all(isinstance(getattr(settings, name), int) for name in named)


def test_fields_that_name_people_are_found():
    assert fields_about_people(OutgoingMail) == {"recipient"}
    assert fields_about_people(Person) >= {"given_name", "family_name", "email"}
    assert "entry" in fields_about_people(Answer)  # whose entry leads to a response, and that to a person


@pytest.mark.django_db
def test_overview_in_docs_is_what_the_command_makes(capsys):
    call_command("data_overview", "--print")
    made = capsys.readouterr().out
    assert FILE.read_text(encoding="utf-8") == made, "Please run: manage.py data_overview"


@pytest.mark.django_db
def test_every_rule_of_retention_says_table_time_and_setting():
    for rule in retention_rules.ask(now=timezone.now(), dry_run=True):
        assert apps.get_model(rule.model) and rule.after != "", rule
        assert not rule.setting or getattr(settings, rule.setting) == rule.after, rule


@pytest.mark.django_db
def test_prune_shows_all_rules_and_deletes_nothing(capsys, member):
    call_command("prune", "--rules")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["Was", "Nach", "Einstellung", "Tabelle", "fällig"]
    assert any(
        re.search(r"Einträge im Prüfpfad +730 Tagen +AUDIT_RECORD_DAYS +lib.auditrecord +0", each) for each in lines
    )
