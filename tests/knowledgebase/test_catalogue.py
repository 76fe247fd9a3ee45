"""The catalogue: searching, narrowing, sorting, turning pages; and that none of it costs more with more solutions."""

from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from knowledgebase import workflow
from knowledgebase.forms.catalogue import Selection
from knowledgebase.models import Audience, Solution
from ogl_portal.directory.models import TargetGroup
from ogl_portal.lib import search
from tests.factories.directory import make_organisation
from tests.factories.knowledgebase import make_complete, make_draft, make_many, make_published, make_reuse

pytestmark = pytest.mark.django_db
LIST = reverse("knowledgebase:solution-list")


def titles(response) -> list[str]:
    return [card.solution.title for card in response.context["page_obj"]]


def counts(response, name: str) -> dict[str, int]:
    groups = {group.facet.name: group.options for group in response.context["results"].groups()}
    return {option.value: option.count for option in groups.get(name, [])}


def overdue(**overrides):
    today = timezone.localdate()
    return make_published(reviewed_on=today - timedelta(days=400), next_review_on=today, **overrides)


# What there is


def test_catalogue_without_solutions_is_friendly(visitor):
    assert "Die Wissensdatenbank entsteht gerade" in visitor.client.get(LIST).content.decode()


def test_catalogue_shows_what_helps_to_decide(visitor):
    make_reuse(make_published(title="Gute Lösung", is_example=True))
    html = visitor.client.get(LIST).content.decode()
    for text in ["Gute Lösung", "Kommunalverwaltungen", "gering: 2–4 Personentage", "keine", "auf Anfrage", "Beispiel",
                 "im Alltag eingesetzt", "1 Lösung", "an 1 Stelle", "Geprüft"]:  # fmt: skip
        assert text in html


def test_catalogue_hides_drafts_from_the_lead_too(lead):
    make_draft(title="Entwurf")
    assert titles(lead.client.get(LIST)) == []


def test_catalogue_forgets_at_once_what_is_archived(visitor):
    solution = make_published(title="Weg damit")
    assert "Weg damit" in visitor.client.get(LIST).content.decode()
    workflow.archive_solution(solution=solution, by=None)
    assert "Weg damit" not in visitor.client.get(LIST).content.decode()


def test_catalogue_shows_a_change_at_once(visitor):
    solution = make_published()
    visitor.client.get(LIST)
    search.update(make_reuse(solution))
    assert "an 1 Stelle" in visitor.client.get(LIST).content.decode()
    group = TargetGroup.objects.get(slug="kommunalverwaltungen")
    TargetGroup.objects.filter(pk=group.pk).update(name="Rathäuser")
    search.update(group)
    html = visitor.client.get(LIST).content.decode()
    assert "an 1 Stelle" in html
    assert html.count("Rathäuser") == 2


def test_catalogue_counts_confirmed_uses_only(visitor):
    solution = make_published()
    unconfirmed = {"confirmed_at": None, "confirm_again_on": None}
    for reuse in [{"days": 0}, {"status": "interested"}, {"status": "ended"}, unconfirmed]:
        make_reuse(solution, **reuse)
    assert "noch keine Meldung" in visitor.client.get(LIST).content.decode()


def test_catalogue_announces_its_feed_and_says_what_it_is_to_those_who_share_it(visitor):
    html = visitor.client.get(LIST, {"art": "guide"}).content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in html
    assert f'<meta property="og:url" content="http://testserver{LIST}">' in html


def test_catalogue_for_municipalities_tells_experience_from_duty(visitor):
    make_published()
    note = "darüber informiert das Land Sachsen-Anhalt"
    assert note in visitor.client.get(LIST, {"zielgruppe": "kommunalverwaltungen"}).content.decode()
    assert note not in visitor.client.get(LIST).content.decode()


# Facets


