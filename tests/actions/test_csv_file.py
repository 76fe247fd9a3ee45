"""The public items as a CSV file: everything that is public, and nothing else."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ogl_portal.lib.cells import looks_like_formula
from ogl_portal.lib.registry import data_sets
from tests.factories.actions import make_item, make_item_due_in, make_item_of
from tests.factories.sessions_app import make_draft_report, make_event, make_report

pytestmark = pytest.mark.django_db
FILE = reverse("actions:items-csv")


def rows(actor) -> list[dict]:
    text = actor.client.get(FILE).content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))


def test_address_is_the_one_that_is_printed():
    assert FILE == "/daten/massnahmen.csv"


def test_file_says_what_the_page_of_an_item_says(visitor):
    report = make_report()
    item = make_item(report=report, letter="b", title="Beispiele sammeln", due_kind="day", due_until=date(2021, 7, 12),
                     responsible_kind="everyone")  # fmt: skip
    answer = visitor.client.get(FILE)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Access-Control-Allow-Origin"] == "*"
    [row] = rows(visitor)
    assert row["number"] == str(item.pk)
    assert row["url"] == settings.SITE_URL + item.get_absolute_url()
    assert (row["letter"], row["title"], row["report_title"]) == ("b", "Beispiele sammeln", report.title)
    assert (row["due_text"], row["due_at"]) == ("12.07.2021", "2021-07-13T00:00:00+02:00")
    assert (row["responsible"], row["status"], row["is_overdue"]) == ("alle AG-Mitglieder", "open", "true")


def test_file_runs_no_formula(visitor):
    make_item(title="=1+1", description="@SUM(A1)")
    assert rows(visitor)[0]["title"] == "'=1+1"
    assert not any(looks_like_formula(cell) for row in rows(visitor) for cell in row.values())


@pytest.mark.parametrize("role", ["visitor", "member", "lead", "superuser"])
def test_file_holds_nothing_that_is_not_public_for_anybody(people, role):
    make_item(title="Geheimnis", is_public=False)
    make_item(title="Geheimnis im Entwurf", report=make_draft_report())
    make_item_of(people["other_member"].person, title="Offenes")
    hidden = make_event(is_published=False, title="Geheimtreffen")
    make_item(title="Bis dahin", due_kind="event", due_event=hidden)
    found = {row["title"]: row for row in rows(people[role])}
    assert set(found) == {"Offenes", "Bis dahin"}
    assert found["Offenes"]["responsible"] == str(people["other_member"].person.organisation)
    assert (found["Bis dahin"]["due_text"], found["Bis dahin"]["due_at"]) == ("offen", "")


def test_file_is_sent_again_only_when_it_changed(visitor):
    make_item()
    stamp = visitor.client.get(FILE)["ETag"]
    assert visitor.client.get(FILE, headers={"If-None-Match": stamp}).status_code == 304
    make_item()
    assert visitor.client.get(FILE, headers={"If-None-Match": stamp}).status_code == 200


def test_file_with_30_items_costs_as_much_as_with_one(visitor):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            visitor.client.get(FILE)
        return len(queries)

    make_item_due_in(3)
    before = count()
    for _ in range(29):
        make_item_due_in(3)
    assert count() == before


def test_file_is_in_the_catalogue_and_on_the_pages(visitor):
    assert FILE in {each.path for each in data_sets.ask()}
    for page in ["/daten/", "/massnahmen/"]:
        assert f'href="{FILE}"' in visitor.client.get(page).content.decode()
    assert f"{settings.SITE_URL}{FILE}" in visitor.client.get("/daten/katalog.jsonld").getvalue().decode()
