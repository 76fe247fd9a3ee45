"""deploy/setup.py: what it finds missing, what it says, and that it does nothing twice."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).resolve().parent.parent / "deploy" / "setup.py"


@pytest.fixture
def setup(monkeypatch, tmp_path):
    """The program as a module, working in an empty folder, with every command noted instead of run."""
    spec = importlib.util.spec_from_file_location("deploy_setup", PROGRAM)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for lock in ["requirements.lock", "requirements-dev.lock", "requirements-node.lock", "package-lock.json",
                 "requirements-java.lock"]:  # fmt: skip
        (tmp_path / lock).write_text(lock)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    for name in ["VENV", "NODE", "NODE_MODULES", "JAVA", "TEST_DATABASES"]:
        folder = tmp_path / name.lower()
        folder.mkdir()
        monkeypatch.setattr(module, name, folder)
    module.commands = []
    monkeypatch.setattr(module, "run", lambda command, complaint: module.commands.append(list(map(str, command))))
    return module


def test_setup_without_a_purpose_says_how_to_call_it():
    done = subprocess.run([sys.executable, PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "run|test" in done.stderr


def test_setup_on_an_old_python_names_the_version_it_needs(setup, monkeypatch):
    monkeypatch.setattr(setup.sys, "version_info", (3, 10))
    with pytest.raises(SystemExit, match=r"Python 3\.11 oder neuer"):
        setup.main("run")


def test_missing_packages_on_a_bare_machine_are_all_named(setup, monkeypatch):
    monkeypatch.setattr(setup, "find_library", lambda name: None)
    monkeypatch.setattr(setup.shutil, "which", lambda name: None)
    assert setup.missing_system_packages("run") == list(setup.LIBRARIES.values())
    assert setup.missing_system_packages("test")[-1] == "chromium-headless-shell"


def test_missing_packages_without_the_right_to_install_are_named_in_one_sentence(setup, monkeypatch):
    monkeypatch.setattr(setup, "missing_system_packages", lambda purpose: ["chromium"])
    monkeypatch.setattr(setup.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match="Systemverwaltung einrichten kann: chromium"):
        setup.install_system_packages("test")
    assert setup.commands == []


def test_missing_packages_as_root_are_installed_without_a_question(setup, monkeypatch):
    monkeypatch.setattr(setup, "missing_system_packages", lambda purpose: ["chromium"])
    monkeypatch.setattr(setup.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(setup.os, "geteuid", lambda: 0)
    setup.install_system_packages("test")
    assert [command[-1] for command in setup.commands] == ["update", "chromium"]
    assert all("DEBIAN_FRONTEND=noninteractive" in command for command in setup.commands)


def test_python_packages_are_installed_again_only_when_the_lock_changes(setup):
    for _ in range(2):
        setup.install_python_packages("requirements.lock")
    assert len(setup.commands) == 1
    assert "--require-hashes" in setup.commands[0]
    (setup.ROOT / "requirements.lock").write_text("etwas anderes")
    setup.install_python_packages("requirements.lock")
    assert len(setup.commands) == 2


def test_node_packages_of_the_tests_serve_a_run_too(setup, monkeypatch):
    monkeypatch.setattr(setup.shutil, "which", lambda name: f"/usr/bin/{name}")
    setup.install_node_packages(with_tools=True)
    setup.install_node_packages(with_tools=False)
    assert len(setup.commands) == 1
    assert "--omit=dev" not in setup.commands[0]


def test_node_packages_of_a_run_do_not_serve_the_tests(setup, monkeypatch):
    monkeypatch.setattr(setup.shutil, "which", lambda name: f"/usr/bin/{name}")
    setup.install_node_packages(with_tools=False)
    setup.install_node_packages(with_tools=True)
    assert ["--omit=dev" in command for command in setup.commands] == [True, False]


def test_npm_on_a_machine_without_node_comes_from_the_package_index(setup, monkeypatch, tmp_path):
    monkeypatch.setattr(setup.shutil, "which", lambda name: None)
    node, npm = setup.npm_command(tmp_path)
    assert (node.name, npm.name) == ("node", "npm-cli.js")
    assert setup.commands[0][-1].endswith("requirements-node.lock")


def test_npm_trusts_whom_the_machine_trusts_also_a_proxy_that_opens_tls(setup, monkeypatch, tmp_path):
    monkeypatch.setattr(setup, "CERTIFICATES", tmp_path)
    monkeypatch.delenv("NODE_EXTRA_CA_CERTS", raising=False)
    setup.install_node_packages(with_tools=False)
    assert setup.commands[-1][:2] == ["env", f"NODE_EXTRA_CA_CERTS={tmp_path}"]
    monkeypatch.setenv("NODE_EXTRA_CA_CERTS", "/etc/haus.pem")
    setup.install_node_packages(with_tools=True)
    assert setup.commands[-1][0] != "env"


def test_node_for_the_tests_is_fetched_once_where_the_machine_has_none(setup, monkeypatch):
    monkeypatch.setattr(setup.shutil, "which", lambda name: None)
    monkeypatch.setattr(setup.shutil, "rmtree", lambda folder, ignore_errors: None)
    setup.provide_node()
    setup.provide_node()
    assert [command[-1].rpartition("/")[2] for command in setup.commands] == ["requirements-node.lock"]


def test_node_of_the_machine_serves_the_tests(setup, monkeypatch):
    monkeypatch.setattr(setup.shutil, "which", lambda name: f"/usr/bin/{name}")
    setup.provide_node()
    assert setup.commands == []


@pytest.mark.parametrize(("found", "returncode", "fetched"), [(None, 0, 1), ("/usr/bin/java", 1, 1), ("/x/java", 0, 0)])
def test_java_for_the_tests_is_fetched_once_where_the_machine_has_none_that_serves(
    setup, monkeypatch, found, returncode, fetched
):
    monkeypatch.setattr(setup.shutil, "which", lambda name: found)
    monkeypatch.setattr(setup.shutil, "rmtree", lambda folder, ignore_errors: None)
    monkeypatch.setattr(setup, "call", lambda command: subprocess.CompletedProcess(command, returncode))
    setup.provide_java()
    setup.provide_java()
    assert [command[-1].rpartition("/")[2] for command in setup.commands] == ["requirements-java.lock"] * fetched


def test_database_of_the_tests_is_made_where_there_is_none(setup):
    setup.provide_test_database()
    assert [command[1:] for command in setup.commands] == [["-m", "tests.databases"]]
    (setup.TEST_DATABASES / "kept.sqlite3").touch()
    setup.provide_test_database()
    assert len(setup.commands) == 1


def test_step_that_fails_beside_others_says_so_at_the_end(setup):
    done = []
    with pytest.raises(SystemExit, match="Es fehlt etwas"):
        setup.at_once(lambda: sys.exit("Es fehlt etwas"), lambda: done.append("other"))
    assert done == ["other"]
