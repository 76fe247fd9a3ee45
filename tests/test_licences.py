"""The list of licences is complete, and true of what is installed."""

import json

import pytest
from django.contrib.staticfiles.finders import find, get_finders
from fontTools.ttLib import TTFont

from deploy import licences
from deploy.assets import FONTS, ROOT


def test_list_of_licences_is_that_of_the_lock_files():
    assert licences.FILE.read_text() == licences.document(), "Run: .venv/bin/python deploy/licences.py"
    assert set(licences.FOLLOWS) == set(licences.copyleft()), "Say what follows from a copyleft licence, and no more."


def test_licences_kept_by_hand_are_pinned_and_not_contradicted_by_their_packages():
    assert set(licences.KNOWN) <= set(licences.packages(licences.RUNNING + licences.WORKING))
    said = {name: licences.declared(name) for name in licences.KNOWN}
    assert [name for name, licence in said.items() if licence not in {"", licences.KNOWN[name][0]}] == []


def test_licences_of_npm_packages_are_those_that_they_state():
    for name, facts in licences.npm_packages().items():
        stated = json.loads((ROOT / "node_modules" / name / "package.json").read_text())
        assert (stated["version"], stated["license"]) == (facts["version"], facts["license"])


def test_nothing_that_runs_is_under_agpl_or_gpl_alone():
    running = {name: licences.licence_of(name)[0] for name in licences.packages(licences.RUNNING)}
    assert len(running) > 30
    assert [
        name for name, licence in running.items() if licence.startswith(("AGPL", "GPL")) and " OR " not in licence
    ] == []


def test_every_file_of_others_that_browsers_may_load_has_its_licence_listed():
    files = [
        name
        for finder in get_finders()
        for name, storage in finder.list([])
        if not storage.location.startswith(str(ROOT / "static"))
    ]
    assert len(files) > 100
    assert [name for name in files if not name.startswith(tuple(licences.IN_BROWSERS))] == []


@pytest.mark.parametrize("name", FONTS)
def test_font_says_its_licence(name):
    assert "Open Font License" in TTFont(find(f"fonts/{name}.woff2"))["name"].getDebugName(13)


def test_style_sheet_of_kern_says_its_licence_first():
    with open(find("kern/kern.css"), encoding="utf-8") as file:
        assert "EUPL-1.2" in file.read(150)
