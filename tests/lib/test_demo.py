"""manage.py demo: only for trying out."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

import actions.demo
import knowledgebase.demo
import sessions_app.demo
import surveys.demo
from ogl_portal.directory.models import Organisation, SignInLink, User

pytestmark = pytest.mark.django_db


def test_demo_without_debug_is_refused():
    with pytest.raises(CommandError, match="--force"):
        call_command("demo")
    assert not User.objects.exists()


def test_demo_loaded_again_prints_the_links_and_changes_nothing(demo_data, settings, capsys):
    def count():
        models = [model for model in apps.get_models() if model is not SignInLink]
        return {model: model._base_manager.count() for model in models}

    before = count()
    settings.DEBUG = True
    call_command("demo")
    assert capsys.readouterr().out.count("OGL-Leitung: http") == 1
    assert count() == before


def test_demo_that_breaks_off_keeps_what_other_apps_loaded(monkeypatch):
    def broken():
        User.objects.create_user("halb@example.org")
        raise ZeroDivisionError

    for module in [sessions_app.demo, surveys.demo, knowledgebase.demo]:  # they take long, and one is enough
        monkeypatch.setattr(module, "load", lambda: None)
    monkeypatch.setattr(actions.demo, "load", broken)
    with pytest.raises(ZeroDivisionError):
        call_command("demo", force=True)
    assert Organisation.objects.exists()
    assert not User.objects.filter(email="halb@example.org").exists()
