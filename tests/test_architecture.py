"""What holds for the whole house: floors, addresses, migrations, templates, static files, production settings."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection
from django.template.loader import get_template
from django.urls import resolve, reverse
from importlinter.cli import lint_imports

from .addresses import Address, all_addresses

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
GENERATED = {
    ".git",
    ".venv",
    "build",
    "node_modules",
    "var",
    "__pycache__",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
}
PRODUCTION = {
    "SECRET_KEY": "ein-nur-hier-benutzter-schlüssel-mit-mehr-als-fünfzig-zeichen",
    "ALLOWED_HOSTS": "portal.example.org",
    "SITE_URL": "https://portal.example.org",
}


def manage(*arguments, **variables) -> subprocess.CompletedProcess:
    """Run manage.py in a process of its own, with these settings from the environment and no others."""
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **variables}
    command = [sys.executable, ROOT / "manage.py", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


# Floors


def test_imports_of_all_apps_go_down_only(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True, no_logo=True) == 0, capsys.readouterr().out


# Addresses


def test_url_names_with_sample_values_resolve():
    assert [address.name or address.route for address in all_addresses() if not is_named_and_found(address)] == []


def is_named_and_found(address: Address) -> bool:
    """Whether its name leads back to it; Django's admin alone has addresses without one."""
    if not address.name.rpartition(":")[2]:
        return address.is_admin
    match = resolve(reverse(address.name, kwargs=dict(address.samples)))
    # Signing in to the admin is the portal's own page, at the same address.
    return match.view_name == address.name or address.name in {"admin:login", "admin:logout"}


# Migrations


@pytest.mark.django_db
def test_migrations_of_all_models_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.fixture
def empty_database(tmp_path, db):
    """The address of a database without tables, of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    url = os.environ["TEST_DATABASE_URL"].rpartition("/")[0]
    name = f"empty_{os.getpid()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield f"{url}/{name}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name}")


@pytest.mark.long
def test_migrations_to_zero_and_back_run(empty_database):
    variables = PRODUCTION | {"DATABASE_URL": empty_database}
    for target in [[], ["directory", "zero"], ["lib", "zero"], []]:
        done = manage("migrate", *target, "--verbosity=0", **variables)
        assert done.returncode == 0, done.stderr


# Production settings


def test_check_deploy_with_production_settings_has_no_warning(tmp_path):
    variables = PRODUCTION | {"DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}"}
    done = manage("check", "--deploy", "--fail-level=WARNING", **variables)
    assert done.returncode == 0, done.stderr
    assert "(0 silenced)" in done.stdout


def test_settings_without_secret_key_are_a_clear_error():
    done = manage("check")
    assert done.returncode != 0
    assert "SECRET_KEY fehlt" in done.stderr


# Static files


def test_collectstatic_with_hashed_names_finds_every_file(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    hashed = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": hashed}
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()


def test_static_tags_of_templates_name_existing_files():
    tags = {name for path in TEMPLATES for name in re.findall(r"{% static ['\"](.+?)['\"]", path.read_text())}
    assert tags
    assert [name for name in tags if not finders.find(name)] == []


# Templates


def test_templates_are_parsed():
    for path in TEMPLATES:
        get_template(str(path.relative_to(ROOT / "templates")))  # names the template that fails


FORBIDDEN_IN_TEMPLATES = {
    "text is made safe elsewhere": re.compile(r"\|\s*safe(seq)?\b|autoescape off"),
    "an inline style": re.compile(r"<style\b|\sstyle\s*="),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)|\son[a-z]+(=|\s*=\s*[\"'])|javascript:", re.I),
    "something from another site": re.compile(r"<(link|script|img|iframe)\b[^>]*(src|href)=[\"'](https?:)?//", re.I),
}


def test_templates_have_nothing_that_the_content_security_policy_refuses():
    pages = [path for path in TEMPLATES if path.suffix != ".txt"]
    assert {relative(path): faults for path in pages if (faults := forbidden_in(path))} == {}


def forbidden_in(path: Path) -> list[str]:
    text = path.read_text()
    rules = dict(FORBIDDEN_IN_TEMPLATES)
    if "mail" in path.parts:  # a mail has no style sheet beside it and no policy above it
        del rules["an inline style"]
    return [name for name, rule in rules.items() if rule.search(text)]


# Files


def own_files() -> list[Path]:
    """The files of the project as a clone has them."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        command = ["git", "-C", ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
        return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not GENERATED & set(path.relative_to(ROOT).parts)]


def test_lock_files_name_no_address():
    files = [path for path in own_files() if "lock" in path.name]
    assert len(files) >= 4
    assert [relative(path) for path in files if b"://" in path.read_bytes()] == []


def test_files_name_no_path_of_one_machine():
    folders = [folder for folder in [ROOT, Path.home(), Path("/home")] if len(folder.parts) > 1]
    forbidden = [f"{folder}/".encode() for folder in folders]
    files = [(path, path.read_bytes()) for path in own_files()]
    assert [relative(path) for path, content in files if any(each in content for each in forbidden)] == []


def test_python_marks_text_as_safe_html_in_few_places():
    files = [path for path in own_files() if path.suffix == ".py" and "tests" not in path.relative_to(ROOT).parts]
    places = {relative(path) for path in files if re.search(r"\bmark_safe\(", path.read_text())}
    assert places <= {
        "ogl_portal/lib/markdown.py",
        "ogl_portal/lib/structured_data.py",
        "sessions_app/models/versions.py",  # what our own template made at a release
    }
