"""The cast, and what makes every test stricter: no outside network, no logged error goes unseen."""

import gc
import logging
import socket
from copy import copy
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection, transaction
from django.db.backends.base.creation import BaseDatabaseCreation
from django.test import client
from django.test.utils import ContextList, setup_databases

from . import audit_door, cast, copies, databases, statements
from . import log_sink as log_sinks
from .factories.surveys import publish_anlage_1
from .world import build_world

UNTIMED = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}  # a busy machine is no fault
hypothesis.settings.register_profile("default", **UNTIMED, max_examples=50)
hypothesis.settings.register_profile("deep", **UNTIMED, max_examples=2000)
hypothesis.settings.load_profile("default")

LOCAL = {"localhost", "127.0.0.1", "::1", "0.0.0.0", "", None}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "lasting_database", "second_portal"}


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """The test database: a migrated copy instead of one that every worker migrates.

    Tests with real transactions begin with its rows as they are, which is quicker than Django's way through JSON.
    """
    with django_db_blocker.unblock():
        databases.provide_migrated()
        setup_databases(verbosity=0, interactive=False, keepdb=True, serialized_aliases=set())
        connection._test_serialized_contents = copies.take()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseCreation, "deserialize_db_from_string", lambda creation, copy: copies.put(copy))
        yield
    with django_db_blocker.unblock():
        databases.drop_copy()


@pytest.fixture
def visitor():
    return cast.visitor()


@pytest.fixture
def guest(db):
    return cast.guest()


@pytest.fixture
def member(db):
    return cast.member(given_name="Mia", family_name="Mitglied")


@pytest.fixture
def other_member(db):
    return cast.member(given_name="Otto", family_name="Ander")


@pytest.fixture
def lead(db):
    return cast.lead(given_name="Lea", family_name="Leitung")


@pytest.fixture
def second_lead(db):
    return cast.lead(given_name="Luis", family_name="Vertretung")


@pytest.fixture
def superuser(db):
    return cast.superuser()


@pytest.fixture
def people(db):
    """The whole cast, by role."""
    return cast.people()


@pytest.fixture(scope="module")
def lasting_database(django_db_setup, django_db_blocker):
    """One transaction around all tests of a module that meet the same world; taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def lasting_people(lasting_database):
    """The whole cast, by role; what a test does as one of them, it does inside ``undone``."""
    return cast.people()


@pytest.fixture(scope="module")
def lasting_world(lasting_people):
    """What fills the address of each case of the access matrix."""
    return build_world(lasting_people)


@pytest.fixture
def editable_questionnaire(db):
    """Anlage 1 with the rows that the lead edits; most tests need its published version alone."""
    return publish_anlage_1().questionnaire


@pytest.fixture(scope="session")
def folder_of_the_run(tmp_path_factory, worker_id):
    """A folder that all workers of this run share, and no other run."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def kept_demo(folder_of_the_run):
    return copies.Demo(folder_of_the_run)


@pytest.fixture
def demo_data(db, kept_demo):
    """The data of ``manage.py demo``."""
    kept_demo.load()


class ErrorLog(logging.Handler):
    """Collects what is logged as an error; Django logs a refused request of a client as one too, that is none."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.messages = []

    def emit(self, record):
        if not record.name.startswith("django.security"):
            self.messages.append(self.format(record))


@pytest.fixture(autouse=True, scope="session")
def log_sink():
    """Hears what the whole run logs."""
    yield from log_sinks.listening()


@pytest.fixture(autouse=True)
def nothing_secret_in_the_log(log_sink):
    """Fail a test in which a token, an address, a name or an answer got into the log."""
    yield
    if leaks := log_sink.taken_leaks():
        pytest.fail("The log says too much:\n" + "\n".join(leaks))


@pytest.fixture(autouse=True)
def no_logged_errors(request):
    """Fail a test that logs an error, unless it is marked ``logs_errors``."""
    handler = ErrorLog()
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in settings.LOGGING["loggers"])]
    for logger in loggers:
        logger.addHandler(handler)
    yield
    for logger in loggers:
        logger.removeHandler(handler)
    if handler.messages and not request.node.get_closest_marker("logs_errors"):
        pytest.fail("An error was logged:\n" + "\n".join(handler.messages))


@pytest.fixture(autouse=True)
def empty_cache():
    for cache in caches.all():
        cache.clear()


@pytest.fixture(autouse=True, scope="session")
def one_context_an_answer():
    """Keep what the page was drawn from, not a copy for every small template in it: a sixth of an admin page."""

    def store(data, signal, sender, template, context, **_):
        data.setdefault("templates", []).append(template)
        if "context" not in data:
            data["context"] = ContextList([copy(context)])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "store_rendered_templates", store)
        yield


@pytest.fixture(autouse=True, scope="session")
def audit_trail_of_a_test_goes_with_it():
    with pytest.MonkeyPatch.context() as patch:
        audit_door.let_flush(patch)
        yield


@pytest.fixture(autouse=True, scope="session")
def no_outside_network():
    """Let a test reach this machine only."""
    connect, getaddrinfo = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            refuse_outside(address[0])
        return connect(self, address)

    def guarded_getaddrinfo(host, *args, **kwargs):
        refuse_outside(host)
        return getaddrinfo(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        yield


def refuse_outside(host) -> None:
    host = host.decode() if isinstance(host, bytes) else host
    if host not in LOCAL:
        raise OSError(f"A test tried to reach {host}.")


def pytest_addoption(parser):
    parser.addoption("--statements", metavar="FILE", help="leave out beside PostgreSQL what would send it nothing new")


def pytest_configure(config):
    if config.option.statements and not is_postgresql():
        config.pluginmanager.register(statements.Notes(Path(config.option.statements)))


def is_postgresql() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


def pytest_collection_finish():
    """The collector of garbage need not look at what stays, nor all the time: a twentieth of what the tests cost."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


def pytest_collection_modifyitems(config, items):
    refuse_what_would_never_run(items)
    restore_data_of_migrations(items)
    # First, as pytest-django takes them for tests without a database, which come after those that empty all tables.
    items.sort(key=lambda item: "lasting_database" not in item.fixturenames)
    if is_postgresql():
        with_database = [item for item in items if needs_database(item)]
        record = config.option.statements
        keep(config, items, statements.needed(with_database, Path(record)) if record else with_database)
    else:
        keep(config, items, [item for item in items if not item.get_closest_marker("postgresql")])


def refuse_what_would_never_run(items) -> None:
    """Beside SQLite the mark ``postgresql`` leaves a test out; beside PostgreSQL the lack of a database does."""
    lost = [item.nodeid for item in items if item.get_closest_marker("postgresql") and not needs_database(item)]
    if lost:
        raise pytest.UsageError(f"Marked postgresql, but without a database, so never run: {', '.join(lost)}")


def restore_data_of_migrations(items) -> None:
    """Tests with real transactions empty every table afterwards; each of them begins with what migrations wrote."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        is_transactional = marker and marker.kwargs.get("transaction")
        if is_transactional or {"transactional_db", "live_server"} & set(item.fixturenames):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


def keep(config, items, kept) -> None:
    """Leave out what belongs beside the other database: what needs none passes beside SQLite, once."""
    config.hook.pytest_deselected(items=list(set(items) - set(kept)))
    items[:] = kept


def needs_database(item) -> bool:
    """Whether the test says so by mark or fixture."""
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames))
