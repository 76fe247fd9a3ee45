"""The settings of the tests, with databases that wait for the disk as in production."""

import os

from .settings import *  # noqa: F403
from .settings import DATABASES, MEDIA_ROOT

BRIEFLY_KEPT_SECONDS = 2

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"

# The portal that is measured reads the files that the measurement has written.
MEDIA_ROOT = os.environ.setdefault("BENCH_FILES", str(MEDIA_ROOT))
