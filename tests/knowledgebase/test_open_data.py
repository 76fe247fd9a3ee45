"""The open data page and its files: everything that is public, and nothing else."""

import csv
import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from knowledgebase import interchange, workflow
from knowledgebase.models import Contact, Solution
from knowledgebase.open_data import about, csv_file, json_file
from ogl_portal.lib.cells import looks_like_formula
from tests.factories.directory import make_organisation
from tests.factories.knowledgebase import (
    make_archived,
    make_complete,
    make_contact,
    make_published,
    make_reuse,
    make_submitted,
)

from .whole import make_published_whole

pytestmark = pytest.mark.django_db
PAGE, JSON, CSV, CATALOGUE = (reverse(f"open_data:{name}") for name in ["index", "solutions-json", "solutions-csv",
                                                                       "catalogue"])  # fmt: skip
FILES = [JSON, CSV, CATALOGUE]


def body(client, path, **headers) -> bytes:
    response = client.get(path, headers=headers)
    assert response.status_code == 200
    return response.getvalue()


def solutions(client) -> dict[str, dict]:
    return {each["title"]: each for each in json.loads(body(client, JSON))["solutions"]}


def table(client) -> list[dict]:
    text = body(client, CSV).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))


def test_addresses_are_those_that_are_printed():
    assert [PAGE, *FILES] == ["/daten/", "/daten/loesungen.json", "/daten/loesungen.csv", "/daten/katalog.jsonld"]


def test_page_says_what_there_is_under_which_licence_and_how_to_get_it(visitor):
    make_published(title="Eine")
    html = body(visitor.client, PAGE).decode()
    for text in ["1 veröffentlichte Lösung", "Creative Commons Namensnennung 4.0", about.PUBLISHER, "curl --etag-save",
                 f"{settings.SITE_URL}/daten/loesungen.json", 'href="/daten/katalog.jsonld"', "in einem Satz",
                 '<link rel="alternate" type="text/csv"']:  # fmt: skip
        assert text in html


def test_page_without_solutions_stands(visitor):
    assert "0 veröffentlichte Lösungen" in body(visitor.client, PAGE).decode()


@pytest.mark.parametrize("path", FILES)
def test_files_without_solutions_are_well_formed(visitor, path):
    content = body(visitor.client, path)
    if path == CSV:
        assert len(content.splitlines()) == 1
    else:
        assert json.loads(content)


@pytest.mark.parametrize("path", ["/", PAGE])
def test_page_footer_leads_to_the_open_data(visitor, path):
    assert f'href="{PAGE}"' in body(visitor.client, path).decode().partition("<footer")[2]


# What is in them


def test_json_holds_every_field_of_an_entry(visitor):
    solution = make_published_whole(title="Die ganze")
    make_reuse(solution, verdict="Läuft.")
    document = solutions(visitor.client)["Die ganze"]
    content = interchange.dump(solution, contacts=True)
    different = {name for name in content if document[name] != content[name]}
    assert different == {"relations", "attachments"}
    assert document["url"] == settings.SITE_URL + solution.get_absolute_url()
    assert document["attachments"][0]["url"].startswith(document["url"])
    assert document["version"] == 1
    assert document["used_by"][0]["organisation_name"] == "Gemeinde Beispiel"
    assert document["used_by"][0]["verdict"] == "Läuft."


def test_json_says_licence_source_and_organisations(visitor):
    make_published(publisher=make_organisation(name="Kammer", slug="kammer", website="https://kammer.example.org"))
    head = json.loads(body(visitor.client, JSON))
    assert head["licence"] == "CC-BY-4.0"
    assert head["publisher"] == about.PUBLISHER
    assert [each["slug"] for each in head["organisations"]] == ["kammer"]


def test_csv_is_a_table_for_spreadsheets(visitor):
    make_published_whole(title="Die ganze", problem="=1+1\n@SUM", summary='\'mit Apostroph; und "Zeichen"')
    assert body(visitor.client, CSV).startswith(b'\xef\xbb\xbf"uuid";"title"')
    row = next(each for each in table(visitor.client) if each["title"] == "Die ganze")
    assert row["problem"] == "'=1+1\n@SUM"
    assert row["summary"] == "''mit Apostroph; und \"Zeichen\""
    assert row["features"].splitlines() == ["Ausfüllhilfe", "Stand der Bearbeitung"]
    assert row["publisher_name"] == Solution.objects.get(title="Die ganze").publisher.name
    assert json.loads(row["steps"])[1]["title"] == "Muster ausfüllen"
    assert row["needs_impact_assessment"] == "true"
    assert not any(looks_like_formula(cell) for each in table(visitor.client) for cell in each.values())


def test_csv_columns_are_all_the_fields_of_the_json(visitor):
    make_published()
    [document] = solutions(visitor.client).values()
    assert set(csv_file.columns()) - set(csv_file.NAMES) == set(document)
    assert {note.name for note in about.field_notes()} == set(document)


# What is not


