"""What a session holds is read anew each time; only that its signature is ours a process need not find out twice."""

import pytest
from django.contrib.sessions.models import Session

from ogl_portal.lib.session_store import LONGEST_KEPT, SessionStore, verified

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    verified.cache_clear()


@pytest.fixture
def key():
    return stored(names=["Mia"])


def stored(**values) -> str:
    session = SessionStore()
    session.update(values)
    session.create()
    return session.session_key


def content(key: str) -> dict:
    return dict(SessionStore(key).items())


def test_reading_twice_verifies_once(key):
    assert content(key) == content(key) == {"names": ["Mia"]}
    assert verified.cache_info().misses == 1


def test_what_a_request_changes_without_saving_is_not_there_in_the_next(key):
    SessionStore(key)["names"].append("Otto")
    assert content(key) == {"names": ["Mia"]}


def test_what_a_request_saves_is_there_in_the_next(key):
    session = SessionStore(key)
    session["names"] = ["Otto"]
    session.save()
    assert content(key) == {"names": ["Otto"]}


def test_after_another_secret_key_nothing_that_was_read_before_counts(key, settings):
    content(key)
    settings.SECRET_KEY = "another"
    assert content(key) == {}


def test_former_secret_key_counts_as_long_as_the_settings_name_it(key, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert content(key) == {"names": ["Mia"]}
    settings.SECRET_KEY_FALLBACKS = []
    assert content(key) == {}


@pytest.mark.parametrize("place", [0, 5, -1])
def test_what_somebody_changed_in_the_database_counts_for_nothing(key, place):
    content(key)
    text = list(Session.objects.get(pk=key).session_data)
    text[place] = "A" if text[place] != "A" else "B"
    Session.objects.update(session_data="".join(text))
    assert content(key) == {}


def test_long_texts_that_a_session_keeps_for_somebody_stay_out_of_memory():
    text = "".join(map(chr, range(0x4E00, 0x4E00 + LONGEST_KEPT)))
    assert content(stored(text=text)) == {"text": text}
    assert verified.cache_info().currsize == 0
