"""The list of cards, the entry's page, and the newest ones on the start page."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from knowledgebase import workflow
from knowledgebase.models import Link
from tests.factories.knowledgebase import make_complete, make_draft, make_published

pytestmark = pytest.mark.django_db
LIST = reverse("knowledgebase:solution-list")


def titles(response):
    return {solution.title for solution in response.context["page_obj"]}


def test_solution_list_without_solutions_is_friendly(visitor):
    assert "Die Wissensdatenbank entsteht gerade" in visitor.client.get(LIST).content.decode()


def test_solution_list_shows_what_helps_to_decide(visitor):
    make_published(title="Gute Lösung", is_example=True)
    html = visitor.client.get(LIST).content.decode()
    for text in ["Gute Lösung", "Kommunalverwaltungen", "gering: 2–4 Personentage", "keine", "auf Anfrage", "Beispiel",
                 "im Alltag eingesetzt", "1 Lösung"]:  # fmt: skip
        assert text in html


def test_solution_list_filters_and_says_when_nothing_is_left(visitor):
    make_published(title="Für Gemeinden")
    make_published(
        title="Für Betriebe", target_group="kleine-unternehmen-handwerk", topic="mint-nachwuchs", kind="data"
    )
    for query in [{"zielgruppe": "kleine-unternehmen-handwerk"}, {"thema": "mint-nachwuchs"}, {"art": "data"},
                  {"q": "betriebe"}, {"q": "Betriebe", "art": "data"}]:  # fmt: skip
        assert titles(visitor.client.get(LIST, query)) == {"Für Betriebe"}, query
    assert "Dazu haben wir noch keine Lösung" in visitor.client.get(LIST, {"q": "Mondfahrt"}).content.decode()


@pytest.mark.parametrize(
    "query", ["thema=1", "zielgruppe=%27", "art=quatsch", "page=x", "page=-3", "page=99999", "unbekannt=1", "q=",
              "q=+++", "page=" + "9" * 40, "thema=" + "x" * 3000, "q=" + "x" * 3000],
)  # fmt: skip
def test_solution_list_with_garbage_in_the_query_still_lists(visitor, query):
    make_published(title="da")
    response = visitor.client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert titles(response) == {"da"}


def test_solution_list_with_nul_is_a_bad_request(visitor):
    assert visitor.client.get(LIST + "?q=%00").status_code == 400


def test_solution_list_for_municipalities_tells_experience_from_duty(visitor):
    assert "Land Sachsen-Anhalt" in visitor.client.get(LIST, {"zielgruppe": "kommunalverwaltungen"}).content.decode()
    assert "Land Sachsen-Anhalt" not in visitor.client.get(LIST).content.decode()


def test_solution_list_needs_the_same_queries_for_1_and_30_solutions(visitor):
    def count():
        with CaptureQueriesContext(connection) as captured:
            assert visitor.client.get(LIST).status_code == 200
        return len(captured)

    make_published()
    few = count()
    for _ in range(29):
        make_published()
    assert few == count() <= 6


def test_solution_list_pages(visitor):
    for _ in range(13):
        make_published()
    assert "Seite 1 von 2" in visitor.client.get(LIST).content.decode()
    assert len(titles(visitor.client.get(LIST, {"page": 2}))) == 1


def test_solution_page_shows_figures_steps_and_contact(visitor):
    solution = make_published(once_kind="range", once_from=1500, once_to=3000, features="Schnell\n\nEinfach")
    Link.objects.create(solution=solution, kind="repository", url="https://example.org/quelltext")
    html = visitor.client.get(solution.get_absolute_url()).content.decode()
    for text in ["1.500–3.000 Euro", "2–4 Personentage (gering)", "3 Wochen", "Anfangen", "karla@example.org",
                 "Schnell", "https://example.org/quelltext", "Geprüft am", "Land Sachsen-Anhalt"]:  # fmt: skip
        assert text in html
    assert "Die nächste Prüfung war am" not in html


def test_solution_page_hides_contacts_whose_consent_ended(visitor):
    solution = make_published()
    solution.contacts.update(consented_on=None)
    html = visitor.client.get(solution.get_absolute_url()).content.decode()
    assert "karla@example.org" not in html
    assert "Karla" not in html
    assert "keine Ansprechperson öffentlich genannt" in html


def test_solution_page_says_when_a_review_is_due(visitor):
    today = timezone.localdate()
    solution = make_published(reviewed_on=today - timedelta(days=400), next_review_on=today - timedelta(days=35))
    assert "Die nächste Prüfung war am" in visitor.client.get(solution.get_absolute_url()).content.decode()
    assert "Prüfung fällig" in visitor.client.get(LIST).content.decode()


def test_solution_page_of_a_draft_is_the_leads_only(visitor, guest, member, lead, superuser):
    url = make_draft(summary="Noch nicht fertig").get_absolute_url()
    assert [actor.client.get(url).status_code for actor in [visitor, guest, member]] == [404, 404, 404]
    assert [actor.client.get(url).status_code for actor in [lead, superuser]] == [200, 200]
    assert visitor.client.get(LIST + "gibt-es-nicht/").status_code == 404


def test_solution_page_needs_few_queries(visitor):
    url = make_published().get_absolute_url()
    with CaptureQueriesContext(connection) as captured:
        visitor.client.get(url)
    assert len(captured) <= 6


def test_newest_solutions_are_three_and_published():
    for number in range(4):
        make_published(title=f"Nummer {number}")
    archived = make_complete(title="Archiviert")
    workflow.archive_solution(solution=archived, by=None)
    context = Context({"user": AnonymousUser()})
    html = Template("{% load knowledge_tags %}{% newest_solutions %}").render(context)
    assert [f"Nummer {number}" in html for number in range(4)] == [False, True, True, True]
    assert "Archiviert" not in html


def test_newest_solutions_without_any_say_so():
    html = Template("{% load knowledge_tags %}{% newest_solutions %}").render(Context())
    assert "Noch ist keine Lösung veröffentlicht" in html
