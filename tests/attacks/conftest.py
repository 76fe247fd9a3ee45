"""One world for all modules that only look at it: they put thousands of questions, and it costs two seconds to make."""

import pytest
from django.db import transaction
from django.http import HttpResponse

from ogl_portal import urls
from ogl_portal.lib import pdf
from tests import cast
from tests.world import build_world


@pytest.fixture(scope="package")
def lasting_database(django_db_setup, django_db_blocker):
    """One transaction around all tests here that meet the same world; taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def lasting_people(lasting_database):
    """The whole cast, by role; what a test does as one of them, it does inside ``undone``."""
    return cast.people()


@pytest.fixture(scope="package")
def lasting_world(lasting_people):
    """What fills the address of each case of the access matrix."""
    return build_world(lasting_people)


@pytest.fixture
def quick_documents(monkeypatch):
    """Who may have a PDF is asked here, not what it looks like."""
    monkeypatch.setattr(pdf, "render", lambda template, context, **options: b"%PDF-1.7")


@pytest.fixture
def quick_refusals(monkeypatch):
    """Whether something is refused is asked a thousand times, what the page then says elsewhere."""
    for status in [403, 404]:
        monkeypatch.setattr(urls, f"handler{status}", lambda *_, status=status, **__: HttpResponse(status=status))
