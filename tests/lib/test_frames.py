"""Pages of which only a few texts are new each time: those of a person stand where they belong and nowhere else."""

import pytest
from django.test import override_settings
from django.utils.safestring import SafeString

from ogl_portal.lib.frames import Visitor, frame, framed

TEMPLATE = "<h1>{{ label }}</h1>{% if back %}<p>{{ name }}</p>{% endif %}<b title='{{ name }}'>{{ html }}</b>"


@pytest.fixture(autouse=True)
def templates(settings):
    loaders = [("django.template.loaders.locmem.Loader", {"page.html": TEMPLATE})]
    engine = {"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": loaders}}
    frame.cache_clear()
    with override_settings(TEMPLATES=[engine]):
        yield
    frame.cache_clear()


def page(name: str, **facts) -> str:
    return framed("page.html", {"label": "A & B", "back": True} | facts, {"name": name, "html": SafeString("<i>1</i>")})


def test_texts_of_people_are_escaped_and_html_stays():
    assert page("<Mia>") == (
        "<h1>A &amp; B</h1><p>&lt;Mia&gt;</p><b title='&lt;Mia&gt;'><i>1</i></b>"
    )  # fmt: skip


def test_next_person_gets_the_same_page_without_a_word_of_the_one_before():
    assert "Mia" in page("Mia") and "Mia" not in page("Otto")
    assert frame.cache_info().misses == 1


def test_other_facts_are_another_page():
    assert "<p>" not in page("Mia", back=False)
    assert page("Mia", label=SafeString("A & B")).startswith("<h1>A & B</h1>")
    assert page("Mia").startswith("<h1>A &amp; B</h1>")


def test_text_that_looks_like_a_hole_is_none():
    assert page("\0html\0").count("<i>1</i>") == 1


@pytest.mark.parametrize("is_staff", [True, False])
@pytest.mark.parametrize("is_lead", [True, False])
def test_frame_knows_of_somebody_only_what_its_menu_asks(is_staff, is_lead):
    class User:
        is_authenticated = True

    User.is_staff, User.is_lead = is_staff, is_lead
    assert Visitor.of(User()) == (True, is_staff and is_lead, is_staff and is_lead)