def test_facets_narrow_one_by_one(visitor):
    make_published(title="Für Gemeinden")
    company = make_published(
        title="Für Betriebe", target_group="kleine-unternehmen-handwerk", topic="mint-nachwuchs", kind="data",
        stage="pilot", effort_days_to=30, reuse_model="fim", ozg_field="bildung", once_kind="none", yearly_kind="none",
    )  # fmt: skip
    Audience.objects.create(solution=company, kind="chamber")
    cache.clear()
    for query in ["zielgruppe=kleine-unternehmen-handwerk", "thema=mint-nachwuchs", "art=data", "stand=pilot",
                  "aufwand=high", "nachnutzung=fim", "themenfeld=bildung", "kosten=keine",
                  "art=data&stand=pilot&aufwand=high"]:  # fmt: skip
        assert titles(visitor.client.get(f"{LIST}?{query}")) == ["Für Betriebe"], query
    assert titles(visitor.client.get(f"{LIST}?eignung=district")) == ["Für Gemeinden"]
    assert titles(visitor.client.get(f"{LIST}?art=data&stand=productive")) == []


def test_facet_of_places_finds_what_is_in_use_there_and_follows_the_uses(visitor):
    used, other = (
        make_published(title="Im Einsatz"),
        make_published(title="Anderswo", publisher=make_organisation(place="Leuna")),
    )
    use = make_reuse(used, place="Bad Dürrenberg")
    make_reuse(used, place="bad dürrenberg", organisation_name="Noch eine")
    make_reuse(used, place="Merseburg", confirmed_at=None, confirm_again_on=None)
    make_reuse(other, place="Halle (Saale)")
    response = visitor.client.get(f"{LIST}?ort=bad-duerrenberg")
    assert titles(response) == ["Im Einsatz"]
    group = next(group for group in response.context["results"].groups() if group.facet.name == "ort")
    assert [(option.value, option.label, option.count) for option in group.options] == [
        ("bad-duerrenberg", "Bad Dürrenberg", 1), ("halle-saale", "Halle (Saale)", 1),
    ]  # fmt: skip
    workflow.decline_reuse(reuse=use, by=None)
    assert "gibt es „merseburg“ nicht" in visitor.client.get(f"{LIST}?ort=merseburg").content.decode()
    assert titles(visitor.client.get(f"{LIST}?ort=halle-saale")) == ["Anderswo"]
    assert titles(visitor.client.get(f"{LIST}?q=Leuna")) == ["Anderswo"]


def test_facet_with_several_values_is_an_or(visitor):
    for kind in ["data", "guide", "software"]:
        make_published(title=kind, kind=kind)
    assert titles(visitor.client.get(f"{LIST}?art=data&art=guide")) == ["guide", "data"]


def test_facet_counts_leave_out_the_own_choice_and_keep_those_of_the_others(visitor):
    for kind, stage in [("data", "pilot"), ("data", "concept"), ("guide", "pilot"), ("software", "concept")]:
        make_published(kind=kind, stage=stage)
    response = visitor.client.get(f"{LIST}?art=data&stand=pilot")
    assert counts(response, "art") == {"data": 1, "guide": 1}
    assert counts(response, "stand") == {"pilot": 1, "concept": 1}
    assert counts(visitor.client.get(LIST), "art") == {"data": 2, "guide": 1, "software": 1}


def test_facet_counts_are_what_choosing_finds(visitor):
    for kind, stage in [("data", "pilot"), ("data", "concept"), ("guide", "pilot"), ("software", "concept")]:
        make_published(kind=kind, stage=stage)
    for value, count in counts(visitor.client.get(f"{LIST}?stand=pilot"), "art").items():
        assert len(titles(visitor.client.get(f"{LIST}?stand=pilot&art={value}"))) == count


def test_facet_shows_a_chosen_value_without_solutions(visitor):
    make_published(kind="data")
    response = visitor.client.get(f"{LIST}?art=guide")
    assert counts(response, "art") == {"data": 1, "guide": 0}
    assert "Dazu haben wir noch keine Lösung" in response.content.decode()


