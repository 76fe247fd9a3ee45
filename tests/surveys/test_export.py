"""The export: what comes back is to the character what was submitted, and nothing of it is a formula."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ogl_portal.lib.cells import guard, looks_like_formula, reveal
from ogl_portal.lib.text import plain
from surveys import export, workflow
from surveys.export.files import as_rows, csv_text, sheet_name
from surveys.models import Entry, EntryReview, Round
from tests import cast
from tests.factories.surveys import fill, make_complete_response, make_entry, make_response, make_round, submit

NASTY = [
    "=1+1", "+49 3461 1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://x\")\nzweite Zeile", "  =1", "\ufeff=1",
    "＝1+1", "＋1", "－1", "＠x", "﹢1", "'", "'=1", "007", "1e5", "12.07.2021", "Müßige Größe", 'Er sagte: "Ja"; nein',
    "a\n\nb\n", "a;b,c\td", "_x000D_", "_x0041_", "🙂", "<b>&amp;</b>", "wahr", " vorn und hinten ", "https://www.example.org",
]  # fmt: skip

QUERIES = 3
"""Submissions, their consents, and the states of the review."""


def rows_in(tables, code: str) -> list[dict]:
    """The rows of the table of a section."""
    return as_rows(next(table for table in tables if table.name.startswith(code)))


@pytest.mark.parametrize("text", NASTY)
def test_guarded_text_begins_no_formula_and_comes_back(text):
    assert not looks_like_formula(guard(text))
    assert reveal(guard(text)) == text


@given(st.text())
def test_any_text_guarded_begins_no_formula_and_comes_back(text):
    assert not looks_like_formula(guard(text)) and reveal(guard(text)) == text


@given(st.lists(st.lists(st.text().map(plain), min_size=2, max_size=2), max_size=6))
def test_any_table_comes_back_from_both_formats(texts):
    columns = [export.Column("Eintrag"), export.Column("B1", "Frage?"), export.Column("B2")]
    rows = [[str(number), *pair] for number, pair in enumerate(texts)]
    table = export.Table("B Best-Practice", columns, rows)
    assert export.read_xlsx(export.to_xlsx([table], "Export"))[sheet_name(table.name)] == as_rows(table)
    assert export.read_csv(export.to_csv([table]))["b-best-practice"] == as_rows(table)


@pytest.mark.parametrize("text", NASTY)
def test_cell_in_csv_begins_no_formula_for_any_reader(text):
    table = export.Table("B", [export.Column("B1")], [[text]])
    [[_], [cell]] = csv.reader(StringIO(csv_text(table), newline=""), delimiter=";")
    assert not looks_like_formula(cell)


def test_csv_has_byte_order_mark_semicolons_and_a_file_per_table():
    tables = [export.Table("B Größe", [export.Column("B1"), export.Column("B2")], [["ä", "b"]])]
    with ZipFile(BytesIO(export.to_csv(tables))) as archive:
        content = archive.read("b-groe.csv")
    assert content == '\ufeff"B1";"B2"\r\n"ä";"b"\r\n'.encode()


def test_workbook_holds_texts_only_and_marks_them_as_such():
    table = export.Table("B", [export.Column("B1")], [["=1+1"], ["007"]])
    with ZipFile(BytesIO(export.to_xlsx([table], "Export"))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert "<f>" not in sheet and sheet.count('t="s"') == 3
    assert 'quotePrefix="1"' in styles and 'numFmtId="49"' in styles


def test_sheet_names_are_such_that_excel_takes_them():
    assert sheet_name("E Informationsbedarf einer Zielgruppe: [alle]") == "E Informationsbedarf einer Ziel"


@pytest.fixture
def response(member):
    member.person.organisation.municipality_key = "01234567"
    member.person.organisation.save()
    return make_complete_response(member.person)


@pytest.mark.django_db
def test_submitted_texts_come_back_to_the_character(response):
    for text in NASTY[:9]:
        make_entry(response, draft={"B1": text, "B2": "\n".join(NASTY), "B3": ["it-sicherheit-datenschutz"]})
    document = submit(response).document
    tables = export.tables_of(response.round)
    sent = [entry["answers"] for entry in document["entries"] if entry["section"] == "B"]
    sheet = next(sheet_name(table.name) for table in tables if table.name.startswith("B "))
    from_xlsx = export.read_xlsx(export.to_xlsx(tables, "Export"))[sheet]
    from_csv = next(rows for name, rows in export.read_csv(export.to_csv(tables)).items() if name.startswith("b-"))
    for rows in (from_xlsx, from_csv):
        assert [(row["B1"], row["B2"]) for row in rows] == [(each["B1"], each["B2"]) for each in sent]
        assert rows[1]["B3.it-sicherheit-datenschutz"] == "ja" and rows[0]["B3.it-sicherheit-datenschutz"] == ""


@pytest.mark.django_db
def test_every_row_has_the_columns_of_the_organisation(response):
    make_entry(response)
    submit(response)
    rows = rows_in(export.tables_of(response.round), "B")
    organisation = response.organisation
    assert len(rows) == 2
    for number, row in enumerate(rows, start=1):
        assert (row["Organisation"], row["Gemeindeschlüssel"]) == (organisation.name, "01234567")
        assert row["Art der Organisation"] == organisation.get_kind_display()
        assert row["Person"] == "Mia Mitglied" and row["Eintrag Nr."] == str(number) and row["Prüfung"] == "neu"


@pytest.mark.django_db
def test_drafts_and_later_changes_are_not_exported(response, other_member):
    submit(response)
    entry = response.entries.get(section_key="B")
    entry.response = response
    workflow.save_entry(entry=entry, draft={"B1": "Später", "B2": "Text"}, revision=entry.revision)
    make_entry(make_response(other_member.person, response.round))
    [row] = rows_in(export.tables_of(response.round), "B")
    assert row["B1"] == "Bauantrag digital begleiten"


@pytest.mark.django_db
def test_last_submission_counts(response):
    submit(response)
    fill(response, "F", {"F1": ["talk"], "F1-text": "gern"})
    submit(response)
    [row] = rows_in(export.tables_of(response.round), "F")
    assert row["Absendung"] == "2" and row["F1.talk"] == "ja" and row["F1-text"] == "gern"


@pytest.mark.django_db
def test_consents_are_exported_as_they_stand_now(response):
    other = make_entry(response, draft={"B1": "Zweites", "B2": "Text"})
    fill(response, "G", {"G1": "named", "G2": "yes", f"G1-{other.uuid}": "unnamed"})
    submit(response)
    workflow.withdraw_consent(consent=response.consents.get(question_key="G2"))
    tables = export.tables_of(response.round)
    [row] = rows_in(tables, "G")
    assert row["G1"] == "ja, mit Name der Organisation" and row["G2"] == "Nein" and row["G2-am"]
    assert [row["G1"] for row in rows_in(tables, "B")] == ["ja, mit Name der Organisation", "ja, ohne Namensnennung"]


@pytest.fixture
def redacted(lead, response):
    """A submitted response whose example and contact were redacted, beside an example that was not."""
    make_entry(response, draft={"B1": "Zweites", "B2": "Frau Meier macht das."})
    submission = submit(response)
    texts = {"A": {"A1-name": "Ansprechperson", "A1-organisation": "Ein Verband"}, "B": {"B2": "Kürzer.\nOhne Namen."}}
    for key, changed in texts.items():
        entry = response.entries.filter(section_key=key).first()
        workflow.redact_entry(entry=entry, texts=changed, submission=submission, revision=0, by=lead.user)
    return response


def test_export_marks_redacted_entries_and_holds_their_originals(redacted):
    tables = export.tables_of(redacted.round)
    rows = rows_in(tables, "B")
    assert [(row["Redigiert"], row["Redigiert aus Absendung"]) for row in rows] == [("ja", "1"), ("", "")]
    assert rows[0]["B2"] == "Früher auf Papier, jetzt am Bildschirm."
    assert rows_in(tables, "A")[0]["A1-name"] == "Name" and rows[0]["Person"] == "Mia Mitglied"
    assert codebook_of(tables)["alle", "Fassung"]["Bedeutung"] == "Original: alle Texte, wie sie abgesendet wurden"


def test_redacted_export_holds_nothing_of_what_was_redacted(redacted):
    tables = export.tables_of(redacted.round, redacted=True)
    rows = rows_in(tables, "B")
    assert [row["B2"] for row in rows] == ["Kürzer.\nOhne Namen.", "Frau Meier macht das."]
    assert [row["Redigiert"] for row in rows] == ["ja", ""]
    assert rows_in(tables, "A")[0]["A1-name"] == "Ansprechperson"
    content = export.read_xlsx(export.to_xlsx(tables, "Export"))
    everything = {cell for name, rows in content.items() if name != "Codebuch" for row in rows for cell in row.values()}
    hidden = {"Name", "Mia Mitglied", redacted.organisation.name, redacted.organisation.place, "01234567"} - {""}
    assert not everything & hidden
    assert "redigiert" in codebook_of(tables)["alle", "Fassung"]["Bedeutung"]


def test_redacted_text_of_what_is_no_longer_answered_is_not_exported(redacted):
    Entry.objects.filter(section_key="B", draft__B1="Bauantrag digital begleiten").update(removed_at=timezone.now())
    review = EntryReview.objects.get(entry__section_key="B")
    EntryReview.objects.filter(pk=review.pk).update(entry=Entry.objects.get(draft__B1="Zweites"))
    review.redacted = {"B6": "Nie beantwortet"}
    review.save()
    submit(redacted)
    [row] = rows_in(export.tables_of(redacted.round, redacted=True), "B")
    assert row["B6"] == "" and row["Redigiert"] == ""


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["export_xlsx", "export_csv"])
def test_lead_chooses_the_redacted_version(lead, redacted, name):
    page = lead.client.get(reverse("admin:surveys_round_change", args=[redacted.round.pk])).content.decode()
    address = reverse(f"admin:surveys_round_{name}", args=[redacted.round.pk])
    assert f'href="{address}"' in page and f'href="{address}?fassung=redigiert"' in page
    answer = lead.client.get(address + "?fassung=redigiert")
    assert "redigiert" in answer["Content-Disposition"]
    read = export.read_xlsx if name == "export_xlsx" else export.read_csv
    assert "Kürzer.\nOhne Namen." in {row.get("B2") for rows in read(answer.content).values() for row in rows}
    assert "redigierte Fassung" in LogEntry.objects.latest("pk").change_message


def codebook_of(tables) -> dict[tuple[str, str], dict]:
    """The codebook by sheet and column."""
    return {(row["Blatt"], row["Spalte"]): row for row in as_rows(tables[-1])}


@pytest.mark.django_db
def test_codebook_explains_every_column(response):
    submit(response)
    tables = export.tables_of(response.round)
    codebook = codebook_of(tables)
    for table in tables[:-1]:
        for column in table.columns:
            assert ("alle", column.code) in codebook or (table.name, column.code) in codebook
    a2 = codebook[(tables[0].name, "A2")]
    assert a2["Bedeutung"] == "Zu welcher Gruppe gehört Ihre Organisation?" and "Kammer/Verband" in a2["Mögliche Werte"]


@pytest.mark.django_db
def test_round_without_responses_has_headings_only(lead):
    tables = export.tables_of(make_round())
    assert [table.name[0] for table in tables] == [*"ABCDEFG", "C"]
    assert not any(table.rows for table in tables[:-1])
    assert export.read_xlsx(export.to_xlsx(tables, "Export"))


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "kind"), [("export_xlsx", "spreadsheetml"), ("export_csv", "zip")])
def test_download_is_an_attachment_kept_by_nobody_and_noted(lead, response, name, kind):
    submit(response)
    answer = lead.client.get(reverse(f"admin:surveys_round_{name}", args=[response.round.pk]))
    assert kind in answer["Content-Type"] and answer["Content-Disposition"].startswith("attachment")
    assert "private" in answer["Cache-Control"] and "no-store" in answer["Cache-Control"]
    assert "exportiert" in LogEntry.objects.get().change_message


@pytest.mark.django_db
def test_export_takes_the_same_number_of_queries_for_many(response, django_assert_num_queries, other_member, guest):
    submit(response)
    round = Round.objects.select_related("version").get(pk=response.round.pk)
    with django_assert_num_queries(QUERIES):
        export.tables_of(round)
    for person in (other_member.person, guest.person):
        workflow.invite(round=response.round, person=person)
        submit(make_complete_response(person, response.round))
    with django_assert_num_queries(QUERIES):
        export.tables_of(round)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["export_xlsx", "export_csv", "statistics"])
def test_staff_who_may_not_read_responses_get_neither_export_nor_figures(member, name):
    cast.make_staff(member, "view_round", "change_round")
    assert member.client.get(reverse(f"admin:surveys_round_{name}", args=[make_round().pk])).status_code == 403
