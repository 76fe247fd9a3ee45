"""What people read while the database is away."""

import pytest
from django.db import OperationalError
from django.test import Client

from ogl_portal.lib import search

pytestmark = pytest.mark.django_db


@pytest.mark.logs_errors
@pytest.mark.parametrize(("failure", "status"), [(OperationalError, 503), (ValueError, 500)])
def test_page_while_the_database_is_away_says_to_come_again(failure, status, monkeypatch):
    def fail():
        raise failure("server closed the connection unexpectedly")

    monkeypatch.setattr(search, "stamp", fail)
    answer = Client(raise_request_exception=False).get("/wissensdatenbank/")
    assert answer.status_code == status
    assert (
        ("nach einigen Sekunden neu" in answer.content.decode()) == (status == 503) == answer.has_header("Retry-After")
    )