def test_chosen_values_can_be_taken_back_one_by_one(visitor):
    make_published(kind="data")
    chips = visitor.client.get(f"{LIST}?q=L%C3%B6sung&art=data&art=guide&page=2&sort=neu").context["selection"].chips
    assert [chip.label for chip in chips] == ["Suche: Lösung", "Art: Datensatz/Schnittstelle", "Art: Leitfaden"]
    queries = [parse_qs(chip.query.removeprefix("?")) for chip in chips]
    assert queries[0] == {"art": ["data", "guide"], "sort": ["neu"]}
    assert queries[2] == {"q": ["Lösung"], "art": ["data"], "sort": ["neu"]}


@pytest.mark.parametrize(
    "query", ["thema=1", "zielgruppe=%27", "art=quatsch", "page=x", "page=-3", "page=99999", "unbekannt=1", "q=",
              "q=+++", "page=" + "9" * 40, "thema=" + "x" * 3000, "sort=quatsch", "sort=treffer", "genau=1",
              "art=a&art=b&art=c&art=d", "eignung=%3Cscript%3E"],
)  # fmt: skip
def test_catalogue_with_garbage_in_the_address_still_lists(visitor, query):
    make_published(title="da")
    response = visitor.client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert titles(response) == ["da"]


@pytest.mark.parametrize(
    ("query", "note"),
    [("art=quatsch", "Bei „Art“ gibt es „quatsch“ nicht."), ("sort=quatsch", "Diese Sortierung gibt es nicht."),
     ("q=" + "x" * 101, "höchstens 100 Zeichen")],
)  # fmt: skip
def test_catalogue_says_what_it_left_out(visitor, query, note):
    make_published()
    assert note in visitor.client.get(f"{LIST}?{query}").content.decode()


def test_catalogue_with_nul_is_a_bad_request(visitor):
    assert visitor.client.get(LIST + "?q=%00").status_code == 400


# Order and pages


def test_catalogue_sorts_by_newest_most_reused_and_last_checked(visitor):
    today = timezone.localdate()
    due = overdue(title="fällig")
    first = make_published(title="zuerst", reviewed_on=today - timedelta(days=1))
    make_published(title="dann")
    for solution in [due, due, first]:
        make_reuse(solution)
    assert titles(visitor.client.get(LIST)) == ["dann", "zuerst", "fällig"]
    assert titles(visitor.client.get(LIST, {"sort": "nachgenutzt"})) == ["zuerst", "dann", "fällig"]
    assert titles(visitor.client.get(LIST, {"sort": "geprueft"})) == ["zuerst", "dann", "fällig"]


def test_catalogue_keeps_the_order_when_one_narrows(visitor):
    make_published()
    html = visitor.client.get(LIST, {"sort": "geprueft"}).content.decode()
    assert '<input type="hidden" name="sort" value="geprueft">' in html
    assert 'name="sort"' not in visitor.client.get(LIST).content.decode()


def test_catalogue_has_pages_of_20(visitor):
    make_many(21)
    response = visitor.client.get(LIST, {"art": "guide", "sort": "neu"})
    assert "Seite 1 von 2" in response.content.decode()
    assert "?art=guide&amp;sort=neu&amp;page=2" in response.content.decode()
    assert len(titles(visitor.client.get(LIST, {"page": 2}))) == 1


# Search


def test_search_finds_marks_and_counts(visitor):
    make_published(title="Verträge für Azubis", summary="Online anmelden.", kind="software")
    make_published(title="Etwas anderes")
    response = visitor.client.get(LIST, {"q": "Ausbildungsvertrag"})
    assert titles(response) == ["Verträge für Azubis"]
    assert "<mark>Verträge</mark>" in response.content.decode()
    assert counts(response, "art") == {"software": 1}
    assert response.context["selection"].order == "treffer"


def test_search_and_facet_together(visitor):
    make_published(title="Bauantrag A", kind="software")
    make_published(title="Bauantrag B", kind="guide")
    assert titles(visitor.client.get(LIST, {"q": "Bauantrag", "art": "guide"})) == ["Bauantrag B"]
    assert titles(visitor.client.get(LIST, {"q": "Bauantrag", "sort": "neu"})) == ["Bauantrag B", "Bauantrag A"]


