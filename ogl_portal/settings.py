"""All settings of the portal; what differs between machines comes from the environment.

The variables are described in the README. Without DEBUG a missing secret is an error, never a default.
"""

import re
from ipaddress import ip_network
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from ogl_portal.lib.media_storage import storage_of

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-trying-out-on-ones-own-machine" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY fehlt. Ohne DEBUG=1 braucht das Portal einen geheimen Schlüssel in SECRET_KEY."
    )
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOCAL_HOSTS if DEBUG else [])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000" if DEBUG else "https://localhost").rstrip("/")
SITE_NAME = "OGL-Portal"
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Top floor first. The group OGL-Leitung gets the permissions of these apps after each migrate run.
OWN_APPS = [
    "actions",
    "knowledgebase",
    "surveys",
    "sessions_app",
    "ogl_portal.pages",
    "ogl_portal.directory",
    "ogl_portal.lib",
]
INSTALLED_APPS = [
    *OWN_APPS,
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "django_tables2",
    "django_otp",
    "django_otp.plugins.otp_totp",
]

MIDDLEWARE = [
    "ogl_portal.lib.request_log.RequestLogMiddleware",
    "ogl_portal.lib.headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ogl_portal.lib.audit.PageMiddleware",
    "ogl_portal.lib.requests.KnownMethodsMiddleware",
    "ogl_portal.lib.requests.PlainTextOnlyMiddleware",
    "ogl_portal.lib.requests.RequestSizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "ogl_portal.lib.requests.NoPageMiddleware",  # within those that its page needs
    "ogl_portal.directory.admin_guard.SignedInMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "ogl_portal.urls"
WSGI_APPLICATION = "ogl_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ogl_portal.lib.context.site",
            ],
            "builtins": ["ogl_portal.lib.templatetags.portal"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "kern"
CRISPY_TEMPLATE_PACK = "kern"
DJANGO_TABLES2_TEMPLATE = "tables/table.html"

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'portal.sqlite3'}")}
database = DATABASES["default"]
if database["ENGINE"].endswith("sqlite3"):
    # Measured: Django's defaults lose submissions under parallel writers, these lose none.
    database["CONN_MAX_AGE"] = None
    database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    database["CONN_MAX_AGE"] = 60
    database["CONN_HEALTH_CHECKS"] = True
    database.setdefault("OPTIONS", {})["options"] = "-c statement_timeout=30000 -c lock_timeout=10000"
    database["OPTIONS"].setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Each process has its own, on any number of machines: every key holds what tells its content from any other (a hash of
# the text, a revision, the stamp of the index), read from the database in the same request. Nothing here is the truth.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Ready parts of pages: small and many ({% cache %} looks here). The default one also holds whole documents.
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "fragments",
        "OPTIONS": {"MAX_ENTRIES": 3_000},
    },
    # Whole pages of the Wissensdatenbank as visitors see them, some 40 KB each (lib/kept.py).
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
    # The exception: answers that are taken as they are for BRIEFLY_KEPT_SECONDS. Few fit, for they may be files.
    "briefly": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "briefly",
        "OPTIONS": {"MAX_ENTRIES": 50},
    },
}

# How long visitors see a page of events, next steps or needs as it was drawn, whatever has changed (lib/kept.py).
BRIEFLY_KEPT_SECONDS = 2

