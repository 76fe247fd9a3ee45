"""Tables in the look of KERN."""

import django_tables2 as tables
from django.template import Context, Template

from ogl_portal.lib.tables import PortalTable


class Steps(PortalTable):
    caption = "Nächste Schritte"
    row_header = "title"
    title = tables.Column(verbose_name="Maßnahme")
    due = tables.Column(verbose_name="Termin", orderable=False)


def drawn(rf, query: str = "", rows: int = 3, table=Steps) -> str:
    request = rf.get(f"/massnahmen/?{query}")
    data = [{"title": f"Schritt {number:02}", "due": "12.07.2021"} for number in range(rows)]
    made = table(data)
    tables.RequestConfig(request).configure(made)
    template = Template("{% load django_tables2 %}{% render_table table %}")
    return template.render(Context({"table": made, "request": request}))


def test_table_has_caption_scopes_and_a_region_to_scroll(rf):
    html = drawn(rf)
    assert "<caption>Nächste Schritte</caption>" in html
    assert html.count('scope="col"') == 2
    assert html.count('scope="row"') == 3
    assert 'role="region" aria-label="Nächste Schritte" tabindex="0"' in html


def test_sorted_column_says_so_to_eyes_and_screen_readers(rf):
    assert 'aria-sort="ascending"' in drawn(rf, "sort=title")
    assert "↑" in drawn(rf, "sort=title")
    assert 'aria-sort="descending"' in drawn(rf, "sort=-title")
    assert "↓" in drawn(rf, "sort=-title")
    assert "aria-sort" not in drawn(rf)


def test_sort_link_keeps_the_filter_and_goes_back_to_page_one(rf):
    assert "?stand=offen&amp;sort=title" in drawn(rf, "stand=offen&page=2", rows=60)


def test_pagination_keeps_filter_and_order(rf):
    html = drawn(rf, "stand=offen&sort=title", rows=60)
    assert "Seite 1 von 3" in html
    assert "?stand=offen&amp;sort=title&amp;page=2" in html


def test_one_page_has_no_pagination(rf):
    assert "Seite 1" not in drawn(rf)


def test_empty_table_says_so_in_words_instead_of_an_empty_grid(rf):
    html = drawn(rf, rows=0)
    assert "<table" not in html
    assert "Hier ist noch nichts eingetragen" in html


def test_empty_table_uses_the_words_of_its_page(rf):
    class Named(Steps):
        empty_title = "Noch keine Schritte"

        class Meta:
            empty_text = "Sie kommen mit dem nächsten Report."

    html = drawn(rf, rows=0, table=Named)
    assert "Noch keine Schritte" in html
    assert "Sie kommen mit dem nächsten Report." in html


def test_cells_are_escaped(rf):
    made = Steps([{"title": "<b>x</b>", "due": "<i>"}])
    html = Template("{% load django_tables2 %}{% render_table table %}").render(
        Context({"table": made, "request": rf.get("/")})
    )
    assert "<b>" not in html
    assert "<i>" not in html