@pytest.mark.parametrize("role", ["visitor", "member", "lead", "superuser"])
def test_files_hold_nothing_unpublished_for_anybody(people, role):
    make_complete(title="Geheimnis im Entwurf", publisher=make_organisation(name="Geheimnis GmbH"))
    make_submitted(title="Geheimnis, eingereicht")
    make_archived(title="Geheimnis im Archiv")
    published = make_published_whole()
    published.relations.get(kind="variant").other.steps.create(position=1, title="Geheimnis")
    Contact.objects.update(consented_on=None, valid_until=None)
    texts = [body(people[role].client, path).decode() for path in FILES]
    draft = published.relations.get(kind="variant").other
    for secret in ["Geheimnis", "Geheimer Entwurf", str(draft.uuid), draft.slug, "Karla"]:
        assert [path for path, text in zip(FILES, texts, strict=True) if secret in text] == []


@pytest.mark.parametrize("path", FILES)
def test_files_hold_a_contact_until_the_last_day_of_the_consent(visitor, path):
    solution = make_published()
    today = timezone.localdate()
    make_contact(solution, name="Otto Morgen", consented_on=today, valid_until=today + timedelta(days=1))
    assert "Otto Morgen" in body(visitor.client, path).decode()
    before = visitor.client.get(path)["ETag"]
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        response = visitor.client.get(path, headers={"If-None-Match": before})
        assert response.status_code == 200
        assert "Otto Morgen" not in response.getvalue().decode()


def test_json_holds_confirmed_reuses_only(visitor):
    solution = make_published(title="Eine")
    make_reuse(solution, organisation_name="Zählt", reporter_name="meldende Person", reporter_email="m@example.org")
    make_reuse(solution, organisation_name="Unbestätigt", confirmed_at=None, confirm_again_on=None)
    make_reuse(solution, organisation_name="Überfällig", confirm_again_on=timezone.localdate())
    document = solutions(visitor.client)["Eine"]
    assert [each["organisation_name"] for each in document["used_by"]] == ["Zählt"]
    assert "meldende" not in json.dumps(document)
    assert "m@example.org" not in json.dumps(document)


def test_json_holds_nothing_that_the_portal_keeps_for_itself(visitor, member):
    make_published(title="Eine", proposed_by=member.user, return_note="Interne Bitte")
    text = body(visitor.client, JSON).decode()
    assert "Interne Bitte" not in text
    assert not {"status", "proposed_by", "published_by", "origin", "revision"} & set(solutions(visitor.client)["Eine"])


# How they are delivered


@pytest.mark.parametrize("path", FILES)
def test_files_may_be_read_by_any_site_and_depend_on_no_cookie(visitor, member, path):
    make_published()
    response = visitor.client.get(path)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Cache-Control"] == "public, no-cache"
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies
    assert response.getvalue() == body(member.client, path)
    assert "Access-Control-Allow-Origin" not in visitor.client.get(PAGE)


@pytest.mark.parametrize("path", FILES)
def test_files_are_not_sent_again_while_nothing_changed(visitor, path):
    solution = make_published()
    first = visitor.client.get(path)
    etag = first["ETag"]
    again = visitor.client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    assert first.getvalue() == body(visitor.client, path)
    workflow.archive_solution(solution=solution, by=None)
    assert visitor.client.get(path, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        lambda solution: solution.publisher.__class__.objects.update(name="Anders"),
        lambda solution: solution.topics.update(name="Anders"),
        lambda solution: make_reuse(solution),
        lambda solution: solution.contacts.update(consented_on=None, valid_until=None),
        lambda solution: solution.contacts.update(email="anders@example.org"),
        lambda solution: make_published(),
        lambda solution: workflow.archive_solution(solution=solution, by=None),
    ],
)
def test_etag_differs_as_soon_as_something_changed(visitor, change):
    solution = make_published()
    before = visitor.client.get(JSON)["ETag"]
    change(solution)
    assert visitor.client.get(JSON)["ETag"] != before


def test_etag_differs_with_the_licence(visitor, settings):
    before = visitor.client.get(JSON)["ETag"]
    settings.OPEN_DATA_LICENCE = "CC0-1.0"
    assert visitor.client.get(JSON)["ETag"] != before
    assert json.loads(body(visitor.client, JSON))["licence"] == "CC0-1.0"


@pytest.mark.parametrize("path", [PAGE, *FILES])
def test_answer_needs_the_same_queries_for_1_and_20_solutions(visitor, path):
    def count():
        with CaptureQueriesContext(connection) as captured:
            body(visitor.client, path)
        return len(captured)

    make_published_whole()
    few = count()
    for number in range(19):
        make_reuse(make_published(title=f"Lösung Nr. {number}"))
    assert few == count() <= 35


def test_answer_to_who_has_the_file_needs_few_queries(visitor):
    make_published_whole()
    etag = visitor.client.get(JSON)["ETag"]
    with CaptureQueriesContext(connection) as captured:
        assert visitor.client.get(JSON, headers={"If-None-Match": etag}).status_code == 304
    assert len(captured) <= 10


def test_licences_of_settings_and_page_are_the_same():
    assert set(settings.OPEN_DATA_LICENCES) == set(about.LICENCES)


def test_writers_hand_out_an_entry_at_a_time():
    for _ in range(3):
        make_published()
    assert len(list(json_file.write())) == 1 + 3 + 1
    assert len(list(csv_file.write())) == 1 + 3
