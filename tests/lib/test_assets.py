"""What the browser loads: small, from here, and found under hashed names too."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from deploy import assets

FIRST_VISIT = ["kern/kern.css", "css/portal.css", "js/portal.js", "img/favicon.svg",
               "fonts/FiraSans-Regular.woff2", "fonts/FiraSans-SemiBold.woff2"]  # fmt: skip


def found(name: str) -> Path:
    path = finders.find(name)
    assert path, f"{name} is missing: run deploy/assets.py"
    return Path(path)


def test_first_visit_loads_less_than_80_kilobytes_beside_the_page():
    assert sum(len(gzip.compress(found(name).read_bytes())) for name in FIRST_VISIT) <= 80_000


@pytest.mark.parametrize("name", ["kern/kern.css", "css/portal.css", "css/admin.css"])
def test_every_address_in_a_style_sheet_is_relative_and_leads_to_a_file(name):
    sheet = found(name)
    urls = [url for url in re.findall(r"url\(\s*[\"']?([^\"')]+)", sheet.read_text()) if not url.startswith("data:")]
    assert all(not re.match(r"[a-z]+:|/", url) for url in urls)
    for url in urls:
        assert found(str(Path(name).parent.joinpath(url)).replace("kern/../", "").replace("css/../", ""))


@pytest.mark.parametrize("name", assets.FONTS)
def test_fonts_hold_what_german_texts_need(name):
    characters = TTFont(found(f"fonts/{name}.woff2")).getBestCmap()
    assert not [character for character in "äöüÄÖÜß„“‚‘–—…→€§×’•łéč" if ord(character) not in characters]


def test_second_build_changes_nothing():
    found("kern/kern.css")
    before = [path.stat().st_mtime_ns for path in assets.results()]
    assets.main()
    assert [path.stat().st_mtime_ns for path in assets.results()] == before
