"""What an operator copies: settings explained, units that call what there is, nothing that writes tokens down."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.urls import reverse

from ogl_portal.lib.uploads import MAX_BYTES
from surveys.checks import MAX_FILES

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
READERS = ["ogl_portal/settings.py", "deploy/gunicorn.conf.py"]
READ = re.compile(r"""(?:\benv\.\w+|environ\.get)\(\s*"([A-Z_]+)\"""")


def test_every_setting_is_explained_to_the_operator_and_no_other():
    read = {name for path in READERS for name in READ.findall((ROOT / path).read_text())}
    explained = set(re.findall(r"^#?([A-Z_]+)=", (DEPLOY / "portal.env.example").read_text(), re.MULTILINE))
    assert len(read) > 15
    assert explained == read


def test_settings_of_the_example_are_read_alike_by_systemd_and_the_shell():
    script = f'set -eu; . {DEPLOY}/portal.env.example; echo "$EMAIL_URL|$DEFAULT_FROM_EMAIL|$TRUSTED_PROXY"'
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    mail = "smtp+tls://portal%40example.org:kennwort@mail.example.org:587"
    assert done.stdout.strip() == f"{mail}|OGL-Portal <portal@example.org>|unix"


@pytest.mark.parametrize("timer", sorted((DEPLOY / "systemd").glob("*.timer")), ids=lambda path: path.stem)
def test_timer_calls_a_command_that_exists_and_catches_up(timer):
    text = timer.read_text()
    unit, _, job = re.search(r"^Unit=(.+)\.service$", text, re.MULTILINE)[1].partition("@")
    service = (DEPLOY / "systemd" / (f"{unit}@.service" if job else f"{unit}.service")).read_text()
    command = re.search(r"manage\.py (\S+)", service)[1].replace("%i", job)
    assert command in get_commands()
    assert "Persistent=true" in text and "ProtectSystem=strict" in service and "User=portal" in service


def test_backup_is_due_at_an_hour_that_every_day_has():
    hours = re.findall(r"^OnCalendar=\*-\*-\* (\d+):", (DEPLOY / "systemd/ogl-portal-backup.timer").read_text(), re.M)
    hours += re.findall(r"^\d+ (\d+) \* \* \* .*manage\.py backup", (ROOT / "docs/betrieb.md").read_text(), re.M)
    assert len(hours) == 2 and {int(hour) for hour in hours} == {1}


def test_web_server_lets_pass_what_a_form_takes_and_says_in_german_what_it_does_not():
    text = (DEPLOY / "nginx" / "ogl-portal.conf").read_text()
    megabytes = int(re.search(r"client_max_body_size (\d+)m;", text)[1])
    assert megabytes * 1024**2 > MAX_FILES * MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    page = (DEPLOY / "nginx" / re.search(r"error_page 413 /(\S+);", text)[1]).read_text()
    assert f"höchstens {megabytes} MB" in page
    ways_on = {reverse(name) for name in ["home", "pages:report-barrier", "pages:imprint"]}
    assert set(re.findall(r'href="([^"]+)"', page)) == ways_on


def test_gunicorn_takes_its_settings_and_writes_no_addresses_down():
    script = "import runpy; print(sorted(k for k, v in runpy.run_path('deploy/gunicorn.conf.py').items() if v is None))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "accesslog" in done.stdout
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--check-config",
        "-c",
        "deploy/gunicorn.conf.py",
        "wsgiref.simple_server:demo_app",
    ]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


def test_web_server_writes_neither_paths_nor_addresses_down():
    text = (DEPLOY / "nginx" / "ogl-portal.conf").read_text()
    (formats,) = re.findall(r"^log_format .*;$", text, re.MULTILINE)
    harmless = {"$time_iso8601", "$request_id", "$request_method", "$status", "$body_bytes_sent", "$request_time"}
    assert set(re.findall(r"\$\w+", formats)) == harmless
    logs = re.findall(r"^\s*(?:access|error)_log (.+);$", text, re.MULTILINE)
    assert logs and all(log == "off" or log.endswith((" ogl_portal", " emerg")) for log in logs)


def blocks(text: str) -> dict[str, list[str]]:
    """The directives of each location and upstream of a configuration, what it includes among them."""
    found = re.findall(r"^ *((?:location|upstream) [^{]+) \{([^{}]*)\}", text, re.MULTILINE)
    return {name: included(body) for name, body in found}


def included(text: str) -> list[str]:
    directives = [line.strip() for line in re.sub(r"#.*", "", text).split(";") if line.strip()]
    nested = [(ROOT / line.split("/opt/ogl-portal/")[1]).read_text() for line in directives if "include" in line]
    return [line for line in directives if "include" not in line] + [one for each in nested for one in included(each)]


def test_web_server_of_one_and_of_several_machines_tells_the_portal_what_it_needs_and_says_nothing_twice():
    one = blocks((DEPLOY / "nginx" / "ogl-portal.conf").read_text())
    several = blocks(re.search(r"```nginx\n(.*?)```", (ROOT / "docs/betrieb-mehrere-rechner.md").read_text(), re.S)[1])
    assert set(several) == {"upstream ogl_portal", "location = /healthz", "location /", "location /static/"} <= set(one)
    for name, directives in [*one.items(), *several.items()]:
        words = [line.split()[0] for line in directives if not line.startswith(("add_header", "server "))]
        names = [" ".join(line.split()[:2]) for line in directives if line.startswith("proxy_set_header")]
        assert len(set(words) - {"proxy_set_header"}) + len(set(names)) == len(words), name
        if "proxy_pass" in words:
            needed = ["Host", "X-Forwarded-For", "X-Forwarded-Proto"]
            assert {f"proxy_set_header {header}" for header in needed} <= set(names)
            assert "limit_req" in words or name == "location /static/", name


def test_image_and_its_builders_never_see_settings_or_data():
    left_out = (ROOT / ".containerignore").read_text()
    assert (ROOT / ".dockerignore").read_text() == left_out
    assert {"**/*.env", "**/*.sqlite3*", "var", ".git"} <= set(left_out.split())


def test_container_is_built_from_a_pinned_image_without_the_name_of_a_registry():
    text = (DEPLOY / "Containerfile").read_text()
    assert re.search(r"^ARG BASE=debian:\d+\.\d+-slim$", text, re.MULTILINE)
    assert "USER portal" in text
