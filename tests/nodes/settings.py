"""The settings of a node: those of the measurements, with mails that really leave and files in a bucket."""

import os

from ogl_portal.lib.media_storage import storage_of
from tests.bench_settings import *  # noqa: F403
from tests.bench_settings import STORAGES

MAIL_IN_BACKGROUND = True
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["NODES_MAIL_PORT"])
EMAIL_USE_TLS = EMAIL_USE_SSL = False
STORAGES = {**STORAGES, "default": storage_of(os.environ["NODES_MEDIA_STORAGE"])}
