"""The portal's settings in a test: production's, made to work without HTTPS, mail server and built files.

Plain ``pytest`` uses SQLite. ``tests/postgresql.py`` sets TEST_DATABASE_URL.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

TEMPORARY = Path(tempfile.mkdtemp(prefix="ogl-portal-tests-"))
atexit.register(shutil.rmtree, TEMPORARY, ignore_errors=True)

os.environ.update(
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{TEMPORARY / 'unused.sqlite3'}",
    SECRET_KEY="only-for-tests-and-long-enough-for-the-checks-of-django",
    DEBUG="0",
    SITE_URL="http://testserver",
    MEDIA_ROOT=str(TEMPORARY / "uploads"),
    EMAIL_URL="memorymail://",
)
for name in ["ALLOWED_HOSTS", "DEFAULT_FROM_EMAIL", "TRUSTED_PROXY"]:
    os.environ.pop(name, None)

from ogl_portal.settings import *  # noqa: E402, F403
from ogl_portal.settings import DATABASES, STORAGES, TEMPLATES  # noqa: E402

from .undefined import UndefinedIsAnError  # noqa: E402

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "sessionid", "csrftoken"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAIL_IN_BACKGROUND = False
BRIEFLY_KEPT_SECONDS = 0  # a test changes something and looks again at once
SIGN_IN_ANSWER_SECONDS = 0

STATIC_ROOT = TEMPORARY / "static"
STATIC_ROOT.mkdir()
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedIsAnError("undefined")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads and the browser's server have connections of their own, as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(TEMPORARY / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
