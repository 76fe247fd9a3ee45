import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/anmelden/", "/impressum/", "/gibt-es-nicht/"])
def test_every_answer_carries_the_strict_policies(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "private" in headers["Cache-Control"]


def test_answer_over_https_demands_https_for_years(client):
    value = client.get("/impressum/", secure=True).headers["Strict-Transport-Security"]
    assert int(value.split("max-age=")[1].split(";")[0]) >= 31_536_000


def test_reading_sets_no_cookie(client):
    client.get("/impressum/")
    assert not client.cookies
