"""Formulas (security.md, Input): no cell of any export begins one, whatever somebody wrote into whichever table.

The exports are found by what they send: every address of the access matrix whose answer is a table. Also of this class:
tests/surveys/test_export.py (guarding and the way back, for any text), tests/actions/test_csv_file.py,
tests/knowledgebase/test_open_data.py, tests/sessions_app/test_registrations_admin.py.
"""

import csv
import io
import re
import zipfile
from collections import Counter

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse
from hypothesis import settings

from ogl_portal.lib import pdf
from ogl_portal.lib.cells import looks_like_formula
from sessions_app.models import Registration
from surveys.models import Round
from tests.cast import undone
from tests.factories import directory
from tests.factories.needs import make_coding
from tests.factories.surveys import make_complete_response, submit

from .poisoned import answers, poison

pytestmark = pytest.mark.deep

ALL = ["=", "＠", "\t+", "\u200b-", "+", "-", "@", "\r=", "＝", "＋", "﹢", "\ufeff=", " =", "\u00a0="]
STARTS = ALL[: max(2, settings.default.max_examples // 50)]
"""Two of them, all in the deep profile; that guarding knows them all is asked in test_export."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLES = ("text/csv", "application/zip", XLSX)
MARK = "1+1"


def read(content: bytes, kind: str) -> tuple[str, list[str]]:
    """All that a table says, and the cells in which a spreadsheet would see a formula."""
    if kind.startswith("text/csv"):
        text = content.decode("utf-8-sig")
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=";")
        return text, [cell for line in lines for cell in line if looks_like_formula(cell)]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if kind == XLSX:  # a string is never run there, whatever it begins with
            text = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
            return text, re.findall(r"<f[ >].*?</f>|<hyperlink .*?>", text)
        tables = [read(archive.read(name), "text/csv") for name in archive.namelist() if name.endswith(".csv")]
    return "".join(text for text, _ in tables), [cell for _, cells in tables for cell in cells]


def addresses(people, world) -> list[tuple[str, str]]:
    """Of every table that the portal hands out by GET: its name and its address; those of a round for every round."""
    found = {(row.name, response.request["PATH_INFO"]) for row, response in answers(people, world, TABLES)}
    names = {name for name, path in found if "/admin/surveys/round/" in path}
    assert len(names) == 3
    of_rounds = {(name, reverse(name, args=[round.pk])) for name in names for round in Round.objects.all()}
    return sorted(found | of_rounds | {(f"{name} redacted", f"{path}?fassung=redigiert") for name, path in of_rounds})


@pytest.fixture(autouse=True)
def quick_documents(monkeypatch):
    monkeypatch.setattr(pdf, "render", lambda template, context, **options: b"%PDF-1.7")


def test_no_cell_of_any_export_begins_a_formula(lasting_people, lasting_world):
    faults, met, lead = [], Counter(), lasting_people["lead"].client
    with undone(lasting_people["lead"]):
        submit(make_complete_response(directory.make_person(), Round.objects.get(slug="laufend")))
        make_coding()
        tables = addresses(lasting_people, lasting_world)
        registrations = {"action": "export", ACTION_CHECKBOX_NAME: Registration.objects.values_list("pk", flat=True)}
        for start in STARTS:
            poison(lambda field, start=start: f"{start}{MARK} {field.name}")
            responses = {address: lead.get(address[1]) for address in tables}
            path = reverse("admin:sessions_app_registration_changelist")
            responses["registrations", path] = lead.post(path, registrations)
            for (name, _), response in responses.items():
                text, formulas = read(response.getvalue(), response.headers["Content-Type"])
                met[name] += MARK in text
                faults += [(name, cell) for cell in formulas]
    assert faults == []
    assert len(met) == 9 and min(met.values()) >= len(STARTS)
