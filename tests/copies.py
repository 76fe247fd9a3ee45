"""The demo's data, loaded once in a test run and put into the emptied tables of every test that asks for them."""

from datetime import date, time
from decimal import Decimal

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from psycopg2.extras import execute_values

Copy = dict[str, tuple[list[str], list[tuple]]]
KEPT = {"django_migrations", "lib_auditrecord"}  # a row of the audit trail is never deleted


def tables() -> list[str]:
    """Every table of the portal that a copy holds."""
    return sorted(set(connection.introspection.django_table_names(only_existing=True)) - KEPT)


def take() -> Copy:
    """The columns and rows of every table."""
    copy = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            copy[table] = [column[0] for column in cursor.description], cursor.fetchall()
    return copy


def put(copy: Copy) -> None:
    """Replace what the tables hold by the rows of a copy; Django has foreign keys checked only at the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in copy:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
        for table, (columns, rows) in copy.items():
            insert(cursor, table, columns, rows)
        for statement in connection.ops.sequence_reset_sql(no_style(), connection.introspection.installed_models(copy)):
            cursor.execute(statement)


def insert(cursor, table: str, columns: list[str], rows: list[tuple]) -> None:
    quote = connection.ops.quote_name
    start = f"INSERT INTO {quote(table)} ({', '.join(map(quote, columns))}) VALUES "
    if not rows:
        return
    if connection.vendor == "postgresql":
        execute_values(cursor.cursor, f"{start} %s", rows, page_size=500)
    else:
        plain = [[str(value) if isinstance(value, date | time | Decimal) else value for value in row] for row in rows]
        cursor.executemany(f"{start} ({', '.join(['%s'] * len(columns))})", plain)


class Demo:
    """The demo, which the first test that needs it loads."""

    def __init__(self):
        self.copy: Copy = {}

    def load(self) -> None:
        """Put the demo's data into the database of the test."""
        if self.copy:
            put(self.copy)
        else:
            call_command("demo", force=True)
            self.copy = take()
