"""Tags and filters that every template has."""

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template

from ogl_portal.lib.forms import PortalForm


def drawn(template: str, **context) -> str:
    return Template(template).render(Context(context))


class Named(PortalForm):
    name = forms.CharField(label="Name")


def test_crumb_with_address_is_a_link():
    assert drawn('{% crumb "Termine" "sessions_app:event-list" %}') == '<li><a href="/termine/">Termine</a></li>'


def test_crumb_takes_the_arguments_of_its_address():
    html = drawn('{% crumb title "sessions_app:event-detail" "workshop-2021-05-27" %}', title="Workshop")
    assert 'href="/termine/workshop-2021-05-27/"' in html


def test_crumb_without_address_is_the_page_itself_and_escaped():
    assert drawn("{% crumb title %}", title="A & B") == '<li><span aria-current="page">A &amp; B</span></li>'


@pytest.mark.parametrize(
    ("path", "mark"),
    [("/termine/", 'aria-current="page"'), ("/termine/workshop/", 'aria-current="true"'), ("/reports/", None)],
)
def test_nav_link_marks_where_one_is(rf, path, mark):
    html = drawn('{% nav_link "Termine" "sessions_app:event-list" %}', request=rf.get(path))
    assert (mark in html) if mark else ("aria-current" not in html)


def test_nav_link_works_without_a_request():
    assert "aria-current" not in drawn('{% nav_link "Termine" "sessions_app:event-list" %}')


@pytest.mark.parametrize("template", ["_navigation.html", "_footer.html"])
def test_menus_drawn_once_mark_where_one_is(rf, template):
    def menu(path):
        return drawn(f'{{% drawn_once "{template}" %}}', request=rf.get(path))

    links = set(re.findall(r'<li><a href="([^"]+)"', menu("/gibt-es-nicht/")))
    assert links
    assert "aria-current" not in menu("/gibt-es-nicht/") + menu("/") + menu("/termine-alt/x/")
    for link in links:
        assert set(re.findall(r'href="([^"]+)" aria-current="page"', menu(link))) == {link}
        assert set(re.findall(r'href="([^"]+)" aria-current="true"', menu(f"{link}darunter/?q=1"))) == {link}


def test_badge_is_a_small_label():
    html = drawn('{% badge "Beispiel" %}')
    assert "kern-badge--neutral" in html
    assert "Beispiel" in html
    assert "kern-badge--warning" in drawn('{% badge "offen" "warning" %}')


def test_error_prefix_is_there_only_for_a_form_with_errors():
    assert drawn("{% error_prefix %}", form=Named({})) == "Fehler: "
    assert drawn("{% error_prefix %}", form=Named({"name": "x"})) == ""
    assert drawn("{% error_prefix %}", form=Named()) == ""
    assert drawn("{% error_prefix %}") == ""


def test_query_with_changes_one_value_and_keeps_the_rest(rf):
    request = rf.get("/?q=a%26b&page=3&thema=1&thema=2")
    assert drawn('{% query_with "page" 4 %}', request=request) == "?q=a%26b&amp;thema=1&amp;thema=2&amp;page=4"
    assert drawn('{% query_with "sort" "name" %}', request=request) == "?q=a%26b&amp;thema=1&amp;thema=2&amp;sort=name"


def test_pagination_shows_the_ways_that_exist(rf):
    paginator = Paginator(range(50), 20)
    first = drawn('{% include "_pagination.html" %}', request=rf.get("/"), page_obj=paginator.page(1))
    middle = drawn('{% include "_pagination.html" %}', request=rf.get("/"), page_obj=paginator.page(2))
    assert "Zurück" not in first and "Weiter" in first
    assert 'rel="prev"' in middle and 'rel="next"' in middle


def test_markdown_filter_never_lets_html_through():
    html = drawn("{{ text|markdown:3 }}", text="# Titel\n\n<script>x</script> **fett**")
    assert "<h3>Titel</h3>" in html
    assert "<script" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("template", ["400.html", "403.html", "403_csrf.html", "404.html"])
def test_error_pages_say_what_to_do_next(rf, visitor, template):
    from django.shortcuts import render

    html = render(rf.get("/x/"), template, {"message": "Darum."}).content.decode()
    assert html.count("<h1") == 1
    assert "Zur Startseite" in html
    assert "Impressum" in html


def test_server_error_page_needs_neither_database_nor_context():
    html = drawn('{% include "500.html" %}')
    assert "Hier ist etwas schiefgegangen" in html
    assert "Barriere melden" in html
