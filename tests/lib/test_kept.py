"""Whole pages are kept for visitors only, and no longer than what they show."""

from datetime import timedelta

import pytest
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.generic import View

from ogl_portal.lib import kept, search
from ogl_portal.lib.kept import BrieflyKeptMixin, keep_page
from tests.factories.knowledgebase import make_draft

pytestmark = pytest.mark.django_db


class Page(TemplateResponse):
    rendered_content = property(lambda self: self.template_name)


class Clock(View):
    """A page that shows how often it was drawn."""

    drawn = 0

    def get(self, request):
        Clock.drawn += 1
        return Page(request, f"{Clock.drawn}")


class KeptClock(BrieflyKeptMixin, Clock):
    pass


@pytest.fixture
def drawn():
    return []


def ask(rf, drawn, path="/a/", method="get", **cookies) -> str:
    request = getattr(rf, method)(path)
    request.COOKIES = cookies

    def draw():
        drawn.append(path)
        if path == "/form/":
            get_token(request)
        return Page(request, f"{path} {len(drawn)}")

    return text_of(keep_page(request, draw))


def text_of(response) -> str:
    if isinstance(response, Page):
        response.render()
    return response.content.decode()


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


def test_page_with_a_form_is_drawn_for_each_visitor(rf, drawn):
    assert [ask(rf, drawn, "/form/"), ask(rf, drawn, "/form/")] == ["/form/ 1", "/form/ 2"]


def test_page_that_is_kept_briefly_is_drawn_anew_two_seconds_later(rf, settings, time_machine):
    settings.BRIEFLY_KEPT_SECONDS = 2
    pages = []
    for moment in ["12:00:00", "12:00:01", "12:00:03"]:
        time_machine.move_to(f"2026-11-23T{moment}+01:00")
        pages.append(text_of(KeptClock.as_view()(rf.get("/"))))
    assert pages == ["1", "1", "2"]


def test_answer_that_is_large_is_not_kept_whatever_address_asks_for_it(rf, drawn, monkeypatch):
    monkeypatch.setattr(kept, "MOST_BYTES", 4)
    assert [ask(rf, drawn), ask(rf, drawn)] == ["/a/ 1", "/a/ 2"]
