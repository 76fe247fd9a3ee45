"""The triggers of the audit trail outlive a restore: the migration that made them makes them again."""

from importlib import import_module

from ..registry import TableGuard, table_guards

migration = import_module("ogl_portal.lib.migrations.0008_audit_trail")


@table_guards.register
def triggers():
    yield TableGuard(
        install=lambda editor: migration.install(None, editor),
        remove=lambda editor: migration.remove(None, editor),
    )