AUTH_USER_MODEL = "directory.User"
# The first signs in; the second stands in sessions that began when there was no other.
AUTHENTICATION_BACKENDS = ["ogl_portal.directory.backend.SignInBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "directory:sign-in"
LOGIN_REDIRECT_URL = "directory:my-area"
LOGOUT_REDIRECT_URL = "home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LOGIN_LINK_MINUTES = 30
# With DEBUG the admin asks only those for a second factor who have set one up.
SECOND_FACTOR_IN_ADMIN = not DEBUG
OTP_TOTP_ISSUER = SITE_NAME
OTP_TOTP_THROTTLE_FACTOR = 0  # the portal's own throttle counts, and says when it lets in again
# How long the outbox remembers to whom a mail went; manage.py prune deletes what is older.
MAIL_RECORD_DAYS = env.int("MAIL_RECORD_DAYS", default=90)
# How long what was asked and answered through a form is kept; manage.py prune deletes it then.
TICKET_RECORD_DAYS = env.int("TICKET_RECORD_DAYS", default=365)
# How long after an event the portal keeps who had registered for it; manage.py prune deletes them then.
REGISTRATION_DAYS = env.int("REGISTRATION_DAYS", default=30)
# How long a contact of a solution is kept once the consent has ended, so that it can be asked for again.
EXPIRED_CONTACT_DAYS = env.int("EXPIRED_CONTACT_DAYS", default=90)
# How long the audit trail and the history in the admin are kept; the database keeps a row of the trail as long as was
# set when it was written, manage.py prune deletes it then.
AUDIT_RECORD_DAYS = env.int("AUDIT_RECORD_DAYS", default=730)
# The common mailbox of the OGL-Leitung: named in public where an organisation must not be; none unless it is set.
LEAD_MAILBOX = env.str("LEAD_MAILBOX", default="")
if LEAD_MAILBOX and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", LEAD_MAILBOX):
    raise ImproperlyConfigured("LEAD_MAILBOX ist falsch: Das ist keine E-Mail-Adresse.")
# Longer than sending a link takes: known and unknown addresses are answered after the same time.
SIGN_IN_ANSWER_SECONDS = 0.25
try:
    TRUSTED_PROXY = [name if name == "unix" else ip_network(name) for name in env.list("TRUSTED_PROXY", default=[])]
except ValueError as error:
    raise ImproperlyConfigured(
        f"TRUSTED_PROXY ist falsch: {error}. Erlaubt sind Netze wie 10.0.0.0/8, einzelne Adressen und „unix“ für einen "
        "Proxy am Unix-Socket, mit Komma getrennt."
    ) from error

# Open data: the licence of the catalogue (an identifier of SPDX), the district or municipality it is about, and the
# portal's name at GovData, both as addresses of dcat-ap.de.
OPEN_DATA_LICENCE = env.str("OPEN_DATA_LICENCE", default="CC-BY-4.0")
OPEN_DATA_LICENCES = ["CC-BY-4.0", "CC0-1.0", "DL-DE-BY-2.0", "DL-DE-ZERO-2.0"]
if OPEN_DATA_LICENCE not in OPEN_DATA_LICENCES:
    raise ImproperlyConfigured(f"OPEN_DATA_LICENCE ist falsch. Möglich sind {', '.join(OPEN_DATA_LICENCES)}.")
OPEN_DATA_GEOCODING = env.str("OPEN_DATA_GEOCODING", default="")
OPEN_DATA_CONTRIBUTOR = env.str("OPEN_DATA_CONTRIBUTOR", default="")

LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["ogl_portal.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
# build/assets is made by deploy/setup.py from the npm packages: KERN's style sheet and subsets of its fonts.
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "build" / "assets"]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 31_536_000 if not DEBUG else 0
MEDIA_ROOT = env.path("MEDIA_ROOT", default=BASE_DIR / "var" / "uploads")
STORAGES = {
    "default": storage_of(env.str("MEDIA_STORAGE", default="")),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://" if DEBUG else "smtp://localhost:25")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="OGL-Portal <portal@example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Mails leave after the answer has been sent, so that nobody can tell a known address by the waiting time.
MAIL_IN_BACKGROUND = True

# In the session: the portal sets no other cookies than those of session and CSRF.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "ogl_portal.lib.session_store"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "ogl_portal.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not DEBUG:
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from beside the portal, past the proxy
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    if TRUSTED_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_tokens": {"()": "ogl_portal.lib.logs.TokenFilter"}},
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "ogl_portal.lib.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["no_tokens"],
            "formatter": "plain" if DEBUG else "json",
        }
    },
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # What a client did wrong stands in the line of the request; with DEBUG, where no such line is read, here too.
        "django.request": {"level": "WARNING" if DEBUG else "ERROR"},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "ogl_portal": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
