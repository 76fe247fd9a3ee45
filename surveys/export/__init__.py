"""The submitted responses of a round as tables, for spreadsheets and for other programs."""

from .files import read_csv, read_xlsx, to_csv, to_xlsx
from .tables import Column, Table, tables_of

__all__ = ["Column", "Table", "read_csv", "read_xlsx", "tables_of", "to_csv", "to_xlsx"]
