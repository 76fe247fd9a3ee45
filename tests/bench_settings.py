"""The settings of the tests, with databases that wait for the disk as in production."""

from .settings import *  # noqa: F403
from .settings import DATABASES

BRIEFLY_KEPT_SECONDS = 2

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
