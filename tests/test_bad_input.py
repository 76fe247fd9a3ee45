"""Addresses with anything in them: an answer in words, never a failure of the server.

Texts in parameters that PostgreSQL takes otherwise than SQLite, tests/attacks/test_hostile_input.py sends it.
"""

import pytest
from django.urls import reverse

from ogl_portal.lib import pdf

from . import access_matrix
from .cast import undone

NAMES = sorted({(row.name, row.case) for row in access_matrix.ROWS if row.method == "GET"})
TEXTS = {
    "NUL": "a%00b",
    "half a character": "%ED%A0%80",
    "no UTF-8": "%FF%FE",
    "huge number": "9" * 40,
    "negative number": "-1",
    "reading direction turned, emoji and quotes": "%E2%80%AEabc%F0%9F%99%82%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "very long": "x" * 20_000,
}
PARAMETERS = ["page", "sort", "q", "art", "next", "stand", "thema", "zielgruppe"]


@pytest.fixture(autouse=True)
def quick_documents(monkeypatch):
    """What stands in a PDF does not hang on the address; it is asked elsewhere."""
    monkeypatch.setattr(pdf, "render", lambda template, context, **options: b"%PDF-1.7")


@pytest.mark.parametrize(("name", "case"), NAMES)
def test_address_with_strange_parameters_answers(name, case, lasting_people, lasting_world):
    path, lead = reverse(name, kwargs=lasting_world[case]), lasting_people["lead"]
    for label, text in TEXTS.items():
        query = "&".join(f"{parameter}={text}" for parameter in PARAMETERS)
        with undone(lead):
            response = lead.client.get(f"{path}?{query}")
            assert response.status_code < 500, label
            assert b"<script>alert(1)" not in response.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "prefix",
    [
        "termine",
        "serien",
        "empfehlungen",
        "reports",
        "massnahmen",
        "fragebogen",
        "wissensdatenbank",
        "anmelden",
        "teilnahme",
        "zusage",
        "abo",
    ],
)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_address_with_a_strange_name_is_not_found(client, prefix, text):
    assert client.get(f"/{prefix}/{text}/").status_code in {400, 404, 410}
