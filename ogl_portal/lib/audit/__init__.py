"""The audit trail: who has read, changed or taken along what people answered, allowed, or sign in with.

``record`` writes one row in the caller's transaction, and so costs one INSERT. The rows are append-only: triggers of
the database refuse to change them, and to delete one before the day that stands in it (``kept_until``); after that day
``manage.py prune`` may. A row names who did it, and what it is about by kind and number: never answers, addresses, or
the person whose data it was.

What no trigger stops is who owns the database: a superuser of PostgreSQL, whoever may write the SQLite file. That is
for backups and for the rights on the machine.
"""

from .pages import PageMiddleware
from .recording import record

__all__ = ["PageMiddleware", "record"]
