"""Putting one question to an address, and seeing what it wrote."""

from contextlib import contextmanager

from django.contrib import admin
from django.db import connection
from django.urls import NoReverseMatch, reverse

from tests import access_matrix
from tests.addresses import all_addresses
from tests.cast import undone

KEPT_BY_READING = {
    "django_admin_log", "django_session", "directory_signedinbrowser", "lib_auditrecord", "lib_throttlecounter"
}  # fmt: skip
"""Tables that reading may write to: a session, the trail and the history of who took what along, and counters."""
WRITING = {"INSERT INTO": 2, "UPDATE": 1, "DELETE FROM": 2}
MODELS = {f"{model._meta.app_label}_{model._meta.model_name}": model for model in admin.site._registry}
MODEL_PAGES = ("changelist", "add", "history", "delete", "change")


def table_written(sql: str) -> str | None:
    """The table that a statement changes; None for one that reads."""
    word = next((word for word in WRITING if sql.startswith(word)), None)
    return sql.split(maxsplit=3)[WRITING[word]].strip('"') if word else None


@contextmanager
def seen_writes():
    """Yield a set that fills with the names of the tables that are written to meanwhile, beyond what reading does."""
    tables = set()

    def look(execute, sql, params, many, context):
        tables.update({table_written(sql)} - {None} - KEPT_BY_READING)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield tables


def ask(actor, method: str, path: str, data: dict | None = None):
    """The answer to one request, which is taken back; ``tables`` of it says what it wrote to."""
    with undone(actor), seen_writes() as tables:
        response = getattr(actor.client, method.lower())(path, data)
        response.tables = tables
        return response


def rows(method: str) -> list:
    """The rows of the access matrix for one method."""
    return [row for row in access_matrix.ROWS if row.method == method]


def path_of(row, world: dict) -> str:
    return reverse(row.name, kwargs=world[row.case])


def every_path() -> list[str]:
    """Each address that has a name, filled with samples."""
    named = [address for address in all_addresses() if address.name.rpartition(":")[2]]
    return [sample_path(address) for address in named]


def sample_path(address) -> str:
    try:
        return reverse(address.name, kwargs=dict(address.samples))
    except NoReverseMatch:
        return reverse(address.name, args=[value for _, value in address.samples])


def admin_names() -> list[str]:
    """The names of the admin's addresses that are not one of the five pages of a model."""
    pages = {f"admin:{model}_{page}" for model in MODELS for page in MODEL_PAGES}
    named = {address.name for address in all_addresses() if address.is_admin and address.name.rpartition(":")[2]}
    return sorted(named - pages)
