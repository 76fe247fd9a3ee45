import json
from ipaddress import ip_network
from pathlib import Path
from runpy import run_path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from ogl_portal.directory import workflow
from ogl_portal.lib.requests import PlainTextOnlyMiddleware, RequestSizeMiddleware, client_address

SETTINGS = str(Path(__file__).parent.parent.parent / "ogl_portal" / "settings.py")


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
    settings.TRUSTED_PROXY = [ip_network("10.0.0.0/8")]
    assert address("10.0.0.1", forwarded) == client


def test_client_address_from_an_untrusted_hop_ignores_the_header(settings):
    settings.TRUSTED_PROXY = [ip_network("10.0.0.0/8")]
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


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/gibt-es-nicht/", 404), ("/hilfe/?q=%00", 400)])
@pytest.mark.parametrize("name", ["sessionid", "csrftoken"])
def test_cookie_with_characters_that_are_no_text_does_not_count(client, path, status, name):
    response = client.get(path, headers={"Cookie": rf'{name}="\000aaaaaaaaaaaaaaaa"'})
    assert response.status_code == status


def test_cookie_that_is_text_counts_beside_one_that_is_none(rf):
    request = rf.get("/")
    request.COOKIES = {"none": "a\x00", "text": "b"}
    assert PlainTextOnlyMiddleware(lambda request: request.COOKIES)(request) == {"text": "b"}


@pytest.mark.django_db
def test_method_that_a_form_would_take_for_post_answers_405(client):
    assert [client.generic(method, "/kontakt/").status_code for method in ["PUT", "OPTIONS"]] == [405, 405]
    assert [client.generic(method, "/kontakt/").status_code for method in ["GET", "HEAD"]] == [200, 200]


@pytest.mark.parametrize(("trusted", "client"), [(["unix"], "203.0.113.1"), ([ip_network("10.0.0.0/8")], "")])
def test_proxy_at_a_unix_socket_is_trusted_where_the_setting_says_so(settings, trusted, client):
    settings.TRUSTED_PROXY = trusted
    assert address("", "1.2.3.4, 203.0.113.1") == client


@pytest.mark.parametrize("value", ["10.0.0.1/8", "proxy.example.org", "10.0.0.0/8,Unix"])
def test_trusted_proxy_that_is_no_network_stops_the_portal(monkeypatch, value):
    monkeypatch.setenv("TRUSTED_PROXY", value)
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXY ist falsch"):
        run_path(SETTINGS)


def test_trusted_proxy_takes_networks_addresses_and_the_word_unix(monkeypatch):
    monkeypatch.setenv("TRUSTED_PROXY", "10.0.0.0/8,192.0.2.1,2001:db8::/32,unix")
    trusted = run_path(SETTINGS)["TRUSTED_PROXY"]
    assert [str(network) for network in trusted] == ["10.0.0.0/8", "192.0.2.1/32", "2001:db8::/32", "unix"]


def answer_to(request):
    return RequestSizeMiddleware(lambda request: None).process_view(request, None, (), {})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"DATA_UPLOAD_MAX_MEMORY_SIZE": 10}, "zu lang"),
        ({"DATA_UPLOAD_MAX_NUMBER_FIELDS": 1}, "zu viele Felder"),
        ({"DATA_UPLOAD_MAX_NUMBER_FILES": 1}, "zu viele Dateien"),
    ],
)
def test_request_that_is_too_big_is_answered_in_words(rf, settings, setting, words):
    for name, value in setting.items():
        setattr(settings, name, value)
    files = {name: SimpleUploadedFile(name, b"x") for name in "cd"}
    request = rf.post("/", {"a": "x" * 20, "b": "y", **files}, headers={"Accept": "application/json"})
    answer = answer_to(request)
    assert answer.status_code == 413 and words in json.loads(answer.content)["message"]


@pytest.mark.django_db
def test_request_that_is_too_big_is_answered_to_people_with_a_page(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    for accepted in ["text/html, application/json;q=0.5", "*/*"]:
        answer = client.post("/kontakt/", {"message": "x" * 20}, headers={"Accept": accepted})
        assert answer.status_code == 413 and "zu lang" in answer.content.decode()
        assert answer["Content-Type"].startswith("text/html")


def test_request_that_is_not_too_big_goes_on(rf):
    assert answer_to(rf.post("/", {"a": "x"})) is None and answer_to(rf.get("/")) is None


def test_request_of_who_has_gone_meanwhile_goes_on(rf):
    class Broken:
        def read(self, *args):
            raise OSError("gone")

    request = rf.post("/", {"a": "x"})
    request._stream = Broken()
    assert answer_to(request) is None
