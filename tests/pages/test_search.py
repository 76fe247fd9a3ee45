"""The page of the search: what it shows, to whom, and what it makes of odd addresses."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from ogl_portal.lib import search
from ogl_portal.lib.search.models import MissedSearch
from tests.factories.actions import make_item
from tests.factories.knowledgebase import make_draft
from tests.factories.search import make_findable
from tests.factories.sessions_app import make_event, make_report

pytestmark = pytest.mark.django_db
PAGE = reverse("pages:search")


def ask(actor, q: str, **more) -> html.HtmlElement:
    response = actor.client.get(PAGE, {"q": q, **more})
    assert response.status_code == 200
    return html.fromstring(response.content)


def hits(page) -> list[str]:
    return [link.text_content() for link in page.xpath("//ol[contains(@class, 'ogl-hits')]//h3/a")]


def text(page) -> str:
    return re.sub(r"\s+", " ", page.xpath("//main")[0].text_content())


def test_search_page_without_a_question_explains_itself(visitor):
    response = visitor.client.get(PAGE)
    assert "Ein oder zwei Wörter genügen" in response.content.decode()
    assert "<title>Suche – OGL-Portal</title>" in response.content.decode()


def test_search_page_shows_title_kind_and_marked_words(visitor):
    solution = make_findable("Bauanträge digital", summary="Ein Antrag am Bildschirm.", is_example=True)
    page = ask(visitor, "Antrag")
    assert page.findtext(".//title") == "Suche: Antrag – OGL-Portal"
    assert hits(page) == ["Bauanträge digital"]
    assert page.xpath("//ol//h3/a/@href") == [solution.get_absolute_url()]
    assert [mark.text for mark in page.xpath("//mark")] == ["Bauanträge", "Antrag"]
    assert "Beispiel" in text(page)
    assert "1 Treffer" in text(page)


def test_search_page_escapes_what_was_typed_and_what_was_found(visitor):
    make_findable("<script>alert(1)</script> Antrag")
    response = visitor.client.get(PAGE, {"q": "Antrag <script>alert(2)</script>"})
    assert b"<script>alert" not in response.content


def test_search_page_narrows_by_kind_and_keeps_that_in_the_address(visitor):
    make_findable("Fahrrad")
    make_findable("Noch ein Fahrrad")
    search.update(make_event(title="Fahrrad am Abend"))
    page = ask(visitor, "Fahrrad")
    assert len(hits(page)) == 3
    choices = {link.text_content(): link.get("href") for link in page.xpath("//nav[@aria-label='Treffer nach Art']//a")}
    assert list(choices) == ["Alle (3)", "Musterlösungen (2)", "Termine (1)"]
    assert hits(ask(visitor, "Fahrrad", art="termine")) == ["Fahrrad am Abend"]
    assert choices["Termine (1)"] == "?q=Fahrrad&art=termine"
    assert len(hits(ask(visitor, "Fahrrad", art="quatsch"))) == 3


def test_search_page_puts_similar_hits_under_their_own_heading(visitor):
    make_findable("Fahrrad reparieren")
    make_findable("Fahrrad mieten")
    page = ask(visitor, "Fahrrad reparieren")
    assert [heading.text_content() for heading in page.xpath("//main//h2")] == ["1 Treffer", "Ähnliche Treffer"]
    similar = page.xpath("//section[@aria-labelledby='aehnlich']//h3/a")
    assert [link.text_content() for link in similar] == ["Fahrrad mieten"]


def test_search_page_says_what_was_corrected_and_searches_literally_on_demand(visitor):
    make_findable("Bauantrag")
    page = ask(visitor, "Bauantrg")
    assert "Gesucht wurde nach „Bauantrag“" in text(page)
    link = page.xpath("//a[contains(text(), 'Nur nach')]")[0]
    literal = html.fromstring(visitor.client.get(PAGE + link.get("href")).content)
    assert hits(literal) == []
    assert "genau nach „Bauantrg“" in text(literal)


def test_search_page_without_a_hit_helps_on_and_notes_the_word(visitor):
    page = ask(visitor, "Quastenflosser")
    assert "Dazu haben wir nichts gefunden" in text(page)
    assert MissedSearch.objects.get().text == "quastenflosser"


def test_search_page_shows_ten_hits_a_page(visitor):
    for number in range(12):
        make_findable(f"Fahrrad {number}")
    first, second = ask(visitor, "Fahrrad"), ask(visitor, "Fahrrad", page=2)
    assert (len(hits(first)), len(hits(second))) == (10, 2)
    assert not set(hits(first)) & set(hits(second))
    assert first.xpath("//a[@rel='next']/@href") == ["?q=Fahrrad&page=2"]


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=" + "9" * 30, "page=-1", "genau=2", "art=", "art=%27", "genau=1&page=99"]
)
def test_search_page_with_garbage_in_the_address_still_answers(visitor, query):
    make_findable("Fahrrad")
    response = visitor.client.get(f"{PAGE}?q=Fahrrad&{query}")
    assert hits(html.fromstring(response.content)) == ["Fahrrad"]


@pytest.mark.parametrize("q", ["", "   ", "und", "?", "%", "🎉🎉", "'", "<>", "ß" * 100])
def test_search_page_with_odd_words_is_friendly(visitor, q):
    assert visitor.client.get(PAGE, {"q": q}).status_code == 200


def test_search_page_with_too_much_text_keeps_it_and_says_so(visitor):
    page = ask(visitor, "a" * 101)
    assert "höchstens 100 Zeichen" in text(page)
    assert page.findtext(".//title").startswith("Fehler: ")
    assert page.xpath("//input[@id='id_q']/@value") == ["a" * 101]


def test_search_page_with_what_is_no_text_is_a_bad_request(visitor):
    assert visitor.client.get(PAGE + "?q=%00").status_code == 400


def test_search_page_is_no_page_for_search_engines(visitor):
    assert visitor.client.get(PAGE).content.count(b'<meta name="robots" content="noindex">') == 1


def test_search_page_shows_everyone_what_they_may_see(people):
    search.update(make_event(title="Quastenflosser öffentlich"))
    search.update(make_event(title="Quastenflosser in Vorbereitung", is_published=False))
    search.update(make_report(title="Quastenflosser in Prüfung", status="in-review", released_at=None))
    search.update(make_item(title="Quastenflosser intern", is_public=False))
    search.update(make_draft(title="Quastenflosser im Entwurf"))
    public, members = {"öffentlich"}, {"öffentlich", "in Prüfung", "intern"}
    everything = members | {"in Vorbereitung", "im Entwurf"}
    seen = {role: hits(ask(actor, "Quastenflosser")) for role, actor in people.items()}
    assert {role: {title.removeprefix("Quastenflosser ") for title in titles} for role, titles in seen.items()} == {
        "visitor": public, "guest": public, "member": members, "other_member": members,
        "lead": everything, "second_lead": everything, "superuser": everything,
    }  # fmt: skip
    for titles in seen.values():
        assert len(titles) == len(set(titles))


def test_search_page_needs_the_same_few_queries_for_1_and_10_hits(visitor):
    def count(q: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            visitor.client.get(PAGE, {"q": q})
        return len(captured)

    make_findable("Bauantrag")
    few = count("Bauantrag"), count("Bauantrg")
    for number in range(9):
        make_findable(f"Bauantrag {number}")
    assert (count("Bauantrag"), count("Bauantrg")) == few
    assert max(few) <= 4
    assert count("Quastenflosser") <= 4


def test_search_page_is_small(visitor):
    for number in range(12):
        make_findable(f"Fahrrad {number}", summary="Fahrrad " * 18, description="Fahrrad und mehr. " * 400)
    assert len(visitor.client.get(PAGE, {"q": "Fahrrad"}).content) <= 40 * 1024


@pytest.mark.parametrize("path", ["/", "/impressum/", "/gibt-es-nicht/", "/anmelden/"])
def test_every_page_has_the_search_field(visitor, path):
    page = html.fromstring(visitor.client.get(path).content)
    form = page.xpath("//header//form[@role='search']")[0]
    assert (form.get("action"), form.get("method")) == (PAGE, "get")
    assert form.xpath(".//input[@name='q']/@aria-label") == ["Suchbegriff"]
