"""A real Chromium against a real server with the demo's data."""

import shutil

import pytest
from django.db import connection
from playwright.sync_api import sync_playwright

from deploy.setup import BROWSERS
from ogl_portal.directory.models import User

from .walk import Checked, Walk

ARGUMENTS = [
    "--no-sandbox",  # root in a container has no other way
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def playwright(django_db_setup):
    """Playwright runs an event loop in this thread; the tests' own queries beside it harm nothing.

    Beside a loop Django has another connection: it too must know what migrations wrote, to restore that for each test.
    The first one is closed, so that a forked process, which has no loop and uses it, does not share its socket.
    """
    contents = connection._test_serialized_contents
    connection.close()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as running:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        connection._test_serialized_contents = contents
        yield running


@pytest.fixture
def launch(playwright):
    """Return a function that starts a Chromium of its own, so that one can die and another go on."""
    browsers = []

    def start():
        browsers.append(start_chromium(playwright))
        return browsers[-1]

    yield start
    for browser in filter(lambda each: each.is_connected(), browsers):
        browser.close()


@pytest.fixture(scope="session")
def browser(playwright):
    """One Chromium for all journeys; each person in them has a window, and so cookies, of their own."""
    browser = start_chromium(playwright)
    yield browser
    browser.close()


def start_chromium(playwright):
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert program, "Chromium is missing: python3 deploy/setup.py test"
    return playwright.chromium.launch(executable_path=program, args=ARGUMENTS)


@pytest.fixture
def lead(lead, settings):
    """In a story the mailed link alone lets the lead in; the second factor has a story of its own."""
    settings.SECOND_FACTOR_IN_ADMIN = False
    User.objects.filter(pk=lead.user.pk).update(second_factor_since=None)
    return lead


@pytest.fixture
def demo(live_server, kept_demo, settings):
    """The demo's data, and the address of the server that shows it; nobody needs a second factor to try it out."""
    kept_demo.load()
    settings.SECOND_FACTOR_IN_ADMIN = False
    return live_server.url


@pytest.fixture(scope="session")
def checked(folder_of_the_run):
    """How pages look is checked beside SQLite; beside PostgreSQL they are the same."""
    return Checked(folder_of_the_run) if connection.vendor == "sqlite" else None


@pytest.fixture
def set_out(browser, demo, checked):
    """Return a function that opens a fresh browser window, as a new person or after an interruption."""
    walks = []

    def start(on=browser, **options) -> Walk:
        walks.append(Walk(on, demo, checked, **options))
        return walks[-1]

    yield start
    for walk in walks:
        walk.finish()
