"""Tables as an Excel workbook and as a ZIP of CSV files, and both read back."""

import csv
import re
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import python_calamine
import xlsxwriter
from django.utils.text import slugify

from ogl_portal.lib.cells import guard, reveal

from .tables import Table

NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")
LONGEST_SHEET_NAME = 31
LONGEST_CELL = 32_767
"""Characters in a cell, at most: a limit of Excel's."""

TEXT_FORMAT = 49
"""Excel's built-in number format „Text“ (ECMA-376, part 1, 18.8.30)."""

Rows = list[dict[str, str]]


def to_xlsx(tables: list[Table], title: str) -> bytes:
    """A workbook with a sheet per table. Every cell is a text and stays one when somebody edits it."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": title, "author": "OGL-Portal"})
        text = workbook.add_format(
            {"num_format": TEXT_FORMAT, "quote_prefix": True, "text_wrap": True, "valign": "top"}
        )
        head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        for table in tables:
            write_sheet(workbook.add_worksheet(sheet_name(table.name)), table, head, text)
    return buffer.getvalue()


def write_sheet(sheet, table: Table, head, text) -> None:
    """Headings stay in sight and filter; the columns are wide enough to read."""
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.heading[:LONGEST_CELL], head)
    for line, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(row):
            if cell:
                sheet.write_string(line, place, cell[:LONGEST_CELL], text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)
    sheet.set_column(0, len(table.columns) - 1, 24)


def sheet_name(name: str) -> str:
    """The name as Excel takes it."""
    return NOT_IN_SHEET_NAMES.sub(" ", name)[:LONGEST_SHEET_NAME].strip()


def to_csv(tables: list[Table]) -> bytes:
    """A ZIP with a file per table: UTF-8 with byte order mark, semicolons, everything in quotes (RFC 4180)."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for table in tables:
            archive.writestr(f"{slugify(table.name)}.csv", csv_text(table).encode("utf-8-sig"))
    return buffer.getvalue()


def csv_text(table: Table) -> str:
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([guard(column.code) for column in table.columns])
    writer.writerows([guard(cell) for cell in row] for row in table.rows)
    return text.getvalue()


def read_xlsx(content: bytes) -> dict[str, Rows]:
    """The rows of every sheet, by the names that ``sheet_name`` gives; each maps codes of columns to texts."""
    workbook = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
    sheets = {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}
    return {name: rows_of(lines) for name, lines in sheets.items()}


def read_csv(content: bytes) -> dict[str, Rows]:
    """The rows of every file, by its name without the ending; each maps codes of columns to texts."""
    with ZipFile(BytesIO(content)) as archive:
        texts = {name.removesuffix(".csv"): archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    return {name: rows_of(csv_lines(text)) for name, text in texts.items()}


def csv_lines(text: str) -> list[list[str]]:
    lines = csv.reader(StringIO(text, newline=""), delimiter=";", strict=True)
    return [[reveal(cell) for cell in line] for line in lines]


def rows_of(lines: list[list[str]]) -> Rows:
    """Rows by the code in each column's heading; rows that end early are filled up."""
    codes = [heading.partition(" · ")[0] for heading in lines[0]] if lines else []
    return [dict.fromkeys(codes, "") | dict(zip(codes, map(str, line), strict=False)) for line in lines[1:]]


def as_rows(table: Table) -> Rows:
    """A table as the reading functions return it."""
    codes = [column.code for column in table.columns]
    return [dict(zip(codes, row, strict=True)) for row in table.rows]
