"""Backups: all that the portal holds in one file, and back from it, also onto the other database.

``save`` writes an archive of one moment while the portal runs, ``verify`` reads one, ``restore`` puts one in the place
of what is there. Rows travel as JSON and not as a dump of one database: that needs no program of the server's very
version beside the portal, an archive of SQLite fits PostgreSQL and the other way round, and anybody can read it.
An archive knows its migrations: one of an older release is migrated, one of a newer release is refused.
"""

from .archive import BackupRefused, opened
from .restoring import Preview, preview, restore
from .saving import save

__all__ = ["BackupRefused", "Preview", "opened", "preview", "restore", "save"]
