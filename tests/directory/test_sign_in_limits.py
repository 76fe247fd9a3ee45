from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_network
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from ogl_portal.directory import workflow
from ogl_portal.lib.models import OutgoingMail
from tests.factories.directory import make_user

AT_ONCE = 12


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("proxy", [[], [ip_network("127.0.0.0/8")]])
def test_requests_at_once_with_forged_headers_pass_the_limit_exactly(settings, proxy):
    """The headers name another client each time; behind a proxy they stand left of what the proxy itself adds."""
    settings.TRUSTED_PROXY = proxy
    email = make_user().email
    start = Barrier(AT_ONCE)

    def ask(number: int) -> int:
        forged = {"X-Forwarded-For": f"192.0.2.{number}, 198.51.100.7", "Forwarded": f"for=192.0.2.{number}"}
        try:
            start.wait(timeout=20)
            return (
                Client(headers=forged | {"X-Real-IP": f"192.0.2.{number}"})
                .post("/anmelden/", {"email": email.upper() if number % 2 else email})
                .status_code
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = list(pool.map(ask, range(AT_ONCE)))
    assert (statuses.count(302), statuses.count(429)) == (
        workflow.LINKS_PER_ADDRESS,
        AT_ONCE - workflow.LINKS_PER_ADDRESS,
    )
    assert OutgoingMail.objects.count() == workflow.LINKS_PER_ADDRESS


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("proxy", [[], [ip_network("127.0.0.0/8")]])
def test_client_with_forged_headers_passes_the_limit_of_clients_exactly(settings, monkeypatch, proxy):
    settings.TRUSTED_PROXY = proxy
    monkeypatch.setattr(workflow, "LINKS_PER_CLIENT", 4)
    start = Barrier(AT_ONCE)

    def ask(number: int) -> int:
        try:
            start.wait(timeout=20)
            client = Client(headers={"X-Forwarded-For": f"192.0.2.{number}, 198.51.100.7"})
            return client.post("/anmelden/", {"email": f"{number}@example.org"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert sorted(pool.map(ask, range(AT_ONCE))) == [302] * 4 + [429] * (AT_ONCE - 4)
