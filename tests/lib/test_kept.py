"""Whole pages are kept for visitors only, and no longer than what they show."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.utils import timezone

from ogl_portal.lib import search
from ogl_portal.lib.kept import keep_page
from tests.factories.knowledgebase import make_draft

pytestmark = pytest.mark.django_db


class Page(HttpResponse):
    def render(self):
        return self


@pytest.fixture
def drawn():
    return []


def ask(rf, drawn, path="/a/", method="get", **cookies) -> str:
    request = getattr(rf, method)(path)
    request.COOKIES = cookies

    def draw():
        drawn.append(path)
        return Page(f"{path} {len(drawn)}")

    return keep_page(request, draw).content.decode()


def test_page_is_drawn_once_for_each_address(rf, drawn):
    assert [ask(rf, drawn), ask(rf, drawn), ask(rf, drawn, "/a/?b=1"), ask(rf, drawn)] == [
        "/a/ 1", "/a/ 1", "/a/?b=1 2", "/a/ 1",
    ]  # fmt: skip


def test_page_is_drawn_anew_after_every_save(rf, drawn):
    ask(rf, drawn)
    search.update(make_draft())
    assert ask(rf, drawn) == "/a/ 2"


def test_page_is_drawn_anew_on_the_next_day(rf, drawn, monkeypatch):
    ask(rf, drawn)
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)
    assert ask(rf, drawn) == "/a/ 2"


def test_page_of_a_session_is_neither_kept_nor_taken_from_what_is_kept(rf, drawn):
    ask(rf, drawn)
    assert [ask(rf, drawn, sessionid="x"), ask(rf, drawn, sessionid="x"), ask(rf, drawn)] == [
        "/a/ 2", "/a/ 3", "/a/ 1",
    ]  # fmt: skip


def test_answer_to_anything_but_get_is_not_kept(rf, drawn):
    assert [ask(rf, drawn, method="head"), ask(rf, drawn)] == ["/a/ 1", "/a/ 2"]
