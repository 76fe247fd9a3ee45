import pytest
from django.test import RequestFactory

from ogl_portal.directory import workflow
from ogl_portal.lib.requests import client_address


def address(remote: str, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers))


def test_client_address_without_proxy_ignores_a_forged_header():
    assert address("198.51.100.7", "203.0.113.1") == "198.51.100.7"


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        (None, "10.0.0.1"),
        ("203.0.113.1", "203.0.113.1"),
        ("1.2.3.4, 203.0.113.1", "203.0.113.1"),
        ("1.2.3.4, 203.0.113.1, 10.0.0.2", "203.0.113.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("203.0.113.1, kein-rechner", "kein-rechner"),
        (", ,", "10.0.0.1"),
    ],
)
def test_client_address_behind_a_trusted_proxy_is_the_last_untrusted_hop(settings, forwarded, client):
    settings.TRUSTED_PROXY = ["10.0.0.0/8"]
    assert address("10.0.0.1", forwarded) == client


def test_client_address_from_an_untrusted_hop_ignores_the_header(settings):
    settings.TRUSTED_PROXY = ["10.0.0.0/8"]
    assert address("198.51.100.7", "203.0.113.1") == "198.51.100.7"


@pytest.mark.django_db
def test_forged_header_does_not_widen_the_limit(client):
    def ask(number: int) -> int:
        headers = {"X-Forwarded-For": f"1.2.3.{number}"}
        return client.post("/anmelden/", {"email": f"{number}@example.org"}, headers=headers).status_code

    statuses = [ask(number) for number in range(workflow.LINKS_PER_CLIENT + 1)]
    assert statuses == [302] * workflow.LINKS_PER_CLIENT + [429]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/hilfe/?q=%00", "/hilfe/?%00=1", "/hilfe/?q=%ED%A0%80a%00", "/anmelden/a%00b/"])
def test_address_with_characters_that_are_no_text_answers_400(client, path):
    assert client.get(path).status_code == 400