def test_search_says_what_it_corrected_and_offers_the_literal_one(visitor):
    make_published(title="Gewerbeanmeldung online")
    response = visitor.client.get(LIST, {"q": "Gewerbanmeldung"})
    assert titles(response) == ["Gewerbeanmeldung online"]
    assert "Gesucht wurde nach" in response.content.decode()
    assert titles(visitor.client.get(LIST, {"q": "Gewerbanmeldung", "genau": "1"})) == []


def test_search_sets_similar_hits_apart(visitor):
    make_published(title="Bauantrag online", summary="Anträge stellen.")
    response = visitor.client.get(LIST, {"q": "Bauantrag Mondfahrt"})
    assert response.context["results"].exact_count == 0
    html = response.content.decode()
    assert "Kein genauer Treffer" in html
    assert "Ähnliche Treffer" in html


def test_search_ranks_what_is_due_for_review_below(visitor):
    overdue(title="Bauantrag Bauantrag")
    make_published(title="Der Weg zum Bauantrag in der Gemeinde")
    assert titles(visitor.client.get(LIST, {"q": "Bauantrag"}))[-1] == "Bauantrag Bauantrag"


def test_search_finds_no_draft(visitor, lead):
    workflow.keep_snapshot(solution=make_complete(title="Geheimprojekt"), by=None, message="Angelegt.")
    for actor in [visitor, lead]:
        assert titles(actor.client.get(LIST, {"q": "Geheimprojekt"})) == []


def test_search_escapes_what_was_typed(visitor):
    make_published(title="<b>Fett</b> gedruckt")
    html = visitor.client.get(LIST, {"q": "<b>fett"}).content.decode()
    assert "<b>" not in html.lower()


# Cost


def queries(client, query: str) -> int:
    for one in caches.all():
        one.clear()
    client.get(f"{LIST}?{query}")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"{LIST}?{query}").status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("query", "most"),
    [("", 1), ("art=guide&zielgruppe=kommunalverwaltungen", 1), ("sort=nachgenutzt", 1), ("q=L%C3%B6sung", 12)],
)
def test_catalogue_needs_the_same_queries_for_1_and_30_solutions(visitor, query, most):
    make_published()
    few = queries(visitor.client, query)
    make_many(29)
    assert few == queries(visitor.client, query) <= most


def cold_queries(client) -> list[int]:
    """The queries of catalogue, narrowed catalogue, search and entry when nothing is kept."""
    entry = Solution.objects.published().order_by("pk").first()
    counts = []
    for address in [LIST, f"{LIST}?art=guide", f"{LIST}?q=viele", entry.get_absolute_url(), "/suche/?q=viele"]:
        for one in caches.all():
            one.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
    return counts


def test_catalogue_drawn_for_the_first_time_needs_the_same_few_queries_for_21_and_200_solutions(visitor):
    make_many(21)
    search.rebuild()
    few = cold_queries(visitor.client)
    make_many(179)
    search.rebuild()
    assert few == cold_queries(visitor.client)
    assert max(few[:2]) <= 12


@pytest.mark.long
def test_pages_drawn_for_the_first_time_need_the_same_queries_for_21_and_5000_solutions(visitor):
    make_many(21)
    search.rebuild()
    few = cold_queries(visitor.client)
    make_many(4_979)
    search.rebuild()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a database does by itself once the rows are there for good
    assert few == cold_queries(visitor.client)


def test_catalogue_unchanged_is_not_sent_again(visitor):
    make_published()
    etag = visitor.client.get(LIST).headers["ETag"]
    assert visitor.client.get(LIST, headers={"If-None-Match": etag}).status_code == 304
    make_published()
    assert visitor.client.get(LIST, headers={"If-None-Match": etag}).status_code == 200


def test_selection_of_a_query_has_the_usual_order_first():
    assert Selection(QueryDict("")).order == "neu"
    assert Selection(QueryDict("q=x&sort=geprueft")).order == "geprueft"
    assert next(iter(Selection(QueryDict("q=x")).orders)) == "treffer"
