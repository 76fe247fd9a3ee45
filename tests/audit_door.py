"""The one way past the triggers of the audit trail, for tests that empty every table after themselves."""

from contextlib import contextmanager
from importlib import import_module

from django.db import connection
from django.test import TransactionTestCase

migration = import_module("ogl_portal.lib.migrations.0008_audit_trail")


@contextmanager
def lifted():
    """Without the triggers; they are there again afterwards."""
    with connection.schema_editor() as editor:
        migration.remove(None, editor)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            migration.install(None, editor)


def let_flush(patch) -> None:
    """Lift the triggers while a test with real transactions empties the tables."""
    teardown = TransactionTestCase._fixture_teardown

    def teardown_past_the_triggers(self):
        with lifted():
            teardown(self)

    patch.setattr(TransactionTestCase, "_fixture_teardown", teardown_past_the_triggers)
